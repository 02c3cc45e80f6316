"""The letters that companies cause. Everything else is told through notifications.

Texts are built in the language of who reads: call these inside `translation.override`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.mail import Letter, absolute
from members.models import Membership

if TYPE_CHECKING:
    from members.models import Invitation


def invitation_letter(invitation: Invitation, token: str) -> Letter:
    """Somebody is invited to join a company; `token` opens the page that says more."""
    company = invitation.organisation.name
    inviter = invitation.invited_by.public_name if invitation.invited_by else company
    day = date_format(timezone.localtime(invitation.expires_at), "DATE_FORMAT")
    return Letter(
        subject=_("%(name)s invites you to join %(company)s on Atout’âge")
        % {"name": inviter, "company": company},
        paragraphs=[
            _(
                "%(name)s invites you to act for %(company)s on Atout’âge, where companies around Lille share "
                "what works for experienced employees."
            )
            % {"name": inviter, "company": company},
            role_sentence(invitation.role),
        ],
        action=(_("See the invitation"), absolute(reverse("invitation", args=[token]))),
        closing=[
            _("This invitation is valid until %(day)s and serves for your address only.") % {"day": day},
            _("You do not know this company? Then do nothing: nothing happens without you."),
        ],
        reason=_("You receive this message because a manager of %(company)s gave us your address.")
        % {"company": company},
    )


def role_sentence(role: str) -> str:
    """What somebody with this role may do."""
    if role == Membership.Role.MANAGER:
        return _(
            "As a manager you will answer requests, invite colleagues and keep the company’s page up to date."
        )
    return _("As a member you will share and take part in the company’s name.")


def code_letter(code: str, company: str, minutes: int) -> Letter:
    """The code that proves that somebody reads mail at a company."""
    return Letter(
        subject=_("Your code for %(company)s") % {"company": company},
        paragraphs=[
            _("Type this code on the page of your company to confirm that you act for %(company)s.")
            % {"company": company}
        ],
        code=code,
        closing=[
            ngettext("It is valid for %(n)d minute.", "It is valid for %(n)d minutes.", minutes)
            % {"n": minutes},
            _("Nobody asked you for anything? Somebody mistyped an address: do not pass the code on."),
        ],
        reason=_("You receive this message because somebody said on Atout’âge that this address is theirs."),
    )
