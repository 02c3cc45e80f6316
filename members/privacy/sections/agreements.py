"""What somebody agreed to, asked, and received a copy of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.registries import PersonalData, Retained
from members.models import Consent, DataExport, DataRequest
from members.privacy import consents, register, retention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from members.models import User


# ---------------------------------------------------------------- consents
def export_consents(user: User) -> list[dict[str, Any]]:
    """Each agreement, with the very words."""
    return [
        {
            "purpose": one.label,
            "version": one.version,
            "words": one.text,
            "given_at": one.given_at,
            "withdrawn_at": one.withdrawn_at,
        }
        for one in consents.of(user)
    ]


def erase_consents(user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """Nobody is left who agreed."""
    Consent.objects.filter(user=user).delete()
    return ()


CONSENTS = PersonalData(
    key="consents",
    label=gettext_lazy("what I agreed to"),
    export=export_consents,
    erase=erase_consents,
    rows=lambda user: (Consent.objects.filter(user=user),),
    models=("members.Consent",),
    order=60,
)


# ---------------------------------------------------------------- requests
def export_requests(user: User) -> list[dict[str, Any]]:
    """What was asked about personal data, and the answers."""
    return [
        {
            "identifier": row.public_id,
            "kind": row.get_kind_display(),
            "state": row.get_state_display(),
            "channel": row.get_channel_display(),
            "details": row.details,
            "received_at": row.received_at,
            "due_on": row.due_on,
            "extended_at": row.extended_at,
            "reason": row.extension_reason,
            "answer": row.answer,
            "answered_at": row.answered_at,
        }
        for row in DataRequest.objects.filter(user=user).order_by("received_at", "pk")
    ]


def keep_requests(_user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """The request itself is evidence that it was answered."""
    return (
        Retained(
            what=_("The dates of your requests about your data"),
            why=_(
                "To prove that they were answered. Of your address stays a fingerprint that tells nothing."
            ),
            until=retention.REQUESTS.after_today(),
        ),
    )


def erase_requests(user: User, contributions_stay: bool) -> Sequence[Retained]:
    """The register keeps dates and outcomes, without a word; the copies go."""
    for export in DataExport.objects.filter(user=user).exclude(file=""):
        default_storage.delete(export.file)
    DataExport.objects.filter(user=user).delete()
    asked = DataRequest.objects.filter(user=user).exists()
    register.forget_words(user)
    return keep_requests(user, contributions_stay) if asked else ()


REQUESTS = PersonalData(
    key="requests",
    label=gettext_lazy("what I asked about my data"),
    export=export_requests,
    erase=erase_requests,
    keeps=keep_requests,
    rows=lambda user: (DataRequest.objects.filter(user=user),),
    models=("members.DataRequest", "members.DataExport", "members.Erasure"),
    order=70,
)
