"""The charter, those who signed it, and the label some earned."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel

from common.blocks import BodyBlock
from common.fields import BlockField
from common.models import Theme
from common.models.translated import in_language, validate_translated
from common.pages import BasePage, ListPage
from members.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest


class CharterVersion(models.Model):
    """The text that companies signed, as it stood; a new text is a new version."""

    code = models.SlugField(_("version"), unique=True)
    adopted_on = models.DateField(_("adopted on"))
    preamble = models.TextField(_("preamble"), blank=True)

    class Meta:
        ordering = ("-adopted_on",)
        verbose_name = _("version of the charter")
        verbose_name_plural = _("versions of the charter")

    def __str__(self) -> str:
        return self.code


class Engagement(models.Model):
    """One promise of the charter."""

    version = models.ForeignKey(
        CharterVersion, verbose_name=_("version"), on_delete=models.CASCADE, related_name="engagements"
    )
    code = models.SlugField(_("code"))
    position = models.PositiveSmallIntegerField(_("position"))
    titles = models.JSONField(_("titles"), validators=[validate_translated])
    texts = models.JSONField(_("texts"), validators=[validate_translated])
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="engagements")

    class Meta:
        ordering = ("version", "position")
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        constraints = (
            models.UniqueConstraint(name="engagement_code_unique", fields=("version", "code")),
            models.UniqueConstraint(name="engagement_position_unique", fields=("version", "position")),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The promise, in the active language."""
        return in_language(self.titles)

    @property
    def text(self) -> str:
        """What it means, in the active language."""
        return in_language(self.texts)


class Cohort(models.Model):
    """Companies that sign together, at a ceremony, with public co-signers."""

    code = models.SlugField(_("code"), unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    ceremony_on = models.DateField(_("ceremony"), null=True, blank=True)
    cosigners = models.ManyToManyField(
        Organisation, verbose_name=_("co-signers"), blank=True, related_name="cosigned_cohorts"
    )

    class Meta:
        ordering = ("-year", "code")
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")

    def __str__(self) -> str:
        return str(self.year)


class SignatureQuerySet(models.QuerySet["Signature"]):
    """The vocabulary of signatures."""

    def signed(self) -> SignatureQuerySet:
        """Signed and still standing, labelled or not."""
        return self.filter(state__in=[Signature.State.SIGNED, Signature.State.LABELLED])

    def labelled(self) -> SignatureQuerySet:
        """Which earned the label once; see `Label` for whether it still runs."""
        return self.filter(labels__isnull=False).distinct()


class Signature(models.Model):
    """A company's signature of one version of the charter.

    Moves between states come with the charter's own room; what is stored here is where each stands.
    """

    class State(models.TextChoices):
        """Where a signature stands (design: every move is dated and attributed)."""

        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        TO_COMPLETE = "to_complete", _("To complete")
        ACCEPTED = "accepted", _("Accepted")
        SIGNED = "signed", _("Signatory")
        LABELLED = "labelled", _("Labelled")
        LAPSED = "lapsed", _("Lapsed")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REFUSED = "refused", _("Refused")

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="signatures"
    )
    version = models.ForeignKey(
        CharterVersion, verbose_name=_("version"), on_delete=models.PROTECT, related_name="signatures"
    )
    cohort = models.ForeignKey(
        Cohort,
        verbose_name=_("cohort"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="signatures",
    )
    state = models.CharField(_("state"), max_length=15, choices=State, default=State.DRAFT, db_index=True)
    signed_on = models.DateField(
        _("signed on"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("Empty when only the year is known: the cohort gives it."),
    )
    words = models.CharField(_("in the company’s words"), max_length=300, blank=True)
    example = models.BooleanField(_("example"), default=False)
    created_at = models.DateTimeField(_("recorded at"), default=timezone.now, editable=False)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        ordering = ("-signed_on", "pk")
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = (
            models.UniqueConstraint(name="signature_once_a_version", fields=("organisation", "version")),
            models.CheckConstraint(
                name="signature_signed_is_dated",
                condition=~Q(state__in=["signed", "labelled", "lapsed"])
                | Q(signed_on__isnull=False)
                | Q(cohort__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation}, {self.version}"


class LabelQuerySet(models.QuerySet["Label"]):
    """The vocabulary of labels."""

    def valid(self, on: dt.date | None = None) -> LabelQuerySet:
        """Running on a day (today by default)."""
        day = on or timezone.localdate()
        return self.filter(awarded_on__lte=day, valid_until__gte=day)


class Label(models.Model):
    """The label that a signature earned, for a time. Its reference can be checked by anyone."""

    signature = models.ForeignKey(
        Signature, verbose_name=_("signature"), on_delete=models.PROTECT, related_name="labels"
    )
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    awarded_on = models.DateField(_("awarded on"))
    valid_until = models.DateField(_("valid until"))

    objects = LabelQuerySet.as_manager()

    class Meta:
        ordering = ("-awarded_on", "reference")
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        constraints = (
            models.CheckConstraint(
                name="label_ends_after_award", condition=Q(valid_until__gt=F("awarded_on"))
            ),
        )

    def __str__(self) -> str:
        return self.reference


class CharterPage(BasePage):
    """What the charter asks, who it is for, and the current text."""

    kind_label = _("Charter")
    template = "charters/charter_page.html"
    max_count_per_parent = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["charters.SignatoryIndexPage", "home.StandardPage"]

    body = BlockField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels: ClassVar[Sequence[Any]] = [
        HelpPanel(
            content=_(
                "<p>The engagements and the figures come by themselves from the current version of the charter. "
                "Write here why a company signs, and what happens then.</p>"
            )
        ),
        *BasePage.content_panels,
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("charter")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .directory import charter_summary  # noqa: PLC0415 (it reads these models)

        context = super().get_context(request, *args, **kwargs)
        context["charter"] = charter_summary()
        return context


class SignatoryIndexPage(ListPage):
    """The directory of signatories: a list and a map that say the same."""

    kind_label = _("Signatories")
    template = "charters/signatory_index_page.html"
    parent_page_types: ClassVar[list[str]] = ["charters.CharterPage"]
    subpage_types: ClassVar[list[str]] = []
    lists = "charters.directory.signatory_listing"

    class Meta:
        verbose_name = _("directory of signatories")
