"""Conversations: the list, one of them, and what is decided about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.models import ContactRequest, Message, Notification, Organisation
from members.people import contact, visibility
from members.people.blocking import block, blocked_by, unblock
from members.people.emails import path_of
from members.people.forms import AnswerForm, FirstMessageForm, ReportForm
from members.people.gate import me, members_only
from members.people.inbox import inbox, lines, state_of
from members.people.parties import company, other_side, person
from members.people.refusals import ContactRefusedError
from members.people.reports import report
from members.people.rules import OPEN, State, is_receiver, taking_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from members.models import User
    from members.people.gate import View

SENT = "envoye"


def own_or_404(user: User, public_id: str) -> ContactRequest:
    """A conversation of this person; 404 for anybody else's."""
    related = taking_part(user).select_related("sender__profile", "recipient__profile", "organisation")
    return get_object_or_404(related, public_id=public_id)


@require_safe
@members_only
def list_conversations(request: HttpRequest) -> HttpResponse:
    """All, those that wait for me, those that are closed."""
    return render(request, "members/messages/list.html", {"listing": inbox(me(request), request.GET)})


# ---------------------------------------------------------------- one conversation
def read(conversation: ContactRequest, user: User) -> None:
    """The page is shown: what it holds is read, and what was told of it too, in whichever language."""
    contact.seen(conversation, user)
    told = Notification.objects.filter(user=user, read_at=None, url__endswith=f"/{conversation.public_id}/")
    told.update(read_at=timezone.now())


def conversation_context(conversation: ContactRequest, user: User) -> dict[str, Any]:
    """What the page says of a conversation to one of its sides."""
    received = user.pk != conversation.sender_id
    return {
        "conversation": conversation,
        "other": other_side(conversation, user),
        "state": state_of(conversation, user),
        "is_new": received and conversation.state == State.PENDING,
        "may_answer": conversation.state in OPEN and (received or conversation.state == State.ACCEPTED),
        "may_close": conversation.state == State.ACCEPTED,
        "may_block": received or conversation.recipient_id is not None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def show_conversation(request: HttpRequest, public_id: str) -> HttpResponse:
    """The messages, newest at the bottom, and the form that answers."""
    user = me(request)
    conversation = own_or_404(user, public_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            message = contact.answer(conversation, user, form.cleaned_data["text"])
        except ContactRefusedError as error:
            form.add_error(None, error.words)
            conversation.refresh_from_db(fields=["state"])
        else:
            return redirect(f"{path_of(conversation)}?{SENT}=1#m-{message.public_id}")
    read(conversation, user)
    context = {
        **conversation_context(conversation, user),
        "listing": lines(conversation, user, request.GET),
        "form": form,
        "sent": SENT in request.GET and request.method != "POST",
    }
    return render(request, "members/messages/conversation.html", context)


def decide(verb: Callable[[ContactRequest, User], object], done: str) -> View:
    """A button of a conversation: do it, say it, come back."""

    @require_POST
    @members_only
    def view(request: HttpRequest, public_id: str) -> HttpResponse:
        conversation = own_or_404(me(request), public_id)
        try:
            verb(conversation, me(request))
        except ContactRefusedError as error:
            messages.error(request, error.words)
        else:
            messages.success(request, _(done))
        return redirect(path_of(conversation))

    return view


def block_other(conversation: ContactRequest, by: User) -> None:
    """Not hear from the other person any more. A company is not a person: 404."""
    other = conversation.sender if is_receiver(by, conversation) else conversation.recipient
    if other is None:
        raise Http404
    block(by, other)


# ---------------------------------------------------------------- a first message
def begin(request: HttpRequest, target: User | Organisation, party: Any) -> HttpResponse:
    """The form of a first message, or why there is none, or the conversation that runs already."""
    user = me(request)
    known = contact.open_between(user, target)
    if known is not None and request.method != "POST":
        return redirect(path_of(known))
    form = FirstMessageForm(request.POST or None)
    obstacle = contact.obstacle(user, target)
    if request.method == "POST" and form.is_valid():
        try:
            conversation = contact.write(
                user, target, form.cleaned_data["subject"], form.cleaned_data["text"]
            )
        except ContactRefusedError as error:
            form.add_error(None, error.words)
            obstacle = None
        else:
            return redirect(f"{path_of(conversation)}?{SENT}=1")
    context = {"form": form, "party": party, "obstacle": obstacle.label if obstacle else ""}
    return render(request, "members/messages/write.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def write_to_member(request: HttpRequest, public_id: str) -> HttpResponse:
    """To a member who lets members see her name."""
    profiles = visibility.open_to(visibility.Audience.MEMBERS).select_related("user")
    target = get_object_or_404(profiles, public_id=public_id).user
    return begin(request, target, person(target))


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def write_to_company(request: HttpRequest, slug: str) -> HttpResponse:
    """To the managers of a company."""
    organisation = get_object_or_404(Organisation.objects.confirmed(), slug=slug)
    return begin(request, organisation, company(organisation))


# ---------------------------------------------------------------- reporting, blocking
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def report_message(request: HttpRequest, public_id: str) -> HttpResponse:
    """Call the association's attention to a message that one received."""
    user = me(request)
    received = Message.objects.filter(request__in=taking_part(user), removed_at=None).exclude(author=user)
    message = get_object_or_404(
        received.select_related("author", "request__organisation"), public_id=public_id
    )
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        report(message, user, form.cleaned_data["reason"])
        messages.success(request, _("Thank you. The association will look at this message."))
        return redirect(path_of(message.request))
    context = {"form": form, "message": message, "back": path_of(message.request)}
    return render(request, "members/messages/report.html", context)


@require_safe
@members_only
def list_blocks(request: HttpRequest) -> HttpResponse:
    """Whom one does not hear from."""
    rows = [(person(row.blocked), row.created_at) for row in blocked_by(me(request))]
    return render(request, "members/messages/blocks.html", {"rows": rows})


@require_POST
@members_only
def take_block_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let somebody write again."""
    row = get_object_or_404(blocked_by(me(request)), blocked__profile__public_id=public_id)
    unblock(me(request), row.blocked)
    messages.success(request, _("%(name)s may write to you again.") % {"name": row.blocked.public_name})
    return redirect(reverse("blocks"))
