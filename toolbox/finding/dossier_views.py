"""A hand as others read it: printed as a dossier, or at an address that nobody guesses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from common.audiences import PUBLIC
from members.people.gate import unkept
from toolbox.models import Hand

from . import hands
from .cards import Card, cards_for
from .hand_views import account, cards_of
from .keys import read_keys, write_keys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest


def on_line(cards: Iterable[Card]) -> list[Card]:
    """Those that can be read."""
    return [card for card in cards if card.page is not None]


@unkept
@require_safe
def show_dossier(request: HttpRequest) -> HttpResponse:
    """The hand on paper: of the account, or of the keys in the address.

    What a browser keeps besides keys (title, introduction, notes) is put in by the page's script.
    """
    keys = read_keys(request.GET.get("c", ""))
    user = account(request)
    if user is not None and not keys:
        hand = hands.hand_of(user)
        cards = cards_of(hand, whole=True)
    else:
        hand, cards = Hand(), cards_for(keys, whole=True)
    shown = on_line(cards)
    context = {
        "hand": hand,
        "cards": shown,
        "gone": len(cards) - len(shown),
        "today": timezone.localdate(),
        "local": bool(keys) or user is None,
        "public": PUBLIC,
    }
    return render(request, "toolbox/finding/dossier.html", context)


@cache_control(private=True)
@require_safe
def show_shared(request: HttpRequest, share_id: str = "") -> HttpResponse:
    """A shared hand, or some cards by their keys. Only what everybody may read is shown."""
    if share_id:
        hand = Hand.objects.select_related("user").filter(share_id=share_id, user__is_active=True).first()
        if hand is None:
            raise Http404
        cards = on_line(cards_of(hand))
    else:
        hand, cards = Hand(), on_line(cards_for(read_keys(request.GET.get("c", ""))))
        if not cards:
            raise Http404
    context = {
        "hand": hand,
        "cards": cards,
        "author": hand.user.get_full_name() if share_id and hand.share_name else "",
        "keys": write_keys(card.key for card in cards),
    }
    response = render(request, "toolbox/finding/shared.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response
