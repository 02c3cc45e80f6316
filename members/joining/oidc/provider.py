"""A provider that may be trusted: nonce, long state, every token's signature checked.

allauth's own sends no nonce and expects plain JSON from the userinfo endpoint, which ProConnect
refuses and does not give. What ProConnect asks for is in its documentation (numerique-gouv/
proconnect-documentation, 05/2025): scopes, `usual_name`, `siret`, no parameter that it does not know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.providers.openid_connect.provider import (
    OpenIDConnectProvider,
    OpenIDConnectProviderAccount,
)
from django.utils.crypto import get_random_string

from .endpoint import STATE_LENGTH, Endpoint

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

PROCONNECT = "proconnect"
SCOPES = {
    "generic": ["openid", "profile", "email"],
    PROCONNECT: ["openid", "given_name", "usual_name", "email", "uid", "siret", "idp_id"],
}
# What is kept of what the provider tells: enough to recognise somebody, and their company.
KEPT = ("sub", "email", "given_name", "family_name", "usual_name", "siret", "idp_id")


class OpenIdAccount(OpenIDConnectProviderAccount):
    """Somebody as the provider knows them."""

    def to_str(self) -> str:
        return str(self.account.extra_data.get("email") or self.account.uid)


class OpenIdProvider(OpenIDConnectProvider):
    """The provider of the settings, of the kind `generic` or `proconnect`."""

    id = "oidc"
    name = "OpenID Connect"
    account_class = OpenIdAccount
    oauth2_adapter_class = Endpoint
    supports_token_authentication = False

    @property
    def kind(self) -> str:
        """Whose habits it has."""
        return str(self.app.settings.get("kind", "generic"))

    def get_default_scope(self) -> list[str]:
        return SCOPES[self.kind]

    # A visitor's own parameters and scopes are not passed on.
    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return self.get_default_scope()

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        return {}

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> HttpResponseBase:
        """Leave for the provider, with a nonce that its token must repeat."""
        nonce = get_random_string(STATE_LENGTH)
        kwargs["auth_params"] = {**(kwargs.get("auth_params") or {}), "nonce": nonce}
        response: HttpResponseBase = super().redirect(
            request, process, next_url, {**(data or {}), "nonce": nonce}, **kwargs
        )
        return response

    def extract_uid(self, data: dict[str, Any]) -> str:
        """`sub` is the only thing that never changes."""
        return str(data["userinfo"]["sub"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {name: data["userinfo"][name] for name in KEPT if data["userinfo"].get(name)}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        claims = data["userinfo"]
        return {
            "email": claims.get("email"),
            "first_name": claims.get("given_name"),
            "last_name": claims.get("usual_name") or claims.get("family_name"),
        }

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """An address is verified when the provider says so in as many words."""
        claims = data["userinfo"]
        verified = claims.get("email_verified") is True
        email = claims.get("email")
        return [EmailAddress(email=email, verified=verified, primary=True)] if email else []


provider_classes = [OpenIdProvider]
