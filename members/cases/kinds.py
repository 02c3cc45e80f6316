"""What can wait for the team: each room says how its kind is shown, decided and carried out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

    from members.models import Case, Organisation, User


class StaleError(Exception):
    """What was to be decided has gone, or changed too much meanwhile; its text is shown to the moderator."""


@dataclass(frozen=True)
class Choice:
    """A decision that may be taken. `key` is stored; `shortcut` is the letter that takes it.

    `reasons` are model texts, which the moderator changes at will; `tone` is “good”, “plain” or “bad”.
    """

    key: str
    label: str | _StrPromise
    shortcut: str
    tone: str = "plain"
    reasons: Sequence[str | _StrPromise] = ()
    needs_reason: bool = False


@dataclass(frozen=True)
class Pending:
    """Something that waits, as a room names it."""

    target: str
    title: str
    since: dt.datetime
    author: User | None = None
    organisation: Organisation | None = None


READ_BY_AUTHOR = gettext_lazy("The person reads these very words. Begin from a model and change it at will.")


def nothing(_case: Case) -> None:
    """Nothing to do."""


@dataclass(frozen=True)
class CaseKind:
    """A kind of thing to moderate.

    `context` answers what `template` (an include of the admin) shows; it raises StaleError when
    there is nothing left to decide. `waiting` names all that should be in the queue, oldest first.
    `decide` and `undo` run at once, inside the transaction of the decision, and are each other's
    reverse. `apply` runs once the decision can no longer be undone, in a transaction of its own; it may
    run twice, tells people, and answers what became of it in a few words. `permission` is what
    deciding takes; `reason_help` says to the moderator who reads the reason; `together`
    whether several may be decided at once from the list (their choices are then the same).
    """

    key: str
    label: str | _StrPromise
    icon: str
    permission: str
    template: str
    choices: Callable[[Case], Sequence[Choice]]
    context: Callable[[Case, HttpRequest], dict[str, Any]]
    waiting: Callable[[], Iterable[Pending]]
    apply: Callable[[Case], str | None]
    decide: Callable[[Case], None] = nothing
    undo: Callable[[Case], None] = nothing
    order: int = 100
    reason_help: str | _StrPromise = READ_BY_AUTHOR
    together: bool = False


_kinds: dict[str, CaseKind] = {}


def register_case_kind(kind: CaseKind) -> None:
    """Add a kind; rooms do it when the site starts."""
    _kinds[kind.key] = kind


def kind_of(case: Case) -> CaseKind:
    """The kind of a case. Raises KeyError when no room knows it any more."""
    return _kinds[case.kind]


def all_kinds() -> list[CaseKind]:
    """In their order."""
    return sorted(_kinds.values(), key=lambda kind: kind.order)
