"""The directory: found and filtered by what is shown, and by nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from common.models import Theme
from members.models import Profile, User
from members.people.directory import directory
from members.people.finding import fold, refresh_all, words_of
from tests.factories.shared import CommuneFactory
from tests.members.companies.people import belonging, company

from .members import member, profile_of, queries

pytestmark = pytest.mark.django_db


def names(query: str = "") -> list[str]:
    return [card.name for card in directory(QueryDict(query)).items]


def counts(facet: str, query: str = "") -> dict[str, int | None]:
    found = next(each for each in directory(QueryDict(query)).facets if each.name == facet)
    return {option.value: option.count for option in found.options if option.count}


@pytest.fixture
def theme() -> Theme:
    return Theme.objects.get_or_create(
        slug="transmission",
        defaults={
            "family": "transmettre",
            "position": 800,
            "names": {"fr": "Transmission"},
            "descriptions": {"fr": "."},
        },
    )[0]


@pytest.fixture
def people(theme: Theme) -> dict[str, User]:
    """Three members: one of a company, one who helps, one who is interested."""
    eve = member("Ève Zimmer", job_title="Responsable des ressources humaines")
    belonging(eve, company(name="Fonderie Ôberlin", sector="industrie", commune=CommuneFactory()))
    adam, celine = member("Adam Aubert"), member("Céline Müller")
    profile_of(adam, offers="Organiser des binômes de tutorat, sans s’épuiser")
    profile_of(celine, seeks="Un retour sur l’ergonomie").themes.add(theme)
    return {"eve": eve, "adam": adam, "celine": celine}


# ---------------------------------------------------------------- order and search
def test_members_come_by_last_name_accents_aside(people: dict[str, User]) -> None:
    member("Zoé Étienne")
    assert names() == ["Adam Aubert", "Zoé Étienne", "Céline Müller", "Ève Zimmer"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("eve", ["Ève Zimmer"]),
        ("ÈVE", ["Ève Zimmer"]),
        ("zimmer ève", ["Ève Zimmer"]),
        ("muller", ["Céline Müller"]),
        ("TUTORAT binomes", ["Adam Aubert"]),
        ("s'epuiser", ["Adam Aubert"]),
        ("oberlin", ["Ève Zimmer"]),
        ("fonderie ressources", ["Ève Zimmer"]),
        ("ergonomie", ["Céline Müller"]),
        ("tutorat ergonomie", []),
        ("", ["Adam Aubert", "Céline Müller", "Ève Zimmer"]),
        ("   ", ["Adam Aubert", "Céline Müller", "Ève Zimmer"]),
    ],
)
def test_words_find_names_companies_and_help(people: dict[str, User], words: str, found: list[str]) -> None:
    query = QueryDict(mutable=True)
    query["q"] = words
    assert names(query.urlencode()) == found


@pytest.mark.parametrize(
    "words",
    [
        "%",
        "_",
        "\\",
        "'",
        '" OR 1=1 --',
        "\x00",
        "é" * 5000,
        "a " * 4000,
        "🙂",
        "<script>",
        "(((",
        "*",
        "%%%__",
        "\ud800",
    ],
)
def test_hostile_words_harm_nothing(client: Client, people: dict[str, User], words: str) -> None:
    client.force_login(people["eve"])
    assert client.get(reverse("directory"), {"q": words.encode("utf-8", "surrogatepass")}).status_code == 200


@pytest.mark.parametrize("words", ["%", "_"])
def test_signs_of_the_database_stand_for_themselves(people: dict[str, User], words: str) -> None:
    assert names(f"q=%25{words if words != '%' else ''}") == []


def test_folding() -> None:
    assert fold("L’Œuvré d’Été\u00a0: ÇA\x00") == "l'oeuvre d'ete : ca "
    assert words_of("un deux trois quatre cinq six sept") == ["un", "deux", "trois", "quatre", "cinq", "six"]


# ---------------------------------------------------------------- filters
def test_filters_and_their_counts(people: dict[str, User], theme: Theme) -> None:
    assert names("help=yes") == ["Adam Aubert"]
    assert names(f"theme={theme.slug}") == ["Céline Müller"]
    assert names("sector=industrie") == ["Ève Zimmer"]
    assert names("commune=59350") == ["Ève Zimmer"]
    assert names("sector=industrie&help=yes") == []
    assert names("sector=unknown&help=perhaps") == ["Adam Aubert", "Céline Müller", "Ève Zimmer"]
    assert [counts(facet) for facet in ("help", "theme", "sector", "commune")] == [
        {"yes": 1},
        {theme.slug: 1},
        {"industrie": 1},
        {"59350": 1},
    ]


def test_words_and_filters_go_together(people: dict[str, User]) -> None:
    listing = directory(QueryDict("q=adam&help=yes"))
    assert (listing.total, listing.query, [chip.query for chip in listing.chips]) == (
        1,
        "q=adam&help=yes",
        ["q=adam"],
    )


def test_two_companies_of_one_sector_count_once(people: dict[str, User]) -> None:
    belonging(people["eve"], company(name="Autre fonderie", sector="industrie"))
    assert (names("sector=industrie"), counts("sector")) == (["Ève Zimmer"], {"industrie": 1})


@pytest.mark.parametrize(
    ("who", "field", "queries"),
    [
        ("eve", "company", ["sector=industrie", "commune=59350", "q=oberlin"]),
        ("eve", "job", ["q=ressources"]),
        ("adam", "offers", ["help=yes", "q=tutorat"]),
        ("celine", "themes", ["theme=transmission"]),
        ("celine", "seeks", ["q=ergonomie"]),
        ("adam", "name", ["", "q=aubert", "q=tutorat", "help=yes"]),
    ],
)
def test_what_is_hidden_cannot_be_guessed(
    people: dict[str, User], who: str, field: str, queries: list[str]
) -> None:
    hidden = people[who].get_full_name()
    before = [hidden in names(query) for query in queries]
    profile_of(people[who], **{f"{field}_visibility": "nobody"})
    assert (set(before), {hidden in names(query) for query in queries}) == ({True}, {False})
    assert all(
        not counts(facet, "q=" + hidden.split()[0].lower()) or facet not in _facets_of(field)
        for facet in ("help", "theme", "sector", "commune")
    )


def _facets_of(field: str) -> set[str]:
    return {"company": {"sector", "commune"}, "offers": {"help"}, "themes": {"theme"}}.get(field, set())


def test_a_company_to_be_confirmed_is_not_searched(people: dict[str, User]) -> None:
    people["eve"].memberships.update(confirmed_at=None, confirmation="")
    assert (names("q=oberlin"), names("sector=industrie"), counts("sector")) == ([], [], {})


# ---------------------------------------------------------------- kept right
def test_a_change_of_name_is_found_at_once(people: dict[str, User]) -> None:
    people["adam"].last_name = "Zola"
    people["adam"].save()
    assert (names("q=zola"), names("q=aubert")) == (["Adam Zola"], [])


def test_signing_in_rewrites_nothing(
    people: dict[str, User], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        people["adam"].save(update_fields=["last_login"])


def test_the_daily_job_mends_what_was_changed_without_a_signal(people: dict[str, User]) -> None:
    Profile.objects.filter(user=people["adam"]).update(search_text="")
    assert (names("q=aubert"), refresh_all(), refresh_all(), names("q=aubert")) == ([], 1, 0, ["Adam Aubert"])


# ---------------------------------------------------------------- the page
def test_the_page_asks_as_much_whatever_its_size(client: Client, theme: Theme) -> None:
    asked = {}
    for number in range(30):
        someone = member(f"Prénom{number} Nom{number}", job_title="Tutrice")
        profile_of(someone, offers="Aider").themes.add(theme)
        belonging(someone, company(name=f"Entreprise {number}"))
        if number in (0, 2, 29):
            client.force_login(someone)
            asked[number] = queries(client, "/membres/?q=nom&help=yes")
    assert (asked[0] == asked[2] == asked[29], asked[29] <= 15) == (True, True)


def test_pages_of_twenty_four(client: Client) -> None:
    for number in range(25):
        someone: Any = member(f"Prénom{number} Nom{number:02}")
    client.force_login(someone)
    second = client.get(reverse("directory"), {"page": "2"})
    assert [card.name for card in second.context["listing"].items] == ["Prénom24 Nom24"]
    assert client.get(reverse("directory"), {"page": "zzz"}).context["listing"].page.number == 1


def test_a_visitor_signs_in_then_comes_back(client: Client) -> None:
    response = client.get("/membres/?help=yes")
    assert (response.status_code, response["Location"]) == (302, "/compte/login/?next=/membres/%3Fhelp%3Dyes")


def test_an_empty_directory_invites(client: Client) -> None:
    client.force_login(member(""))
    html = client.get("/membres/").content.decode()
    assert 'class="empty"' in html
    assert 'href="/espace/profil/"' in html
