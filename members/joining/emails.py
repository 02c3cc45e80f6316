"""The letters behind allauth's mails, by the name that allauth gives them.

A letter tells the truth to whoever reads the mailbox, while the page that sent it told nobody. No
letter to an address that was not verified holds anything typed by a visitor: it would carry it to
strangers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from allauth.account import app_settings
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.mail import Letter, absolute
from common.templatetags.french import clock

from . import devices, notices
from .pending import pending_signups

if TYPE_CHECKING:
    from members.models import User


@dataclass(frozen=True)
class Cause:
    """Why a letter is written: to which address, about whom, and what allauth says of it."""

    email: str
    user: User | None = None
    data: dict[str, Any] = field(default_factory=dict)


def page(name: str, **kwargs: str) -> str:
    """The full address of one of our pages, in the active language."""
    return absolute(reverse(name, kwargs=kwargs or None))


def minutes(seconds: int) -> str:
    """A duration in minutes, in words."""
    n = seconds // 60
    return ngettext("%(n)s minute", "%(n)s minutes", n) % {"n": n}


def asked_for(email: str) -> str:
    """Why one gets a letter that somebody asked for with one’s address."""
    return _("Somebody typed %(email)s on our site. If it was not you, you have nothing to do.") % {
        "email": email
    }


def signup_code(cause: Cause) -> Letter:
    """The code that ends a sign-up."""
    return Letter(
        subject=_("Your code to end your sign-up"),
        paragraphs=[_("Here is the code that ends your sign-up. Type it on the page that you left open.")],
        code=cause.data["code"],
        closing=[
            _("It is valid for %(minutes)s.")
            % {"minutes": minutes(app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT)},
            _("The page is closed? Sign in with your address and your password: you will get a new code."),
        ],
        reason=asked_for(cause.email),
    )


def address_code(cause: Cause) -> Letter:
    """The code that proves a new address; the truth when another account has it."""
    from members.models import User  # noqa: PLC0415

    others = User.objects.filter(email=cause.email, is_active=True)
    if others.exclude(pk=cause.user.pk if cause.user else 0).exists():
        return Letter(
            subject=_("This address already has an account"),
            paragraphs=[
                _(
                    "Somebody wants to use this address for another Atout’âge account. It already has its own."
                ),
                _("If it was you: sign in with this address, or give the other account another one."),
            ],
            action=(_("Sign in"), page("account_login")),
            reason=asked_for(cause.email),
        )
    return Letter(
        subject=_("Your code to confirm your new address"),
        paragraphs=[_("Type this code on the page that you left open: this address then becomes yours.")],
        code=cause.data["code"],
        closing=[
            _("It is valid for %(minutes)s.")
            % {"minutes": minutes(app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT)}
        ],
        reason=asked_for(cause.email),
    )


def already_exists(cause: Cause) -> Letter:
    """Somebody signed up with the address of an account."""
    return Letter(
        subject=_("You already have an account"),
        paragraphs=[
            _("Somebody wants to sign up with this address. It already has an account: sign in."),
            _("You forgot your password? Choose a new one from the same page."),
        ],
        action=(_("Sign in"), page("account_login")),
        reason=asked_for(cause.email),
    )


def unknown(cause: Cause) -> Letter:
    """A password was to be reset where there is none."""
    if pending_signups(cause.email).exists():
        said = _(
            "You began to sign up with this address and did not finish. Sign up again: it takes a minute."
        )
    else:
        said = _("There is no account in use with this address. Did you sign up with another one?")
    return Letter(
        subject=_("There is no password to change"),
        paragraphs=[_("Somebody asked for a new password for this address."), said],
        action=(_("Sign up"), page("account_signup")),
        reason=asked_for(cause.email),
    )


def reset_code(cause: Cause) -> Letter:
    """A code to type, and a link for who reads the letter elsewhere."""
    action = None
    if cause.user is not None:
        uid, key = user_pk_to_url_str(cause.user), default_token_generator.make_token(cause.user)
        action = (_("Choose a new password"), page("account_reset_password_from_key", uidb36=uid, key=key))
    return Letter(
        subject=_("Your code for a new password"),
        paragraphs=[_("Type this code on the page that you left open, then choose a new password.")],
        code=cause.data["code"],
        action=action,
        closing=[
            _("The code is valid for %(minutes)s, the button for an hour and in any browser.")
            % {"minutes": minutes(app_settings.PASSWORD_RESET_BY_CODE_TIMEOUT)},
        ],
        reason=asked_for(cause.email),
    )


def notice(prefix: str) -> Callable[[Cause], Letter]:
    """A letter that says what was done to an account, when and from where."""

    def write(cause: Cause) -> Letter:
        subject, said = notices.of(prefix, cause.data)
        moment = timezone.localtime(cause.data.get("timestamp") or timezone.now())
        where = {
            "date": date_format(moment, "j F Y"),
            "time": clock(moment),
            "browser": devices.describe(str(cause.data.get("user_agent", ""))),
        }
        return Letter(
            subject=subject,
            paragraphs=[said, _("It was done on %(date)s at %(time)s (%(browser)s).") % where],
            reason=_("We write to you each time that the way into your account changes."),
            **way_back(prefix),
        )

    return write


def way_back(prefix: str) -> dict[str, Any]:
    """What to do when it was somebody else: an address that opens nothing any more cannot help itself."""
    if prefix == notices.ADDRESS_CHANGED:
        said = _("It was not you? Write to %(address)s at once: we will give your account back to you.")
        return {"closing": [said % {"address": settings.CONTACT_EMAIL}]}
    return {
        "closing": [_("It was not you? Choose a new password at once, then sign out your other devices.")],
        "action": (_("Choose a new password"), page("account_reset_password")),
    }


LETTERS: dict[str, Callable[[Cause], Letter]] = {
    "account/email/email_confirmation_signup": signup_code,
    "account/email/email_confirmation": address_code,
    "account/email/account_already_exists": already_exists,
    "account/email/unknown_account": unknown,
    "account/email/password_reset_code": reset_code,
    **{prefix: notice(prefix) for prefix in notices.SAID},
}
