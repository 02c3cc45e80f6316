"""What this part knows of a person: what she wrote and was written, whom she blocked, what she reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.registries import PersonalData, Retained
from members.models import Block, ContactRequest, Kind, Message, MessageReport, Notification, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import QuerySet

    from members.models import User

BATCH = 200


# ---------------------------------------------------------------- conversations
def conversations(user: User) -> QuerySet[ContactRequest]:
    """What she wrote in, and what was written to her in person."""
    mine = Q(sender=user) | Q(recipient=user) | Q(messages__author=user)
    return ContactRequest.objects.filter(mine).distinct()


def readable(conversation: ContactRequest, user: User) -> bool:
    """Whether all the messages are hers to take away; a company's belong to the company."""
    return user.pk in (conversation.sender_id, conversation.recipient_id)


def export_conversations(user: User) -> Iterator[dict[str, Any]]:
    """Conversations with both sides' words; those of a company, with hers alone."""
    messages = Message.objects.select_related("author").order_by("sent_at", "pk")
    rows = (
        conversations(user).select_related("sender", "recipient", "organisation").order_by("created_at", "pk")
    )
    for row in rows.prefetch_related(Prefetch("messages", messages)).iterator(chunk_size=BATCH):
        other = row.sender if row.sender_id != user.pk else row.recipient
        yield {
            "identifier": row.public_id,
            "subject": row.subject if readable(row, user) else "",
            "with": other.public_name if other else "",
            "company": row.organisation.name if row.organisation else "",
            "state": row.get_state_display()
            if row.state != ContactRequest.State.BLOCKED
            else str(_("Closed")),
            "created_at": row.created_at,
            "messages": [
                {
                    "sent_at": message.sent_at,
                    "author": message.author.public_name,
                    "text": message.text if message.removed_at is None else "",
                }
                for message in row.messages.all()
                if message.author_id == user.pk or readable(row, user)
            ],
        }


def undecided(user: User) -> QuerySet[MessageReport]:
    """Her messages that were reported and that staff have not looked at."""
    return MessageReport.objects.filter(message__author=user, decision="")


def kept_conversations(user: User, contributions_stay: bool) -> Sequence[Retained]:
    """Her messages under “Former member” if she leaves them; what staff still have to judge in any case."""
    kept = []
    if contributions_stay and Message.objects.filter(author=user).exists():
        kept.append(
            Retained(
                what=_("The messages you wrote, under “Former member”"),
                why=_("You chose to leave them to those you wrote to."),
            )
        )
    elif undecided(user).exists():
        kept.append(
            Retained(
                what=_("A message of yours that somebody reported, which nobody but the association reads"),
                why=_("Until the association has decided about it (Regulation 2022/2065, article 16)."),
            )
        )
    return kept


def erase_conversations(user: User, contributions_stay: bool) -> Sequence[Retained]:
    """End what runs; take her words away unless she leaves them to those she wrote to."""
    kept = kept_conversations(user, contributions_stay)
    running = Q(sender=user) | Q(recipient=user)
    states = ContactRequest.State
    ContactRequest.objects.filter(running, state__in=[states.PENDING, states.ACCEPTED]).update(
        state=states.CLOSED
    )
    if not contributions_stay:
        ContactRequest.objects.filter(sender=user).update(subject="")
        Notification.objects.filter(actor=user, kind=Kind.MESSAGE).delete()
        mine = Message.objects.filter(author=user)
        mine.filter(removed_at=None).update(removed_at=timezone.now())
        mine.exclude(pk__in=undecided(user).values("message")).update(text="")
    Reading.objects.filter(user=user).delete()
    Block.objects.filter(Q(blocker=user) | Q(blocked=user)).delete()
    MessageReport.objects.filter(reporter=user).update(reporter=None)
    return kept


def forget_judged() -> int:
    """The daily job: the words of erased accounts that were kept until staff had decided."""
    gone = Message.objects.filter(author__anonymised_at__isnull=False, removed_at__isnull=False).exclude(
        text=""
    )
    return gone.exclude(pk__in=MessageReport.objects.filter(decision="").values("message")).update(text="")


CONVERSATIONS = PersonalData(
    key="conversations",
    label=gettext_lazy("my messages"),
    export=export_conversations,
    erase=erase_conversations,
    keeps=kept_conversations,
    rows=lambda user: (Message.objects.filter(author=user),),
    models=("members.ContactRequest", "members.Message", "members.Reading"),
    labels={
        "identifier": gettext_lazy("identifier"),
        "subject": gettext_lazy("subject"),
        "with": gettext_lazy("with"),
        "company": gettext_lazy("company"),
        "state": gettext_lazy("state"),
        "created_at": gettext_lazy("begun at"),
        "messages": gettext_lazy("messages"),
        "sent_at": gettext_lazy("sent at"),
        "author": gettext_lazy("author"),
        "text": gettext_lazy("text"),
    },
    order=50,
)


# ---------------------------------------------------------------- blocks and reports
def export_choices(user: User) -> list[dict[str, Any]]:
    """Whom she does not hear from, and what she reported. Who blocked her is theirs to know."""
    blocked = Block.objects.filter(blocker=user).select_related("blocked").order_by("created_at", "pk")
    reported = MessageReport.objects.filter(reporter=user).order_by("created_at", "pk")
    return [
        *(
            {"kind": str(_("blocked person")), "with": row.blocked.public_name, "at": row.created_at}
            for row in blocked
        ),
        *(
            {
                "kind": str(_("reported message")),
                "reason": row.reason,
                "at": row.created_at,
                "decided_at": row.decided_at,
            }
            for row in reported
        ),
    ]


CHOICES = PersonalData(
    key="contact_choices",
    label=gettext_lazy("people I blocked, messages I reported"),
    export=export_choices,
    erase=lambda _user, _contributions_stay: (),
    rows=lambda user: (Block.objects.filter(blocker=user), MessageReport.objects.filter(reporter=user)),
    models=("members.Block", "members.MessageReport"),
    labels={
        "kind": gettext_lazy("what"),
        "with": gettext_lazy("with"),
        "at": gettext_lazy("at"),
        "reason": gettext_lazy("reason"),
        "decided_at": gettext_lazy("decided at"),
    },
    order=51,
)
