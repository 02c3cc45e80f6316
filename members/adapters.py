"""How allauth behaves here."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from common.addresses import roots
from common.mail import known_language, post
from members.joining import emails, intents
from members.joining.oidc import joining as providers

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from members.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts: our letters, our words, limits that stop guessing without shutting anybody out."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is already your address."),
        "email_password_mismatch": _("The address and the password do not go together. Check both."),
        "email_taken": _("This address belongs to another account."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _("This is not the right code. Copy it again, or wait for the next one."),
        "incorrect_password": _("This is not your password."),
        "invalid_or_expired_key": _("This link is no longer valid."),
        "invalid_password_reset": _("This link is no longer valid."),
        "rate_limited": _("Wait a few seconds before you try again."),
        "too_many_login_attempts": _(
            "Too many tries. Wait five minutes, sign in with a passkey, or choose a new password."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return True

    # ---------------------------------------------------------------- accounts
    def new_user(self, request: HttpRequest) -> User:
        """An account that speaks the language it was made in."""
        user: User = super().new_user(request)
        user.language = known_language(get_language() or "")
        return user

    def get_login_stages(self) -> list[str]:
        return ["members.joining.stages.GestureStage", *super().get_login_stages()]

    def get_reauthentication_methods(self, user: User) -> list[dict[str, str]]:
        """The ways to prove who one is, in our words."""
        words = {
            "reauthenticate": gettext("Use my password"),
            "mfa_reauthenticate": gettext("Use a code"),
            "mfa_reauthenticate:webauthn": gettext("Use a passkey"),
        }
        found: list[dict[str, str]] = super().get_reauthentication_methods(user)
        return [{**method, "description": words[method["id"]]} for method in found]

    def post_login(
        self, request: HttpRequest, user: User, *, redirect_url: str | None, **kwargs: Any
    ) -> HttpResponseBase:
        """Signed in: join what was waiting for it, then go where she was going."""
        providers.join_pending(request, user)
        intents.attach(intents.token_of(request), user)
        request.session.pop(intents.SESSION_KEY, None)
        outcomes = intents.complete_all(user)
        for outcome in outcomes:
            if outcome.message:
                messages.add_message(
                    request, messages.SUCCESS if outcome.done else messages.WARNING, outcome.message
                )
        then = next((outcome.then for outcome in reversed(outcomes) if outcome.then), None)
        response: HttpResponseBase = super().post_login(
            request, user, redirect_url=redirect_url or then, **kwargs
        )
        return response

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Out at the provider too, when one came from there; else the home page, in one's language."""
        home = roots().get(get_language() or "")
        return providers.end_session_url(request) or (home.prefix if home else "/")

    # ---------------------------------------------------------------- letters
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Post the letter of that name, in the language of who has the address, or of the page."""
        user = context.get("user") or next(iter(filter_users_by_email(email, is_active=True)), None)
        language = known_language(user.language if user else get_language() or "")
        with override(language):
            letter = emails.LETTERS[template_prefix](emails.Cause(email, user, context))
        post(letter, email, language=language, urgent=True)

    # ---------------------------------------------------------------- limits
    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Two limits on wrong passwords: five from one network for one account, thirty in all.

        A stranger who guesses from elsewhere stops herself, not the person whose account it is.
        """
        super().pre_authenticate(request, **credentials)
        account = super()._get_login_attempts_cache_key(request, **credentials)
        usage = ratelimit.consume(request, app="allauth.account", action="login_failed_anywhere", key=account)
        if not usage:
            raise self.validation_error("too_many_login_attempts")
        self._login_failed_rl_usage.usage += usage.usage

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """A new password was chosen by whoever reads the mailbox: tries begin anew."""
        super()._delete_login_attempts_cached_email(request, **credentials)
        account = super()._get_login_attempts_cache_key(request, **credentials)
        ratelimit.clear(request, app="allauth.account", action="login_failed_anywhere", key=account)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{ratelimit.get_ip(request)}"


def _cipher() -> MultiFernet:
    secrets = settings.MFA_ENCRYPTION_KEYS or [settings.SECRET_KEY]
    return MultiFernet([Fernet(urlsafe_b64encode(sha256(secret.encode()).digest())) for secret in secrets])


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors: secrets are encrypted at rest (allauth keeps them in clear)."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This is not the right code. Wait for the next one, then copy it at once."),
        "unverified_email": _("First verify your e-mail address."),
        "cannot_generate_recovery_codes": _("Recovery codes come with an authenticator app or a passkey."),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 (allauth’s)
        """Answer “My passkey”, then “My passkey 2” and so on."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("My passkey") if not count else gettext("My passkey %(n)s") % {"n": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What the device shows: the name of the site, not its address."""
        return super().get_public_key_credential_rp_entity() | {"name": settings.WAGTAIL_SITE_NAME}
