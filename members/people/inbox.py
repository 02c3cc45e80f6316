"""What somebody reads: the list of conversations, one conversation, and how many wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.listing import Listing, page_number
from members.models import ContactRequest, Message, MessageReport, Reading

from .emails import author_name, excerpt_of
from .linking import linked
from .parties import Party, other_side, person
from .rules import OPEN, State, taking_part

if TYPE_CHECKING:
    import datetime as dt

    from django.db.models import QuerySet
    from django.http import QueryDict
    from django.utils.functional import _StrPromise
    from django.utils.safestring import SafeString

    from members.models import User

PER_PAGE, MESSAGES_A_PAGE = 20, 50
ENDED = (State.CLOSED, State.BLOCKED)


# ---------------------------------------------------------------- what waits
def flagged(user: User) -> QuerySet[ContactRequest]:
    """The conversations of somebody, with who spoke last and how far she has read."""
    last = Message.objects.filter(request=OuterRef("pk")).order_by("-sent_at", "-pk")
    read = Reading.objects.filter(request=OuterRef("pk"), user=user).order_by()
    return taking_part(user).annotate(
        last_author=Subquery(last.values("author")[:1]),
        last_message=Subquery(last.values("pk")[:1]),
        read_up_to=Subquery(read.values("read_at")[:1]),
    )


def heard(user: User) -> Q:
    """The other side spoke last. In a company, a colleague's answer counts as mine."""
    received = Q(last_author=F("sender")) & ~Q(sender=user)
    return received | Q(sender=user) & ~Q(last_author=user)


def unread(user: User) -> Q:
    """What the other side said last was not read; in a company, only while it can be answered."""
    new = heard(user) & (Q(read_up_to=None) | Q(read_up_to__lt=F("last_message_at")))
    return new & (Q(organisation=None) | Q(sender=user) | Q(state__in=OPEN))


def waiting(user: User) -> Q:
    """It is this person's turn."""
    return heard(user) & Q(state__in=OPEN)


def unread_count(user: User) -> int:
    """How many conversations hold something unread, in one query."""
    return flagged(user).filter(unread(user)).count()


# ---------------------------------------------------------------- the list
@dataclass(frozen=True)
class Tab:
    """One way of looking at one's conversations."""

    value: str
    label: str | _StrPromise


TABS = (
    Tab("", pgettext_lazy("conversations", "All")),
    Tab("waiting", gettext_lazy("Waiting for me")),
    Tab("closed", pgettext_lazy("conversations", "Closed")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A conversation in the list."""

    url: str
    subject: str
    other: Party
    to_company: str
    excerpt: str
    mine: bool
    at: dt.datetime
    state: str
    is_unread: bool
    is_waiting: bool


def state_of(conversation: ContactRequest, user: User) -> str:
    """The state in words. A sender never reads that somebody declined or blocked."""
    words = {
        State.PENDING: _("Waiting for an answer") if user.pk == conversation.sender_id else _("New request"),
        State.ACCEPTED: "",
        State.CLOSED: _("Closed"),
        State.BLOCKED: _("Not followed up"),
    }
    return words[State(conversation.state)]


def row_of(conversation: Any, user: User, last: Message | None) -> Row:
    """A conversation from `flagged`, as its list shows it."""
    received = user.pk != conversation.sender_id
    turn = (
        conversation.last_author == conversation.sender_id
        if received
        else conversation.last_author != user.pk
    )
    up_to = conversation.read_up_to
    is_open = conversation.state in OPEN
    hears = is_open or not (received and conversation.organisation_id)
    return Row(
        url=reverse("conversation", args=[conversation.public_id]),
        subject=conversation.subject or _("(without subject)"),
        other=other_side(conversation, user),
        to_company=conversation.organisation.name if conversation.organisation and received else "",
        excerpt=excerpt_of(shown_text(last)) if last else "",
        mine=last is not None and last.author_id == user.pk,
        at=conversation.last_message_at,
        state=state_of(conversation, user),
        is_unread=turn and hears and (up_to is None or up_to < conversation.last_message_at),
        is_waiting=turn and is_open,
    )


def rows_of(conversations: Sequence[Any], user: User) -> list[Row]:
    """The rows of one page, in one more query."""
    last = Message.objects.in_bulk([conversation.last_message for conversation in conversations])
    return [row_of(each, user, last.get(each.last_message)) for each in conversations]


def inbox(user: User, query: QueryDict) -> Listing[ContactRequest]:
    """Somebody's conversations, the latest first, under a tab."""
    tab = query.get("tab", "")
    rows = flagged(user)
    turns = rows.filter(waiting(user)).count()
    if tab == "waiting":
        rows = rows.filter(waiting(user))
    elif tab == "closed":
        rows = rows.filter(state__in=ENDED)
    else:
        tab = ""
    related = rows.select_related("sender__profile", "recipient__profile", "organisation")
    page = Paginator(related.order_by("-last_message_at", "-pk"), PER_PAGE).get_page(page_number(query))
    return Listing(
        total=page.paginator.count,
        page=page,
        items=rows_of(list(page.object_list), user),
        facets=(),
        chips=(),
        query=f"tab={tab}" if tab else "",
        path=reverse("messages"),
        extra={"tab": tab, "tabs": TABS, "waiting": turns},
    )


# ---------------------------------------------------------------- one conversation
@dataclass(frozen=True, slots=True)
class Line:
    """A message, as one of the readers sees it."""

    public_id: str
    author: Party
    name: str
    mine: bool
    html: SafeString
    removed: bool
    at: dt.datetime
    reported: bool
    may_report: bool


def shown_text(message: Message) -> str:
    """The words of a message, or what stands in their place."""
    if message.removed_at is not None:
        return _("This message was removed.")
    return message.text


def line_of(message: Any, conversation: ContactRequest, user: User, reported: set[int]) -> Line:
    """One message of a conversation."""
    mine = message.author_id == user.pk
    removed = message.removed_at is not None
    return Line(
        public_id=message.public_id,
        author=person(message.author),
        name=_("You") if mine else author_name(conversation, message.author),
        mine=mine,
        html=linked(shown_text(message)),
        removed=removed,
        at=message.sent_at,
        reported=message.pk in reported,
        may_report=not mine and not removed and message.pk not in reported,
    )


def lines(conversation: ContactRequest, user: User, query: QueryDict) -> Listing[Message]:
    """The messages, newest at the bottom; the first page is the latest."""
    messages = conversation.messages.select_related("author__profile").order_by("-sent_at", "-pk")
    page = Paginator(messages, MESSAGES_A_PAGE).get_page(page_number(query))
    found = list(page.object_list)
    mine = MessageReport.objects.filter(reporter=user, message__in=[message.pk for message in found])
    reported = set(mine.values_list("message", flat=True))
    return Listing(
        total=page.paginator.count,
        page=page,
        items=[line_of(message, conversation, user, reported) for message in reversed(found)],
        facets=(),
        chips=(),
        query="",
        path=reverse("conversation", args=[conversation.public_id]),
    )
