"""Messages that somebody left in the contact form, known by a verified address of hers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from common.registries import PersonalData, register_personal_data

from .models import ContactMessage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from common.registries import Retained
    from members.models import User


def messages(user: User) -> QuerySet[ContactMessage]:
    """Messages that came with one of her addresses."""
    verified = EmailAddress.objects.filter(user=user, verified=True)
    folded = verified.annotate(folded_email=Lower("email")).values("folded_email")
    return ContactMessage.objects.annotate(folded=Lower("email")).filter(folded__in=folded)


def export(user: User) -> list[dict[str, Any]]:
    """What she wrote."""
    return [
        {
            "subject": row.get_subject_display(),
            "name": row.name,
            "email": row.email,
            "company": row.organisation,
            "message": row.message,
            "sent_at": row.created_at,
            "handled_at": row.handled_at,
        }
        for row in messages(user).order_by("created_at", "pk")
    ]


def erase(user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """They go before their year is over."""
    ContactMessage.objects.filter(pk__in=list(messages(user).values_list("pk", flat=True))).delete()
    return ()


CONTACT = PersonalData(
    key="contact_form",
    label=_("messages to the association"),
    export=export,
    erase=erase,
    rows=lambda user: (messages(user),),
    models=("home.ContactMessage",),
    labels={"handled_at": _("handled at")},
    order=75,
)


def register() -> None:
    """Called once, when the room is ready."""
    register_personal_data(CONTACT)
