"""Every address of the site, with a real row behind each of its parameters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, get_resolver

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.db.models import Model

# Nobody's row: an address whose parameter the scene does not know is asked for something that is not there.
NOWHERE = "999999"
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
# Addresses whose pattern is a bare regular expression, as they are asked for.
WRITTEN_OUT = {
    r"documents/^(\d+)/(.*)$": "/documents/{document}/grille.csv",
    r"^((?:[\w\-]+/)*)$": "/{page}",
    r"^(?P<section>(?:[\w\-]+/)+)flux\.atom$": "/{page}flux.atom",
    r"^(?P<section>(?:[\w\-]+/)+)calendrier\.ics$": "/evenements/calendrier.ics",
    r"^(?P<section>(?:[\w\-]+/)+)evenement\.ics$": "/{event}evenement.ics",
    r"^(?P<section>(?:[\w\-]+/)+)export\.csv$": "/bonnes-pratiques/export.csv",
    r"^(?P<section>(?:[\w\-]+/)+)export-excel\.csv$": "/bonnes-pratiques/export-excel.csv",
    r"^(?P<section>(?:[\w\-]+/)+)export\.xlsx$": "/bonnes-pratiques/export.xlsx",
}
# Wagtail's own tests of its error pages.
NOT_TRIED = {"admin/failwhale/"}


@dataclass(frozen=True)
class Address:
    """A pattern of the site, and the path that the table asks for."""

    pattern: str
    path: str


def patterns(resolver: Any = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern, with what stands above it."""
    for entry in (resolver or get_resolver()).url_patterns:
        # A language prefix is not part of the French addresses.
        above = before + (str(entry.pattern) if not hasattr(entry.pattern, "language_prefix") else "")
        if isinstance(entry, URLPattern):
            yield above, entry
        else:
            yield from patterns(entry, above)


def model_of(entry: URLPattern) -> type[Model] | None:
    """The model that a class-based view works on."""
    given = getattr(entry.callback, "view_initkwargs", {}).get("model")
    model = given or getattr(getattr(entry.callback, "view_class", None), "model", None)
    return model if isinstance(model, type) else None


def parameters(entry: URLPattern, known: Mapping[str, str]) -> dict[str, str]:
    """A value for `pk`, and for whatever the scene knows by name."""
    model = model_of(entry)
    first = model._default_manager.order_by("pk").first() if model is not None else None
    return {"pk": str(first.pk) if first is not None else NOWHERE, **known}


def every_address(known: Mapping[str, str], by_room: Mapping[str, Mapping[str, str]]) -> list[Address]:
    """Each pattern once. `by_room` gives parameters for the addresses that begin so."""
    found: dict[str, Address] = {}
    for pattern, entry in patterns():
        if pattern in NOT_TRIED or pattern in found:
            continue
        values = parameters(entry, known)
        for start, others in by_room.items():
            if pattern.startswith(start):
                values |= others
        found[pattern] = Address(pattern, path_for(pattern, values))
    return list(found.values())


def path_for(pattern: str, values: Mapping[str, str]) -> str:
    """The path of a pattern with its parameters filled in."""
    if pattern in WRITTEN_OUT:
        return WRITTEN_OUT[pattern].format(**values)
    filled = PARAMETER.sub(lambda found: values.get(found[1], NOWHERE), pattern)
    filled = GROUP.sub(lambda found: values.get(found[1], NOWHERE), filled)
    return "/" + re.sub(r"[\^$\\]", "", filled)
