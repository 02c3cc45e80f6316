"""What the space knows of a person: what she follows, what she was told, how often she is written to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.registries import PersonalData, register_personal_data
from members.models import Announcement, DigestState, Follow, Notification, NotificationRhythm

from .following import describe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from common.registries import Retained
    from members.models import User


def export_follows(user: User) -> list[dict[str, Any]]:
    """What she follows, by name where it is still public."""
    rows = list(Follow.objects.filter(user=user).order_by("kind", "pk"))
    named = {
        (one.kind, one.target): one.subject for one in describe({(row.kind, row.target) for row in rows})
    }
    return [
        {
            "kind": str(row.get_kind_display()),
            "name": named[row.kind, row.target].title if (row.kind, row.target) in named else row.target,
            "since": row.since,
        }
        for row in rows
    ]


def export_notifications(user: User) -> list[dict[str, Any]]:
    """What she was told, in the words she read."""
    rows = Notification.objects.filter(user=user).order_by("created_at", "pk")
    return [
        {
            "kind": str(row.get_kind_display()),
            "text": row.text,
            "address": row.url,
            "created_at": row.created_at,
            "read_at": row.read_at,
            "told_at": row.told_at,
        }
        for row in rows
    ]


def export_rhythms(user: User) -> list[dict[str, Any]]:
    """How often she chose to be written to."""
    rows = NotificationRhythm.objects.filter(user=user).order_by("kind")
    return [{"kind": str(row.get_kind_display()), "rhythm": str(row.get_rhythm_display())} for row in rows]


def erase_follows(user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """Nothing is kept."""
    Follow.objects.filter(user=user).delete()
    return ()


def erase_notifications(user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """Nothing is kept; what others were told of her doing goes too, since it names her."""
    Notification.objects.filter(Q(user=user) | Q(actor=user)).delete()
    Announcement.objects.filter(author=user).update(author=None)
    return ()


def erase_rhythms(user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """Nothing is kept, nor how far she had been told."""
    NotificationRhythm.objects.filter(user=user).delete()
    DigestState.objects.filter(user=user).delete()
    return ()


def register() -> None:
    """Have them exported and erased with the account."""
    labels = {
        "kind": _("kind"),
        "name": _("name"),
        "since": _("since"),
        "text": _("text"),
        "address": _("address"),
        "created_at": _("at"),
        "read_at": _("read at"),
        "told_at": _("told by e-mail at"),
        "rhythm": _("how often"),
    }
    for key, label, export, erase, models in (
        ("members.follows", _("What I follow"), export_follows, erase_follows, ["members.Follow"]),
        (
            "members.notifications",
            _("Notifications"),
            export_notifications,
            erase_notifications,
            ["members.Notification", "members.Announcement"],
        ),
        (
            "members.rhythms",
            _("How often I am written to"),
            export_rhythms,
            erase_rhythms,
            ["members.NotificationRhythm", "members.DigestState"],
        ),
    ):
        register_personal_data(
            PersonalData(key, label, export, erase, order=60, models=models, labels=labels)
        )
