"""`make run`: production-like, on one machine, over plain http, with nothing beside it."""

from .base import *  # noqa: F403
from .base import VAR, env

DEMO = True
SECRET_KEY = env.str("SECRET_KEY", "") or (VAR / "run" / "secret-key").read_text().strip()
OUTBOX_DELIVERY_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
