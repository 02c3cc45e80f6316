"""allauth's forms, in our words: one label, one help and one precise error a field, no placeholder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import forms as account
from allauth.account.internal.flows import signup as signup_flow
from allauth.account.internal.flows.manage_email import email_already_exists
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from members.models import User

from . import intents, pending
from .passwords import StrengthValidator
from .signup_fields import HURRIED

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from django.utils.functional import _StrPromise

EMAIL_HELP = _("Example: nom@entreprise.fr")
EMAIL_ERRORS = {
    "required": _("Enter your e-mail address."),
    "invalid": _("Enter a whole e-mail address, for example nom@entreprise.fr."),
}
NEW_PASSWORD = _("New password")
CODE_HELP = _("Eight digits; the hyphen may be left out.")


class Worded:
    """Gives the fields of one of allauth's forms our words."""

    fields: dict[str, forms.Field]

    def word(
        self,
        name: str,
        label: str | _StrPromise,
        help_text: str | _StrPromise = "",
        *,
        required: str | _StrPromise = "",
        **attributes: str,
    ) -> None:
        """Set the label, the help, the message for “empty” and the attributes of a field."""
        field = self.fields[name]
        field.label, field.help_text = label, help_text
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs.update(attributes)
        if required:
            field.error_messages["required"] = required

    def word_email(self, name: str, help_text: str | _StrPromise = EMAIL_HELP, **attributes: str) -> None:
        """An address."""
        self.word(name, _("E-mail address"), help_text, inputmode="email", **attributes)
        self.fields[name].error_messages.update(EMAIL_ERRORS)

    def word_new_password(self, label: str | _StrPromise = NEW_PASSWORD) -> None:
        """A password to choose, typed once: it can be shown."""
        self.fields.pop("password2", None)
        self.word("password1", label, StrengthValidator().get_help_text(), required=_("Choose a password."))

    def word_code(self, help_text: str | _StrPromise = CODE_HELP) -> None:
        """A code to copy."""
        self.word(
            "code",
            _("Code"),
            help_text,
            required=_("Enter the code."),
            inputmode="numeric",
            spellcheck="false",
            autofocus="autofocus",
        )


class SignupForm(Worded, account.SignupForm):
    """Sign-up by e-mail: the same answer, after the same work, whoever holds the address."""

    field_order = ("first_name", "last_name", "email", "password1", "terms")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.word_email("email", _("At work, preferably: it is how your company knows you. Never shown."))
        if "password1" in self.fields:
            self.word_new_password(_("Password"))

    def validate_unique_email(self, value: str) -> str:
        """A sign-up that was never finished does not count."""
        email, exists = email_already_exists(value)
        self.account_already_exists = exists and not pending.pending_signups(email).exists()
        return str(email)

    def clean(self) -> dict[str, Any]:
        """Allauth compares the password with the address alone: ours is compared with the names too."""
        cleaned: dict[str, Any] = super().clean()
        names = {name: cleaned.get(name, "") for name in ("first_name", "last_name", "email")}
        if cleaned.get("password1") and not self.has_error("password1"):
            try:
                validate_password(cleaned["password1"], User(**names))
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponseBase | None]:
        """The new account, or the answer that looks the same."""
        if self.hurried:
            request.session[HURRIED] = True
        if not self.account_already_exists:
            try:
                with transaction.atomic():
                    pending.discard(self.cleaned_data["email"], intents.token_of(request))
                    return self.save(request), None
            except IntegrityError:  # somebody else signed up with it a moment ago
                pass
        if password := self.cleaned_data.get("password1"):
            User().set_password(password)  # as long as for a new account
        return None, signup_flow.prevent_enumeration(request, email=self.cleaned_data["email"])


class LoginForm(Worded, account.LoginForm):
    """Sign-in by password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.word_email("login", "", autocomplete="username webauthn")
        self.word("password", _("Password"), required=_("Enter your password."))
        self.word("remember", _("Stay signed in for two weeks"))


class ReauthenticateForm(Worded, account.ReauthenticateForm):
    """The password again, before something sensitive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.word("password", _("Password"), required=_("Enter your password."))


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    """Asks for a code. An address whose sign-up was never finished has no password to reset."""

    users: list[User]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.word_email("email", _("The one you sign in with."))

    def clean_email(self) -> str:
        email: str = super().clean_email()
        unfinished = set(pending.pending_signups(email).values_list("pk", flat=True))
        self.users = [user for user in self.users if user.pk not in unfinished]
        return email


class NewPasswordForm(Worded, account.ResetPasswordKeyForm):
    """The new password, after a code or a link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.word_new_password()


class SetPasswordForm(Worded, account.SetPasswordForm):
    """A first password, for an account that has none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.word_new_password(_("Password"))


class ChangePasswordForm(Worded, account.ChangePasswordForm):
    """The current password, then the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.word("oldpassword", _("Current password"), required=_("Enter your current password."))
        self.word_new_password()

    def clean(self) -> dict[str, Any]:
        """A change must change something."""
        cleaned: dict[str, Any] = super().clean()
        new = cleaned.get("password1")
        if new and new == cleaned.get("oldpassword"):
            self.add_error("password1", _("This is your current password: choose another one."))
        return cleaned


class ChangeAddressForm(Worded, account.AddEmailForm):
    """Another address for this account, once the code sent to it is read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.word_email("email")
        self.fields["email"].label = _("New e-mail address")

    def save(self, request: HttpRequest) -> Any:
        """A sign-up that was never finished does not keep an address from its owner."""
        pending.discard(self.cleaned_data["email"])
        return super().save(request)


class AddressCodeForm(Worded, account.ConfirmEmailVerificationCodeForm):
    """The code that proves an address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.word_code()


class ResetCodeForm(Worded, account.ConfirmPasswordResetCodeForm):
    """The code that allows a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.word_code()


def refuse_code(form: forms.Form, left: int) -> None:
    """Replace the error of a wrong code by one that says how many tries are left."""
    if form.has_error("code", code="incorrect_code"):
        text = ngettext(
            "This is not the code that we sent. %(n)s try is left.",
            "This is not the code that we sent. %(n)s tries are left.",
            left,
        )
        form.errors.pop("code")
        form.add_error("code", ValidationError(text % {"n": left}))
