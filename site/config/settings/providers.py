"""The OpenID Connect provider that one may sign in with, read from the environment; none by default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from environs import Env

KINDS = ("generic", "proconnect")


def read_provider(env: Env) -> tuple[dict[str, Any], str]:
    """Allauth's settings of the provider, and its origin (forms may lead there); both empty without one.

    Raises ImproperlyConfigured, which says what is missing: half a provider would be a sign-in page
    with a button that fails.
    """
    given = {
        "OIDC_PROVIDER_ID": env.str("OIDC_PROVIDER_ID", ""),
        "OIDC_PROVIDER_NAME": env.str("OIDC_PROVIDER_NAME", ""),
        "OIDC_PROVIDER_SERVER_URL": env.str("OIDC_PROVIDER_SERVER_URL", ""),
        "OIDC_PROVIDER_CLIENT_ID": env.str("OIDC_PROVIDER_CLIENT_ID", ""),
        "OIDC_PROVIDER_CLIENT_SECRET": env.str("OIDC_PROVIDER_CLIENT_SECRET", ""),
    }
    if not any(given.values()):
        return {}, ""
    missing = [name for name, value in given.items() if not value]
    if missing:
        raise ImproperlyConfigured(f"The sign-in provider is incomplete: set {', '.join(missing)}, or none.")
    kind = env.str("OIDC_PROVIDER_KIND", "generic")
    if kind not in KINDS:
        raise ImproperlyConfigured(f"OIDC_PROVIDER_KIND is {kind!r}: it must be one of {', '.join(KINDS)}.")
    server = urlsplit(given["OIDC_PROVIDER_SERVER_URL"])
    if server.scheme != "https" or not server.netloc:
        raise ImproperlyConfigured("OIDC_PROVIDER_SERVER_URL must be a whole https address.")
    return {"oidc": {"APPS": [application(given, kind)]}}, f"https://{server.netloc}"


def application(given: dict[str, str], kind: str) -> dict[str, Any]:
    """The provider as allauth describes one. PKCE is added where it is not refused as unknown."""
    return {
        "provider_id": given["OIDC_PROVIDER_ID"],
        "name": given["OIDC_PROVIDER_NAME"],
        "client_id": given["OIDC_PROVIDER_CLIENT_ID"],
        "secret": given["OIDC_PROVIDER_CLIENT_SECRET"],
        "settings": {
            "kind": kind,
            "server_url": given["OIDC_PROVIDER_SERVER_URL"].rstrip("/"),
            "oauth_pkce_enabled": kind == "generic",
        },
    }
