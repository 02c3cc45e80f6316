"""What a member's companies planned, on the first page of her space: two queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.registries import SPACE_ROWS, SpacePanel, SpaceRow
from toolbox.models import Adoption

from .telling import NUDGED_AFTER
from .titles import NOWHERE, subjects_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from members.models import User

# Nobody plans more; should somebody, the rest is on the page of its own.
MOST = 100


def rows_for(user: User) -> tuple[Sequence[SpaceRow], int]:
    """What is planned, the oldest first: it is the one to take up again."""
    found = list(
        Adoption.objects.filter(
            state=Adoption.State.PLANNED,
            practice__live=True,
            organisation__memberships__user=user,
            organisation__memberships__left_at=None,
        )
        .exclude(practice__organisation=F("organisation"))
        .select_related("practice", "organisation")
        .order_by("planned_on", "pk")[:MOST]
    )
    shown = found[:SPACE_ROWS]
    titles = subjects_of([row.practice for row in shown])
    return [row_of(row, titles.get(row.practice.translation_key, NOWHERE).title) for row in shown], len(found)


def row_of(row: Adoption, title: str) -> SpaceRow:
    """One of them; after six months the row asks where one is with it."""
    planned = row.planned_on or timezone.localdate()
    words = {"company": row.organisation.name, "month": date_format(planned, "F Y")}
    late = planned <= timezone.localdate() - NUDGED_AFTER
    detail = (
        _("%(company)s, planned in %(month)s: where are you with it?")
        if late
        else _("%(company)s, planned in %(month)s")
    )
    path = reverse("adopt", args=[row.practice.translation_key])
    return SpaceRow(title, f"{path}?entreprise={row.organisation.slug}", detail % words)


PANEL = SpacePanel(
    key="toolbox.adoptions",
    section="mine",
    label=gettext_lazy("Practices we plan"),
    rows=rows_for,
    url=lambda _user: reverse("adoptions"),
    order=60,
)
