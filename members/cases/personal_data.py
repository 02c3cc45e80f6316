"""What the queue knows of a person: what she sent that was decided, and what she decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.registries import PersonalData, Retained, register_personal_data
from members.models import Case
from members.privacy.redaction import former_member

from .describing import decision_label, kind_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import QuerySet

    from members.models import User

BATCH = 200


def sent(user: User) -> QuerySet[Case]:
    """What waited, or was decided, because of her."""
    return Case.objects.filter(author=user).order_by("opened_at", "pk")


def export(user: User) -> Iterator[dict[str, Any]]:
    """What came of it, with the reason, once it can no longer be undone; not who decided."""
    for case in sent(user).iterator(chunk_size=BATCH):
        told = case.state == Case.State.CLOSED
        yield {
            "kind": kind_label(case),
            "title": case.title,
            "since": case.opened_at,
            "decision": decision_label(case) if told else "",
            "reason": case.reason if told else "",
            "decided_at": case.decided_at if told else None,
        }


def keeps(user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """Decisions stay, without a name."""
    if not sent(user).exists():
        return ()
    return (
        Retained(
            what=gettext("What was decided of what you sent, and when"),
            why=gettext("So that decisions can be accounted for. Your name is taken out of it."),
        ),
    )


def erase(user: User, contributions_stay: bool) -> Sequence[Retained]:
    """The rows stay, without her, and without the words that were written about what she sent.

    What still waits has its title again from its room (`reconcile`), if it still waits at all.
    """
    kept = keeps(user, contributions_stay)
    ended = sent(user).filter(state__in=[Case.State.CLOSED, Case.State.VOID])
    ended.update(title=former_member(), reason="", outcome="")
    sent(user).update(author=None)
    held = Case.objects.filter(taken_by=user)
    held.update(taken_by=None, taken_at=None, held_until=None)
    return kept


def decided(user: User) -> QuerySet[Case]:
    """What she decided as one of the team."""
    return Case.objects.filter(decided_by=user).order_by("decided_at", "pk")


def export_decided(user: User) -> Iterator[dict[str, Any]]:
    """What kind of thing, and what she decided; not whose it was."""
    for case in decided(user).iterator(chunk_size=BATCH):
        yield {
            "kind": kind_label(case),
            "decision": decision_label(case),
            "decided_at": case.decided_at,
        }


def erase_decided(_user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """The decisions stay, under “Former member”, like all that somebody of the team did."""
    return ()


LABELS = {
    "kind": _("kind"),
    "title": _("title"),
    "since": _("waiting since"),
    "decision": _("decision"),
    "reason": _("reason"),
    "decided_at": _("decided at"),
}


def register() -> None:
    """Have them exported and erased with the account."""
    register_personal_data(
        PersonalData(
            "members.cases",
            _("what was decided of what I sent"),
            export,
            erase,
            keeps=keeps,
            rows=lambda user: (sent(user),),
            models=("members.Case",),
            labels=LABELS,
            order=92,
        )
    )
    register_personal_data(
        PersonalData(
            "members.cases_decided",
            _("what I decided as one of the team"),
            export_decided,
            erase_decided,
            rows=lambda user: (decided(user),),
            labels=LABELS,
            order=96,
        )
    )
