"""Tests: real database, real templates, nothing leaves the process."""

import os

from .base import *  # noqa: F403
from .base import ROOT, database, env

SECRET_KEY = "test"  # noqa: S105 (it protects nothing)
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
VAR = ROOT / "var" / "test"
VAR.mkdir(parents=True, exist_ok=True)
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")

# TEST_SQLITE_NAME keeps two runs at the same time apart; pytest-xdist adds its own suffix to it.
DATABASES = {"default": database(env.str("TEST_DATABASE_URL", f"sqlite:///{VAR / 'unused.sqlite3'}"))}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / env.str("TEST_SQLITE_NAME", "test.sqlite3"))}
DATABASES["default"]["CONN_MAX_AGE"] = 0

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "renditions"},
}
PAGE_CACHE = False
GENERATION_STAMP = str(VAR / f"generation{WORKER}")
STORAGES = {
    "default": {"BACKEND": "common.storage.MediaStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = VAR / f"media{WORKER}"
PRIVATE_MEDIA_ROOT = VAR / f"private{WORKER}"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "common.tasks.OnCommitImmediateBackend"}}
OUTBOX_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True
