"""What the code does, the public page says; and the register of processing too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from common import bounces, outbox
from home.retention import MESSAGES_KEPT
from members.privacy import retention
from members.privacy.retention import Period

PAGE = settings.ROOT / "home" / "installation" / "pages" / "donnees-personnelles.md"
REGISTER = settings.ROOT / "docs" / "registre-des-traitements.md"
# Under which words each period stands: the first cell of its row on the page, a line of the register.
SAID: dict[str, tuple[str, str]] = {
    "UNVERIFIED": ("Vous créez un compte", "adresse jamais vérifiée"),
    "DORMANT": ("Vous créez un compte", "compte dont personne ne se sert"),
    "SESSIONS": ("Vous vous connectez", "sessions"),
    "INVITATIONS": ("Vous agissez pour une entreprise", "invitations"),
    "DOMAIN_CODES": ("Vous agissez pour une entreprise", "codes de preuve"),
    "CONVERSATIONS": ("Vous écrivez à un membre", "conversations"),
    "NOTIFICATIONS": ("Vous suivez un thème", "notifications lues"),
    "REQUESTS": ("Vous faites valoir vos droits", "demandes"),
    "EXPORT": ("Vous faites valoir vos droits", "copies des données"),
    "ERASURE_GRACE": ("", "effacement demandé"),
}


def plain(path: Path) -> str:
    return path.read_text(encoding="utf-8").replace("\u00a0", " ").replace("\u202f", " ")


def in_french(period: Period) -> str:
    if period.days:
        return f"{period.days} jours"
    return f"{period.months} mois" if period.months <= 24 else f"{period.months // 12} ans"


def test_every_period_is_checked_here() -> None:
    named = {name for name, value in vars(retention).items() if isinstance(value, Period)}
    assert named == SAID.keys()
    assert {id(getattr(retention, name)) for name in named} == {id(period) for period in retention.TABLE}


@pytest.mark.parametrize("name", SAID)
def test_the_public_page_says_each_period(name: str) -> None:
    row, words = SAID[name][0], in_french(getattr(retention, name))
    text = plain(PAGE)
    if not row:
        assert f"effacé {words} plus tard" in text
        return
    last_cell = re.search(rf"^\| {row}.*\| ([^|]+) \|$", text, re.MULTILINE)
    assert last_cell is not None
    assert words in last_cell[1]


@pytest.mark.parametrize("name", SAID)
def test_the_register_of_processing_says_each_period(name: str) -> None:
    assert f"{SAID[name][1]}, {in_french(getattr(retention, name))}" in plain(REGISTER)


def test_periods_kept_elsewhere_are_said_too() -> None:
    text = plain(PAGE)
    assert retention.SESSIONS.days == settings.SESSION_COOKIE_AGE // 86_400
    assert (MESSAGES_KEPT.days, "1 an après le dernier échange" in text) == (365, True)
    assert f"Courriels : {outbox.KEPT.days} jours après l’envoi" in text
    assert (bounces.KEPT.days, "adresses qui refusent : 2 ans" in text) == (730, True)
    assert f"à {retention.WARNED_AFTER_MONTHS[0]} et à {retention.WARNED_AFTER_MONTHS[1]} mois" in text
    assert f"moins de {retention.DAYS_BETWEEN_WARNINGS} jours" in plain(REGISTER)
