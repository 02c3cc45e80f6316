"""Letters that the site wrote, while the outbox remembers them, and addresses that refused them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common import bounces
from common.models import Bounce, OutboxMessage
from common.outbox import forget_address
from common.registries import PersonalData

from .belonging import addresses_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import QuerySet

    from common.registries import Retained
    from members.models import User


def addresses(user: User) -> list[str]:
    """Where letters to her went."""
    return sorted({user.email.lower(), *addresses_of(user)})


def letters(user: User) -> QuerySet[OutboxMessage]:
    """Letters whose recipients may be hers: the exact address is compared by whoever reads them."""
    alike = Q(pk=None)
    for address in addresses(user):
        alike |= Q(recipients__icontains=f'"{address}"')
    return OutboxMessage.objects.filter(alike)


def export_mail(user: User) -> Iterator[dict[str, Any]]:
    """When which letter left. Their text is in her own mailbox."""
    mine = {bounces.normal(address) for address in addresses(user)}
    for row in letters(user).defer("source").order_by("created_at", "pk").iterator(chunk_size=200):
        if mine & {bounces.normal(to) for to in row.recipients}:
            yield {
                "subject": row.subject,
                "written_at": row.created_at,
                "sent_at": row.sent_at,
                "given_up_at": row.given_up_at,
            }
    for bounce in Bounce.objects.filter(address__in=mine).order_by("address"):
        yield {
            "kind": bounce.get_kind_display(),
            "email": bounce.address,
            "answer": bounce.reason,
            "on": bounce.last_at,
        }


def erase_mail(user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """What waits will not leave; what left is forgotten before its month is over."""
    for address in addresses(user):
        forget_address(address)
    Bounce.objects.filter(address__in=[bounces.normal(address) for address in addresses(user)]).delete()
    return ()


MAIL = PersonalData(
    key="mail",
    label=_("letters sent to me"),
    export=export_mail,
    erase=erase_mail,
    models=("common.OutboxMessage", "common.Bounce"),
    order=80,
)
