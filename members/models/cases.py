"""What waits for a moderator, whatever room it comes from (decision 0018)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .accounts import User
from .identifiers import new_public_id
from .organisations import Organisation


class CaseQuerySet(models.QuerySet["Case"]):
    """The vocabulary of cases."""

    def open(self) -> CaseQuerySet:
        """Not decided yet."""
        return self.filter(state=Case.State.WAITING)

    def undoable(self) -> CaseQuerySet:
        """Decided, and still to be carried out: the decision can be taken back."""
        return self.filter(state=Case.State.DECIDED)

    def standing(self) -> CaseQuerySet:
        """Open or undoable: there is one at most for each target."""
        return self.filter(state__in=[Case.State.WAITING, Case.State.DECIDED])


class Case(models.Model):
    """One thing that somebody of the team must look at, and what was decided of it.

    `kind` is one that a room registered (`members.cases.kinds`) and `target` the key under which that
    room finds the thing. A decision is carried out at `due_at`: until then it can be taken back and
    nobody is told. `outcome` is what the room says became of it (“published”, a refusal…).
    """

    class State(models.TextChoices):
        """Where a case stands."""

        WAITING = "waiting", _("Waiting")
        DECIDED = "decided", _("Decided, can be undone")
        CLOSED = "closed", _("Closed")
        VOID = "void", _("No longer to be decided")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(_("kind"), max_length=20)
    target = models.CharField(max_length=60)
    title = models.CharField(_("title"), max_length=255)
    author = models.ForeignKey(
        User, verbose_name=_("from"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("company"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    opened_at = models.DateTimeField(_("waiting since"), default=timezone.now)
    taken_by = models.ForeignKey(
        User, verbose_name=_("taken by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    held_until = models.DateTimeField(_("held until"), null=True, blank=True)
    decision = models.CharField(_("decision"), max_length=20, blank=True)
    reason = models.TextField(_("reason"), max_length=3000, blank=True)
    decided_by = models.ForeignKey(
        User, verbose_name=_("decided by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    due_at = models.DateTimeField(_("carried out at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(_("outcome"), max_length=300, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ("opened_at", "pk")
        verbose_name = _("thing to moderate")
        verbose_name_plural = _("things to moderate")
        constraints = (
            models.UniqueConstraint(
                name="case_once_a_target",
                fields=("kind", "target"),
                condition=Q(state__in=["waiting", "decided"]),
            ),
            models.CheckConstraint(
                name="case_decided_is_whole",
                condition=~Q(state="decided")
                | (~Q(decision="") & Q(decided_at__isnull=False) & Q(due_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="case_waiting_is_undecided",
                condition=~Q(state="waiting") | Q(decision="", decided_at=None, due_at=None),
            ),
            models.CheckConstraint(
                name="case_ended_is_dated",
                condition=Q(state__in=["waiting", "decided"]) | Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_taken_is_dated", condition=Q(taken_by=None) | Q(taken_at__isnull=False)
            ),
        )
        indexes = (
            models.Index(name="case_queue", fields=["state", "opened_at"]),
            models.Index(name="case_due", fields=["due_at"], condition=Q(state="decided")),
            models.Index(name="case_of_target", fields=["kind", "target"]),
        )

    def __str__(self) -> str:
        return self.title
