"""allauth finds providers in the `provider` module of installed applications."""

from __future__ import annotations

from django.apps import AppConfig


class OpenIdConfig(AppConfig):
    """The provider named by the settings."""

    name = "members.joining.oidc"
    label = "oidc"
    verbose_name = "OpenID Connect"
