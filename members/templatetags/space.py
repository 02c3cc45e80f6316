"""The menu of one's own space, and the state of a “Follow” button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models import Followed
from members.space.following import followed_by
from members.space.unread import unread_for

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.template.context import Context
    from django.utils.functional import _StrPromise

    from common.listing import Listing

register = template.Library()


@dataclass(frozen=True)
class Place:
    """A room of the space: where it is, below the space's own address, or else by name."""

    path: str
    label: str | _StrPromise
    counted: str = ""
    name: str = ""

    def url(self, home: str) -> str:
        """Its address."""
        return reverse(self.name) if self.name else home + self.path


PLACES = (
    Place("", _("My space")),
    Place("messages/", _("Messages"), "messages"),
    Place("notifications/", _("Notifications"), "total"),
    Place("", _("Directory of members"), name="directory"),
    Place("partager/", _("What I share")),
    Place("suivis/", _("What I follow")),
    Place("entreprise/", _("My company")),
    Place("profil/", _("My profile")),
    Place("reglages/", _("Settings")),
    Place("donnees/", _("My data")),
)


@dataclass(frozen=True)
class Link:
    """A place as the menu shows it."""

    url: str
    label: str | _StrPromise
    count: int
    current: bool


@register.simple_tag(takes_context=True)
def space_places(context: Context) -> list[Link]:
    """The places of the space, with the one that is shown marked. Account pages belong to the settings."""
    request = context["request"]
    waiting = unread_for(request)
    home, account = reverse("space_home"), reverse("account_email").removesuffix("email/")
    path = f"{home}reglages/" if request.path.startswith(account) else request.path
    return [
        Link(
            url=(url := place.url(home)),
            label=place.label,
            count=getattr(waiting, place.counted) if place.counted else 0,
            current=path == url if url == home else path.startswith(url),
        )
        for place in PLACES
    ]


LABELS = {
    Followed.THEME: _("Follow this theme"),
    Followed.ORGANISATION: _("Follow this company"),
    Followed.PRACTICE: _("Follow this practice"),
    Followed.CONVERSATION: _("Follow this conversation"),
}


@dataclass(frozen=True)
class FollowState:
    """What a “Follow” button shows. Visitors all see the same, so that their page can be kept."""

    kind: str
    target: str
    label: str | _StrPromise
    next: str
    signed_in: bool
    follows: bool = False


def follows_for(request: HttpRequest) -> set[tuple[str, str]]:
    """What the signed-in person follows, read once a request."""
    known: set[tuple[str, str]] | None = getattr(request, "follows", None)
    if known is None:
        known = followed_by(request.user) if request.user.is_authenticated else set()
        request.follows = known  # type: ignore[attr-defined]
    return known


@register.simple_tag(takes_context=True)
def follow_state(context: Context, kind: str, target: Any, path: str = "") -> FollowState:
    """For `{% component "follow_button" %}`: `{% follow_state "theme" slug as follow %}`."""
    request = context["request"]
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    target = str(target)
    follows = signed_in and (kind, target) in follows_for(request)
    return FollowState(kind, target, LABELS[Followed(kind)], path or request.path, signed_in, follows)


@register.simple_tag(takes_context=True)
def follow_listed_theme(context: Context, listing: Listing[Any]) -> FollowState | None:
    """The same for a list narrowed to one theme; None for any other."""
    chosen = [
        option.value
        for facet in listing.facets
        if facet.name == "theme"
        for option in facet.options
        if option.selected
    ]
    if len(chosen) != 1:
        return None
    return follow_state(context, Followed.THEME, chosen[0], f"{listing.path}?{listing.query}")
