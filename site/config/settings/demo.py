"""`make run`: production-like, on one machine, over plain http, with nothing beside it."""

import logging

from .base import *  # noqa: F403
from .base import LOGGING, VAR, env

DEMO = True
SECRET_KEY = env.str("SECRET_KEY", "") or (VAR / "run" / "secret-key").read_text().strip()
OUTBOX_DELIVERY_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True

# The worker says two lines for every task it does: here they would push the accounts off the screen.
LOGGING["filters"] = {
    "eventful": {
        "()": "django.utils.log.CallbackFilter",
        "callback": lambda record: (
            record.levelno > logging.INFO or not record.name.startswith("django_tasks")
        ),
    }
}
LOGGING["handlers"]["stderr"]["filters"] = ["eventful"]
