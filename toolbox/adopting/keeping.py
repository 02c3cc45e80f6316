"""What a visitor says before she has an account: kept, and said for her once she is known."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from members.companies.refusals import Refusal
from members.joining.intents import NoLongerPossible
from members.models import Intent
from toolbox.models import Adoption, Practice

from . import rules
from .refusals import ChangedMeanwhile
from .saying import Said, say

if TYPE_CHECKING:
    from members.models import User

INTENT = "adopt"
JUST_NOW = dt.timedelta(hours=1)


def payload_of(practice: Practice, said: dict[str, Any]) -> dict[str, Any]:
    """What travels, as plain values."""
    return {
        "practice": str(practice.translation_key),
        "state": said["state"],
        "on": said["on"].isoformat() if said["on"] else "",
        "experience": said["experience"],
        "shown": bool(said.get("shown")),
    }


def said_in(payload: dict[str, Any]) -> Said:
    """The same, read back."""
    on = dt.date.fromisoformat(payload["on"]) if payload.get("on") else None
    return Said(str(payload["state"]), on, str(payload["experience"]), bool(payload["shown"]))


def complete(user: User, payload: dict[str, Any]) -> str | None:
    """Say it for her one company. With none, or several, her words wait in the form (`begun`)."""
    practice = Practice.objects.live().filter(translation_key=payload["practice"]).first()
    if practice is None:
        raise NoLongerPossible(_("This practice is no longer on line."))
    mine = list(rules.memberships_of(user)[:2])
    if not mine:
        raise NoLongerPossible(
            _("One thing first: say which company you work for. Your words are kept meanwhile.")
        )
    if len(mine) > 1:
        raise NoLongerPossible(_("Which of your companies takes it up? Your words are kept."))
    try:
        say(practice, mine[0].organisation, user, said_in(payload), seen="")
    except ChangedMeanwhile as refusal:
        raise NoLongerPossible(
            _("A colleague said it already: see whether something is to be added.")
        ) from refusal
    except Refusal as refusal:
        raise NoLongerPossible(str(refusal)) from refusal
    return None


def was_done(user: User, practice: Practice) -> bool:
    """Whether she has just said it: the practice shows it."""
    since = timezone.now() - JUST_NOW
    return Adoption.objects.filter(practice=practice, author=user, updated_at__gte=since).exists()


def begun(user: User, practice: Practice) -> dict[str, Any]:
    """What she wrote before signing in and that was said for no company yet, as the form shows it."""
    kept = Intent.objects.filter(user=user, kind=INTENT, expires_at__gt=timezone.now())
    for payload in kept.order_by("-created_at", "-pk").values_list("payload", flat=True):
        if payload.get("practice") == str(practice.translation_key):
            said = said_in(payload)
            return {"state": said.state, "on": said.on, "experience": said.experience, "shown": said.shown}
    return {}
