"""What is told by mail about messages: who wrote, and a link.

No address leaves, and no word: staff see outgoing mail, and read only the messages that are reported.

The mail itself is the notification's: it has no Reply-To, so that an answer is written on the site.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from members.models import Kind, User
from members.space.notification import notify

from .rules import answerers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import ContactRequest, Message, MessageReport

EXCERPT = 120


def excerpt_of(text: str, length: int = EXCERPT) -> str:
    """The first words of a text, on one line."""
    return Truncator(" ".join(text.split())).chars(length)


def path_of(conversation: ContactRequest) -> str:
    """The address of a conversation, in the active language."""
    return reverse("conversation", args=[conversation.public_id])


def author_name(conversation: ContactRequest, author: User) -> str:
    """Who speaks: for a company, in its name."""
    if conversation.organisation is None or author.pk == conversation.sender_id:
        return author.public_name
    names = {"name": author.public_name, "company": conversation.organisation.name}
    return _("%(name)s, for %(company)s") % names


def readers(conversation: ContactRequest, author: User) -> Iterable[User]:
    """Who is told of a message: the other side."""
    if author.pk != conversation.sender_id:
        return [conversation.sender]
    if conversation.organisation is not None:
        return answerers(conversation.organisation).order_by("pk")
    return [conversation.recipient] if conversation.recipient else []


def sentence(conversation: ContactRequest, message: Message) -> str:
    """The sentence of a notification, in the active language."""
    name = author_name(conversation, message.author)
    if conversation.organisation is not None and message.author_id == conversation.sender_id:
        company = conversation.organisation.name
        return _("%(name)s wrote to %(company)s.") % {"name": name, "company": company}
    return _("%(name)s wrote to you.") % {"name": name}


def key_of(message: Message) -> str:
    """What a message's notification is known by."""
    return f"members.message:{message.public_id}"


def tell_message(conversation: ContactRequest, message: Message) -> None:
    """Tell the other side that somebody wrote."""
    for reader in readers(conversation, message.author):
        notify(
            reader,
            Kind.MESSAGE,
            key=key_of(message),
            text=lambda: sentence(conversation, message),
            url=path_of(conversation),
            actor=message.author,
        )


def tell_accepted(conversation: ContactRequest, by: User) -> None:
    """Tell the sender that she may go on."""
    notify(
        conversation.sender,
        Kind.MESSAGE,
        key=f"members.contact_accepted:{conversation.public_id}",
        text=lambda: _("%(name)s agrees to talk with you: go on.") % {"name": author_name(conversation, by)},
        url=path_of(conversation),
        actor=by,
    )


def tell_decided(report: MessageReport) -> None:
    """Tell who reported a message that it was looked at; what was done concerns its author alone."""
    if report.reporter is not None:
        notify(
            report.reporter,
            Kind.MESSAGE,
            key=f"members.message_report:{report.pk}",
            text=lambda: _("The association has looked at the message that you reported. Thank you."),
            url=path_of(report.message.request),
        )
