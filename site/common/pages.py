"""The abstract page that every page type of the site is built on (decision 0003)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.models import Page, get_page_models

from common import addresses
from common.generation import per_generation
from common.models import Operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

# Tree paths are made of steps of this many characters (treebeard's materialised path).
STEP = Page.steplen


class Menu(models.TextChoices):
    """Where a page is listed, besides its parent."""

    NONE = "", _("Nowhere")
    HEADER = "header", _("Header")
    FOOTER_ASSOCIATION = "footer-association", _("Footer: the association")
    FOOTER_LEGAL = "footer-legal", _("Footer: legal")


# Above the form of a page that lists others.
LIST_HELP = HelpPanel(
    content=_(
        "<p>This page lists what is published below it: nothing to keep up to date here but its title and its "
        "sentence.</p>"
    )
)


class BasePage(Page):
    """A page with a telling sentence, a place in the menus and the money behind it."""

    summary = models.TextField(
        _("telling sentence"),
        max_length=300,
        blank=True,
        help_text=_("One sentence for lists, search engines and shared links. It says what one learns."),
    )
    menu_title = models.CharField(
        _("title in menus"),
        max_length=40,
        blank=True,
        help_text=_("A word or two, when the title is too long for menus and breadcrumbs."),
    )
    menu = models.CharField(_("menu"), max_length=30, choices=Menu, blank=True, default=Menu.NONE)
    operation = models.ForeignKey(
        Operation,
        verbose_name=_("funding operation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Shows the funder’s publicity block on the page and in print."),
    )

    # One word for what a page is, printed on cards and found in search.
    kind_label: ClassVar[str | _StrPromise] = _("Page")
    # The width of the text column: "prose", or "wide" for listings.
    layout: ClassVar[str] = "prose"
    # Pages marked as invented say so.
    example: bool = False

    content_panels: ClassVar[Sequence[Any]] = [
        TitleFieldPanel(
            "title",
            help_text=_("What one will remember. 75 characters fit on one line of a shared link."),
        ),
        FieldPanel("summary"),
    ]
    promote_panels: ClassVar[Sequence[Any]] = [
        HelpPanel(
            content=_(
                "<p>The title and the telling sentence already serve for search engines and shared links. "
                "Fill these in only when they must differ.</p>"
            )
        ),
        MultiFieldPanel([FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")]),
        FieldRowPanel([FieldPanel("menu"), FieldPanel("menu_title")]),
        FieldPanel("operation"),
    ]

    class Meta:
        abstract = True

    @classmethod
    def to_serve(cls) -> models.QuerySet[Any]:
        """The queryset that fetches one page with what its template reads."""
        return cls._default_manager.all()

    @property
    def path_on_site(self) -> str:
        """The public path of the page."""
        return addresses.path_of(self)

    @property
    def share_title(self) -> str:
        """The title for search engines and shared links."""
        return self.seo_title or self.title

    @property
    def share_description(self) -> str:
        """The sentence for search engines and shared links."""
        return self.search_description or self.summary

    @property
    def share_line(self) -> str:
        """What a shared picture says under the title: what kind of page it is."""
        return str(self.kind_label)

    def breadcrumb(self) -> list[tuple[str, str]]:
        """Title and path of each page above, the home page first."""
        known = branches()
        short = menu_titles()
        above = (known.get(self.path[: STEP * depth]) for depth in range(2, self.depth))
        return [(short.get(path, title), path) for title, path in filter(None, above)]

    def languages(self) -> dict[str, str]:
        """Public path of each published language version, this one included."""
        return language_versions(str(self.translation_key))

    def structured_data(self) -> list[dict[str, Any]]:
        """JSON-LD objects that describe the page, besides breadcrumb and organisation."""
        return []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["now"] = timezone.now()
        return context


class ListPage(BasePage):
    """A page that lists others, one under each parent.

    `lists` names the function that makes the listing, `(query, page) -> Listing`: it reads the models
    that the page's own module defines.
    """

    layout = "wide"
    max_count_per_parent = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    lists: ClassVar[str]

    content_panels: ClassVar[Sequence[Any]] = [LIST_HELP, *BasePage.content_panels]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["listing"] = import_string(self.lists)(request.GET, self)
        return context


@per_generation
def branches() -> dict[str, tuple[str, str]]:
    """Title and path of the live pages that have children, by tree path."""
    rows = Page.objects.filter(live=True, depth__gt=1, numchild__gt=0)
    return {page.path: (page.title, addresses.path_of(page)) for page in rows.only(*_LINK_FIELDS)}


@per_generation
def menu_titles() -> dict[str, str]:
    """Short titles by public path, for breadcrumbs."""
    codes = addresses.locale_ids()
    return {path: title for code in codes for entries in menu_pages(code).values() for title, path in entries}


@per_generation
def language_versions(translation_key: str) -> dict[str, str]:
    """Public path by language of the live versions of a page."""
    rows = Page.objects.filter(translation_key=translation_key, live=True, alias_of=None)
    codes = addresses.locale_codes()
    return {codes[page.locale_id]: addresses.path_of(page) for page in rows.only(*_LINK_FIELDS)}


@per_generation
def _in_menus() -> list[tuple[str, int, str, str, str, str]]:
    """Every live page of a menu, of all types and languages, in tree order: one query."""
    columns = ("path", "locale_id", "url_path", "title", "menu_title", "menu")
    rows = [
        model._default_manager.filter(live=True).exclude(menu="").order_by().values_list(*columns)
        for model in get_page_models()
        if issubclass(model, BasePage)
    ]
    return sorted(rows[0].union(*rows[1:], all=True))


@per_generation
def menu_pages(language: str) -> dict[str, list[tuple[str, str]]]:
    """Title and path of the pages of each menu, in tree order."""
    wanted = addresses.locale_ids().get(language)
    menus: dict[str, list[tuple[str, str]]] = {}
    for _tree, locale_id, url_path, title, short, menu in _in_menus():
        if locale_id == wanted:
            entry = (short or title, addresses.path_for(url_path, locale_id))
            menus.setdefault(menu, []).append(entry)
    return menus


_LINK_FIELDS = ("title", "path", "depth", "url_path", "locale_id", "numchild")
