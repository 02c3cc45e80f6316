"""Good practices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from common.blocks import DocumentsBlock, PictureBlock
from common.facts import Facts, FactsPage
from common.fields import BlockField
from common.pages import BasePage, ListPage
from common.vocabulary import Cost, Effort, Sector, Size
from common.web.structured import article
from members.models import Organisation
from toolbox.blocks import WORDS, KeyResultBlock, StepBlock

from .owned import Owned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest


class PracticeFields(models.Model):
    """What a practice's page and its row have in common."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("company"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)s_set",
    )
    sector = models.CharField(_("sector"), max_length=30, choices=Sector, blank=True)
    size = models.CharField(_("size of the company"), max_length=10, choices=Size, blank=True)
    effort = models.CharField(_("effort"), max_length=10, choices=Effort, blank=True)
    cost = models.CharField(_("cost"), max_length=10, choices=Cost, blank=True)
    year = models.PositiveSmallIntegerField(_("set up in"), null=True, blank=True)
    contact_allowed = models.BooleanField(_("may be asked about it"), default=False)

    class Meta:
        abstract = True


class PracticeQuerySet(models.QuerySet["Practice"]):
    """The vocabulary of practices."""

    def live(self) -> PracticeQuerySet:
        """Published ones."""
        return self.filter(live=True)


class Practice(Owned, PracticeFields, Facts):
    """A good practice, whatever the language it is read in."""

    tools = models.ManyToManyField(
        "toolbox.Tool", verbose_name=_("tools"), blank=True, related_name="practices"
    )

    objects = PracticeQuerySet.as_manager()

    class Meta:
        ordering = ("-published_at", "-pk")
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")

    def __str__(self) -> str:
        return str(self.translation_key)


class PracticePage(PracticeFields, FactsPage):
    """What a company did, what it changed, and how to do it too."""

    kind_label = _("Good practice")
    template = "toolbox/practice_page.html"
    facts_model = Practice
    fact_fields = ("organisation", "sector", "size", "effort", "cost", "year", "contact_allowed")
    fact_links = ("tools",)

    facts = models.ForeignKey(
        Practice, null=True, editable=False, on_delete=models.SET_NULL, related_name="pages"
    )
    context_text = RichTextField(_("context"), features=WORDS, blank=True)
    actions_text = RichTextField(_("what was done"), features=[*WORDS, "h3"])
    results_text = RichTextField(_("results"), features=WORDS, blank=True)
    key_results = BlockField(
        [("result", KeyResultBlock())], verbose_name=_("key results"), blank=True, max_num=3
    )
    keys_text = RichTextField(_("keys to success"), features=WORDS, blank=True)
    pitfalls_text = RichTextField(_("pitfalls"), features=WORDS, blank=True)
    steps = BlockField([("step", StepBlock())], verbose_name=_("to reproduce it"), blank=True)
    gallery = BlockField(
        [("picture", PictureBlock()), ("documents", DocumentsBlock())],
        verbose_name=_("pictures and files"),
        blank=True,
    )
    question = models.CharField(
        _("the author’s question"),
        max_length=200,
        blank=True,
        help_text=_("Asked under the page to those who read it, while nobody has spoken yet."),
    )
    tools = ParentalManyToManyField(
        "toolbox.Tool", verbose_name=_("tools that help"), blank=True, related_name="+"
    )

    parent_page_types: ClassVar[list[str]] = ["toolbox.PracticeIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels: ClassVar[Sequence[Any]] = [
        HelpPanel(
            content=_(
                "<p>A practice is read in three minutes by somebody who has the same problem. "
                "Say what was really done, with figures, and what did not work.</p>"
            )
        ),
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("organisation"),
                FieldRowPanel([FieldPanel("sector"), FieldPanel("size")]),
                FieldRowPanel([FieldPanel("effort"), FieldPanel("cost"), FieldPanel("year")]),
                FieldPanel("lead_theme"),
                FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
                FieldRowPanel(
                    [
                        FieldPanel(
                            "contact_allowed",
                            help_text=_("The company agreed to be asked about it, through us."),
                        ),
                        FieldPanel("example"),
                    ]
                ),
            ],
            heading=_("What one scans for"),
        ),
        FieldPanel(
            "context_text", help_text=_("The problem as it was met: how many people, which jobs, why then.")
        ),
        FieldPanel("actions_text", help_text=_("Who did what, in which order, for how long.")),
        FieldPanel("results_text", help_text=_("What changed, measured if possible; and what did not.")),
        FieldPanel("key_results", help_text=_("Two or three figures that the company stands by.")),
        FieldPanel("keys_text", help_text=_("Three to five points: without which it would not have worked.")),
        FieldPanel("pitfalls_text", help_text=_("What you would do otherwise: the most useful part.")),
        FieldPanel("steps", help_text=_("For somebody who begins on Monday.")),
        FieldPanel("tools", help_text=_("Tools of the toolbox that served, or that would.")),
        FieldPanel("gallery"),
        FieldPanel("question"),
    ]

    class Meta:
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")

    @classmethod
    def to_serve(cls) -> models.QuerySet[Any]:
        return cls._default_manager.select_related("facts__organisation")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from toolbox.related import related_practices, tools_for  # noqa: PLC0415 (they read these models)

        context = super().get_context(request, *args, **kwargs)
        context["related"] = related_practices(self)
        context["tools"] = tools_for(self)
        return context

    def structured_data(self) -> list[dict[str, Any]]:
        published = self.first_published_at or timezone.now()
        return [article(self, timezone.localdate(published))]


class PracticeIndexPage(ListPage):
    """All the practices, with filters."""

    kind_label = _("Good practices")
    template = "toolbox/practice_index_page.html"
    subpage_types: ClassVar[list[str]] = ["toolbox.PracticePage"]
    lists = "toolbox.listing.practice_listing"

    class Meta:
        verbose_name = _("list of good practices")
