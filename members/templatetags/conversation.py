"""The exchanges under a page, for the section that every commented page includes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template

from members.conversation import topics
from members.conversation.forms import CommentForm
from members.conversation.reading import mark_shown
from members.conversation.thread import VISITOR, Viewer, thread_of, viewer_of
from members.people.visibility import is_member

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.template.context import Context
    from django.utils.functional import _StrPromise

    from members.conversation.thread import Thread
    from members.conversation.topics import Topic

register = template.Library()


@dataclass(frozen=True)
class Talk:
    """What the section shows. `form` is there for members only, whose pages no cache keeps."""

    topic: Topic
    thread: Thread
    viewer: Viewer
    invitation: str | _StrPromise
    author_label: str | _StrPromise
    form: Any = None
    answering: str = ""
    answer_form: Any = None
    said: str = ""
    sent: str = ""

    @property
    def is_own(self) -> bool:
        """Whether the member who looks made what is talked about."""
        return self.viewer.user is not None and self.viewer.user.pk == self.topic.author_id

    @property
    def thanked(self) -> bool:
        """Whether she said that it was useful."""
        return None in self.viewer.thanked


def number_from(request: HttpRequest) -> int:
    """The page of exchanges that is asked for; the latest ones when it is not a number."""
    asked = request.GET.get(topics.ANCHOR, "")
    return max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1  # noqa: PLR2004


def topic_from(context: Context, kind: str, key: str) -> Topic | None:
    """What the page shows, read from the page itself, or looked up where there is no page."""
    page = context.get("page")
    if page is None:
        return topics.topic_of(kind, key)
    return topics.topic_of_page(kind, page, page.path_on_site)


@register.simple_tag(takes_context=True)
def conversation(context: Context, kind: str, key: Any) -> Talk | None:
    """`{% conversation kind key as talk %}`; None for what cannot be commented."""
    request: HttpRequest = context["request"]
    known = topics.discussable(kind)
    topic = topic_from(context, kind, str(key)) if known else None
    if known is None or topic is None:
        return None
    user: Any = getattr(request, "user", None)
    member = user is not None and user.is_authenticated and is_member(user)
    viewer = viewer_of(user, topic) if member else VISITOR
    thread = thread_of(topic, viewer, context.get("number") or number_from(request))
    if member:
        mark_shown(request, thread)
    return Talk(
        topic, thread, viewer, known.invitation, known.author_label, **(writing(context) if member else {})
    )


def writing(context: Context) -> dict[str, Any]:
    """The forms of a member, one of them with what she has just tried to send; what became of what she sent."""
    bound, answering = context.get("bound"), context.get("answering") or ""
    return {
        "form": CommentForm() if bound is None or answering else bound,
        "answering": answering,
        "answer_form": bound if answering else None,
        "said": context.get("said") or "",
        "sent": context.get("sent") or "",
    }
