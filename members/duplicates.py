"""Organisations that may be one and the same: close names in one commune (decision 16)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from .models import DistinctPair, Organisation
from .models.organisations import SIREN_DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .models import User

# What a name may carry or leave out: legal forms, articles, “et fils”.
NOT_A_NAME = frozenset((
    "sarl", "sas", "sasu", "sa", "eurl", "sci", "snc", "scop", "scic", "selarl", "ei", "eirl", "gie",
    "asso", "association", "societe", "ste", "ets", "etablissement", "etablissements", "entreprise",
    "groupe", "cie", "compagnie", "et", "and", "fils", "le", "la", "les", "l", "d", "de", "du", "des",
))  # fmt: skip
CLOSE = 0.86
# Each name is compared with its neighbours in alphabetical order, and once more by its last letters:
# n × 2 × NEIGHBOURS comparisons, never n².
NEIGHBOURS = 8


class Row(NamedTuple):
    """What is compared of an organisation."""

    pk: int
    name: str
    siret: str
    commune: str | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two organisations, the older row first; `closeness` is 1.0 when their plain names are equal."""

    first: int
    second: int
    closeness: float
    same_unit: bool


@lru_cache(maxsize=32_768)
def plain_name(name: str) -> str:
    """A name without accents, capitals, punctuation, legal forms or articles, its words in order."""
    spelt = name.replace("œ", "oe").replace("Œ", "OE").replace("&", " et ")
    letters = (each for each in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(each))
    words = "".join(each if each.isalnum() else " " for each in letters).casefold().split()
    # “S.A.R.L.” and “I.B.M.”: single letters in a row are one word.
    kept = [word for word in _initials(words) if word not in NOT_A_NAME]
    return " ".join(kept or words)


def _initials(words: Iterable[str]) -> Iterator[str]:
    run = ""
    for word in words:
        if len(word) == 1:
            run += word
            continue
        if run:
            yield run
            run = ""
        yield word
    if run:
        yield run


def closeness(one: str, other: str) -> float:
    """How alike two plain names are, between 0 and 1; 0 when they are surely apart."""
    if one == other:
        return 1.0
    # What both share is at least `CLOSE` of their letters: the rest bounds how far they may differ.
    apart = (1 - CLOSE) * (len(one) + len(other))
    if abs(len(one) - len(other)) > apart or len(set(one) ^ set(other)) > apart:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= CLOSE else 0.0


def alike(one: Row, other: Row) -> Pair | None:
    """A pair, when both may be the same: never two SIRENs, nor two communes."""
    units = one.siret[:SIREN_DIGITS], other.siret[:SIREN_DIGITS]
    if all(units) and units[0] != units[1]:
        return None
    near = closeness(plain_name(one.name), plain_name(other.name))
    somewhere = one.commune == other.commune or (near == 1.0 and None in {one.commune, other.commune})
    if near < CLOSE or not somewhere:
        return None
    first, second = sorted((one.pk, other.pk))
    return Pair(first, second, near, bool(units[0]) and units[0] == units[1])


def _neighbours(rows: Iterable[Row]) -> Iterator[tuple[Row, Row]]:
    named = [(plain_name(row.name).replace(" ", ""), row) for row in rows]
    for backwards in (False, True):
        ordered = [row for _key, row in sorted((key[::-1] if backwards else key, row) for key, row in named)]
        for place, row in enumerate(ordered):
            for other in ordered[place + 1 : place + 1 + NEIGHBOURS]:
                yield row, other


@lru_cache(maxsize=2)
def pairs_among(rows: tuple[Row, ...]) -> tuple[Pair, ...]:
    """Every pair found, the closest first. Remembered for as long as these rows stay as they are."""
    places: dict[str | None, list[Row]] = {}
    for row in rows:
        places.setdefault(row.commune, []).append(row)
    nowhere = places.get(None, [])
    found = {
        pair
        for commune, here in places.items()
        for one, other in _neighbours(here if commune is None else [*here, *nowhere])
        if (pair := alike(one, other))
    }
    return tuple(sorted(found, key=lambda pair: (-pair.closeness, pair.first, pair.second)))


def find_duplicates() -> list[Pair]:
    """The pairs that nobody has called distinct yet, the closest first; two queries."""
    rows = Organisation.objects.order_by("pk").values_list("pk", "name", "siret", "commune_id")
    told_apart = set(DistinctPair.objects.values_list("first_id", "second_id"))
    found = pairs_among(tuple(Row(*row) for row in rows))
    return [pair for pair in found if (pair.first, pair.second) not in told_apart]


@transaction.atomic
def tell_apart(one: Organisation, other: Organisation, by: User) -> DistinctPair:
    """Staff say that two organisations are not the same: they are never suggested again."""
    first, second = sorted((one, other), key=lambda organisation: organisation.pk)
    pair, _created = DistinctPair.objects.get_or_create(first=first, second=second, defaults={"said_by": by})
    return pair
