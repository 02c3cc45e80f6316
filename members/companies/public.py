"""What everybody sees of companies: a list of those with something to show, and a page each.

Nothing of a company that is to be confirmed. What rooms show comes from `company_sections`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from common import pictures
from common.addresses import absolute, roots
from common.choices import enumeration, theme_choices
from common.generation import per_generation
from common.known import communes, fill
from common.listing import Choice, Filter, Listing, build
from common.registries import CompanySection, company_sections
from common.vocabulary import Headcount, Sector, Size
from common.web.sitemaps import Address
from members.models import Membership, Organisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet
    from django.http import QueryDict

PER_PAGE = 24


# ---------------------------------------------------------------- which companies
def has_something() -> Q:
    """Organisations that say something of themselves, or of which a room has something to show."""
    shown = ~Q(presentation="")
    for section in company_sections:
        shown |= Q(pk__in=section.lists())
    return shown


def shown() -> QuerySet[Organisation]:
    """The organisations of the public list, by name."""
    return Organisation.objects.confirmed().filter(has_something()).order_by("name", "pk")


def is_shown(organisation: Organisation) -> bool:
    """Whether this one is in the list."""
    return shown().filter(pk=organisation.pk).exists()


# ---------------------------------------------------------------- the list
def _commune_choices() -> list[Choice]:
    return [Choice(code, commune.name) for code, commune in communes().items()]


def _size_condition(values: Sequence[str]) -> Q:
    return Q(headcount__in=[band.value for band in Headcount if band.size.value in values])


FILTERS = (
    Filter("sector", _("Sector"), enumeration(Sector), "sector"),
    Filter("size", _("Size"), enumeration(Size), "headcount", counted=False, narrow=_size_condition),
    Filter("theme", _("Theme"), theme_choices, "themes__slug"),
    Filter("commune", _("Commune"), _commune_choices, "commune_id", multiple=False),
)


@dataclass(frozen=True)
class Line:
    """A company in the list, its logo, and the names of the sections of its page."""

    organisation: Organisation
    logo: pictures.Picture | None
    has: Sequence[str]


def lines(rows: Sequence[Organisation]) -> list[Line]:
    """The lines of some companies: one query for the logos and one a section."""
    keys = [row.pk for row in rows]
    logos = pictures.warm(row.logo_id for row in rows)
    having = [
        (
            str(section.label),
            set(
                Organisation.objects.filter(pk__in=keys)
                .filter(pk__in=section.lists())
                .values_list("pk", flat=True)
            ),
        )
        for section in company_sections
    ]
    for row in rows:
        fill(row)
    return [
        Line(
            row,
            logos.get(row.logo_id) if row.logo_id else None,
            [label for label, found in having if row.pk in found],
        )
        for row in rows
    ]


def company_listing(query: QueryDict) -> Listing[Organisation]:
    """The public list under the filters of the query."""
    return build(
        shown(), FILTERS, query, path=reverse("companies"), per_page=PER_PAGE, present=lines, name="companies"
    )


# ---------------------------------------------------------------- one page
@dataclass(frozen=True)
class Shown:
    """A section of the page with its rows."""

    section: CompanySection
    rows: Sequence[Any]


def sections_of(organisation: Organisation) -> list[Shown]:
    """What the rooms show of a company, empty sections left out."""
    found = [Shown(section, section.rows(organisation)) for section in company_sections]
    return [each for each in found if each.rows]


def is_answered(organisation: Organisation) -> bool:
    """Whether somebody would read what is written to the company."""
    return Membership.objects.managers().filter(organisation=organisation, user__is_active=True).exists()


def former(slug: str) -> Organisation | None:
    """The confirmed organisation that once had this address."""
    return Organisation.objects.confirmed().filter(former_slugs__slug=slug).first()


def host_of(website: str) -> str:
    """A website as one says it: `www.entreprise.fr/emploi/` → entreprise.fr."""
    return (urlsplit(website).hostname or "").removeprefix("www.")


def trail() -> list[tuple[str, str]]:
    """What stands above the list."""
    language = get_language() or settings.LANGUAGE_CODE
    root = roots().get(language)
    return [(gettext("Home"), root.prefix if root else "/")]


def paths(name: str, *args: str) -> dict[str, str]:
    """The path of a view in each language that has pages."""
    found = {}
    for language in roots():
        with override(language):
            found[language] = reverse(name, args=args)
    return found


def structured(organisation: Organisation) -> dict[str, Any]:
    """The company as schema.org describes one."""
    data: dict[str, Any] = {
        "@type": "Organization",
        "name": organisation.name,
        "url": absolute(reverse("company", args=[organisation.slug])),
    }
    picture = pictures.picture(organisation.logo_id)
    place = communes().get(organisation.commune_id or "")
    known = {
        "description": organisation.summary,
        "sameAs": organisation.website,
        "logo": absolute(picture.fallback.url) if picture else "",
        "address": {"@type": "PostalAddress", "addressLocality": place.name, "addressCountry": "FR"}
        if place
        else "",
    }
    return data | {name: value for name, value in known.items() if value}


# ---------------------------------------------------------------- the map of the site
@per_generation
def _listed() -> list[str]:
    return list(shown().values_list("slug", flat=True))


def addresses() -> Iterable[Address]:
    """The list and the pages, each in every language."""
    listed = _listed()
    if not listed:
        return
    for versions in [paths("companies"), *(paths("company", slug) for slug in listed)]:
        for path in versions.values():
            yield Address(path, versions=versions)
