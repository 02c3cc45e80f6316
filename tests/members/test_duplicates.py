from __future__ import annotations

import time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.duplicates import Row, find_duplicates, pairs_among, plain_name, tell_apart
from tests.factories.shared import CommuneFactory, OrganisationFactory, UserFactory

SIRET, SITE_OF_IT, OTHER = "73282932000074", "73282932000082", "55208131766522"


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("S.A.R.L. Menuiserie des Weppes", "menuiserie weppes"),
        ("Menuiserie des WEPPES (SAS)", "menuiserie weppes"),
        ("L’Œuvre & Fils", "oeuvre"),
        ("Électricité-Générale", "electricite generale"),
        ("I.B.M. France", "ibm france"),
        ("SA", "sa"),
    ],
)
def test_a_name_is_compared_without_what_people_write_or_leave_out(name: str, plain: str) -> None:
    assert plain_name(name) == plain


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        pytest.param(
            {"name": "Menuiserie des Weppes"}, {"name": "SARL Menuiserie Weppes"}, True, id="legal form"
        ),
        pytest.param(
            {"name": "Boulangerie Carpentier"}, {"name": "Boulangerie Charpentier"}, True, id="a letter"
        ),
        pytest.param(
            {"name": "Boulangerie Carpentier"}, {"name": "Garage Carpentier"}, False, id="another trade"
        ),
        pytest.param(
            {"name": "Ruche", "siret": SIRET},
            {"name": "La Ruche", "siret": SITE_OF_IT},
            True,
            id="one legal unit",
        ),
        pytest.param(
            {"name": "Ruche", "siret": SIRET}, {"name": "Ruche", "siret": OTHER}, False, id="two units"
        ),
        pytest.param(
            {"name": "Ruche Lille", "siret": SIRET},
            {"name": "Atelier", "siret": SITE_OF_IT},
            False,
            id="two sites",
        ),
        pytest.param({"name": "Ruche"}, {"name": "Ruche", "commune": None}, True, id="commune not known"),
        pytest.param(
            {"name": "Menuiserie Weppes"},
            {"name": "Menuiserie Weppe", "commune": None},
            False,
            id="nor the name",
        ),
    ],
)
def test_close_names_in_one_commune_may_be_one_organisation(
    one: dict[str, Any], other: dict[str, Any], found: bool
) -> None:
    first, second = OrganisationFactory(**one), OrganisationFactory(**other)
    pairs = [(pair.first, pair.second) for pair in find_duplicates()]
    assert pairs == ([(first.pk, second.pk)] if found else [])


@pytest.mark.django_db
def test_the_same_name_in_two_communes_is_two_organisations() -> None:
    OrganisationFactory(name="Ruche")
    OrganisationFactory(name="Ruche", commune=CommuneFactory(insee_code="59512", names={"fr": "Roubaix"}))
    assert find_duplicates() == []


@pytest.mark.django_db
def test_sites_of_one_legal_unit_are_said_to_be() -> None:
    OrganisationFactory(name="Ruche", siret=SIRET)
    OrganisationFactory(name="Ruche", siret=SITE_OF_IT)
    assert [pair.same_unit for pair in find_duplicates()] == [True]


@pytest.mark.django_db
def test_what_was_told_apart_is_not_suggested_again() -> None:
    one, other = OrganisationFactory(name="Ruche"), OrganisationFactory(name="La Ruche")
    user: Any = UserFactory()
    for pair in ((other, one), (one, other)):
        tell_apart(*pair, by=user)
    assert find_duplicates() == []


@pytest.mark.django_db
def test_looking_for_duplicates_takes_two_queries_however_many_there_are() -> None:
    for _time in range(3):
        OrganisationFactory(name="Ruche")
    with CaptureQueriesContext(connection) as queries:
        assert len(find_duplicates()) == 3
    assert len(queries) == 2


def test_five_thousand_organisations_are_compared_in_a_few_seconds() -> None:
    words = (
        "menuiserie",
        "garage",
        "atelier",
        "imprimerie",
        "boulangerie",
        "transports",
        "conseil",
        "services",
    )
    rows = tuple(
        Row(n, f"{words[n % 8]} {n * 7919 % 5003:x} {words[n % 7]}", "", "59350") for n in range(5000)
    )
    began = time.perf_counter()
    pairs_among(rows)
    assert time.perf_counter() - began < 8
