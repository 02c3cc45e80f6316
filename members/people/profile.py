"""What a member says of herself: saving it, and what would help others to find her."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import Profile, User, Visibility

from .finding import refresh
from .visibility import FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

    from common.models import Theme

MOST_HINTS = 2


@dataclass(frozen=True)
class Words:
    """What a member writes in her profile, and who sees each field."""

    first_name: str
    last_name: str
    job_title: str
    offers: str
    seeks: str
    themes: Sequence[Theme]
    visibility: Mapping[str, str]


@transaction.atomic
def save_profile(user: User, words: Words) -> Profile:
    """Save a profile and its choices, the name and the job of the account included."""
    profile = Profile.objects.select_for_update().get(user=user)
    user.first_name, user.last_name, user.job_title = words.first_name, words.last_name, words.job_title
    user.save(update_fields=["first_name", "last_name", "job_title"])
    profile.user = user
    profile.offers, profile.seeks, profile.changed_at = words.offers, words.seeks, timezone.now()
    for field in FIELDS:
        setattr(profile, f"{field}_visibility", words.visibility[field])
    profile.save()
    profile.themes.set(words.themes)
    refresh([profile])
    return profile


# ---------------------------------------------------------------- what would help
@dataclass(frozen=True)
class Hint:
    """A field that is empty, and what filling it in would bring."""

    field: str
    words: str | _StrPromise


HINTS = (
    Hint("offers", _("Say what you can help with: it is what members look for first.")),
    Hint("themes", _("Choose the themes that interest you: members filter the directory by them.")),
    Hint("photo", _("Add a photo: people will recognise you at the next workshop.")),
    Hint("job", _("Say what your job is: it tells others how you see the subject.")),
    Hint("seeks", _("Say what you look for: somebody may have found it already.")),
)


def hints(profile: Profile) -> list[Hint]:
    """At most two things to add; none for a field that she keeps to herself."""
    filled = {
        "offers": bool(profile.offers),
        "seeks": bool(profile.seeks),
        "photo": bool(profile.photo),
        "job": bool(profile.user.job_title),
        "themes": profile.themes.exists(),
    }
    wanted = (
        hint
        for hint in HINTS
        if not filled[hint.field] and getattr(profile, f"{hint.field}_visibility") != Visibility.NOBODY
    )
    return list(wanted)[:MOST_HINTS]
