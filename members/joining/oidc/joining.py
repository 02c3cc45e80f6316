"""A provider and the accounts that exist already: joined by their owner, never by a resemblance."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings, get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from requests import RequestException

from common.addresses import absolute

from .endpoint import ID_TOKEN, STATE_LENGTH, Endpoint

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialApp
    from django.http import HttpRequest

    from members.models import User

logger = logging.getLogger("atoutage.oidc")

TO_JOIN = "oidc_to_join"
TO_JOIN_SECONDS = 3600


class SocialAdapter(DefaultSocialAccountAdapter):
    """Providers come from the settings alone."""

    def list_apps(self, request: Any, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """Allauth would ask the database as well, at every sign-in page."""
        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def generate_state_param(self, state: dict[str, Any]) -> str:
        return get_random_string(STATE_LENGTH)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Somebody unknown comes with the verified address of an account: she signs in there first."""
        if sociallogin.is_existing or sociallogin.state.get("process") != AuthProcess.LOGIN:
            return
        proved = [address.email for address in sociallogin.email_addresses if address.verified]
        owned = EmailAddress.objects.filter(email__in=proved, verified=True, user__is_active=True).first()
        if owned is None:
            return
        request.session[TO_JOIN] = {
            "login": sociallogin.serialize(),
            "email": owned.email,
            "name": sociallogin.provider.name,
            "at": time.time(),
        }
        raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))


def shown(request: HttpRequest) -> list[dict[str, str]]:
    """The providers to sign in with: a name and an address to post to."""
    return [
        {"name": provider.name, "url": provider.get_login_url(request)}
        for provider in get_adapter().list_providers(request)
    ]


def pending_name(request: HttpRequest) -> str:
    """The provider that will be joined to whoever signs in now; empty when there is none."""
    return str(request.session.get(TO_JOIN, {}).get("name", ""))


def join_pending(request: HttpRequest, user: User) -> bool:
    """Join the provider that waits in this browser to the account that has just signed in.

    Only when that account holds, verified, the address that the provider vouched for.
    """
    waiting = request.session.pop(TO_JOIN, None)
    if not waiting or time.time() - waiting["at"] > TO_JOIN_SECONDS:
        return False
    if not EmailAddress.objects.filter(user=user, email=waiting["email"], verified=True).exists():
        messages.warning(
            request,
            _("%(provider)s was not joined: it knows another address than this account’s.")
            % {"provider": waiting["name"]},
        )
        return False
    login = SocialLogin.deserialize(waiting["login"])
    known = SocialAccount.objects.filter(provider=login.account.provider, uid=login.account.uid)
    if known.exists():
        return False
    login.connect(request, user)
    messages.success(
        request, _("From now on, %(provider)s opens this account too.") % {"provider": waiting["name"]}
    )
    return True


def end_session_url(request: HttpRequest) -> str:
    """Where to sign out at the provider as well; empty when one did not come from there.

    A provider that does not answer keeps nobody from signing out here.
    """
    token = request.session.get(ID_TOKEN)
    if not token:
        return ""
    try:
        provider = get_adapter().list_providers(request)[0]
        endpoint: Endpoint = provider.get_oauth2_adapter(request)
        address = endpoint.openid_config.get("end_session_endpoint", "")
    except (RequestException, IndexError, KeyError, ValueError, ImproperlyConfigured):
        logger.warning("the sign-in provider does not say how to sign out", exc_info=True)
        return ""
    query = {
        "id_token_hint": token,
        "state": get_random_string(STATE_LENGTH),
        "post_logout_redirect_uri": absolute("/"),
    }
    return f"{address}?{urlencode(query)}" if address else ""
