"""The people and companies of conversations, as the other side sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from .visibility import Audience, family_of, initials_of, photo_of, sees

if TYPE_CHECKING:
    from members.models import ContactRequest, Organisation, User

    from .visibility import Photo


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody one talks with. `url` is the page, where it is shown; `public_id` tells her from others."""

    name: str
    initials: str
    family: str
    public_id: str = ""
    url: str = ""
    photo: Photo | None = None
    is_company: bool = False


def person(user: User) -> Party:
    """A member, by her name: writing shows it. Photo and page only if members may see them."""
    profile = getattr(user, "profile", None)
    name = user.public_name
    if profile is None or user.anonymised_at or not user.is_active:
        return Party(name, initials_of(name), family_of(name))
    visible = sees(profile, "name", Audience.MEMBERS) and user.get_full_name()
    return Party(
        name=name,
        initials=initials_of(name),
        family=family_of(profile.public_id),
        public_id=profile.public_id,
        url=reverse("person", args=[profile.public_id]) if visible else "",
        photo=photo_of(profile) if sees(profile, "photo", Audience.MEMBERS) else None,
    )


def company(organisation: Organisation) -> Party:
    """A company."""
    return Party(
        name=organisation.name,
        initials=initials_of(organisation.name),
        family=family_of(organisation.slug),
        url=reverse("company", args=[organisation.slug]) if organisation.confirmed_at else "",
        is_company=True,
    )


def other_side(conversation: ContactRequest, user: User) -> Party:
    """With whom somebody talks in a conversation."""
    if user.pk != conversation.sender_id:
        return person(conversation.sender)
    if conversation.organisation is not None:
        return company(conversation.organisation)
    assert conversation.recipient is not None  # noqa: S101 (a constraint holds it)
    return person(conversation.recipient)
