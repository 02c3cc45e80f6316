"""Communes as people type them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from members.companies.communes import parse
from tests.factories.shared import CommuneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _some() -> None:
    CommuneFactory()
    CommuneFactory(insee_code="59507", names={"fr": "Ronchin"}, postal_codes=["59790"], sort_name="ronchin")
    CommuneFactory(
        insee_code="59009",
        names={"fr": "Villeneuve-d’Ascq"},
        postal_codes=["59491", "59493"],
        sort_name="villeneuve",
    )
    CommuneFactory(insee_code="59013", names={"fr": "Anstaing"}, postal_codes=["59152"], sort_name="anstaing")
    CommuneFactory(insee_code="59602", names={"fr": "Tressin"}, postal_codes=["59152"], sort_name="tressin")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Lille", "59350"),
        (" LILLE ", "59350"),
        ("rijsel", "59350"),
        ("59800", "59350"),
        ("59350", "59350"),
        ("59000 Lille", "59350"),
        ("villeneuve d'ascq", "59009"),
        ("Villeneuve-d’Ascq (59493)", "59009"),
        ("59152 Tressin", "59602"),
        ("", ""),
        (" – ", ""),
    ],
)
def test_a_name_in_any_spelling_or_a_code_is_enough(typed: str, code: str) -> None:
    assert parse(typed) == code


@pytest.mark.parametrize("typed", ["59152", "Paris", "99999", "lill"])
def test_what_is_unknown_or_ambiguous_is_asked_again(typed: str) -> None:
    with pytest.raises(ValidationError):
        parse(typed)
