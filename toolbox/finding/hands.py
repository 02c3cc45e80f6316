"""What somebody does with the cards she keeps.

The row of the hand is locked, so that two tabs do not undo each other; places are written anew, from 0,
whenever they change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from toolbox.models import Hand, HandItem, Practice, Tool

from .keys import MOST, PRACTICE, TOOL, is_key, key_for, read_key
from .refusals import HandIsFull, NotOnLine

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import User

MODELS: dict[str, Any] = {PRACTICE: Practice, TOOL: Tool}
SHARE_LENGTH = 22
NOTE, TITLE, WORDS = 1000, 120, 1500


@dataclass(frozen=True)
class Removed:
    """A card that was put back: what is needed to take it again."""

    key: str
    note: str
    position: int


# ---------------------------------------------------------------- reading
def items_of(hand: Hand) -> QuerySet[HandItem]:
    """The cards of a hand, in their order, with what their keys are made of."""
    rows = HandItem.objects.filter(hand=hand).select_related("practice", "tool").order_by("position", "pk")
    fields = ("hand", "position", "note", "practice__translation_key", "tool__translation_key")
    return rows.only(*fields)


def key_of(item: HandItem) -> str:
    """The key of a card."""
    if item.practice is not None:
        return key_for(PRACTICE, item.practice.translation_key)
    if item.tool is not None:
        return key_for(TOOL, item.tool.translation_key)
    raise ValueError(item.pk)


def keys_of(user: User) -> list[str]:
    """What somebody keeps, in order; one query."""
    rows = HandItem.objects.filter(hand__user=user).order_by("position", "pk")
    found = rows.values_list("practice__translation_key", "tool__translation_key")
    return [key_for(PRACTICE, practice) if practice else key_for(TOOL, tool) for practice, tool in found]


def hand_of(user: User) -> Hand:
    """Her hand, empty when she never kept anything."""
    return Hand.objects.filter(user=user).first() or Hand(user=user)


# ---------------------------------------------------------------- verbs
def locked(user: User) -> Hand:
    """Her hand, made if need be, held until the transaction ends."""
    Hand.objects.get_or_create(user=user)
    return Hand.objects.select_for_update(of=("self",)).get(user=user)


def touch(hand: Hand, *fields: str) -> None:
    """It changed now."""
    hand.updated_at = timezone.now()
    hand.save(update_fields=["updated_at", *fields])


def place(items: Sequence[HandItem]) -> None:
    """Write the places of cards in this order."""
    moved = [item for number, item in enumerate(items) if item.position != number]
    for number, item in enumerate(items):
        item.position = number
    HandItem.objects.bulk_update(moved, ["position"])


def on_line(key: str) -> dict[str, Practice | Tool]:
    """What a key names, as the field of an item. Raises NotOnLine."""
    try:
        kind, uuid = read_key(key)
    except ValueError as error:
        raise NotOnLine from error
    facts = MODELS[kind].objects.live().filter(translation_key=uuid).first()
    if facts is None:
        raise NotOnLine
    return {kind: facts}


@transaction.atomic
def keep(user: User, key: str, note: str = "", position: int | None = None) -> bool:
    """Take a card; return whether it was not in hand. Raises NotOnLine, HandIsFull."""
    hand = locked(user)
    items = list(items_of(hand))
    if key in map(key_of, items):
        return False
    facts = on_line(key)
    if len(items) >= MOST:
        raise HandIsFull
    item = HandItem.objects.create(hand=hand, note=note[:NOTE], position=len(items), **facts)
    if position is not None:
        items.insert(position, item)
        place(items)
    touch(hand)
    return True


@transaction.atomic
def put_back(user: User, key: str) -> Removed | None:
    """Keep a card no longer; None when it was not in hand."""
    hand = locked(user)
    items = list(items_of(hand))
    item = next((item for item in items if key_of(item) == key), None)
    if item is None:
        return None
    removed = Removed(key, item.note, items.index(item))
    item.delete()
    items.remove(item)
    place(items)
    touch(hand)
    return removed


@transaction.atomic
def move(user: User, key: str, step: int) -> bool:
    """Move a card by one place; return whether it moved."""
    hand = locked(user)
    items = list(items_of(hand))
    here = next((number for number, item in enumerate(items) if key_of(item) == key), None)
    if here is None or not 0 <= here + step < len(items):
        return False
    items.insert(here + step, items.pop(here))
    place(items)
    touch(hand)
    return True


@transaction.atomic
def annotate(user: User, key: str, note: str) -> bool:
    """Write beside a card; return whether it is in hand."""
    hand = locked(user)
    item = next((item for item in items_of(hand) if key_of(item) == key), None)
    if item is None:
        return False
    item.note = note[:NOTE]
    item.save(update_fields=["note"])
    touch(hand)
    return True


@transaction.atomic
def reword(user: User, title: str, words: str) -> None:
    """Give the hand a title and an introduction."""
    hand = locked(user)
    hand.title, hand.words = title[:TITLE], words[:WORDS]
    touch(hand, "title", "words")


@transaction.atomic
def share(user: User, *, notes: bool, name: bool) -> Hand:
    """Make the hand readable at an address that nobody guesses; the address stays while it is shared."""
    hand = locked(user)
    if hand.share_id is None:
        hand.share_id, hand.shared_at = get_random_string(SHARE_LENGTH), timezone.now()
    hand.share_notes, hand.share_name = notes, name
    touch(hand, "share_id", "shared_at", "share_notes", "share_name")
    return hand


@transaction.atomic
def stop_sharing(user: User) -> None:
    """Have the address vanish; another sharing makes another one."""
    hand = locked(user)
    hand.share_id = hand.shared_at = None
    touch(hand, "share_id", "shared_at")


@transaction.atomic
def merge(user: User, cards: Iterable[tuple[str, str]], title: str = "", words: str = "") -> int:
    """Take in the cards of a browser, with their notes, behind those of the account; return how many came.

    What is gone is left out; a note joins the one that the same card has; the hand's own words stay.
    """
    hand = locked(user)
    added = 0
    for key, note in list(cards)[:MOST]:
        if not is_key(key):
            continue
        try:
            came = keep(user, key, note)
        except (NotOnLine, HandIsFull):
            continue
        added += came
        if not came:
            join_note(user, key, note)
    if not hand.title and not hand.words and (title or words):
        reword(user, title, words)
    return added


def join_note(user: User, key: str, note: str) -> None:
    """Write a note under the one that is there, unless that says it already."""
    item = next((item for item in items_of(locked(user)) if key_of(item) == key), None)
    note = note.strip()
    if item is not None and note and note not in item.note:
        item.note = f"{item.note}\n{note}".strip()[:NOTE]
        item.save(update_fields=["note"])
