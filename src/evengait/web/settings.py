"""Django's settings for the desk: those of the records, and what pages need on top.

Two ways to run, one code. *At home*: nothing in the environment; loopback only, one runner, signed in by a link that
``serve`` opens. *On a server*: ``EVENGAIT_ALLOWED_HOSTS`` names the host, a reverse proxy in front speaks TLS.
"""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from evengait.core.language import CATALOGUES
from evengait.core.language import LANGUAGES as SPOKEN
from evengait.storage.records.settings import (  # noqa: F401 - Django reads a module's names
    AUTH_USER_MODEL,
    DATABASES,
    DEFAULT_AUTO_FIELD,
    HOME,
    SECRET_KEY,
    TIME_ZONE,
    USE_TZ,
)
from evengait.storage.records.settings import INSTALLED_APPS as RECORDS
from evengait.web.mail import mail_settings

_HERE = Path(__file__).parent
_HOSTS = [host.strip() for host in os.environ.get("EVENGAIT_ALLOWED_HOSTS", "").split(",") if host.strip()]

AT_HOME = not _HOSTS
"""One person's own computer: loopback only."""

OPERATOR = os.environ.get("EVENGAIT_OPERATOR", "")
"""Name and contact of who runs a desk for others, as its page on privacy tells them."""

DEBUG = False
ALLOWED_HOSTS = _HOSTS or ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in _HOSTS]
ROOT_URLCONF = "evengait.web.urls"
WSGI_APPLICATION = "evengait.web.wsgi.application"

ROOMS = [
    "base",
    "accounts",
    "runners",
    "today",
    "problems",
    "diary",
    "plan",
    "strength",
    "calendar",
    "timeline",
    "shoes",
    "imports",
    "trials",
    "cases",
    "sharing",
    "notices",
    "moderation",
    "api",
    "threads",
    "beside",
    "coaching",
    "takeouts",
]
"""Every room: a folder here, an app, and its ``urls.py`` if it has pages. A new room is one line."""

INSTALLED_APPS = [
    *(f"evengait.web.{room}" for room in ROOMS),
    *RECORDS,
    "django.contrib.admin",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "evengait.web.base.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "evengait.web.base.language.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "evengait.web.accounts.middleware.HomeMiddleware",
    "evengait.web.base.middleware.PrivateMiddleware",
    "evengait.web.base.whole.WholeMiddleware",
]

USE_I18N = True
LANGUAGE_CODE = "en"
LOCALE_PATHS = [CATALOGUES, Path(__file__).parent / "accounts" / "locale"]
FORMAT_MODULE_PATH = "evengait.web.formats"
LANGUAGES = list(SPOKEN.items())

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("evengait.web.base.loading.KeptLoader", ["evengait.web.base.loading.Loader"])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "evengait.web.base.context.desk",
            ],
            "builtins": ["django.templatetags.static", "evengait.web.base.templatetags.desk"],
        },
    }
]

# Who is it: allauth's sign-in with passkeys and a second factor; a link of our own at home.
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "accounts:welcome" if AT_HOME else "account_login"
LOGIN_REDIRECT_URL = "runners:home"
LOGOUT_REDIRECT_URL = "accounts:welcome"
SIGN_UP_OPEN = os.environ.get("EVENGAIT_SIGN_UP") == "open"
"""Whether everybody may make an account on a server; else only who was invited."""

ACCOUNT_ADAPTER = "evengait.web.accounts.adapter.DeskAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
_MAIL = mail_settings(os.environ.get("EVENGAIT_SMTP_URL", ""), os.environ.get("EVENGAIT_MAIL_FROM", ""))
globals().update(_MAIL)
_SENDS = "EMAIL_HOST" in _MAIL
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if _SENDS else "none"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = _SENDS
ACCOUNT_USER_DISPLAY = "evengait.web.accounts.names.display_name"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "evengait"

SESSION_COOKIE_NAME = "evengait"
SESSION_COOKIE_AGE = 60 * 60 * 24 * (90 if AT_HOME else 14)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not AT_HOME
CSRF_COOKIE_SECURE = not AT_HOME
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "evengait.web.base.errors.refused"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if not AT_HOME:
    # Sign-in attempts are counted where every process of the desk sees them.
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "desk_cache"}}
    ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("EVENGAIT_PROXIES") or 1)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

FORM_RENDERER = "evengait.web.base.form_look.DeskRenderer"

# Served from where the packages lie: nothing to collect, nothing to forget after an update.
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

UPLOAD_LIMIT = int(os.environ.get("EVENGAIT_UPLOAD_LIMIT_GB") or (50 if AT_HOME else 5)) * 1024**3
"""What one person may send at once."""

API_RATE, API_SLOW_RATE, API_FAILED_RATE = "600/min", "30/min", "30/min"
"""How often a token may ask, how often for what takes seconds, how often an address may come without a good one."""

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024**2
DATA_UPLOAD_MAX_NUMBER_FILES = 250  # small files of a folder come together
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024**2
FILE_UPLOAD_PERMISSIONS = 0o600

# Logs say what happened and where in the code, never who or what: an address of a page carries no health data, and
# nothing that was sent is written down.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"plain": {"()": "evengait.web.base.logs.WithoutRequest"}},
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "nowhere": {"class": "logging.NullHandler"},
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["plain"]},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False}},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
