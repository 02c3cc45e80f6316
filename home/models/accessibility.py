"""The accessibility statement, as the French administration wants it (RGAA 4.1.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from common.fields import BlockField
from common.pages import BasePage

if TYPE_CHECKING:
    from collections.abc import Sequence

PARTIAL_FROM = 50
WHOLE = 100


class Conformity(models.TextChoices):
    """The three states that the law knows."""

    FULL = "full", _("fully compliant")
    PARTIAL = "partial", _("partially compliant")
    NONE = "none", _("not compliant")


class NonConformityBlock(blocks.StructBlock):
    """A criterion that is not met."""

    criterion = blocks.CharBlock(label=_("RGAA criterion"), max_length=10)
    text = blocks.TextBlock(label=_("What is wrong and where"))
    due = blocks.DateBlock(label=_("To be mended by"), required=False)

    class Meta:
        icon = "warning"
        label = _("Criterion")
        preview_template = "wagtailcore/previews/criterion.html"
        preview_value = {"criterion": "1.3", "text": "Des photographies d’ateliers n’ont pas de description."}


class AccessibilityPage(BasePage):
    """Declaration, multi-year scheme and action plan. Its state is computed, never chosen."""

    template = "home/accessibility_page.html"
    max_count_per_parent = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    declared_on = models.DateField(_("declaration of"))
    audited_on = models.DateField(_("audited on"), null=True, blank=True)
    auditor = models.CharField(_("auditor"), max_length=150, blank=True)
    rate = models.DecimalField(
        _("criteria met, in %"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MaxValueValidator(WHOLE)],
        help_text=_("Criteria validated out of criteria that apply. Empty while there is no audit."),
    )
    commitment = RichTextField(_("commitment"))
    non_conformities = BlockField(
        [("criterion", NonConformityBlock())], verbose_name=_("non-conformities"), blank=True
    )
    derogations = RichTextField(_("derogations for disproportionate burden"), blank=True)
    exempt = RichTextField(_("content that is exempt"), blank=True)
    technologies = models.CharField(_("technologies"), max_length=250)
    environments = RichTextField(_("test environment"), blank=True)
    tools = RichTextField(_("assessment tools"), blank=True)
    tested_pages = RichTextField(_("pages tested"), blank=True)
    contact = RichTextField(_("contact"))
    scheme = RichTextField(_("multi-year scheme and action plan"), blank=True)

    content_panels: ClassVar[Sequence[Any]] = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("declared_on"),
                FieldRowPanel([FieldPanel("audited_on"), FieldPanel("auditor"), FieldPanel("rate")]),
            ],
            heading=_("Audit: the state follows from it"),
        ),
        FieldPanel("commitment"),
        FieldPanel("non_conformities"),
        FieldPanel("derogations"),
        FieldPanel("exempt"),
        FieldPanel("technologies"),
        FieldPanel("environments"),
        FieldPanel("tools"),
        FieldPanel("tested_pages"),
        FieldPanel("contact"),
        FieldPanel("scheme"),
    ]

    class Meta:
        verbose_name = _("accessibility statement")

    def clean(self) -> None:
        super().clean()
        if (self.rate is None) != (self.audited_on is None):
            raise ValidationError({"rate": _("An audit has a date and a percentage, both or neither.")})

    @property
    def conformity(self) -> Conformity:
        """Full at 100 %, partial from 50 %, none below or without an audit."""
        if self.rate is None or self.rate < PARTIAL_FROM:
            return Conformity.NONE
        return Conformity.FULL if self.rate >= WHOLE else Conformity.PARTIAL
