"""What an author is told, in her space and by mail at her rhythm. Her words and ours are quoted in neither."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from common.addresses import path_of
from members.models import Kind
from members.space.notification import notify
from toolbox.models import Contribution
from toolbox.rules import owners

if TYPE_CHECKING:
    from collections.abc import Callable

    from members.models import User

TITLE_LENGTH = 120


def path_to(contribution: Contribution) -> str:
    """Where its author reads what became of it, in her space."""
    try:
        return reverse("contribution", args=[contribution.public_id])
    except NoReverseMatch:
        return reverse("space_home")


def accepted(row: Contribution, page: Any, *, first: bool, by: User | None) -> None:
    """On line: she reads it there. The managers of the company hear of what is new in its name."""
    moves = row.moves.count()

    def hers() -> str:
        if first:
            return _("“%(title)s” is published: thank you for telling it.") % title(row)
        return _("“%(title)s” is published as you revised it.") % title(row)

    _tell(row.author, row, f"accepted:{moves}", hers, path_of(page), by)
    if page.facts is None or not first:
        return
    for person in owners(page.facts):
        if person != row.author:
            _tell(person, row, "published", lambda: _of_colleague(row), path_of(page), row.author)


def _of_colleague(row: Contribution) -> str:
    if row.kind == Contribution.Kind.PRACTICE:
        return _("A practice of your company is published: “%(title)s”.") % title(row)
    return _("A tool of your company is published: “%(title)s”.") % title(row)


def sent_back(row: Contribution, *, by: User | None) -> None:
    """She has something to complete."""
    moves = row.moves.count()

    def words() -> str:
        return _("“%(title)s” came back to you: a few things to complete before it is published.") % title(
            row
        )

    _tell(row.author, row, f"sent_back:{moves}", words, path_to(row), by)


def refused(row: Contribution, *, by: User | None) -> None:
    """The reason, and how to contest it, stand in her space."""
    moves = row.moves.count()

    def words() -> str:
        return _("“%(title)s” was not kept. The reason, and how to contest it, are in your space.") % title(
            row
        )

    _tell(row.author, row, f"refused:{moves}", words, path_to(row), by)


def base_gone(row: Contribution) -> None:
    """The page that she was revising was deleted."""

    def words() -> str:
        return _(
            "The page that “%(title)s” revises was removed. Your words are kept: they can be sent as new."
        ) % (title(row))

    _tell(row.author, row, "base_gone", words, path_to(row), None)


def contest() -> str:
    """How to contest a refusal (Regulation 2022/2065, article 17); shown beside the reason."""
    return _(
        "You think that this decision is wrong? Answer us through the contact page within six months: somebody "
        "else of the team reads it again, free of charge. You may also go to an out-of-court dispute settlement "
        "body or to a court."
    )


def title(row: Contribution) -> dict[str, str]:
    """The title, as a sentence can hold it."""
    words = str(row)
    return {"title": words if len(words) <= TITLE_LENGTH else f"{words[: TITLE_LENGTH - 1].rstrip()}…"}


def _tell(
    user: User | None, row: Contribution, what: str, text: Callable[[], str], url: str, actor: User | None
) -> None:
    """Nobody is told of her own doing; a moderator's name is not given away."""
    if user is None or user == actor:
        return
    notify(user, Kind.CONTRIBUTION, key=f"toolbox.contribution:{row.pk}:{what}", text=text, url=url)
