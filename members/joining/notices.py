"""What is said, by letter, of each change in the way into an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ADDRESS_CHANGED = "account/email/email_changed"
# allauth's name of the notice → subject, sentence.
SAID: dict[str, tuple[_StrPromise, _StrPromise]] = {
    "account/email/password_changed": (
        _("Your password was changed"),
        _("The password of your account was changed."),
    ),
    "account/email/password_set": (_("Your password was set"), _("Your account now has a password.")),
    "account/email/password_reset": (
        _("Your password was changed"),
        _("A new password was chosen for your account, with a code or a link sent to this address."),
    ),
    ADDRESS_CHANGED: (
        _("Your address was changed"),
        _("Your account is now known by %(to_email)s. This address opens nothing any more."),
    ),
    "account/email/email_deleted": (
        _("An address was removed"),
        _("%(deleted_email)s no longer belongs to your account."),
    ),
    "mfa/email/totp_activated": (
        _("Two-step sign-in is on"),
        _("An authenticator app now gives the second step of your sign-in."),
    ),
    "mfa/email/totp_deactivated": (
        _("Your authenticator app was removed"),
        _("The authenticator app no longer serves to sign in to your account."),
    ),
    "mfa/email/recovery_codes_generated": (
        _("You have new recovery codes"),
        _("New recovery codes were made for your account; the former ones are worth nothing now."),
    ),
    "mfa/email/webauthn_added": (
        _("A passkey was added"),
        _("A passkey now opens your account."),
    ),
    "mfa/email/webauthn_removed": (
        _("A passkey was removed"),
        _("A passkey no longer opens your account."),
    ),
    "socialaccount/email/account_connected": (
        _("Another way to sign in was added"),
        _("Your account can now be opened through %(provider)s."),
    ),
    "socialaccount/email/account_disconnected": (
        _("A way to sign in was removed"),
        _("Your account can no longer be opened through %(provider)s."),
    ),
}


def of(prefix: str, data: dict[str, Any]) -> tuple[str, str]:
    """Subject and sentence of a notice, in the active language."""
    subject, said = SAID[prefix]
    return str(subject), str(said) % data
