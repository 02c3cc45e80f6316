"""Who speaks, as one audience may know it: never more than the profile shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from members.people.visibility import Audience, family_of, initials_of, photo_of, sees

if TYPE_CHECKING:
    from members.models import Organisation, User
    from members.people.visibility import Photo


@dataclass(frozen=True, slots=True)
class Voice:
    """What an audience sees of an author; `company` is one that she acts for today."""

    name: str
    initials: str = ""
    family: str = ""
    photo: Photo | None = None
    url: str = ""
    company: str = ""
    company_url: str = ""


def voice_of(comment: Any, audience: Audience) -> Voice:
    """The author of a comment from `thread.with_authors`."""
    author = comment.author
    if author is None or author.anonymised_at:
        return Voice(_("Former member"))
    profile = author.profile
    name = author.get_full_name()
    if not (name and author.is_active and sees(profile, "name", audience)):
        return Voice(_("A member"))
    company: Organisation | None = comment.organisation if comment.proved else None
    if company is not None and not sees(profile, "company", audience):
        company = None
    return Voice(
        name,
        initials_of(name),
        family_of(profile.public_id),
        photo_of(profile) if sees(profile, "photo", audience) else None,
        reverse("person", args=[profile.public_id]),
        company.name if company else "",
        reverse("company", args=[company.slug]) if company else "",
    )


def name_for_members(author: User | None) -> str:
    """How a notification names somebody: as members may."""
    if author is None or author.anonymised_at:
        return _("Former member")
    shown = author.is_active and sees(author.profile, "name", Audience.MEMBERS)
    return (author.get_full_name() if shown else "") or _("A member")
