"""Talking to the provider: what it publishes, its tokens, what it says of somebody."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override

from common.addresses import absolute

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
    from django.http import HttpRequest

STATE_LENGTH = 48
ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
CONFIGURATION_SECONDS = 600
ID_TOKEN = "oidc_id_token"  # noqa: S105 (a name in the session)


class Endpoint(OpenIDConnectOAuth2Adapter):
    """What allauth calls an adapter. Whatever goes wrong there is an `OAuth2Error`, hence a page."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider publishes of itself, remembered for ten minutes."""
        if not hasattr(self, "_openid_config"):
            key = f"oidc:{self.get_provider().server_url}"
            self._openid_config = cache.get(key) or super().openid_config
            cache.set(key, self._openid_config, CONFIGURATION_SECONDS)
        return self._openid_config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """The one address that is declared to the provider: without a language."""
        with override(settings.LANGUAGE_CODE):
            path = reverse("oidc_callback", kwargs={"provider_id": self.provider_id})
        return absolute(path)

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Check the identity token against the request it answers, then ask who it is."""
        raw = kwargs["response"].get("id_token", "")
        identity = self.verified(raw, app)
        if not self.nonce or not secrets.compare_digest(str(identity.get("nonce", "")), self.nonce):
            raise OAuth2Error("the identity token answers another request")
        userinfo = self.userinfo(token.token, app)
        if userinfo.get("sub") != identity.get("sub"):
            raise OAuth2Error("userinfo and identity token are about two people")
        request.session[ID_TOKEN] = raw
        return self.get_provider().sociallogin_from_response(request, {"userinfo": userinfo})

    def userinfo(self, access_token: str, app: SocialApp) -> dict[str, Any]:
        """Who it is: signed (`application/jwt`) or plain JSON, as the provider prefers."""
        headers = {"Authorization": f"Bearer {access_token}"}
        with get_adapter().get_requests_session() as session:
            response = session.get(self.profile_url, headers=headers)
            response.raise_for_status()
        if response.headers.get("content-type", "").partition(";")[0].strip() == "application/jwt":
            return self.verified(response.text.strip(), app)
        claims: dict[str, Any] = response.json()
        return claims

    def verified(self, token: str, app: SocialApp) -> dict[str, Any]:
        """The claims of a token, once its signature, issuer, audience and dates are checked."""
        try:
            header = jwt.get_unverified_header(token)
        except jwt.PyJWTError as error:
            raise OAuth2Error("not a token") from error
        if header.get("alg") not in ALGORITHMS or "kid" not in header:
            raise OAuth2Error("a token signed in a way that proves nothing")
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return claims
