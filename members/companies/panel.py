"""What awaits somebody in her companies, for the first page of her space: one query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.db.models import F, Value
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.registries import SPACE_ROWS, SpacePanel, SpaceRow
from members.models import Invitation, JoinRequest, Membership

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from members.models import User

# Nobody has more; should somebody, the rest is on the company's own page.
MOST = 100
INVITED, ASKED, UNPROVED = 1, 2, 3


def awaiting(user: User) -> QuerySet[Any, Any]:
    """Invitations received, requests to answer, proofs to bring, as rows of one shape."""
    addresses = EmailAddress.objects.filter(user=user, verified=True).values(folded=Lower("email"))
    managed = Membership.objects.managers().filter(user=user).order_by()
    invited = Invitation.objects.open().annotate(folded=Lower("email")).filter(folded__in=addresses)
    asked = JoinRequest.objects.filter(
        state=JoinRequest.State.PENDING, organisation__in=managed.values("organisation")
    )
    unproved = Membership.objects.current().filter(user=user, confirmed_at=None)
    nobody = Value("")
    rows = [
        columns(invited, INVITED, nobody, nobody, F("created_at")),
        columns(asked, ASKED, F("user__first_name"), F("user__last_name"), F("created_at")),
        columns(unproved, UNPROVED, nobody, nobody, F("joined_at")),
    ]
    return rows[0].union(*rows[1:], all=True)


def columns(rows: QuerySet[Any], what: int, first: Any, last: Any, when: Any) -> QuerySet[Any, Any]:
    """The columns of one of the three."""
    found = rows.order_by().annotate(what=Value(what), first=first, last=last, moment=when)
    return found.values_list("what", "organisation__name", "organisation__slug", "first", "last", "moment")


def row_of(what: int, company: str, slug: str, first: str, last: str, moment: Any) -> SpaceRow:
    """One of them, as the space shows it."""
    here = reverse("company_home", args=[slug])
    if what == INVITED:
        return SpaceRow(
            _("You are invited to join %(company)s") % {"company": company},
            reverse("company_mine"),
            "",
            moment,
        )
    if what == ASKED:
        name = f"{first} {last}".strip() or _("A member")
        return SpaceRow(_("%(name)s asks to join you") % {"name": name}, here, company, moment)
    title = _("Confirm that you act for %(company)s") % {"company": company}
    return SpaceRow(title, reverse("company_confirm", args=[slug]), "", moment)


def rows_for(user: User) -> tuple[Sequence[SpaceRow], int]:
    """The first rows, and how many there are."""
    found = list(awaiting(user)[:MOST])
    found.sort(key=lambda row: row[5])
    return [row_of(*row) for row in found[:SPACE_ROWS]], len(found)


PANEL = SpacePanel(
    key="members.companies",
    section="awaits",
    label=gettext_lazy("My company"),
    rows=rows_for,
    url=lambda _user: reverse("company_mine"),
    order=20,
)
