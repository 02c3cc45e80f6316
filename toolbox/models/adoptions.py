"""“We did it too”: which company does what a practice tells (decision 0021)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import Organisation
from members.models.identifiers import new_public_id

from .practices import Practice
from .tools import Tool


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    """The vocabulary of adoptions."""

    def shown(self) -> AdoptionQuerySet:
        """Named on the practice: the company wishes it, and exists for everybody."""
        return self.filter(shown=True, organisation__confirmed_at__isnull=False, held=False)

    def running(self) -> AdoptionQuerySet:
        """Planned or in place."""
        return self.filter(state__in=[Adoption.State.PLANNED, Adoption.State.IN_PLACE])


class Adoption(models.Model):
    """A company's own doing of a practice; one row for each, whose states are dated as they come."""

    class State(models.TextChoices):
        """How far the company is."""

        PLANNED = "planned", _("Planned")
        IN_PLACE = "in_place", _("In place")
        DROPPED = "dropped", _("Tried and dropped")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    practice = models.ForeignKey(
        Practice, verbose_name=_("good practice"), on_delete=models.PROTECT, related_name="adoptions"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("company"), on_delete=models.PROTECT, related_name="adoptions"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("said by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="adoptions",
    )
    state = models.CharField(_("state"), max_length=10, choices=State)
    experience = models.CharField(_("experience"), max_length=400, blank=True)
    shown = models.BooleanField(_("named on the practice"), default=False)
    held = models.BooleanField(_("waits for a moderator"), default=False)
    planned_on = models.DateField(_("planned on"), null=True, blank=True)
    in_place_on = models.DateField(_("in place on"), null=True, blank=True)
    dropped_on = models.DateField(_("dropped on"), null=True, blank=True)
    created_at = models.DateTimeField(_("said at"), default=timezone.now)
    updated_at = models.DateTimeField(_("changed at"), default=timezone.now)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        ordering = ("-updated_at", "-pk")
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")
        constraints = (
            models.UniqueConstraint(name="adoption_once", fields=("practice", "organisation")),
            models.CheckConstraint(
                name="adoption_state_is_dated",
                condition=Q(state="planned", planned_on__isnull=False)
                | Q(state="in_place", in_place_on__isnull=False)
                | Q(state="dropped", dropped_on__isnull=False),
            ),
        )
        indexes = (models.Index(name="adoption_of_company", fields=["organisation", "state"]),)

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_state_display()}"


class Rereading(models.Model):
    """The question “does it still hold?”, put to an author by a link that needs no login and serves once."""

    class Answer(models.TextChoices):
        """What the author says."""

        HOLDS = "holds", _("It still holds")
        TO_REVISE = "to_revise", _("It wants to be revised")
        OUTDATED = "outdated", _("It no longer holds")

    practice = models.ForeignKey(
        Practice, null=True, blank=True, on_delete=models.CASCADE, related_name="rereadings"
    )
    tool = models.ForeignKey(Tool, null=True, blank=True, on_delete=models.CASCADE, related_name="rereadings")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    words = models.TextField(_("in the author’s words"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        ordering = ("-sent_at", "-pk")
        verbose_name = _("question of whether it still holds")
        verbose_name_plural = _("questions of whether it still holds")
        constraints = (
            models.CheckConstraint(
                name="rereading_of_one_thing",
                condition=Q(practice__isnull=False, tool=None) | Q(practice=None, tool__isnull=False),
            ),
            models.CheckConstraint(
                name="rereading_answered_is_dated",
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
            models.UniqueConstraint(
                name="rereading_asked_once_a_practice", fields=("practice",), condition=Q(answered_at=None)
            ),
            models.UniqueConstraint(
                name="rereading_asked_once_a_tool", fields=("tool",), condition=Q(answered_at=None)
            ),
        )

    def __str__(self) -> str:
        return f"{self.practice_id or self.tool_id}"
