"""What the first page of a member's space shows of what she shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.registries import SPACE_ROWS, SpacePanel, SpaceRow, register_space_panel
from toolbox.models import Contribution

if TYPE_CHECKING:
    from collections.abc import Sequence

    from members.models import User

State = Contribution.State
# Nobody has more that waits; the rest is on the page of contributions.
MOST = 100
COLUMNS = ("public_id", "title", "kind", "state", "saved_at", "submitted_at", "decided_at", "step")


def row_of(contribution: Contribution) -> SpaceRow:
    """One that waits for its author: sent back first of all."""
    sent_back = contribution.state == State.SENT_BACK
    title = _("Complete “%(title)s”") if sent_back else _("Finish “%(title)s”")
    return SpaceRow(
        title % {"title": contribution},
        reverse("contribution", args=[contribution.public_id]),
        _("The team asks you something.") if sent_back else "",
        contribution.saved_at,
    )


def to_finish(user: User) -> tuple[Sequence[SpaceRow], int]:
    """Sent back, then drafts, the latest first; one query."""
    rows = list(Contribution.objects.unfinished().filter(author=user).only(*COLUMNS)[:MOST])
    rows.sort(key=lambda row: row.saved_at, reverse=True)
    rows.sort(key=lambda row: row.state != State.SENT_BACK)
    return [row_of(row) for row in rows[:SPACE_ROWS]], len(rows)


def shared(user: User) -> tuple[Sequence[SpaceRow], int]:
    """In review, published or not kept, the latest first; one query."""
    rows = Contribution.objects.filter(author=user).only(*COLUMNS).order_by("-submitted_at", "-pk")
    ended = rows.filter(state__in=[State.SUBMITTED, State.ACCEPTED, State.REFUSED])
    found = list(ended[:MOST])
    return [
        SpaceRow(
            str(row),
            reverse("contribution", args=[row.public_id]),
            str(row.get_state_display()),
            row.decided_at or row.submitted_at,
        )
        for row in found[:SPACE_ROWS]
    ], len(found)


def register() -> None:
    """Show both in the space."""
    register_space_panel(
        SpacePanel(
            "toolbox.to_finish",
            "awaits",
            gettext_lazy("What I share"),
            to_finish,
            url=lambda _user: reverse("contributions"),
            order=30,
        )
    )
    register_space_panel(
        SpacePanel(
            "toolbox.shared",
            "mine",
            gettext_lazy("What I shared"),
            shared,
            url=lambda _user: reverse("contributions"),
            order=10,
        )
    )
