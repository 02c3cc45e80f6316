"""The forms of the second factor, in our words."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _

from .forms import Worded

CODE_HELP = _("The six digits that your app shows now, or one of your recovery codes.")
NAME_HELP = _("For you to recognise it: “Office computer”, “My phone”…")


class AuthenticateForm(Worded, base.AuthenticateForm):
    """The second step of a sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.word_code(CODE_HELP)


class ReauthenticateForm(Worded, base.ReauthenticateForm):
    """The second step again, before something sensitive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.word_code(CODE_HELP)


class ActivateTOTPForm(Worded, totp.ActivateTOTPForm):
    """The first code of an app, which proves that it was set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.word_code(_("The six digits that your app shows now."))
        del self.fields["code"].widget.attrs["autofocus"]  # what comes before is to be read


class AddPasskeyForm(Worded, webauthn.AddWebAuthnForm):
    """A passkey: always one that signs in by itself, which also serves as a second step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.word("name", _("Name of this passkey"), NAME_HELP, autocomplete="off", maxlength="60")
        self.fields["name"].required = True
        self.word("passwordless", _("Sign in with it alone, without a password"), "")
        self.initial["passwordless"] = True


class SignupPasskeyForm(Worded, webauthn.SignupWebAuthnForm):
    """The passkey of a new account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.word("name", _("Name of this passkey"), NAME_HELP, autocomplete="off", maxlength="60")


class RenamePasskeyForm(Worded, webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.word(
            "name", _("Name of this passkey"), NAME_HELP, required=_("Give it a name."), autocomplete="off"
        )
