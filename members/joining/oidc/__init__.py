"""Signing in through an OpenID Connect provider, ProConnect included: off unless the settings name one."""
