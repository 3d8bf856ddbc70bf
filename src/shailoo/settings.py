"""Django's settings. Everything that differs between machines comes from the environment (docs/setup.md lists it)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import psycopg.conninfo
from csp.constants import NONE, SELF

from shailoo.postgres import default_data_dir

PACKAGE = Path(__file__).resolve().parent
BUILD = Path(os.environ.get("SHAILOO_BUILD", PACKAGE.parent.parent / "build"))
DATA = default_data_dir()


def _secret_key() -> str:
    """The installation's own key: from the environment, else made once and kept beside the data."""
    if given := os.environ.get("SHAILOO_SECRET_KEY"):
        return given
    from shailoo.keys import installation_secret

    return installation_secret(DATA)


def database(url: str) -> dict[str, Any]:
    """Django's form of a libpq connection string or URL."""
    parts: dict[str, Any] = dict(psycopg.conninfo.conninfo_to_dict(url))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "shailoo"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": parts,
    }


SECRET_KEY = _secret_key()
DEBUG = os.environ.get("SHAILOO_DEBUG") == "1"
PUBLIC_ADDRESS = os.environ.get("SHAILOO_PUBLIC_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = os.environ.get("SHAILOO_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
PROXIES = int(os.environ.get("SHAILOO_PROXIES", os.environ.get("SHAILOO_TLS", "0")))  # servers of ours in front
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("SHAILOO_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "crispy_forms",
    "crispy_forms_gds",
    "pgtrigger",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "shailoo.ledger",
    "shailoo.accounts",
    "shailoo.jobs",
    "shailoo.documents",
    "shailoo.documents.certificates",
    "shailoo.documents.sealed",
    "shailoo.statute",
    "shailoo.territory",
    "shailoo.commissions",
    "shailoo.lots",
    "shailoo.elections",
    "shailoo.cooperation",
    "shailoo.observation",
    "shailoo.voters",
    "shailoo.voters.lists",
    "shailoo.voters.printing",
    "shailoo.voters.sources",
    "shailoo.voters.enquiry",
    "shailoo.voters.applications",
    "shailoo.counting",
    "shailoo.results",
    "shailoo.portal",
    "shailoo.desk",
    "shailoo.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "shailoo.portal.middleware.PermissionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "shailoo.portal.middleware.BodySizeMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "shailoo.accounts.middleware.SessionMiddleware",
    "shailoo.accounts.middleware.OfficeMiddleware",
    "shailoo.accounts.middleware.ReadOnlyGetMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "shailoo.urls"
WSGI_APPLICATION = "shailoo.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django_cotton.cotton_loader.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shailoo.portal.context.page",
            ],
            "builtins": ["django_cotton.templatetags.cotton", "shailoo.portal.templatetags.figures"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["gds"]
CRISPY_TEMPLATE_PACK = "gds"
COTTON_DIR = "components"

DATABASES = {"default": database(os.environ.get("SHAILOO_DATABASE_URL", "postgresql:///shailoo"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 24 * 3600  # seconds that a link for a new password opens
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "desk:home"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "shailoo.accounts.origin.address_of"
ACCOUNT_ADAPTER = "shailoo.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False  # accounts.limits counts for all processes at once
MFA_ADAPTER = "shailoo.accounts.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # half minutes that a clock may be wrong

EMAIL_BACKEND = os.environ.get("SHAILOO_MAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = os.environ.get("SHAILOO_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("SHAILOO_MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("SHAILOO_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SHAILOO_MAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("SHAILOO_MAIL_TLS") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("SHAILOO_MAIL_FROM", "shailoo@localhost")
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

OBSERVATION_KEPT_DAYS = int(os.environ.get("SHAILOO_OBSERVATION_KEPT_DAYS", "90"))
"""Local days after the official publication of results for which dossiers, photographs and papers of observers are
kept. No norm sets a time; by then complaints against the results are decided."""

LANGUAGE_CODE = "ky"
LANGUAGES = [("ky", "Кыргызча"), ("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["shailoo.portal.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Bishkek"
USE_THOUSAND_SEPARATOR = False  # most whole numbers on a page are keys, in addresses and values; counts say `|count`

CACHES = {  # of each process; nothing that an office may see and another may not
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "template_fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "fragments",
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
}

STATIC_URL = "/static/"
STATICFILES_DIRS = [BUILD / "static"] if (BUILD / "static").is_dir() else []
STATIC_ROOT = BUILD / "collected"
COLLECTED = os.environ.get("SHAILOO_COLLECTED") == "1"  # set by `shailoo serve` for its workers, after collecting
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    if COLLECTED
    else {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = not COLLECTED
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+\.[0-9a-f]{12}\..+$"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE = int(os.environ.get("SHAILOO_SESSION_IDLE", 30 * 60))  # seconds without a request
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "shailoo.portal.views.stale_form"
if os.environ.get("SHAILOO_TLS") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"  # of this host alone, never plain
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True  # names below are ours; preloading binds the whole domain: not asked
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
