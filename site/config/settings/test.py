"""Tests: real database, real templates, nothing leaves the process."""

from .base import *  # noqa: F403
from .base import ROOT, TEMPLATES, database, env

SECRET_KEY = "test"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
VAR = ROOT / "var" / "test"
VAR.mkdir(parents=True, exist_ok=True)

DATABASES = {"default": database(env.str("TEST_DATABASE_URL", f"sqlite:///{VAR / 'unused.sqlite3'}"))}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
DATABASES["default"]["CONN_MAX_AGE"] = 0

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "renditions"},
}
PAGE_CACHE = False
GENERATION_STAMP = str(VAR / "generation")
STORAGES = {
    "default": {"BACKEND": "common.storage.MediaStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = VAR / "media"
PRIVATE_MEDIA_ROOT = VAR / "private"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "common.tasks.OnCommitImmediateBackend"}}
OUTBOX_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "«undefined: %s»"
