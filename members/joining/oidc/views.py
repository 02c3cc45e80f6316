"""Leaving for the provider, and coming back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404
from django.views.decorators.cache import never_cache
from requests import RequestException

from .endpoint import Endpoint

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

logger = logging.getLogger("atoutage.oidc")
View = Callable[["HttpRequest", Endpoint], "HttpResponseBase"]


class CallbackView(OAuth2CallbackView):
    """Hands the nonce that was sent to what checks the token."""

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[Any, Any]:
        state, response = super()._get_state(request, provider)
        self.adapter.nonce = ((state or {}).get("data") or {}).get("nonce", "")
        return state, response


def never_a_500(view: View) -> Callable[[HttpRequest, str], HttpResponseBase]:
    """A provider that is away, or that speaks nonsense, is a page that says so."""

    @login_not_required
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, provider_id: str) -> HttpResponseBase:
        endpoint = Endpoint(request, provider_id)
        try:
            return view(request, endpoint)
        except SocialApp.DoesNotExist as error:
            raise Http404 from error
        except (RequestException, KeyError, ValueError, TypeError) as error:
            logger.warning("the sign-in provider does not answer as it should", exc_info=True)
            response: HttpResponseBase = render_authentication_error(
                request, endpoint.get_provider(), exception=error
            )
            return response

    return guarded


@never_a_500
def login(request: HttpRequest, endpoint: Endpoint) -> HttpResponseBase:
    """Leave for the provider (POST)."""
    response: HttpResponseBase = OAuth2LoginView.adapter_view(endpoint)(request)
    return response


@never_a_500
def callback(request: HttpRequest, endpoint: Endpoint) -> HttpResponseBase:
    """Come back from it."""
    response: HttpResponseBase = CallbackView.adapter_view(endpoint)(request)
    return response
