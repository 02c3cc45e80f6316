"""The first page of one's own space: what it shows, read in few queries whatever there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.known import themes
from common.registries import SpacePanel, SpaceRow, space_panels
from members.models import (
    Announcement,
    AnnouncementTopic,
    Followed,
    JoinRequest,
    Membership,
    Notification,
    Profile,
    User,
)
from members.people.inbox import Row, flagged, row_of

from .announcing import still_news
from .emails import ANNOUNCED, announced_as
from .following import about, followed_by

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

NEWS = 6
MESSAGES = 3
NOTIFICATIONS = 4


@dataclass(frozen=True)
class ShownPanel:
    """A panel with its rows; `more` is where the others are, when there are more."""

    panel: SpacePanel
    rows: Sequence[SpaceRow]
    total: int
    more: str


@dataclass(frozen=True)
class News:
    """Something new in what is followed."""

    title: str
    url: str
    label: str | _StrPromise
    family: str
    at: dt.datetime
    is_new: bool


@dataclass(frozen=True)
class Step:
    """One of the three first steps."""

    key: str
    done: bool


@dataclass(frozen=True)
class Home:
    """All that the page shows."""

    awaits: Sequence[ShownPanel]
    coming: Sequence[ShownPanel]
    mine: Sequence[ShownPanel]
    follows: Collection[tuple[str, str]]
    news: Sequence[News]
    since: dt.date
    conversations: Sequence[Row]
    notifications: Sequence[Notification]
    steps: Sequence[Step]

    @property
    def awaiting(self) -> int:
        """How many things are to be dealt with."""
        return sum(shown.total for shown in self.awaits)

    @property
    def unseen(self) -> int:
        """How many of the news came since the last visit."""
        return sum(one.is_new for one in self.news)

    @property
    def is_newcomer(self) -> bool:
        """Whether the first steps come before all else."""
        return are_first(self.steps)


def are_first(steps: Sequence[Step]) -> bool:
    """Whether most of the first steps are still to be made."""
    return sum(step.done for step in steps) < len(steps) - 1


def panel_for(user: User, panel: SpacePanel) -> ShownPanel:
    """A panel as this person sees it."""
    rows, total = panel.rows(user)
    more = panel.url(user) if panel.url and total > len(rows) else ""
    return ShownPanel(panel, rows, total, more)


def panels(user: User, section: str) -> list[ShownPanel]:
    """The panels of a section that have something to show, or something to say when empty."""
    shown = [panel_for(user, panel) for panel in space_panels if panel.section == section]
    return [one for one in shown if one.rows or one.panel.empty]


def news_for(follows: Collection[tuple[str, str]], since: dt.date, language: str) -> list[News]:
    """The latest in what somebody follows; new is what came since the day of her last visit."""
    if not follows:
        return []
    concerned = AnnouncementTopic.objects.filter(about(follows)).order_by().values("announcement")
    rows = Announcement.objects.filter(still_news(timezone.now()), pk__in=concerned)
    theme = AnnouncementTopic.objects.filter(announcement=OuterRef("pk"), kind=Followed.THEME)
    followed = theme.filter(about(follows)).order_by("pk").values("target")[:1]
    pictured = rows.annotate(
        theme=Coalesce(Subquery(followed), Subquery(theme.order_by("pk").values("target")[:1]))
    )
    return [news_of(row, since, language) for row in pictured.order_by("-created_at", "-pk")[:NEWS]]


def news_of(row: Any, since: dt.date, language: str) -> News:
    """An announcement as the page shows it, with the pip of a theme: a followed one, if there is."""
    title, url = announced_as(row, language)
    families = {theme.slug: theme.family for theme in themes().values()}
    return News(
        title,
        url,
        label=ANNOUNCED.get(row.kind, ""),
        family=families.get(row.theme, ""),
        at=row.created_at,
        is_new=timezone.localdate(row.created_at) >= since and not row.quiet,
    )


def latest_conversations(user: User) -> Sequence[Row]:
    """The conversations that moved last."""
    rows = flagged(user).select_related("sender__profile", "recipient__profile", "organisation")
    return [row_of(row, user, None) for row in rows.order_by("-last_message_at", "-pk")[:MESSAGES]]


def steps_of(user: User, follows: Collection[tuple[str, str]]) -> list[Step]:
    """What a newcomer does first; one query."""
    asked = JoinRequest.objects.filter(user=OuterRef("user"), state=JoinRequest.State.PENDING)
    joined = Membership.objects.current().filter(user=OuterRef("user"))
    described = Q(user__first_name="") | Q(offers="", seeks="", user__job_title="")
    known = (
        Profile.objects.filter(user=user)
        .annotate(belongs=Exists(joined) | Exists(asked), is_bare=described)
        .values("belongs", "is_bare")
        .first()
    ) or {"belongs": False, "is_bare": True}
    return [
        Step("themes", bool(follows)),
        Step("company", bool(known["belongs"])),
        Step("profile", not known["is_bare"]),
    ]


# What is said of the one first step that is left, and where it is made (below the space).
LEFT: Mapping[str, tuple[str | _StrPromise, str]] = {
    "themes": (_("Choose the themes you want news of"), "suivis/"),
    "company": (_("Say which company you work for"), "entreprise/"),
    "profile": (_("Complete your profile, so that members know whom they talk to"), "profil/"),
}


def left_to_do(steps: Sequence[Step]) -> list[ShownPanel]:
    """The first step that is left, once the others are made."""
    if are_first(steps):
        return []
    below = reverse("space_home")
    rows = [
        SpaceRow(str(title), below + path)
        for step in steps
        if not step.done
        for title, path in [LEFT[step.key]]
    ]
    panel = SpacePanel("members.first_steps", "awaits", _("To complete"), lambda _user: (rows, len(rows)))
    return [ShownPanel(panel, rows, len(rows), "")] if rows else []


def home_of(user: User, since: dt.date, language: str) -> Home:
    """What the space of a person shows first."""
    follows = followed_by(user)
    steps = steps_of(user, follows)
    return Home(
        awaits=[*panels(user, "awaits"), *left_to_do(steps)],
        coming=panels(user, "coming"),
        mine=panels(user, "mine"),
        follows=follows,
        news=news_for(follows, since, language),
        since=since,
        conversations=latest_conversations(user),
        notifications=list(
            Notification.objects.filter(user=user).order_by("-created_at", "-pk")[:NOTIFICATIONS]
        ),
        steps=steps,
    )
