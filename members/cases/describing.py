"""Cases in words: what was decided, what may be decided, by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .kinds import StaleError, all_kinds, kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from members.models import Case, User

    from .kinds import CaseKind, Choice


def decidable_kinds(user: User) -> list[CaseKind]:
    """The kinds of things that this person may decide on, in their order."""
    return [kind for kind in all_kinds() if user.has_perm(kind.permission)]


def may_decide(user: User, case: Case) -> bool:
    """Whether this person may decide on this kind of thing."""
    try:
        return user.is_active and user.has_perm(kind_of(case).permission)
    except KeyError:
        return False


def choices_of(case: Case) -> Sequence[Choice]:
    """The decisions that may be taken now; none when the thing has gone, or its room."""
    try:
        return kind_of(case).choices(case)
    except (KeyError, StaleError):
        return ()


def decision_label(case: Case) -> str:
    """What was decided, in the room's words; the stored key when it has them no longer."""
    labels = {choice.key: str(choice.label) for choice in choices_of(case)}
    return labels.get(case.decision, case.decision)


def kind_label(case: Case) -> str:
    """What kind of thing it is."""
    try:
        return str(kind_of(case).label)
    except KeyError:
        return case.kind
