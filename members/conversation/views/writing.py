"""Writing under a page, with an account or before having one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.companies.refusals import Refusal
from members.conversation import rules, topics
from members.conversation.forms import AnswerForm, CommentForm
from members.conversation.refusals import Gone
from members.conversation.thread import VISITOR, Viewer, number_of
from members.conversation.topics import ANCHOR, discussable, topic_of
from members.conversation.writing import write
from members.joining import intents
from members.models import Comment
from members.people.gate import me, unkept

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from members.conversation.topics import Topic

ANSWERED = "reponse"


def topic_or_404(kind: str, key: UUID) -> Topic:
    """What is talked about, while it is public."""
    topic = topic_of(kind, str(key))
    if topic is None or not topic.is_open:
        raise Http404
    return topic


def anchor_of(comment: Comment) -> str:
    """Where a comment stands on its page."""
    return f"echange-{comment.public_id}"


def place_of(comment: Comment, topic: Topic, viewer: Viewer) -> str:
    """The address of a comment on the page of what it is about."""
    number = number_of(comment, topic, viewer)
    query = f"?{urlencode({ANCHOR: number})}" if number > 1 else ""
    return f"{topic.url}{query}#{anchor_of(comment)}"


def sentence_on(comment: Comment) -> str:
    """What becomes of what somebody has just written."""
    if comment.state == Comment.State.HELD:
        return _("Thank you. The team reads this first: it will soon be on line, and you will be told.")
    return _("Thank you. Everybody can read it now.")


@require_safe
@unkept
def show_comment(request: HttpRequest, public_id: str) -> HttpResponse:
    """An address that lasts: to the place of the comment today, or to the exchanges when it has gone."""
    comment = Comment.objects.select_related("parent").filter(public_id=public_id).first()
    topic = topic_of(comment.target_kind, comment.target) if comment else None
    if comment is None or topic is None:
        raise Http404
    viewer = Viewer(me(request)) if request.user.is_authenticated else VISITOR
    if rules.may_read(viewer.user, comment):
        return redirect(place_of(comment, topic, viewer))
    return redirect(f"{topic.url}#{ANCHOR}")


# ---------------------------------------------------------------- the form
@require_http_methods(["GET", "HEAD", "POST"])
@unkept
def write_comment(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    """A page with the form alone; what a visitor writes is kept until she has signed in."""
    topic = topic_or_404(kind, key)
    answered = answered_in(request, topic)
    given_words = request.POST if request.method == "POST" else None
    # Both forms may stand on one page.
    form = CommentForm(given_words) if answered is None else AnswerForm(given_words, auto_id="answer_%s")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if not request.user.is_authenticated:
            return keep_for_later(request, topic, given, answered)
        try:
            comment = write(me(request), topic, given["text"], given.get("sort", "comment"), answered)
        except Refusal as refusal:
            form.add_error("text", str(refusal))
        else:
            return written(request, topic, comment)
    if is_partial(request) and request.method == "POST":
        return section(request, topic, answered, bound=form, answering=request.GET.get(ANSWERED, ""))
    return page(request, topic, answered, form)


def is_partial(request: HttpRequest) -> bool:
    """Whether the page is already there and only its exchanges change."""
    return bool(request.htmx) and request.user.is_authenticated  # type: ignore[attr-defined]  # django-htmx


def answered_in(request: HttpRequest, topic: Topic) -> Comment | None:
    """The comment that is answered; it may have gone by now, which only matters once one sends."""
    public_id = request.GET.get(ANSWERED, "")
    if not public_id or "\0" in public_id:
        return None
    rows = Comment.objects.about(topic.kind, topic.key).select_related("author__profile", "parent")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def page(request: HttpRequest, topic: Topic, answered: Comment | None, form: AnswerForm) -> HttpResponse:
    """The form on a page of its own."""
    known = discussable(topic.kind)
    readable = answered is not None and answered.state == Comment.State.VISIBLE
    context = {
        "topic": topic,
        "anchor": ANCHOR,
        "answered": answered if readable else None,
        "is_gone": answered is not None and not readable,
        "invitation": topic.question or (known.invitation if known else ""),
        "form": form,
    }
    return render(request, "members/conversation/write.html", context)


def written(request: HttpRequest, topic: Topic, comment: Comment) -> HttpResponse:
    """The exchanges with the new comment, in the page or on it."""
    said = sentence_on(comment)
    if is_partial(request):
        return section(request, topic, comment, said=said, sent=comment.public_id)
    messages.success(request, said)
    return redirect(place_of(comment, topic, Viewer(me(request))))


def section(request: HttpRequest, topic: Topic, at: Comment | None, **more: Any) -> HttpResponse:
    """The exchanges alone, on the page where a comment stands."""
    number = number_of(at, topic, Viewer(me(request))) if at is not None else 1
    context = {"kind": topic.kind, "key": topic.key, "number": number, **more}
    return render(request, "members/conversation/section.html", context)


# ---------------------------------------------------------------- before having an account
def keep_for_later(
    request: HttpRequest, topic: Topic, given: dict[str, Any], answered: Comment | None
) -> HttpResponse:
    """A visitor's words are kept while she signs in or up."""
    payload = {
        "kind": topic.kind,
        "key": topic.key,
        "text": given["text"],
        "sort": given.get("sort", "comment"),
        "answered": answered.public_id if answered else "",
    }
    return intents.remember(request, "comment", payload, then=f"{topic.url}#{ANCHOR}")


def complete_comment(user: Any, payload: dict[str, Any]) -> str:
    """Write what a visitor wrote before she signed in; an answer whose comment has gone stands alone."""
    topic = topics.topic_of(str(payload.get("kind", "")), str(payload.get("key", "")))
    if topic is None:
        raise intents.NoLongerPossible(_("What you wanted to comment on is no longer here."))
    answered = Comment.objects.filter(public_id=str(payload.get("answered", ""))).first()
    text, sort = str(payload.get("text", "")), str(payload.get("sort", "comment"))
    try:
        try:
            comment = write(user, topic, text, sort, answered)
        except Gone:
            comment = write(user, topic, text, sort)
    except Refusal as refusal:
        raise intents.NoLongerPossible(str(refusal)) from refusal
    return sentence_on(comment)
