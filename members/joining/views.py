"""allauth's pages, where ours say more than theirs."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from allauth.account import app_settings
from allauth.account import views as account
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.email_verification import verify_email_indirectly
from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.internal.flows.password_reset_by_code import PASSWORD_RESET_VERIFICATION_SESSION_KEY
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.views import ConnectionsView
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from . import devices, intents
from .forms import refuse_code
from .oidc import joining as providers
from .stages import GestureStage

if TYPE_CHECKING:
    from allauth.account.stages import LoginStage
    from allauth.usersessions.models import UserSession
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

WAIT_SECONDS = 300


class EntranceMixin:
    """Sign-in and sign-up: never a detour through a sign-up that was left half-way."""

    request: HttpRequest

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> None:
        """Show the page asked for: who comes back here wants to begin anew, or to sign in instead."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page says beside the form."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {
            "something_kept": intents.has_any(self.request),
            "providers": providers.shown(self.request),
            "joins": providers.pending_name(self.request),
        }


class LoginView(EntranceMixin, account.LoginView):
    """Sign-in."""


class SignupView(EntranceMixin, account.SignupView):
    """Sign-up with a password."""


class SignupByPasskeyView(EntranceMixin, account.SignupByPasskeyView):
    """Sign-up with a passkey."""


@method_decorator(
    login_stage_required(stage=GestureStage.key, redirect_urlname="account_signup"), name="dispatch"
)
class GestureView(TemplateView):
    """One more gesture before a code is sent to an address that a robot may have typed."""

    template_name = "account/gesture.html"

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """A person pressed the button."""
        response: HttpResponseBase = request._login_stage.exit()  # type: ignore[attr-defined]  # noqa: SLF001
        return response


@require_POST
@never_cache
def start_again(request: HttpRequest) -> HttpResponse:
    """Leave a sign-up half-way (a mistyped address) and begin another."""
    return begin_anew(request)


def begin_anew(request: HttpRequest) -> HttpResponse:
    """Forget the sign-up of this browser, and show the form again."""
    clear_login(request)
    request.session.pop(EMAIL_VERIFICATION_CODE_SESSION_KEY, None)
    return HttpResponseRedirect(reverse("account_signup"))


def is_stale(request: HttpRequest, key: str, seconds: int) -> bool:
    """Whether the code that this browser waits for is older than that."""
    state = request.session.get(key)
    return state is not None and time.time() - state["at"] > seconds


class AddressCodeView(account.ConfirmEmailVerificationCodeView):
    """The code that proves an address: at sign-up, at sign-in, or for a new address."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_stale(
            request, EMAIL_VERIFICATION_CODE_SESSION_KEY, app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT
        ):
            messages.warning(request, self.say_how_to_get_another(_("This code is no longer valid.")))
        elif self.was_replaced(request):
            messages.warning(
                request, _("Another sign-up with this address took the place of this one. Sign up again.")
            )
            return begin_anew(request)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def was_replaced(self, request: HttpRequest) -> bool:
        """Whether the account that waits for this code is gone."""
        from members.models import User  # noqa: PLC0415

        state = request.session.get(EMAIL_VERIFICATION_CODE_SESSION_KEY) or {}
        return "user_id" in state and not User.objects.filter(pk=state["user_id"]).exists()

    def say_how_to_get_another(self, what: str) -> str:
        """A sentence, and the way to a new code."""
        if self.request.user.is_authenticated:
            return f"{what} {_('Ask for another one.')}"
        return f"{what} {_('Sign in with your address and your password: we will send you another one.')}"

    def form_invalid(self, form: Any) -> HttpResponse:
        left = self._process.max_attempts - self._process.state["failed_attempts"] - 1
        if left > 0:
            refuse_code(form, left)
            response: HttpResponse = super().form_invalid(form)
            return response
        self._process.record_invalid_attempt()
        said = _("Three wrong codes: for your safety, the one that we sent opens nothing any more.")
        messages.error(self.request, self.say_how_to_get_another(said))
        signed_in = self.request.user.is_authenticated
        return HttpResponseRedirect(reverse("account_email" if signed_in else "account_login"))

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        """Another code, as long valid as the first; the same work whether the account exists or not."""
        try:
            response: HttpResponse = super()._resend_form_valid(form)
        except ImmediateHttpResponse:
            messages.warning(self.request, _("We sent you a code a few seconds ago. Wait for it a little."))
            return HttpResponseRedirect(reverse("account_email_verification_sent"))
        if self._process.user is None:
            account.get_adapter().send_account_already_exists_mail(self._process.email)
        self._process.state["at"] = time.time()
        self._process.persist()
        messages.success(
            self.request, _("Another code is on its way. The former one opens nothing any more.")
        )
        return response


class ResetCodeView(account.ConfirmPasswordResetCodeView):
    """The code that allows a new password."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key, seconds = PASSWORD_RESET_VERIFICATION_SESSION_KEY, app_settings.PASSWORD_RESET_BY_CODE_TIMEOUT
        if is_stale(request, key, seconds):
            request.session.pop(key)
            messages.warning(request, _("This code is no longer valid. Ask for another one."))
            return HttpResponseRedirect(reverse("account_reset_password"))
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        left = self._process.max_attempts - self._process.state["failed_attempts"] - 1
        if left > 0:
            refuse_code(form, left)
            response: HttpResponse = super().form_invalid(form)
            return response
        self._process.record_invalid_attempt()
        messages.error(self.request, _("Three wrong codes: ask for another one."))
        return HttpResponseRedirect(reverse("account_reset_password"))


class ResetLinkView(account.PasswordResetFromKeyView):
    """The link of the letter, for who reads it on another device."""

    success_url = reverse_lazy("account_password_reset_completed")

    def form_valid(self, form: Any) -> HttpResponse:
        """The link was read in the mailbox: the address is proved."""
        verify_email_indirectly(self.request, self.reset_user, self.reset_user.email)
        response: HttpResponse = super().form_valid(form)
        return response


class DevicesView(ListUserSessionsView):
    """Where one is signed in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        sessions: list[UserSession] = context["sessions"]
        return context | {
            "devices": [
                {
                    "name": devices.describe(session.user_agent),
                    "since": session.created_at,
                    "ip": session.ip,
                    "current": session.is_current(),
                }
                for session in sorted(sessions, key=lambda one: (not one.is_current(), one.created_at))
            ]
        }


class ProvidersView(ConnectionsView):
    """The providers that open one's account; no such page where there is no provider."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not providers.shown(request):
            raise Http404
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "providers": providers.shown(self.request)}


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429: what to do, and when (`handler429`)."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(WAIT_SECONDS)
    response["Cache-Control"] = "private, no-store"
    return response
