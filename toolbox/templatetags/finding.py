"""What cards and lists need to be kept in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import template
from django.http import QueryDict

from toolbox.finding.keys import key_for, write_keys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from common.listing import Listing

register = template.Library()


@register.filter
def hand_key(translation_key: Any, kind: str) -> str:
    """The key of a card: `{{ page.translation_key|hand_key:"practice" }}`."""
    return key_for(kind, translation_key)


@register.filter
def hand_keys(cards: Iterable[Any]) -> str:
    """The keys of some cards, as an address carries them."""
    return write_keys(card.key for card in cards)


@register.filter
def search_query(listing: Listing[Any], name: str) -> str:
    """The query that carries the filters of a list (without their order) to another page."""
    query = QueryDict(listing.query, mutable=True)
    query.pop("sort", None)
    return "&".join(part for part in (urlencode({"liste": name}), query.urlencode()) if part)
