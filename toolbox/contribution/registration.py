"""What this part adds to the registries of the site."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from common import files
from common.ticking import DAY, Job, jobs
from members.joining import intents
from toolbox.models import Contribution

from . import attaching, drafting, expiring, panel, personal_data
from .refusals import Refusal


def complete(user: Any, payload: dict[str, Any]) -> str | None:
    """Begin what a visitor wanted to tell before she signed in, unless a draft waits already."""
    kind = str(payload.get("kind", ""))
    if kind not in Contribution.Kind.values:
        return None
    if Contribution.objects.unfinished().filter(author=user, kind=kind).exists():
        return gettext("You have begun already: here is your draft.")
    try:
        drafting.begin(user, kind)
    except Refusal as refusal:
        raise intents.NoLongerPossible(str(refusal)) from refusal
    return gettext("Your draft is ready: it is saved as you type.")


def register() -> None:
    """Called once, when the site starts."""
    files.guards[attaching.FOLDER] = attaching.may_see
    files.rechecked.add(attaching.FOLDER)
    intents.register("contribute", complete)
    panel.register()
    personal_data.register()
    jobs.register(Job("toolbox.expire_contributions", DAY, expiring.expire))
