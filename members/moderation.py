"""What becomes of a message that its reader reported: the only messages that staff read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from common.mail import Letter, post_to

from .cases.opening import settle
from .companies.refusals import AlreadyDecided, NotAllowed
from .models import Message, MessageReport
from .oversight import MODERATE, may_suspend, suspend
from .people.emails import key_of, tell_decided
from .people.reports import CASE
from .space.notification import take_back

if TYPE_CHECKING:
    from .models import User

Decision = MessageReport.Decision


def decide(report: MessageReport, decision: str, by: User, note: str) -> MessageReport:
    """Keep or remove a message, suspend its author or not; `note` says why.

    Every open report of that message is decided with it, and who reported is told that somebody
    looked. The author of a message that goes is told why (Regulation 2022/2065, article 17).
    Raises NotAllowed, AlreadyDecided.
    """
    if not by.has_perm(MODERATE):
        raise NotAllowed(_("Only moderators decide on reported messages."))
    with transaction.atomic():
        message = Message.objects.select_for_update(of=("self",)).get(pk=report.message_id)
        rows = list(
            MessageReport.objects.select_for_update(of=("self",)).filter(message=message, decision="")
        )
        if report.pk not in {row.pk for row in rows}:
            raise AlreadyDecided(_("Somebody has decided on this report meanwhile."))
        for row in rows:
            row.decision, row.decided_at, row.decided_by, row.note = decision, timezone.now(), by, note
            row.save(update_fields=["decision", "decided_at", "decided_by", "note"])
            log(row, "members.decide_report", user=by, data={"decision": decision, "note": note})
            tell_decided(row)
        settle(CASE, str(message.pk))
        if decision != Decision.KEPT:
            _remove(message, by, note, told=decision != Decision.SUSPENDED)
    return next(row for row in rows if row.pk == report.pk)


def _remove(message: Message, by: User, note: str, *, told: bool) -> None:
    if message.removed_at is None:
        message.removed_at = timezone.now()
        message.save(update_fields=["removed_at"])
        take_back(key_of(message))
    author = message.author
    if not told:
        if not may_suspend(by, author):
            raise NotAllowed(_("You may not suspend this account: an administrator may."))
        if author.is_active:
            suspend(author, by, note)
    elif author.is_active and not author.anonymised_at:
        post_to(author, lambda: removed_letter(note))


def removed_letter(note: str) -> Letter:
    """Why a message no longer shows, and whom to ask."""
    return Letter(
        subject=_("One of your messages was removed"),
        paragraphs=[
            _(
                "A message that you wrote to a member was reported. The association has read it and removed it."
            ),
            _("The reason: %(reason)s") % {"reason": note},
        ],
        closing=[
            _("You do not agree? Write to %(address)s: somebody else will look at it.")
            % {"address": settings.CONTACT_EMAIL}
        ],
        reason=_("You receive this message because it concerns something that you wrote on Atout’âge."),
    )
