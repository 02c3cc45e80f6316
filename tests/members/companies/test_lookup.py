"""The national register: both shapes of its answers, and everything that may go wrong."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from urllib.error import URLError
from urllib.request import Request

import pytest
from django.core.cache import cache
from django.test import override_settings
from django.utils import timezone
from pytest_django import Settings

from members.companies import lookup
from members.companies.lookup import Answer, RegisterEntry, look_up
from members.companies.register import recheck
from members.models import Organisation
from tests.members.companies.people import SIRET, SITE, company

SITE_ROW = {
    "siret": SIRET,
    "activite_principale": "13.20Z",
    "tranche_effectif_salarie": "12",
    "commune": "59350",
    "etat_administratif": "A",
}
UNIT = {
    "siren": SIRET[:9],
    "nom_complet": "FILATURE DU NORD (FDN)",
    "nom_raison_sociale": "FILATURE DU NORD",
    "activite_principale": "70.10Z",
    "activite_principale_naf25": "70.10Y",
    "tranche_effectif_salarie": "22",
    "etat_administratif": "A",
    "statut_diffusion": "O",
    "dirigeants": [{"nom": "ON NE GARDE PAS CELA"}],
    "siege": {"siret": SITE, "etat_administratif": "A"},
    "matching_etablissements": [SITE_ROW],
}


@pytest.fixture(autouse=True)
def _on(settings: Settings) -> None:
    settings.COMPANY_LOOKUP = True


class Register:
    """Answers as told, and remembers what it was asked."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked: list[Request] = []

    def __call__(self, request: Request) -> Answer:
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, tuple):
            return answer
        return 200, {}, json.dumps(answer).encode()


def found(*units: dict[str, Any]) -> dict[str, Any]:
    return {"results": list(units), "total_results": len(units), "page": 1, "per_page": 1}


def test_a_site_among_others_is_read_with_the_version_of_its_code() -> None:
    register = Register(found(UNIT))
    assert look_up(SIRET, register) == RegisterEntry(
        SIRET, "FILATURE DU NORD", "13.20Z", "rev2", "12", "59350", active=True
    )
    assert (register.asked[0].full_url, register.asked[0].get_header("User-agent")) == (
        (
            "https://recherche-entreprises.api.gouv.fr/search?"
            f"q={SIRET}&minimal=true&include=siege%2Cmatching_etablissements&per_page=1"
        ),
        "Atoutage/1.0 (+http://localhost:8000)",
    )


def test_a_head_office_is_read_and_what_the_site_does_not_say_the_unit_says() -> None:
    unit = {**UNIT, "siege": {"siret": SIRET, "etat_administratif": "F"}, "matching_etablissements": []}
    assert look_up(SIRET, Register(found(unit))) == RegisterEntry(
        SIRET, "FILATURE DU NORD", "70.10Z", "rev2", "22", "", active=False
    )


@pytest.mark.parametrize(
    ("day", "beside", "expected"),
    [
        (dt.date(2026, 12, 31), True, "rev2"),
        (dt.date(2026, 12, 31), False, "rev2"),
        (dt.date(2027, 1, 1), True, "rev2"),
        (dt.date(2027, 1, 1), False, "2025"),
    ],
)
def test_the_new_nomenclature_takes_the_place_of_the_old_one(
    day: dt.date, beside: bool, expected: str
) -> None:
    unit = {"activite_principale_naf25": "13.20Y"} if beside else {}
    assert lookup.version_of(unit, {}, day) == expected


@pytest.mark.parametrize(
    "answer",
    [
        found(),
        found({**UNIT, "matching_etablissements": []}),
        found({**UNIT, "statut_diffusion": "P"}),
    ],
)
def test_what_the_register_does_not_show_is_not_asked_again_that_day(answer: dict[str, Any]) -> None:
    register = Register(answer)
    assert [look_up(SIRET, register), look_up(SIRET, register), len(register.asked)] == [None, None, 1]


def test_an_entry_is_remembered_for_a_day() -> None:
    register = Register(found(UNIT))
    assert look_up(SIRET, register) == look_up(SIRET, register)
    assert len(register.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        URLError("no route"),
        TimeoutError(),
        (500, {}, b""),
        (302, {"Location": "http://169.254.169.254/"}, b""),
        (200, {}, b"<html>"),
        (200, {}, b"[]"),
        (200, {}, b'{"results": [[]]}'),
        (200, {}, b'{"results": null}'),
        (200, {}, b" " * 600_000),
    ],
)
def test_whatever_goes_wrong_is_silence(answer: Any) -> None:
    assert look_up(SIRET, Register(answer)) is None


def test_texts_of_an_implausible_kind_are_left_out() -> None:
    odd = {
        **SITE_ROW,
        "activite_principale": {"x": 1},
        "tranche_effectif_salarie": "99",
        "commune": "5" * 400,
    }
    unit = {
        **UNIT,
        "activite_principale": 12,
        "nom_raison_sociale": "N" * 151,
        "matching_etablissements": [odd],
    }
    assert look_up(SIRET, Register(found(unit))) == RegisterEntry(SIRET, "")


def test_retry_after_is_honoured() -> None:
    register = Register((429, {"Retry-After": "120"}, b""), found(UNIT))
    assert [look_up(SIRET, register), look_up(SIRET, register), len(register.asked)] == [None, None, 1]
    cache.delete(lookup.PAUSED)
    assert look_up(SIRET, register) is not None


def test_five_failures_in_a_row_and_nobody_waits_for_a_minute() -> None:
    register = Register((503, {}, b""))
    for _again in range(7):
        look_up(SIRET, register)
    assert len(register.asked) == 5


def test_a_success_forgets_the_failures_before_it() -> None:
    register = Register(*[(503, {}, b"")] * 4, found(UNIT), *[(503, {}, b"")] * 5)
    for number in range(9):
        cache.delete(lookup.CACHE + SIRET)
        look_up(SIRET, register)
        del number
    assert len(register.asked) == 9


def test_no_more_than_seven_requests_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [1_000_000.25]
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        moment[0] += seconds

    monkeypatch.setattr("members.companies.lookup.time.time", lambda: moment[0])
    monkeypatch.setattr("members.companies.lookup.time.sleep", sleep)
    assert ([lookup.take_turn() for _each in range(8)], waits) == ([True] * 8, [0.75])


@pytest.mark.parametrize(
    "values",
    [
        {"COMPANY_LOOKUP": False},
        {"COMPANY_LOOKUP_URL": "file:///etc/passwd"},
        {"COMPANY_LOOKUP_URL": "http://register.example"},
    ],
)
def test_it_is_off_unless_switched_on_with_an_encrypted_address(values: dict[str, Any]) -> None:
    register = Register(found(UNIT))
    with override_settings(**values):
        assert (look_up(SIRET, register), register.asked) == (None, [])


@pytest.mark.django_db
def test_states_are_asked_again_once_a_month() -> None:
    long_ago = timezone.now() - dt.timedelta(days=31)
    closed, silent = (
        company(siret=SIRET, register_checked_at=long_ago),
        company(siret=SITE, register_state="active"),
    )
    lately = company(siret="73282932000090", register_checked_at=timezone.now())
    company()
    asked: list[str] = []

    def look(siret: str) -> RegisterEntry | None:
        asked.append(siret)
        return RegisterEntry(siret, "x", active=False) if siret == SIRET else None

    assert (recheck(look), recheck(look), asked) == (1, 0, [SITE, SIRET])
    states = dict(Organisation.objects.values_list("pk", "register_state"))
    assert [states[row.pk] for row in (closed, silent, lately)] == ["closed", "active", ""]
