"""Who sees which field of a profile.

Whatever shows a member goes through `shown`: what comes out holds the fields that this audience may
see and nothing else, so that no template can show more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.db.models import Prefetch

from common.known import fill, themes
from common.models.themes import Family
from members.models import Membership, Profile, User, UserQuerySet, Visibility

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from common.models import Theme
    from members.models import Organisation

FIELDS = ("name", "job", "company", "themes", "photo", "offers", "seeks")
LARGE, SMALL = 480, 128


class Audience(Enum):
    """Who looks at a profile."""

    ANYONE = "anyone"
    MEMBERS = "members"

    @property
    def sees(self) -> tuple[Visibility, ...]:
        """The choices that let this audience see a field."""
        everyone = (Visibility.EVERYONE,)
        return (Visibility.MEMBERS, *everyone) if self is Audience.MEMBERS else everyone


@dataclass(frozen=True, slots=True)
class Photo:
    """The addresses of a photo, in its two sizes. Whoever asks for them is checked again."""

    large: str
    small: str


@dataclass(frozen=True, slots=True)
class Card:
    """What an audience sees of a member: what she hides is empty."""

    public_id: str
    name: str
    job: str = ""
    companies: Sequence[Organisation] = ()
    themes: Sequence[Theme] = ()
    photo: Photo | None = None
    offers: str = ""
    seeks: str = ""

    @property
    def initials(self) -> str:
        """What stands for a photo."""
        return initials_of(self.name)

    @property
    def family(self) -> str:
        """The colour behind the initials: always the same for one member, and without meaning."""
        return family_of(self.public_id)


def initials_of(name: str) -> str:
    """The first letters of the first and last words of a name."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    return "".join(word[0] for word in dict.fromkeys(words[:1] + words[-1:])).upper()


def family_of(public_id: str) -> str:
    """One of the four families, for its colour alone."""
    families = list(Family.values)
    return families[sum(map(ord, public_id)) % len(families)]


def in_use() -> UserQuerySet:
    """The accounts that anybody sees."""
    return UserQuerySet(User).members()


def is_member(user: User | AnonymousUser) -> bool:
    """Whether this is an account in use whose address is verified."""
    return user.is_authenticated and in_use().filter(pk=user.pk).exists()


def audience_for(user: User | AnonymousUser) -> Audience:
    """What somebody counts as when she looks at others."""
    return Audience.MEMBERS if is_member(user) else Audience.ANYONE


def open_to(audience: Audience) -> QuerySet[Profile]:
    """Profiles of members in use who let this audience see at least their name."""
    profiles = Profile.objects.filter(user__in=in_use(), name_visibility__in=audience.sees)
    return profiles.exclude(user__first_name="", user__last_name="")


def acting() -> QuerySet[Membership]:
    """Proved memberships of organisations in whose name something may be shown."""
    return Membership.objects.confirmed().exclude(organisation__confirmed_at=None)


def with_fields(profiles: QuerySet[Profile]) -> QuerySet[Profile]:
    """Profiles with all that `shown` reads, in two more queries whatever their number."""
    memberships = acting().select_related("organisation").order_by("joined_at", "pk")
    return profiles.select_related("user").prefetch_related(
        Prefetch("user__memberships", memberships, to_attr="acting_for"),
        Prefetch("themes", to_attr="chosen_themes"),
    )


def companies_of(user: Any) -> list[Organisation]:
    """The organisations somebody acts for, from `with_fields`."""
    found = [membership.organisation for membership in user.acting_for]
    for organisation in found:
        fill(organisation)
    return found


def photo_of(profile: Profile) -> Photo | None:
    """The addresses of a photo, whoever may see it."""
    if not profile.photo:
        return None
    sizes = [default_storage.url(f"{profile.photo}/{size}.webp") for size in (LARGE, SMALL)]
    return Photo(*sizes)


def sees(profile: Profile, field: str, audience: Audience) -> bool:
    """Whether one field is shown to an audience."""
    return getattr(profile, f"{field}_visibility") in audience.sees


def shown(profile: Any, audience: Audience) -> Card | None:
    """What an audience sees of a profile from `with_fields`; None when not even the name."""
    user = profile.user
    if not sees(profile, "name", audience) or not user.get_full_name():
        return None
    known = themes()
    values = {
        "job": user.job_title,
        "companies": companies_of(user),
        "themes": [known.get(theme.pk, theme) for theme in profile.chosen_themes],
        "photo": photo_of(profile),
        "offers": profile.offers,
        "seeks": profile.seeks,
    }
    switches = {**{name: name for name in values}, "companies": "company"}
    kept = {name: value for name, value in values.items() if sees(profile, switches[name], audience)}
    return Card(profile.public_id, user.get_full_name(), **kept)
