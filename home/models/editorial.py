"""Standard pages, news, the site map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel

from common.blocks import BodyBlock
from common.fields import BlockField
from common.models import Image, Theme
from common.pages import LIST_HELP, BasePage, ListPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest


class StandardPage(BasePage):
    """A page of the association: words, figures, timelines."""

    template = "home/standard_page.html"
    body = BlockField(BodyBlock(), verbose_name=_("body"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.StandardPage", "charters.CharterPage"]
    subpage_types: ClassVar[list[str]] = ["home.StandardPage"]

    content_panels: ClassVar[Sequence[Any]] = [
        HelpPanel(
            content=_(
                "<p>One question a page, and its answer in the first lines. A “Heading” block every three or four "
                "paragraphs lets one jump to what one came for.</p>"
            )
        ),
        *BasePage.content_panels,
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.structure import children_of, siblings_of  # noqa: PLC0415 (it reads these models)

        context = super().get_context(request, *args, **kwargs)
        context["children"] = children_of(self)
        context["siblings"] = siblings_of(self)
        return context


class NewsPage(BasePage):
    """An article."""

    kind_label = _("News")
    template = "home/news_page.html"

    published_on = models.DateField(_("dated"), db_index=True)
    picture = models.ForeignKey(
        Image, verbose_name=_("picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    themes = ParentalManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="+")
    example = models.BooleanField(_("example"), default=False)
    body = BlockField(BodyBlock(), verbose_name=_("body"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["home.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels: ClassVar[Sequence[Any]] = [
        HelpPanel(
            content=_(
                "<p>The news first, then what led to it, then what one can do. A news item keeps its date: "
                "what must stay true belongs on a page of the association.</p>"
            )
        ),
        *BasePage.content_panels,
        FieldPanel("body"),
        FieldRowPanel(
            [
                FieldPanel("published_on"),
                FieldPanel("picture", help_text=_("Ours only. A news item lives well without.")),
            ]
        ),
        FieldPanel("themes", widget=forms.CheckboxSelectMultiple, help_text=_("Three at most.")),
        FieldPanel("example"),
    ]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.structure import other_news  # noqa: PLC0415 (it reads these models)

        context = super().get_context(request, *args, **kwargs)
        context["related"] = other_news(self)
        return context

    def structured_data(self) -> list[dict[str, Any]]:
        from home.structured import article_data  # noqa: PLC0415 (it reads these models)

        return [article_data(self)]


class NewsIndexPage(ListPage):
    """All the news, the latest first."""

    kind_label = _("News")
    template = "home/news_index_page.html"
    subpage_types: ClassVar[list[str]] = ["home.NewsPage"]
    lists = "home.listing.news_listing"

    class Meta:
        verbose_name = _("list of news")


class SiteMapPage(BasePage):
    """Every page, by section (RGAA 12.3)."""

    template = "home/site_map_page.html"
    max_count_per_parent = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels: ClassVar[Sequence[Any]] = [LIST_HELP, *BasePage.content_panels]

    class Meta:
        verbose_name = _("site map")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.structure import whole_tree  # noqa: PLC0415 (it reads these models)

        context = super().get_context(request, *args, **kwargs)
        context["tree"] = whole_tree(self)
        return context
