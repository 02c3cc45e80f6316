"""What one does with a comment: change, delete, report, thank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.addresses import absolute
from members.companies.refusals import Refusal
from members.conversation import rules
from members.conversation.authors import name_for_members
from members.conversation.forms import EditForm, ReportForm
from members.conversation.reporting import report
from members.conversation.telling import path_of
from members.conversation.thanking import no_longer_thank, thank
from members.conversation.topics import ANCHOR, topic_of
from members.conversation.writing import delete, edit, version_of
from members.joining import intents
from members.models import Comment
from members.people.gate import me, members_only, unkept

from .writing import sentence_on, topic_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

State = Comment.State


def own_or_404(request: HttpRequest, public_id: str) -> Comment:
    """A comment of the member who asks; 404 for anybody else's, and for what is hidden or deleted."""
    comment = get_object_or_404(Comment.objects.select_related("parent"), public_id=public_id)
    if not rules.may_delete(me(request), comment):
        raise Http404
    return comment


def back_to(comment: Comment) -> str:
    """Where one came from: the comment in its place, or one's own list when the page has gone."""
    topic = topic_of(comment.target_kind, comment.target)
    return path_of(comment) if topic else reverse("my_comments")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def edit_comment(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change one's words while it is time; later they are given back with what can be done."""
    comment = own_or_404(request, public_id)
    begun = {"text": comment.text, "sort": comment.sort, "seen": version_of(comment)}
    form = EditForm(request.POST or None, initial=begun)
    if comment.parent_id:
        del form.fields["sort"]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            comment = edit(comment, me(request), given["text"], given.get("sort", "comment"), given["seen"])
        except Refusal as refusal:
            form.add_error("text", str(refusal))
            comment.refresh_from_db()
            form.data = {**request.POST.dict(), "seen": version_of(comment)}  # the next save replaces it
        else:
            messages.success(request, sentence_on(comment))
            return redirect(back_to(comment))
    context = {
        "comment": comment,
        "form": form,
        "back": back_to(comment),
        "too_late": not rules.is_in_time(comment),
        "changed": form.is_bound and comment.text != form["text"].value(),
    }
    return render(request, "members/conversation/edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def delete_comment(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks once, then it is gone for good."""
    comment = own_or_404(request, public_id)
    answers = comment.answers.filter(state=State.VISIBLE).count()
    if request.method == "POST":
        topic = topic_of(comment.target_kind, comment.target)
        try:
            delete(comment, me(request))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Your comment is deleted."))
        return redirect(f"{topic.url}#{ANCHOR}" if topic else reverse("my_comments"))
    context = {"comment": comment, "answers": answers, "back": back_to(comment)}
    return render(request, "members/conversation/delete.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@unkept
def report_comment(request: HttpRequest, public_id: str) -> HttpResponse:
    """Members say what is wrong; visitors are asked to sign in, or to write to the association."""
    comment = get_object_or_404(
        Comment.objects.visible().select_related("author__profile"), public_id=public_id
    )
    context: dict[str, Any] = {"comment": comment, "back": back_to(comment)}
    if not request.user.is_authenticated:
        context["comment_address"] = absolute(path_of(comment))
        return render(request, "members/conversation/report_visitor.html", context)
    if rules.is_mine(me(request), comment):
        return redirect("delete_comment", comment.public_id)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            report(comment, me(request), form.cleaned_data["reason"], form.cleaned_data["text"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. The team will read it, and tell you what became of it."))
            return redirect(back_to(comment))
    context |= {"form": form, "name": name_for_members(comment.author)}
    return render(request, "members/conversation/report.html", context)


# ---------------------------------------------------------------- thanks
@require_http_methods(["GET", "HEAD", "POST"])
@unkept
def thank_comment(request: HttpRequest, public_id: str) -> HttpResponse:
    """A button that is pressed or not; only members have it."""
    rows = Comment.objects.visible().select_related("author__profile")
    comment = get_object_or_404(rows, public_id=public_id)
    topic = topic_of(comment.target_kind, comment.target)
    if topic is None:
        raise Http404
    if request.method != "POST" or not request.user.is_authenticated:
        return redirect(path_of(comment))
    thanked = change_thanks(request, topic, comment)
    if request.htmx:  # type: ignore[attr-defined]  # django-htmx
        context = {
            "public_id": comment.public_id,
            "thanked": thanked,
            "name": name_for_members(comment.author),
        }
        return render(request, "members/conversation/thanks_button.html", context)
    return redirect(path_of(comment))


@require_http_methods(["GET", "HEAD", "POST"])
@unkept
def find_useful(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    """The same for what is talked about. A visitor's thanks are kept until she has signed in."""
    topic = topic_or_404(kind, key)
    there = f"{topic.url}#{ANCHOR}"
    if request.method != "POST":
        return render(request, "members/conversation/useful.html", {"topic": topic, "there": there})
    if not request.user.is_authenticated:
        return intents.remember(request, "useful", {"kind": topic.kind, "key": topic.key}, then=there)
    thanked = change_thanks(request, topic)
    if request.htmx:  # type: ignore[attr-defined]  # django-htmx
        return render(
            request, "members/conversation/useful_button.html", {"topic": topic, "thanked": thanked}
        )
    return redirect(there)


def change_thanks(request: HttpRequest, topic: Any, comment: Comment | None = None) -> bool:
    """Do what the button says, and answer what holds now."""
    stop = request.POST.get("change") == "stop"
    try:
        (no_longer_thank if stop else thank)(me(request), topic, comment)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return False
    return not stop


def complete_useful(user: Any, payload: dict[str, Any]) -> str:
    """Thank for what a visitor found useful before she signed in."""
    topic = topic_of(str(payload.get("kind", "")), str(payload.get("key", "")))
    if topic is None:
        raise intents.NoLongerPossible(_("What you found useful is no longer here."))
    try:
        thank(user, topic)
    except Refusal as refusal:
        raise intents.NoLongerPossible(_("This is yours: others will say whether it is useful.")) from refusal
    return _("Thank you: its author will be told.")
