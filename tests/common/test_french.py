"""French spaces, figures and hours."""

import datetime as dt

import pytest
from django.utils.translation import override

from common.templatetags.french import clock, thousands, typeset


@pytest.mark.parametrize(
    ("written", "set_"),
    [
        ("Pourquoi ? Parce que", "Pourquoi\u202f? Parce que"),
        ("« atout »", "«\u202fatout\u202f»"),
        ("l'emploi", "l’emploi"),
        ("à 9 h : rien", "à 9 h\u202f: rien"),
    ],
)
def test_french_text_gets_its_spaces(written: str, set_: str) -> None:
    with override("fr"):
        assert typeset(written) == set_


def test_other_languages_are_left_alone() -> None:
    with override("en"):
        assert typeset("Why ? l'emploi") == "Why ? l'emploi"


def test_thousands_are_set_apart_as_each_language_does() -> None:
    shown = {}
    for language in ("fr", "en", "nl"):
        with override(language):
            shown[language] = thousands(26500)
    assert shown == {"fr": "26\u202f500", "en": "26,500", "nl": "26.500"}


def test_hours_are_read_as_in_french() -> None:
    with override("fr"):
        assert [clock(dt.time(9, 30)), clock(dt.time(14, 0))] == ["9\u00a0h\u00a030", "14\u00a0h"]
