"""What anybody may take of practices and tools: files, API, embedded lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.addresses import absolute, locale_codes, path_of
from common.choices import enumeration, theme_choices
from common.generation import per_generation
from common.known import fill, themes
from common.listing import Choice, Filter
from common.open_data.datasets import Asked, Dataset, register_dataset
from common.open_data.fields import Field, Kind
from common.open_data.restrictions import public_rows
from common.open_data.texts import body_passage, passage
from common.vocabulary import Cost, Effort, Sector, Size

from .finding.filters import PRACTICE_FILTERS, TOOL_FILTERS
from .listing import in_locale
from .models import Practice, PracticeIndexPage, PracticePage, Tool, ToolFields, ToolIndexPage, ToolPage
from .related import tools_for

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from wagtail.models import Page

    from common.facts import Facts, FactsPage

PAGE_COLUMNS = ("title", "summary", "slug", "url_path", "locale_id", "translation_key", "last_published_at")
ROW_COLUMNS = (
    "sector",
    "size",
    "effort",
    "cost",
    "year",
    "contact_allowed",
    "example",
    "published_at",
    "lead_theme_id",
)
COMPANY_COLUMNS = ("slug", "name", "commune_id", "confirmed_at")
# What a list reads of a practice; the long texts stay in the database.
PRACTICE_COLUMNS = (
    *PAGE_COLUMNS,
    *(f"facts__{name}" for name in ROW_COLUMNS),
    *(f"facts__organisation__{name}" for name in COMPANY_COLUMNS),
)


@per_generation
def _years() -> list[Choice]:
    years = Practice.objects.live().exclude(year=None).order_by("-year").values_list("year", flat=True)
    return [Choice(str(year), str(year)) for year in dict.fromkeys(years)]


YEAR = Filter("year", _("Set up in"), _years, "year")


def named(key: str, pages: type[FactsPage], asked: Asked) -> int | None:
    """The row of the page that a slug or a translation key names, in a language."""
    try:
        condition = Q(translation_key=UUID(key))
    except ValueError:
        condition = Q(slug=key)
    found = pages._default_manager.filter(condition, locale_id=asked.locale_id, live=True, facts__live=True)
    facts: type[Facts] = pages.facts_model
    rows = facts._default_manager.filter(pk__in=found.values("facts"))
    pk: int | None = (
        public_rows(rows, pages, asked.locale_id).order_by("pk").values_list("pk", flat=True).first()
    )
    return pk


def in_order(pages: QuerySet[Any], rows: type[Practice | Tool], keys: Sequence[int]) -> list[Any]:
    """The pages of some rows, as the rows are ordered; each row with what is remembered, and its themes."""
    by_row = {page.facts_id: page for page in pages}
    slugs = theme_slugs(rows, keys)
    for key, page in by_row.items():
        fill(page.facts)
        if page.facts.organisation:
            fill(page.facts.organisation)
        main = page.facts.lead_theme.slug
        page.facts.slugs = [main, *(slug for slug in slugs.get(key, ()) if slug != main)]
    return [by_row[key] for key in keys if key in by_row]


def theme_slugs(rows: type[Practice | Tool], keys: Sequence[int]) -> dict[int, list[str]]:
    """The themes of some rows, in the order of the themes: a query of keys, no rows made of it."""
    column = f"{rows._meta.model_name}_id"
    links = rows.themes.through._default_manager.filter(**{f"{column}__in": keys})
    linked: dict[int, set[int]] = {}
    for row, theme in links.order_by().values_list(column, "theme_id"):
        linked.setdefault(row, set()).add(theme)
    known = themes()
    return {row: [each.slug for pk, each in known.items() if pk in wanted] for row, wanted in linked.items()}


def practice_rows(asked: Asked) -> QuerySet[Practice]:
    """Practices as the list orders them."""
    rows = in_locale(Practice.objects.live(), PracticePage, asked.locale_id)
    return public_rows(rows, PracticePage, asked.locale_id)


def tool_rows(asked: Asked) -> QuerySet[Tool]:
    """Tools as the list orders them."""
    return public_rows(in_locale(Tool.objects.live(), ToolPage, asked.locale_id), ToolPage, asked.locale_id)


def read_practices(keys: Sequence[int], asked: Asked) -> list[PracticePage]:
    """Pages with their rows; the long texts are read only of one alone."""
    pages = PracticePage.objects.filter(facts__in=keys, locale_id=asked.locale_id, live=True)
    pages = pages.select_related("facts__organisation")
    return in_order(pages if len(keys) == 1 else pages.only(*PRACTICE_COLUMNS), Practice, keys)


def read_tools(keys: Sequence[int], asked: Asked) -> list[ToolPage]:
    """Pages with their rows; the body is read only of one alone."""
    pages = ToolPage.objects.filter(facts__in=keys, locale_id=asked.locale_id, live=True)
    pages = pages.select_related("facts__document", "facts__organisation")
    return in_order(pages if len(keys) == 1 else pages.defer("body"), Tool, keys)


def address_of(page: Page) -> str:
    """The full address of a page."""
    return absolute(path_of(page))


def unless_reserved(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """What is said only of tools that are for everybody."""
    return lambda page: read(page) if page.facts.audience == ToolFields.Audience.PUBLIC else None


def company_address(page: PracticePage) -> str:
    """The public page of the company, once it is confirmed."""
    company = page.facts.organisation if page.facts else None
    return absolute(reverse("company", args=[company.slug])) if company and company.confirmed_at else ""


HEAD = (
    Field(
        "id",
        _("Identifier"),
        Kind.CODE,
        lambda p: str(p.translation_key),
        "The same in every language.",
        required=True,
    ),
    Field("slug", _("Slug"), Kind.CODE, lambda p: p.slug, "The last word of its address.", required=True),
    Field("title", _("Title"), Kind.TEXT, lambda p: p.title, required=True),
    Field("summary", _("Summary"), Kind.TEXT, lambda p: p.summary, "One telling sentence."),
    Field("url", _("Address"), Kind.ADDRESS, address_of, "Its page on the site.", required=True),
    Field(
        "language",
        _("Language"),
        Kind.CODE,
        lambda p: locale_codes()[p.locale_id],
        "Of its words.",
        required=True,
    ),
    Field(
        "theme",
        _("Main theme"),
        Kind.CHOICE,
        lambda p: p.facts.lead_theme.slug,
        choices=theme_choices,
        required=True,
    ),
    Field("themes", _("Themes"), Kind.CHOICES, lambda p: p.facts.slugs, "The main one first.", theme_choices),
)
EXAMPLE = Field(
    "example",
    _("Example"),
    Kind.FLAG,
    lambda p: p.facts.example,
    "Invented to show what the space is for.",
    required=True,
)
PUBLISHED = Field(
    "published_at",
    _("Published on"),
    Kind.MOMENT,
    lambda p: p.facts.published_at,
    "First publication.",
    required=True,
)
UPDATED = Field(
    "updated_at", _("Changed on"), Kind.MOMENT, lambda p: p.last_published_at, "Latest publication."
)

PRACTICE_FIELDS = (
    *HEAD,
    Field(
        "company",
        _("Company"),
        Kind.TEXT,
        lambda p: p.facts.organisation.name if p.facts.organisation else "",
        "Whose practice it is.",
    ),
    Field("company_url", _("Page of the company"), Kind.ADDRESS, company_address),
    Field(
        "commune_code",
        _("INSEE code of the commune"),
        Kind.CODE,
        lambda p: (p.facts.organisation.commune_id or "") if p.facts.organisation else "",
        "Of the company.",
    ),
    Field(
        "commune",
        _("Commune"),
        Kind.TEXT,
        lambda p: (
            p.facts.organisation.commune.name
            if p.facts.organisation and p.facts.organisation.commune_id
            else ""
        ),
        "Of the company.",
    ),
    Field("sector", _("Sector"), Kind.CHOICE, lambda p: p.facts.sector, choices=enumeration(Sector)),
    Field(
        "size", _("Size"), Kind.CHOICE, lambda p: p.facts.size, "Employees of the company.", enumeration(Size)
    ),
    Field(
        "effort",
        _("Effort"),
        Kind.CHOICE,
        lambda p: p.facts.effort,
        "How long it took to set up.",
        enumeration(Effort),
    ),
    Field(
        "cost",
        _("Cost"),
        Kind.CHOICE,
        lambda p: p.facts.cost,
        "Besides time, taxes excluded.",
        enumeration(Cost),
    ),
    Field("year", _("Set up in"), Kind.NUMBER, lambda p: p.facts.year, "A year."),
    Field(
        "contact_allowed",
        _("May be asked about it"),
        Kind.FLAG,
        lambda p: p.facts.contact_allowed,
        "Through the site.",
        required=True,
    ),
    EXAMPLE,
    PUBLISHED,
    UPDATED,
)
PRACTICE_DETAILS = (
    Field("context", _("The starting point"), Kind.PASSAGE, lambda p: passage(p.context_text)),
    Field("actions", _("What was done"), Kind.PASSAGE, lambda p: passage(p.actions_text)),
    Field("results", _("What it changed"), Kind.PASSAGE, lambda p: passage(p.results_text)),
    Field("keys", _("Keys to success"), Kind.PASSAGE, lambda p: passage(p.keys_text)),
    Field("pitfalls", _("What to watch for"), Kind.PASSAGE, lambda p: passage(p.pitfalls_text)),
    Field(
        "key_results",
        _("Results"),
        Kind.PARTS,
        lambda p: [block.value for block in p.key_results],
        "Figures declared by the company.",
        parts=(
            Field("value", _("Figure"), Kind.TEXT, lambda r: r["value"], required=True),
            Field("label", _("What it is"), Kind.TEXT, lambda r: r["label"], required=True),
        ),
    ),
    Field(
        "steps",
        _("Do it too"),
        Kind.PARTS,
        lambda p: [block.value for block in p.steps],
        "In order.",
        parts=(
            Field("title", _("Step"), Kind.TEXT, lambda s: s["title"], required=True),
            Field("duration", _("How long"), Kind.TEXT, lambda s: s["duration"]),
            Field("words", _("What to do"), Kind.PASSAGE, lambda s: passage(s["text"])),
        ),
    ),
    Field(
        "tools",
        _("Tools that help"),
        Kind.PARTS,
        tools_for,
        parts=(
            Field("slug", _("Slug"), Kind.CODE, lambda t: t.slug, required=True),
            Field("title", _("Title"), Kind.TEXT, lambda t: t.title, required=True),
            Field("url", _("Address"), Kind.ADDRESS, address_of, required=True),
        ),
    ),
)

TOOL_FIELDS = (
    *HEAD,
    Field(
        "kind",
        _("Kind"),
        Kind.CHOICE,
        lambda p: p.facts.kind,
        choices=enumeration(ToolFields.Kind),
        required=True,
    ),
    Field(
        "audience",
        _("For whom"),
        Kind.CHOICE,
        lambda p: p.facts.audience,
        "Who may take it. Of a tool that is not for everybody, what follows is left out.",
        enumeration(ToolFields.Audience),
        required=True,
    ),
    Field(
        "licence",
        _("Licence"),
        Kind.CHOICE,
        unless_reserved(lambda p: p.facts.licence),
        "What one may do with it.",
        enumeration(ToolFields.Licence),
    ),
    Field("version", _("Version"), Kind.TEXT, unless_reserved(lambda p: p.facts.version)),
    Field("updated_on", _("Updated on"), Kind.DATE, unless_reserved(lambda p: p.facts.updated_on)),
    Field(
        "file_type",
        _("File type"),
        Kind.CODE,
        unless_reserved(lambda p: p.facts.document.file_extension.lower() if p.facts.document else ""),
        "An extension: docx.",
    ),
    Field(
        "file_size",
        _("File size"),
        Kind.NUMBER,
        unless_reserved(lambda p: p.facts.document.file_size if p.facts.document else None),
        "In bytes.",
    ),
    Field("file_language", _("Language of the file"), Kind.CODE, unless_reserved(lambda p: p.facts.language)),
    Field("page_count", _("Pages"), Kind.NUMBER, unless_reserved(lambda p: p.facts.page_count)),
    Field(
        "accessible",
        _("Accessible file"),
        Kind.FLAG,
        unless_reserved(lambda p: p.facts.accessible),
        "Whether the file itself is accessible.",
    ),
    Field(
        "external_url",
        _("Address of the tool"),
        Kind.ADDRESS,
        unless_reserved(lambda p: p.facts.address),
        "Of a tool that stands elsewhere.",
    ),
    EXAMPLE,
    PUBLISHED,
    UPDATED,
)
TOOL_DETAILS = (
    Field("body", _("How to use it"), Kind.PASSAGE, unless_reserved(lambda p: body_passage(p.body))),
)


def register() -> None:
    """Let practices and tools be taken."""
    register_dataset(
        Dataset(
            name="practices",
            order=10,
            one="practice",
            label=_("Good practices"),
            description="What companies around Lille did for the employment of experienced people.",
            slug="bonnes-pratiques",
            index=PracticeIndexPage,
            filters=(*PRACTICE_FILTERS, YEAR),
            fields=PRACTICE_FIELDS,
            details=PRACTICE_DETAILS,
            rows=practice_rows,
            read=read_practices,
            find=lambda key, asked: named(key, PracticePage, asked),
            shown=("theme", "company", "sector", "size"),
        )
    )
    register_dataset(
        Dataset(
            name="tools",
            order=20,
            one="tool",
            label=_("Toolbox"),
            description="Files and links that one takes and uses the same day.",
            slug="boite-a-outils",
            index=ToolIndexPage,
            filters=TOOL_FILTERS,
            # `language` is that of the words.
            renamed={"language": "file_language"},
            fields=TOOL_FIELDS,
            details=TOOL_DETAILS,
            rows=tool_rows,
            read=read_tools,
            find=lambda key, asked: named(key, ToolPage, asked),
            shown=("theme", "kind"),
        )
    )
