"""What this part adds to the registries of the site."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext

from common.ticking import MINUTE, Job, jobs
from members.joining import intents

from . import digest, following, personal_data
from .following import NotFollowableError, follow, subject_of


def complete_follow(user: Any, payload: dict[str, Any]) -> str | None:
    """Follow what a visitor asked to follow before she signed in."""
    kind, target = str(payload.get("kind", "")), str(payload.get("target", ""))
    try:
        subject = subject_of(kind, target)
    except NotFollowableError as error:
        raise intents.NoLongerPossible(gettext("What you wanted to follow is no longer here.")) from error
    follow(user, kind, target)
    return gettext("You now follow “%(title)s”.") % {"title": subject.title}


def register() -> None:
    """Called once, when the site starts."""
    following.register()
    personal_data.register()
    intents.register("follow", complete_follow)
    jobs.register(Job("members.tell_at_once", MINUTE, digest.tell_at_once))
    jobs.register(Job("members.tell_in_the_morning", dt.timedelta(minutes=5), digest.tell_in_the_morning))
