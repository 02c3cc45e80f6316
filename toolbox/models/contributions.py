"""A practice or a tool in the making: not a page yet, or not the page's next words yet (decision 0017)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from common.models import Document, Image
from common.models.media import private_name
from members.models import Organisation
from members.models.identifiers import new_public_id


class ContributionQuerySet(models.QuerySet["Contribution"]):
    """The vocabulary of contributions."""

    def unfinished(self) -> ContributionQuerySet:
        """Which their author may still write."""
        return self.filter(state__in=[Contribution.State.DRAFT, Contribution.State.SENT_BACK])

    def waiting(self) -> ContributionQuerySet:
        """Which wait for a moderator."""
        return self.filter(state=Contribution.State.SUBMITTED)

    def standing(self) -> ContributionQuerySet:
        """Not ended: there is one at most for each page."""
        return self.filter(
            state__in=[
                Contribution.State.DRAFT,
                Contribution.State.SENT_BACK,
                Contribution.State.SUBMITTED,
            ]
        )


class Contribution(models.Model):
    """What a member tells, step by step, until it is decided.

    `answers` holds what was typed, by field name (`toolbox.contribution.questions`). `version` counts
    the saves: whoever saves over another version is told; `saved_from` is the open form that made the
    latest run of saves, and `saved_since` the version that run began from. `page` is what it became, or what it
    revises, `base_revision` the words it began from, `revision` those it was submitted as.
    """

    class Kind(models.TextChoices):
        """What is told."""

        PRACTICE = "practice", _("Good practice")
        TOOL = "tool", _("Tool")

    class State(models.TextChoices):
        """Where it stands; each move is a `ContributionMove`."""

        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("In review")
        SENT_BACK = "sent_back", _("To complete")
        ACCEPTED = "accepted", _("Published")
        REFUSED = "refused", _("Not kept")
        DISCARDED = "discarded", _("Discarded")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="contributions",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("company"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    language = models.CharField(_("language"), max_length=5, default="fr")
    title = models.CharField(_("title"), max_length=255, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_from = models.CharField(max_length=32, blank=True)
    saved_since = models.PositiveIntegerField(default=0)
    step = models.CharField(max_length=20, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    edits_allowed = models.BooleanField(_("may be corrected by the team"), default=True)
    page = models.ForeignKey(Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    base_revision = models.ForeignKey(
        Revision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revision = models.ForeignKey(Revision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(_("begun at"), default=timezone.now)
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    warned_at = models.DateTimeField(_("warned at"), null=True, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ("-saved_at", "-pk")
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = (
            models.UniqueConstraint(
                name="contribution_once_a_page",
                fields=("page",),
                condition=Q(state__in=["draft", "sent_back", "submitted"], page__isnull=False),
            ),
            models.CheckConstraint(
                name="contribution_submitted_is_dated",
                condition=Q(state__in=["draft", "discarded"]) | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="contribution_decided_is_dated",
                condition=~Q(state__in=["accepted", "refused"]) | Q(decided_at__isnull=False),
            ),
        )
        indexes = (
            models.Index(name="contribution_of_author", fields=["author", "state"]),
            models.Index(name="contribution_saved", fields=["state", "saved_at"]),
        )

    def __str__(self) -> str:
        return self.title or str(_("Untitled"))

    @property
    def may_be_written(self) -> bool:
        """Whether its author may still change it."""
        return self.state in {self.State.DRAFT, self.State.SENT_BACK}


class ContributionMove(models.Model):
    """One move of a contribution from a state to another, by whom, and why."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="moves")
    state = models.CharField(_("state"), max_length=10, choices=Contribution.State)
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(_("reason"), max_length=3000, blank=True)

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("move of a contribution")
        verbose_name_plural = _("moves of contributions")

    def __str__(self) -> str:
        return f"{self.contribution}: {self.state}"


class ContributionNote(models.Model):
    """Words between a moderator and the author, about one field or (`field` empty) about the whole."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="notes")
    field = models.CharField(max_length=40, blank=True)
    text = models.TextField(_("note"), max_length=2000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_team = models.BooleanField(_("by the team"), default=False)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("created_at", "pk")
        verbose_name = _("note on a contribution")
        verbose_name_plural = _("notes on contributions")

    def __str__(self) -> str:
        return self.text[:60]


def contribution_file_name(_file: models.Model, filename: str) -> str:
    """Where what a member sends is kept until it is decided."""
    return private_name("contributions", filename)


class ContributionFile(models.Model):
    """A picture or a document that goes with a contribution, checked before anybody opens it."""

    class Role(models.TextChoices):
        """What it is for."""

        PICTURE = "picture", _("Picture")
        DOCUMENT = "document", _("Document")

    class Verdict(models.TextChoices):
        """What the checks found."""

        PENDING = "pending", _("Being checked")
        CLEAN = "clean", _("Nothing wrong found")
        WARNED = "warned", _("To open with care")
        REFUSED = "refused", _("Refused")

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="files")
    role = models.CharField(_("role"), max_length=10, choices=Role)
    file = models.FileField(upload_to=contribution_file_name)
    name = models.CharField(_("name"), max_length=200)
    size = models.PositiveIntegerField(_("size"))
    content_type = models.CharField(_("type"), max_length=100)
    sha256 = models.CharField(max_length=64)
    description = models.CharField(_("description"), max_length=300, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, default=Verdict.PENDING)
    findings = models.JSONField(default=list, blank=True)
    image = models.ForeignKey(Image, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("position", "created_at", "pk")
        verbose_name = _("file of a contribution")
        verbose_name_plural = _("files of contributions")
        constraints = (
            models.UniqueConstraint(name="contribution_file_once", fields=("contribution", "sha256")),
        )

    def __str__(self) -> str:
        return self.name
