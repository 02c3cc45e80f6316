"""Who is told what happens in a company: in the space, and by mail at each person's rhythm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from members.models import Kind, Membership
from members.space.notification import notify

if TYPE_CHECKING:
    from collections.abc import Callable

    from members.models import Organisation, User


def tell(user: User, key: str, text: Callable[[], str], url: str) -> None:
    """Tell one person, once for each key; `text` is called in her language."""
    notify(user, Kind.COMPANY, key=key, text=text, url=url)


def tell_managers(
    organisation: Organisation, key: str, text: Callable[[], str], url: str, but: User | None = None
) -> int:
    """Tell every confirmed manager, save one; return how many there are."""
    managers = Membership.objects.managers().filter(organisation=organisation).select_related("user")
    told = [row.user for row in managers if row.user != but]
    for user in told:
        tell(user, key, text, url)
    return len(told)
