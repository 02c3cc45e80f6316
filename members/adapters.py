"""How allauth behaves here."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts. Public sign-up opens with the members' room."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def _cipher() -> MultiFernet:
    secrets = settings.MFA_ENCRYPTION_KEYS or [settings.SECRET_KEY]
    return MultiFernet([Fernet(urlsafe_b64encode(sha256(secret.encode()).digest())) for secret in secrets])


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors: secrets are encrypted at rest (allauth keeps them in clear)."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()
