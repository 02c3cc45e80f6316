"""Sign-up through a provider: names to check, terms to accept; the address is the provider's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows import signup as signup_flow
from allauth.account.internal.flows.manage_email import email_already_exists
from allauth.socialaccount.forms import SignupForm
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.joining import intents, pending
from members.joining.forms import Worded

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from members.models import User


class ProviderSignupForm(Worded, SignupForm):
    """Who comes from a provider for the first time."""

    field_order = ("first_name", "last_name", "email", "terms")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.word_email("email", _("The one that your provider gives us. Never shown."))
        self.fields["email"].disabled = bool(self.initial.get("email"))

    def validate_unique_email(self, value: str) -> str:
        """A sign-up that was never finished does not count."""
        email, exists = email_already_exists(value)
        self.account_already_exists = exists and not pending.pending_signups(email).exists()
        return str(email)

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponseBase | None]:
        """The new account, or the answer that looks the same."""
        email = self.cleaned_data["email"]
        if self.account_already_exists:
            return None, signup_flow.prevent_enumeration(request, email=email)
        with transaction.atomic():
            pending.discard(email, intents.token_of(request))
            return self.save(request), None
