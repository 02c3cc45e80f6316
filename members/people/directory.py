"""The directory of members, for members: found and filtered by what each of them shows, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.choices import enumeration, theme_choices
from common.known import communes
from common.listing import (
    Choice,
    Filter,
    Listing,
    Selection,
    chips_of,
    encode,
    facet_of,
    narrowed,
    page_number,
    selection,
)
from common.vocabulary import Sector
from members.models import Profile

from . import visibility
from .finding import found_by, words_of
from .visibility import Audience, acting

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import QueryDict

    from common.listing import Chip, Facet
    from members.models import Membership

    Rows = QuerySet[Profile]

PER_PAGE = 24
SEEN = Audience.MEMBERS.sees
LINKS: Any = Profile.themes.through
HELPS = Q(offers_visibility__in=SEEN) & ~Q(offers="")
LONGEST = 100


# ---------------------------------------------------------------- what may be filtered
def shown_memberships() -> QuerySet[Membership]:
    """Companies of members who let members see them."""
    return acting().filter(user__profile__company_visibility__in=SEEN)


def works_in(column: str) -> Callable[[Sequence[str]], Q]:
    """Who shows a company that has one of the values."""
    return lambda values: Q(
        user__in=shown_memberships().filter(**{f"{column}__in": values}).order_by().values("user")
    )


def count_companies(column: str) -> Callable[[Rows], dict[str, int]]:
    """How many members show a company with each value."""

    def count(rows: Rows) -> dict[str, int]:
        shown = shown_memberships().filter(user__profile__in=rows.order_by().values("pk")).order_by()
        return dict(shown.values_list(column).annotate(Count("user", distinct=True)))

    return count


def interested_in(slugs: Sequence[str]) -> Q:
    """Who shows an interest in one of the themes."""
    links = LINKS.objects.filter(theme__slug__in=slugs).order_by().values("profile_id")
    return Q(themes_visibility__in=SEEN, pk__in=links)


def count_themes(rows: Rows) -> dict[str, int]:
    """How many members show an interest in each theme."""
    shown = rows.filter(themes_visibility__in=SEEN).order_by().values("pk")
    links = LINKS.objects.filter(profile__in=shown).order_by()
    return dict(links.values_list("theme__slug").annotate(Count("pk")))


def count_helpers(rows: Rows) -> dict[str, int]:
    """How many members say what they can help with."""
    return {"yes": rows.filter(HELPS).count()}


@dataclass(frozen=True)
class Shown:
    """A filter, and how its choices are counted among what members show."""

    filter: Filter
    count: Callable[[Rows], dict[str, int]]


def help_choices() -> list[Choice]:
    """The one choice of the filter."""
    return [Choice("yes", _("Offers help"))]


def commune_choices() -> list[Choice]:
    """The communes, by name."""
    return [Choice(code, commune.name) for code, commune in communes().items()]


COMMUNE, SECTOR = "organisation__commune", "organisation__sector"
SHOWN = (
    Shown(
        Filter("help", gettext_lazy("Help"), help_choices, "", narrow=lambda _values: HELPS), count_helpers
    ),
    Shown(Filter("theme", gettext_lazy("Theme"), theme_choices, "", narrow=interested_in), count_themes),
    Shown(
        Filter("sector", gettext_lazy("Sector"), enumeration(Sector), "", narrow=works_in(SECTOR)),
        count_companies(SECTOR),
    ),
    Shown(
        Filter(
            "commune",
            gettext_lazy("Commune"),
            commune_choices,
            "",
            multiple=False,
            narrow=works_in(COMMUNE),
        ),
        count_companies(COMMUNE),
    ),
)
FILTERS = tuple(one.filter for one in SHOWN)


# ---------------------------------------------------------------- the list
def asked_of(query: QueryDict) -> str:
    """The words asked for, on one line."""
    text = "".join(c if c.isprintable() else " " for c in query.get("q", "")[:LONGEST])
    return " ".join(text.split())


def with_words(query: str, asked: str) -> str:
    """A query string, with the words asked for."""
    words = encode({"q": [asked]}) if asked else ""
    return "&".join(part for part in (words, query) if part)


def facets(rows: Rows, chosen: Selection) -> list[Facet]:
    """Every filter with its choices, each counted under the others, and never remembered."""
    return [
        facet_of(
            one.filter,
            one.count(narrowed(rows, FILTERS, chosen, but=one.filter.name)),
            chosen.get(one.filter.name, []),
        )
        for one in SHOWN
    ]


def chips(chosen: Selection, asked: str) -> list[Chip]:
    """The selected values, each with the query that drops it and keeps the words."""
    return [type(chip)(chip.label, with_words(chip.query, asked)) for chip in chips_of(FILTERS, chosen)]


def cards(profiles: Sequence[Profile]) -> list[visibility.Card]:
    """What members see of each."""
    found = (visibility.shown(profile, Audience.MEMBERS) for profile in profiles)
    return [card for card in found if card is not None]


def directory(query: QueryDict) -> Listing[Profile]:
    """Members by last name, under the filters and the words of the query."""
    asked, chosen = asked_of(query), selection(query, FILTERS)
    rows = visibility.open_to(Audience.MEMBERS).filter(found_by(words_of(asked)))
    wanted = visibility.with_fields(narrowed(rows, FILTERS, chosen).order_by("search_text", "pk"))
    page = Paginator(wanted, PER_PAGE).get_page(page_number(query))
    return Listing(
        total=page.paginator.count,
        page=page,
        items=cards(list(page.object_list)),
        facets=facets(rows, chosen),
        chips=chips(chosen, asked),
        query=with_words(encode(chosen), asked),
        path=reverse("directory"),
        extra={"asked": asked},
    )
