"""What members of the demonstration keep in hand, and the searches they saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from members.models import User
from toolbox.finding import searches
from toolbox.finding.queries import read_search
from toolbox.models import Hand, HandItem, PracticePage, SavedFilter, ToolPage

if TYPE_CHECKING:
    from home.content.loading import Loading
    from home.content.reading import Source

PAGES: dict[str, Any] = {"practice": PracticePage, "tool": ToolPage}


def facts_of(card: dict[str, Any], source: Source, loading: Loading) -> dict[str, Any]:
    """The practice or the tool that a card names, as the field of an item."""
    for kind, model in PAGES.items():
        if kind in card:
            page = loading.lookups.find(model, "slug", str(card[kind]), source, "cards")
            return {kind: page.facts}
    raise source.error("a card names a practice or a tool", "cards")


def write_hand(source: Source, row: Hand | None, user: User, loading: Loading) -> Hand:
    """A hand, its cards in the order of the file."""
    row = row or Hand(user=user)
    row.title, row.words = source.text("title"), source.text("words", "")
    row.full_clean()
    row.save()
    row.items.all().delete()
    for position, card in enumerate(source.meta.get("cards") or []):
        facts = facts_of(card, source, loading)
        HandItem.objects.create(hand=row, position=position, note=str(card.get("note", "")), **facts)
    return row


def write_search(source: Source, row: SavedFilter | None, user: User) -> SavedFilter:
    """A saved search; it is written by the verb, under its canonical query."""
    search = read_search(source.text("search"), source.text("query"))
    if search is None or not search.chosen:
        raise source.error("no list has these filters", "query")
    if row is not None:
        searches.delete(row)
    return searches.save(user, search, source.text("name"), followed=source.flag("followed"))


def load_hands(loading: Loading) -> None:
    """Load `hands.yaml`: members, practices and tools come before."""
    for number, source in enumerate(loading.entries("hands.yaml")):
        user = loading.lookups.find(User, "email", source.text("email"), source, "email")
        if "search" in source.meta:
            key = f"searches/{source.text('email')}/{number}"
            loading.ledger.write(key, source, SavedFilter, write_search, None, user)
        else:
            key = f"hands/{source.text('email')}"
            loading.ledger.write(key, source, Hand, write_hand, {"user": user}, user, loading)
