"""The letters that tell somebody what staff did to the account. Built in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from common.mail import Letter, absolute

if TYPE_CHECKING:
    from collections.abc import Sequence


def reason_of_writing() -> str:
    """Why these letters cannot be stopped."""
    return _("We write to you each time that the association does something to your account.")


def ask_us() -> str:
    """Whoever reads may always object."""
    return _("You do not agree, or do not understand? Write to %(address)s: somebody will answer.") % {
        "address": settings.CONTACT_EMAIL
    }


def suspended(reason: str) -> Letter:
    """The account is closed, with the reason."""
    return Letter(
        subject=_("Your account is suspended"),
        paragraphs=[
            _("The association has suspended your account: you can no longer sign in."),
            _("The reason: %(reason)s") % {"reason": reason},
        ],
        closing=[ask_us()],
        reason=reason_of_writing(),
    )


def reactivated() -> Letter:
    """The account is open again."""
    return Letter(
        subject=_("Your account is open again"),
        paragraphs=[_("The association has opened your account again: you can sign in as before.")],
        action=(_("Sign in"), absolute(reverse("account_login"))),
        reason=reason_of_writing(),
    )


def second_factor_removed() -> Letter:
    """Whoever did not ask for it must hear of it."""
    return Letter(
        subject=_("Your two-step sign-in was removed"),
        paragraphs=[
            _(
                "After checking who was asking, the association removed the second step of your sign-in, and "
                "your passkeys. You were signed out everywhere. Sign in with your password, then set it up again."
            )
        ],
        action=(_("Sign in"), absolute(reverse("account_login"))),
        closing=[
            _("You did not ask for this? Write to %(address)s at once.") % {"address": settings.CONTACT_EMAIL}
        ],
        reason=reason_of_writing(),
    )


def verification_reminder() -> Letter:
    """How to end a sign-up that was left on the way."""
    return Letter(
        subject=_("One step before your account is ready"),
        paragraphs=[
            _("Your address is still to be confirmed. Sign in: a new code comes to this address at once.")
        ],
        action=(_("Sign in"), absolute(reverse("account_login"))),
        closing=[
            _("You never signed up? Then do nothing: the account disappears by itself after seven days.")
        ],
        reason=_("You receive this message because somebody signed up with this address."),
    )


def roles_changed(roles: Sequence[str]) -> Letter:
    """What somebody may do in the administration is no longer the same."""
    now = (
        _("Your roles are now: %(roles)s.") % {"roles": ", ".join(roles)}
        if roles
        else _("You no longer have access to the administration.")
    )
    return Letter(
        subject=_("Your role in the administration has changed"),
        paragraphs=[
            _("An administrator has changed what you may do in the administration of the site."),
            now,
        ],
        closing=[ask_us()],
        reason=reason_of_writing(),
    )


def staff_invitation(roles: Sequence[str]) -> Letter:
    """The way into the team: a password of one's own, then a second factor."""
    return Letter(
        subject=_("Join the team of the Atout’âge site"),
        paragraphs=[
            _("An account was made for you in the administration of the site (%(roles)s).")
            % {"roles": ", ".join(roles)},
            _(
                "Type this address on the page below: a code comes back at once, and you choose a password of your "
                "own. Then set up the second step of your sign-in. Nobody else will ever know them."
            ),
        ],
        action=(_("Choose my password"), absolute(reverse("account_reset_password"))),
        reason=_("You receive this message because an administrator of the site gave this address."),
    )
