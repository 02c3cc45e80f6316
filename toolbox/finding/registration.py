"""What this part adds to the registries of the site."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.companies.refusals import Refusal
from members.joining import intents
from members.models import Followed
from members.space.following import Followable, register_followable

from . import hands, personal_data, searches
from .queries import read_search


def complete_keep(user: Any, payload: dict[str, Any]) -> str | None:
    """Keep the card that a visitor asked for before she signed in."""
    try:
        hands.keep(user, str(payload.get("key", "")))
    except Refusal as refusal:
        raise intents.NoLongerPossible(str(refusal)) from refusal
    return gettext("The card is in your hand.")


def complete_save(user: Any, payload: dict[str, Any]) -> str | None:
    """Save the filters that a visitor chose before she signed in."""
    search = read_search(str(payload.get("list", "")), str(payload.get("query", "")))
    if search is None:
        raise intents.NoLongerPossible(gettext("This list is no longer here."))
    try:
        row = searches.save(
            user, search, str(payload.get("name", "")), followed=bool(payload.get("followed"))
        )
    except Refusal as refusal:
        raise intents.NoLongerPossible(str(refusal)) from refusal
    return gettext("“%(name)s” is saved.") % {"name": row.name}


def register() -> None:
    """Called once, when the site starts."""
    personal_data.register()
    intents.register("keep", complete_keep)
    intents.register("save_filter", complete_save)
    register_followable(Followable(Followed.FILTER, _("Saved searches"), searches.describe_filters))
