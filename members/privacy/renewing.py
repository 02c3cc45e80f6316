"""The words that people agreed to have changed: the space asks, and blocks nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.registries import SPACE_ROWS, SpacePanel, SpaceRow

from . import consents

if TYPE_CHECKING:
    from members.models import User


def rows(user: User) -> tuple[list[SpaceRow], int]:
    """One row a purpose whose words are new to this person."""
    new = consents.to_renew(user)
    page = reverse("space_data")
    shown = [
        SpaceRow(
            title=_("%(purpose)s: new words to accept") % {"purpose": wording.get_purpose_display()},
            url=f"{page}#renew-{wording.purpose}",
            when=wording.since,
        )
        for wording in new[:SPACE_ROWS]
    ]
    return shown, len(new)


PANEL = SpacePanel(
    key="consents",
    section="awaits",
    label=gettext_lazy("Agreements"),
    rows=rows,
    url=lambda _user: reverse("space_data"),
    order=20,
)
