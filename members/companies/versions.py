"""Pages of shared rows, in the language one reads; in French where they are not translated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import get_language

from common.addresses import locale_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def pages_of(rows: Sequence[Any], cards: Callable[[Sequence[Any], int], Sequence[Any]]) -> list[Any]:
    """The page of each row, in the same order; `cards` finds those of one locale."""
    locales = locale_ids()
    found: dict[int, Any] = {}
    for code in dict.fromkeys([get_language() or "", settings.LANGUAGE_CODE]):
        missing = [row for row in rows if row.pk not in found]
        if missing and code in locales:
            found |= {page.facts_id: page for page in cards(missing, locales[code])}
    return [found[row.pk] for row in rows if row.pk in found]
