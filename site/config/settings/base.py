"""What every installation shares.

Whatever differs from one to another is read from the environment here, once, and documented in
docs/operations.md.
"""

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

from .providers import read_provider

env = Env()

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(env.str("VAR_DIR", str(ROOT / "var")))

# ---------------------------------------------------------------- identity of the installation
SECRET_KEY: str = env.str("SECRET_KEY", "")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
DEBUG = False
PUBLIC_URL: str = env.str("PUBLIC_URL", "http://localhost:8000").rstrip("/")
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_SITE_NAME = "Atout’âge"
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
STYLEGUIDE = True
DEMO = False

INSTALLED_APPS = [
    "search",
    "home",
    "charters",
    "events",
    "toolbox",
    "members",
    "common",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "members.admin.apps.TeamConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "members.joining.oidc",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "common.pagecache.middleware.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "members.space.activity.ActivityMiddleware",
    "members.staff.StaffSecondFactorMiddleware",
    "members.joining.privacy.NoStoreMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "common.gone.GoneMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

_LOADERS: list[Any] = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "common.context.site",
            ],
            "loaders": [("django.template.loaders.cached.Loader", _LOADERS)],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django.templatetags.l10n",
                "common.templatetags.components",
                "common.templatetags.french",
                "common.templatetags.metadata",
                "common.templatetags.pages",
                "home.templatetags.chrome",
            ],
        },
    }
]

# ---------------------------------------------------------------- data
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 10,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
        "PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000;"
    ),
}


def database(url: str) -> dict[str, Any]:
    """Settings of the database at `url`, with the options its engine needs to be shared by threads."""
    settings: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = dict(SQLITE_OPTIONS)
        settings["CONN_HEALTH_CHECKS"] = False
    return settings


