"""What this part knows of a person: her profile, here, and her conversations (`conversation_data`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from common.registries import PersonalData, register_personal_data
from members.models import Profile, Visibility

from . import photos
from .conversation_data import CHOICES, CONVERSATIONS
from .visibility import FIELDS, LARGE, SMALL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from common.registries import Retained
    from members.models import User


def export_profile(user: User) -> list[dict[str, Any]]:
    """What she says of herself, and who sees each field."""
    profile = Profile.objects.filter(user=user).first()
    if profile is None:
        return []
    seen = {f"{field}_seen_by": Visibility(getattr(profile, f"{field}_visibility")).label for field in FIELDS}
    return [
        {
            "identifier": profile.public_id,
            "offers": profile.offers,
            "seeks": profile.seeks,
            "themes": [theme.name for theme in profile.themes.order_by("position")],
            "photo_changed_at": profile.photo_changed_at,
            "changed_at": profile.changed_at,
            **seen,
        }
    ]


def photo_files(user: User) -> Iterator[tuple[str, str]]:
    """The photo, as we keep it."""
    for profile in Profile.objects.filter(user=user).exclude(photo=""):
        for side in (LARGE, SMALL):
            yield f"profile/photo-{side}.webp", f"{profile.photo}/{side}.webp"


def erase_profile(user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """The words, the photo and its files. An empty profile that nobody sees stays with the empty account."""
    for profile in Profile.objects.filter(user=user):
        photos.remove(profile)
        profile.themes.clear()
        hidden = {f"{field}_visibility": Visibility.NOBODY for field in FIELDS}
        Profile.objects.filter(pk=profile.pk).update(offers="", seeks="", search_text="", **hidden)
    return ()


PROFILE = PersonalData(
    key="profile",
    label=gettext_lazy("my profile"),
    export=export_profile,
    erase=erase_profile,
    files=photo_files,
    rows=lambda user: (Profile.objects.filter(user=user),),
    models=("members.Profile",),
    labels={
        "identifier": gettext_lazy("identifier"),
        "offers": gettext_lazy("what I can help with"),
        "seeks": gettext_lazy("what I look for"),
        "themes": gettext_lazy("themes that interest me"),
        "photo_changed_at": gettext_lazy("photo of"),
        "changed_at": gettext_lazy("changed at"),
        "name_seen_by": gettext_lazy("who sees my name"),
        "job_seen_by": gettext_lazy("who sees my job"),
        "company_seen_by": gettext_lazy("who sees my company"),
        "themes_seen_by": gettext_lazy("who sees my themes"),
        "photo_seen_by": gettext_lazy("who sees my photo"),
        "offers_seen_by": gettext_lazy("who sees what I can help with"),
        "seeks_seen_by": gettext_lazy("who sees what I look for"),
    },
    order=20,
)


def register() -> None:
    """Add the three sections."""
    for data in (PROFILE, CONVERSATIONS, CHOICES):
        register_personal_data(data)
