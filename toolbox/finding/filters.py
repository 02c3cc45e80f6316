"""What practices and tools are found by (decision 22).

What is reached through another table is asked through the table of links: a subquery narrows, without a join
that would give a row twice; and the list itself, which is counted in memory, reads the links as pairs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from common.choices import enumeration, theme_choices
from common.generation import per_generation
from common.known import themes
from common.listing import Choice, Filter, Sort
from common.vocabulary import Cost, Effort, Headcount, Sector, Size
from toolbox.models import Adoption, Practice, Tool, ToolFields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.db.models import QuerySet

ANY = "any"
YES = "yes"
CHUNK = 5000


# ---------------------------------------------------------------- themes
def theme_filter(model: type[Practice | Tool]) -> Filter:
    """By theme, main or not; themes are few and known, so that their table is never read."""
    links = model.themes.through
    column = model._meta.model_name

    def narrow(slugs: Sequence[str]) -> Q:
        wanted = [pk for pk, theme in themes().items() if theme.slug in slugs]
        return Q(pk__in=links.objects.filter(theme__in=wanted).values(f"{column}_id"))

    def pairs() -> Iterator[tuple[int, str]]:
        slugs = {pk: theme.slug for pk, theme in themes().items()}
        rows = links.objects.order_by().values_list(f"{column}_id", "theme_id")
        return ((row, slugs.get(theme, "")) for row, theme in rows.iterator(CHUNK))

    return Filter("theme", _("Theme"), theme_choices, "themes__slug", narrow=narrow, pairs=pairs)


# ---------------------------------------------------------------- adoptions
def bands(sizes: Sequence[str]) -> list[str]:
    """The headcount bands of some size classes."""
    return [band.value for band in Headcount if band.size in sizes]


def in_place() -> QuerySet[Adoption]:
    """What companies have in place, whether or not they wish to be named."""
    return Adoption.objects.filter(state=Adoption.State.IN_PLACE)


def of_sizes(sizes: Sequence[str]) -> Q:
    """By a company of one of these sizes that agreed to be named: no size tells who did not."""
    return Q(
        shown=True,
        held=False,
        organisation__confirmed_at__isnull=False,
        organisation__headcount__in=bands(sizes),
    )


def adopted_choices() -> list[Choice]:
    """By anybody, or by a company of some size."""
    return _adopted_choices(get_language() or "")


@per_generation
def _adopted_choices(_language: str) -> list[Choice]:
    first = Choice(ANY, str(_("By at least one company")))
    return [first, *(Choice(value, str(label)) for value, label in Size.choices)]


def narrow_to_adopted(values: Sequence[str]) -> Q:
    """Practices that companies have in place."""
    rows = in_place() if ANY in values else in_place().filter(of_sizes(values))
    return Q(pk__in=rows.order_by().values("practice_id"))


def adopted_pairs() -> Iterator[tuple[int, str]]:
    """Practices that companies have in place, and the sizes of those that are named."""
    sizes = {band.value: band.size.value for band in Headcount}
    fields = ("practice_id", "organisation__headcount")
    named = in_place().filter(of_sizes(Size.values)).order_by().values_list(*fields)
    for practice, headcount in named.iterator(CHUNK):
        yield practice, sizes[headcount]
    for practice in in_place().order_by().values_list("practice_id", flat=True).distinct().iterator(CHUNK):
        yield practice, ANY


# ---------------------------------------------------------------- tools, by the practices that use them
def by_practices(name: str, label: Any, choices: Callable[[], Sequence[Choice]]) -> Filter:
    """Tools that practices of some sector or size use."""
    links = Practice.tools.through

    def narrow(values: Sequence[str]) -> Q:
        used = links.objects.filter(**{"practice__live": True, f"practice__{name}__in": values})
        return Q(pk__in=used.values("tool_id"))

    def pairs() -> Iterator[tuple[int, str]]:
        used = links.objects.filter(practice__live=True).order_by()
        return used.values_list("tool_id", f"practice__{name}").distinct().iterator(CHUNK)

    return Filter(name, label, choices, f"practices__{name}", narrow=narrow, pairs=pairs)


def accessible_pairs() -> Iterator[tuple[int, str]]:
    """Tools whose file is accessible."""
    rows = Tool.objects.filter(accessible=True).order_by().values_list("pk", flat=True)
    return ((pk, YES) for pk in rows.iterator(CHUNK))


def language_choices() -> list[Choice]:
    """The languages that files are written in; none while there is but one."""
    return _language_choices(get_language() or "")


@per_generation
def _language_choices(_language: str) -> list[Choice]:
    codes = Tool.objects.live().order_by("language").values_list("language", flat=True).distinct()
    found = [Choice(code, get_language_info(code)["name_local"].capitalize()) for code in codes if code]
    return found if len(found) > 1 else []


def accessible_choices() -> list[Choice]:
    """One box to tick."""
    return [Choice(YES, str(_("The file is accessible")))]


# ---------------------------------------------------------------- orders
def most_adopted(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those that most companies have in place first."""
    links: QuerySet[Any] = in_place().filter(practice=OuterRef("pk")).order_by().values("practice")
    return rows.annotate(taken_up=Subquery(links.annotate(n=Count("*")).values("n"))).order_by(
        F("taken_up").desc(nulls_last=True), "-published_at", "-pk"
    )


def most_used(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those that most practices use first."""
    links: Any = Practice.tools.through
    used = links.objects.filter(tool=OuterRef("pk"), practice__live=True).order_by().values("tool")
    return rows.annotate(uses=Subquery(used.annotate(n=Count("*")).values("n"))).order_by(
        F("uses").desc(nulls_last=True), "-published_at", "-pk"
    )


def read_again(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those whose author said last that they still hold."""
    return rows.order_by(F("checked_on").desc(nulls_last=True), "-published_at", "-pk")


def latest(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The order of the model."""
    return rows


LATEST = Sort("latest", _("Most recent first"), latest)
READ_AGAIN = Sort("checked", _("Read again lately"), read_again)
PRACTICE_SORTS = (LATEST, READ_AGAIN, Sort("adopted", _("Most taken up"), most_adopted))
TOOL_SORTS = (LATEST, READ_AGAIN, Sort("used", _("Most used by practices"), most_used))

PRACTICE_FILTERS = (
    theme_filter(Practice),
    Filter("sector", _("Sector"), enumeration(Sector), "sector"),
    Filter("size", _("Size"), enumeration(Size), "size"),
    Filter("effort", _("Effort"), enumeration(Effort), "effort"),
    Filter("cost", _("Cost"), enumeration(Cost), "cost"),
    Filter(
        "adopted",
        _("In place elsewhere"),
        adopted_choices,
        "adoptions__state",
        narrow=narrow_to_adopted,
        pairs=adopted_pairs,
    ),
)
TOOL_FILTERS = (
    theme_filter(Tool),
    Filter("kind", _("Kind"), enumeration(ToolFields.Kind), "kind"),
    by_practices("sector", _("Sector of the companies that use it"), enumeration(Sector)),
    by_practices("size", _("Size of the companies that use it"), enumeration(Size)),
    Filter("language", _("Language"), language_choices, "language"),
    Filter("audience", _("Who may take it"), enumeration(ToolFields.Audience), "audience"),
    Filter(
        "accessible",
        _("Accessibility"),
        accessible_choices,
        "accessible",
        narrow=lambda _values: Q(accessible=True),
        pairs=accessible_pairs,
    ),
)