DATABASES = {"default": database(env.str("DATABASE_URL", "") or f"sqlite:///{VAR / 'db.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL: str = env.str("REDIS_URL", "")
CACHES: dict[str, dict[str, Any]] = {
    "default": (
        {"BACKEND": "common.shared_cache.SteadyRedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    ),
    # Rendition look-ups: per process and small, on purpose.
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "renditions"},
}

# ---------------------------------------------------------------- page cache (docs/decisions/0008)
PAGE_CACHE: bool = env.bool("PAGE_CACHE", True)
PAGE_CACHE_MEGABYTES: int = env.int("PAGE_CACHE_MEGABYTES", 48)
GENERATION_STAMP: str = env.str("GENERATION_STAMP", REDIS_URL or str(VAR / "run" / "generation"))

# ---------------------------------------------------------------- languages
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English")), ("nl", _("Dutch"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"
LOCALE_PATHS = [ROOT / "site" / "config" / "locale"]

# ---------------------------------------------------------------- files (docs/decisions/0006)
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "site" / "config" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
PRIVATE_MEDIA_ROOT = VAR / "private"
PRIVATE_MEDIA_URL = "/fichiers/"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "common.storage.MediaStorage"},
    "staticfiles": {"BACKEND": "common.staticfiles.BundledManifestStorage"},
}
WHITENOISE_MAX_AGE = 31_536_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# What may be sent, by members and by staff (docs/decisions/0020).
UPLOAD_PICTURE_BYTES: int = env.int("UPLOAD_PICTURE_MEGABYTES", 8) * 1024 * 1024
UPLOAD_DOCUMENT_BYTES: int = env.int("UPLOAD_DOCUMENT_MEGABYTES", 20) * 1024 * 1024
UPLOAD_PICTURE_PIXELS = 40_000_000
# The virus scanner: tcp://host:3310 or unix:///run/clamav/clamd.ctl; none when empty.
CLAMD_URL: str = env.str("CLAMD_URL", "")
CLAMD_TIMEOUT: int = env.int("CLAMD_TIMEOUT", 30)

WAGTAILIMAGES_IMAGE_MODEL = "common.Image"
WAGTAILDOCS_DOCUMENT_MODEL = "common.Document"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = UPLOAD_PICTURE_BYTES
WAGTAILIMAGES_MAX_IMAGE_PIXELS = UPLOAD_PICTURE_PIXELS
WAGTAILIMAGES_IMAGE_FORM_BASE = "common.uploads.admin_forms.ImageForm"
WAGTAILIMAGES_AVIF_QUALITY = 60
WAGTAILIMAGES_WEBP_QUALITY = 76
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# Office files with macros are for staff only, and shown with a warning.
WAGTAILDOCS_EXTENSIONS = [
    *("pdf", "docx", "xlsx", "pptx", "docm", "xlsm", "pptm", "doc", "xls", "ppt"),
    *("odt", "ods", "odp", "csv", "txt", "zip", "vtt"),
]
WAGTAILDOCS_MAX_UPLOAD_SIZE = UPLOAD_DOCUMENT_BYTES
WAGTAILDOCS_DOCUMENT_FORM_BASE = "common.uploads.admin_forms.DocumentForm"
FILM_MAX_UPLOAD_SIZE = 300 * 1024 * 1024

# ---------------------------------------------------------------- accounts
AUTH_USER_MODEL = "members.User"
# One backend: a second one would hash each wrong password a second time.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "members.joining.passwords.StrengthValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
# How much members may write to each other, where it differs from `members.people.limits`: messages=50
CONTACT_LIMITS: dict[str, int] = env.dict("CONTACT_LIMITS", {}, subcast_values=int)
# The national register, to pre-fill a company's form: off unless the installation may reach it.
COMPANY_LOOKUP: bool = env.bool("COMPANY_LOOKUP", False)
COMPANY_LOOKUP_URL: str = env.str("COMPANY_LOOKUP_URL", "https://recherche-entreprises.api.gouv.fr/search")
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "space_home"
LOGOUT_REDIRECT_URL = "/"
EIGHT_DIGITS = {"numeric": True, "length": 8, "dashed": True}
CODE_SECONDS = 15 * 60
ACCOUNT_ADAPTER = "members.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "members.joining.signup_fields.SignupFields"
ACCOUNT_FORMS = {
    "signup": "members.joining.forms.SignupForm",
    "login": "members.joining.forms.LoginForm",
    "reauthenticate": "members.joining.forms.ReauthenticateForm",
    "reset_password": "members.joining.forms.ResetPasswordForm",
    "reset_password_from_key": "members.joining.forms.NewPasswordForm",
    "set_password": "members.joining.forms.SetPasswordForm",
    "change_password": "members.joining.forms.ChangePasswordForm",
    "add_email": "members.joining.forms.ChangeAddressForm",
    "confirm_email_verification_code": "members.joining.forms.AddressCodeForm",
    "confirm_password_reset_code": "members.joining.forms.ResetCodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = EIGHT_DIGITS
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = CODE_SECONDS
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 3
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_CODE_FORMAT = EIGHT_DIGITS
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = CODE_SECONDS
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# A code sent again is as long valid as the first: the sign-in that waits for it must outlive it.
ACCOUNT_LOGIN_TIMEOUT = 4 * CODE_SECONDS
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
# Counted in the shared cache. By network (ip), by account or address (key).
ACCOUNT_RATE_LIMITS = {
    "login_failed": "20/m/ip,5/5m/key",
    "login_failed_anywhere": "30/5m/key",
    "signup": "20/m/ip,100/h/ip",
    "confirm_email": "1/10s/key,6/5m/key",
    "reset_password": "10/m/ip,4/5m/key",
    "remember_intent": "120/h/ip",
}
MFA_ADAPTER = "members.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "members.joining.factors.AuthenticateForm",
    "reauthenticate": "members.joining.factors.ReauthenticateForm",
    "activate_totp": "members.joining.factors.ActivateTOTPForm",
    "add_webauthn": "members.joining.factors.AddPasskeyForm",
    "edit_webauthn": "members.joining.factors.RenamePasskeyForm",
    "signup_webauthn": "members.joining.factors.SignupPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_TOTP_ISSUER = "Atout’âge"
MFA_TOTP_TOLERANCE = 1
MFA_ENCRYPTION_KEYS: list[str] = env.list("MFA_ENCRYPTION_KEYS", [])
SOCIALACCOUNT_ADAPTER = "members.joining.oidc.joining.SocialAdapter"
SOCIALACCOUNT_FORMS = {"signup": "members.joining.oidc.forms.ProviderSignupForm"}
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_PROVIDERS, OIDC_ORIGIN = read_provider(env)
ALLAUTH_TRUSTED_PROXY_COUNT: int = env.int("TRUSTED_PROXY_COUNT", 0)
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "csrf"
CSRF_FAILURE_VIEW = "common.web.errors.form_refused"
LANGUAGE_COOKIE_NAME = "lang"

# ---------------------------------------------------------------- Wagtail
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_AUTOSAVE_INTERVAL = 10_000
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link"]},
    }
}
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "wagtail.search.backends.database"}
}
SITE_SEARCH_BACKEND: str = env.str("SITE_SEARCH_BACKEND", "search.backends.database.DatabaseBackend")

# ---------------------------------------------------------------- background work
TASKS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
}

# ---------------------------------------------------------------- mail (docs/decisions/0009)
EMAIL_BACKEND = "common.outbox.OutboxBackend"
OUTBOX_DELIVERY_BACKEND: str = env.str(
    "OUTBOX_DELIVERY_BACKEND", "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST: str = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT: int = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER: str = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD: str = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS: bool = env.bool("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", "Atout’âge <ne-pas-repondre@localhost>")
SERVER_EMAIL = WAGTAILADMIN_NOTIFICATION_FROM_EMAIL = DEFAULT_FROM_EMAIL
CONTACT_EMAIL: str = env.str("CONTACT_EMAIL", "contact@competencesetemplois.org")

# ---------------------------------------------------------------- security
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF, *filter(None, [OIDC_ORIGIN])],
        "frame-ancestors": [SELF],
    },
}
# Wagtail's admin still writes inline scripts and styles; it gets a policy of its own.
ADMIN_CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)

# ---------------------------------------------------------------- logs: one JSON object a line
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "WARNING")},
    "loggers": {
        "atoutage": {"level": env.str("LOG_LEVEL", "INFO")},
        "django.request": {"level": "ERROR"},
    },
}
