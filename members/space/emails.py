"""The letter that groups what somebody is told. Texts are in the active language, hers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from common.known import themes
from common.mail import Item, Letter, absolute
from members.models import Followed, Kind

from .unsubscribing import address_for

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from members.models import Announcement, Notification

# More lines than this and nobody reads them: the space has the others.
MOST = 20
ANNOUNCED: dict[str, str | _StrPromise] = {
    "practice": _("Good practice"),
    "tool": _("Tool"),
    "event": _("Event"),
    "news": _("News"),
    "video": _("Video"),
}


def announced_as(announcement: Announcement, language: str) -> tuple[str, str]:
    """Title and path, in that language where the thing exists in it."""
    words = announcement.translations.get(language, {})
    return words.get("title", announcement.title), words.get("url", announcement.url)


def item_for(announcement: Announcement, language: str) -> Item:
    """What is new: its title, what it is, and its themes."""
    title, path = announced_as(announcement, language)
    about = {topic.target for topic in announcement.topics.all() if topic.kind == Followed.THEME}
    names = [theme.name for theme in themes().values() if theme.slug in about]
    label = ANNOUNCED.get(announcement.kind, "")
    return Item(title, absolute(path), " · ".join([*([str(label)] if label else []), *names]))


def item_of(notification: Notification) -> Item:
    """What happened, and the address that shows it and marks it as read."""
    opening = f"{reverse('open_notification')}?{urlencode({'vers': notification.url})}"
    return Item(notification.text, absolute(opening), str(Kind(notification.kind).label))


def subject_for(items: Sequence[Item]) -> str:
    """The first line, and how many more there are."""
    first, others = items[0].title, len(items) - 1
    if not others:
        return first
    return ngettext("%(first)s, and %(n)s more", "%(first)s, and %(n)s more", others) % {
        "first": first.rstrip("."),
        "n": others,
    }


def kinds_listed(kinds: Sequence[str]) -> str:
    """The kinds by name, on one line."""
    return ", ".join(f"“{Kind(kind).label}”" for kind in kinds)


def letter_for(
    name: str, public_id: str, told: Sequence[Notification], news: Sequence[Item], new_follows: int
) -> Letter:
    """One letter for all that is due: what concerns her, then what is new in what she follows.

    `news` are the lines to show, `new_follows` how many things are new in all.
    """
    items = [*(item_of(row) for row in told[:MOST]), *news][:MOST]
    kinds = sorted({row.kind for row in told} | ({Kind.FOLLOW.value} if new_follows else set()))
    left_out = len(told) + new_follows - len(items)
    single = len(items) == 1
    more = ngettext(
        "%(n)s more thing is shown in your space.", "%(n)s more things are shown in your space.", left_out
    )
    return Letter(
        subject=subject_for(items),
        greeting=gettext("Hello %(name)s,") % {"name": name} if name else gettext("Hello,"),
        paragraphs=[gettext("Here is what is new for you.")] if not single else [items[0].title],
        items=() if single else items,
        action=(gettext("Read it"), items[0].url)
        if single
        else (gettext("Open my space"), absolute(reverse("space_home"))),
        closing=[more % {"n": left_out}] if left_out else (),
        reason=gettext(
            "We write to you about: %(kinds)s. Your settings say how often: at once, daily, weekly or never."
        )
        % {"kinds": kinds_listed(kinds)},
        unsubscribe=absolute(address_for(public_id, kinds)),
    )
