"""What this part knows of a person: what she keeps in hand, and the searches she saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from common.registries import PersonalData, register_personal_data
from toolbox.models import Hand, HandItem, SavedFilter

from .cards import cards_for
from .hands import items_of, key_of
from .queries import LISTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from common.registries import Retained
    from members.models import User


def export_hand(user: User) -> list[dict[str, Any]]:
    """Her hand, its cards by their title while they are on line."""
    hand = Hand.objects.filter(user=user).first()
    if hand is None:
        return []
    notes = {key_of(item): item.note for item in items_of(hand)}
    return [
        {
            "title": hand.title,
            "introduction": hand.words,
            "shared_at": hand.shared_at,
            "cards": [
                {"name": card.page.title if card.page else card.key, "note": card.note}
                for card in cards_for(notes, notes)
            ],
        }
    ]


def export_searches(user: User) -> list[dict[str, Any]]:
    """The searches she saved."""
    rows = SavedFilter.objects.filter(user=user).order_by("created_at", "pk")
    return [
        {
            "name": row.name,
            "list": str(LISTS[row.listing].label) if row.listing in LISTS else row.listing,
            "filters": row.query,
            "saved_at": row.created_at,
        }
        for row in rows
    ]


def erase_hand(user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """Nothing is kept; an address that was shared leads nowhere."""
    Hand.objects.filter(user=user).delete()
    return ()


def erase_searches(user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """Nothing is kept."""
    SavedFilter.objects.filter(user=user).delete()
    return ()


def register() -> None:
    """Have them exported and erased with the account."""
    register_personal_data(
        PersonalData(
            "toolbox.hand",
            _("My hand"),
            export_hand,
            erase_hand,
            rows=lambda user: [HandItem.objects.filter(hand__user=user)],
            models=["toolbox.Hand", "toolbox.HandItem"],
            labels={
                "title": _("title"),
                "introduction": _("introduction"),
                "shared_at": _("shared at"),
                "cards": _("cards"),
                "name": _("name"),
                "note": _("note"),
            },
            order=64,
        )
    )
    register_personal_data(
        PersonalData(
            "toolbox.searches",
            _("Saved searches"),
            export_searches,
            erase_searches,
            rows=lambda user: [SavedFilter.objects.filter(user=user)],
            models=["toolbox.SavedFilter"],
            labels={
                "name": _("name"),
                "list": _("list"),
                "filters": _("filters"),
                "saved_at": _("saved at"),
            },
            order=65,
        )
    )
