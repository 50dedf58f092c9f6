"""Every setting and every environment variable, read here and nowhere else; see docs/operating.md."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

from motcua.core.databases import database
from motcua.core.keys import load_keys


def _env(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def _pairs(name: str, default: str = "") -> dict[str, str]:
    """``a=b,c=d`` as a mapping; a part without "=" names itself."""
    parts = (part.partition("=") for part in _env(name, default).split(",") if part.strip())
    return {key.strip(): (value or key).strip() for key, _, value in parts}


def _flag(name: str, default: str = "0") -> bool:
    return _env(name, default).lower() in {"1", "true", "yes", "on"}


ROOT = Path(__file__).resolve().parent.parent
# MOTCUA_HOME: the folder that holds all state (database, files, keys).
HOME = Path(_env("MOTCUA_HOME", str(ROOT / "var"))).resolve()
HOME.mkdir(parents=True, exist_ok=True)
# MOTCUA_DEBUG: 1 shows tracebacks on pages; never in production.
DEBUG = _flag("MOTCUA_DEBUG")
# MOTCUA_PORT: port of the web server; its default is also part of the default public address.
PORT = int(_env("MOTCUA_PORT", "8000"))
# MOTCUA_PUBLIC_URL: the address people see; printed in QR codes, messages and slips.
PUBLIC_URL = _env("MOTCUA_PUBLIC_URL", f"http://localhost:{PORT}").rstrip("/")
# MOTCUA_WARN_LEFT: per cent of a time limit that are left when its officers are warned [M].
WARN_LEFT = int(_env("MOTCUA_WARN_LEFT", "25"))
# MOTCUA_SITE_NAME: the site's own name in the header.
SITE_NAME = _env("MOTCUA_SITE_NAME", "Motcua")
# MOTCUA_ALLOWED_HOSTS: comma-separated host names that the site answers to.
ALLOWED_HOSTS = [
    *(h for h in _env("MOTCUA_ALLOWED_HOSTS").split(",") if h),
    urlparse(PUBLIC_URL).hostname or "localhost",
    "localhost",
    "127.0.0.1",
    "[::1]",
]
# MOTCUA_TRUSTED_PROXIES: how many proxies before this site may name the caller's address (X-Forwarded-For).
TRUSTED_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = int(_env("MOTCUA_TRUSTED_PROXIES", "0"))
# MOTCUA_TRUSTED_CERTIFICATE: 1 once an operator has installed a real signing certificate.
TRIAL = not _flag("MOTCUA_TRUSTED_CERTIFICATE")

KEYS = load_keys(HOME / "keys", os.environ)
SECRET_KEY = KEYS.session

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "treebeard",
    "rules",
    "django_tasks",
    "django_tasks_db",
    "motcua.events",
    "motcua.reads",
    "motcua.places",
    "motcua.people",
    "motcua.agencies",
    "motcua.documents",
    "motcua.notices",
    "motcua.process",
    "motcua.catalogue",
    "motcua.dossiers",
    "motcua.voice",
    "motcua.monitoring",
    "motcua.web",
]

MIDDLEWARE = [
    "motcua.web.tracing.Traced",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "motcua.web.middleware.SafetyHeaders",
    "motcua.web.api.middleware.ProblemsForMachines",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "motcua.web.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "motcua.web.middleware.ActorAtTheEdge",
    "motcua.web.middleware.ReadsLogged",
    "motcua.web.middleware.RefusalsInWords",
]

ROOT_URLCONF = "motcua.urls"
WSGI_APPLICATION = "motcua.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "motcua" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "motcua.web.context.site",
            ],
            "builtins": ["motcua.web.templatetags.motcua"],
        },
    }
]

# MOTCUA_DB_POOL: most connections a process holds to PostgreSQL.
DB_POOL = int(_env("MOTCUA_DB_POOL", "8"))
# DATABASE_URL: sqlite:///path or postgresql://…; default is the embedded database in MOTCUA_HOME.
DATABASES = {"default": database(_env("DATABASE_URL", f"sqlite:///{HOME / 'motcua.sqlite3'}"), DB_POOL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "messages", "documents"]}
}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "motcua.web.account.backend.Backend",
]
PASSWORD_HASHERS = ["motcua.people.hashing.Argon2id19MiB"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "motcua.web.account.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": None}  # failures: web/account/adapter.py
MESSAGE_TAGS = {
    20: "",
    25: "good",
    30: "warning",
    40: "warning",
}  # tones of components/_notification_banner.html
# MOTCUA_OIDC_ISSUER: address of the identity provider (OpenID Connect); without it people sign in by password only.
OIDC_ISSUER = _env("MOTCUA_OIDC_ISSUER")
# MOTCUA_OIDC_CLIENT_ID: what this site is called there.
OIDC_CLIENT_ID = _env("MOTCUA_OIDC_CLIENT_ID")
# MOTCUA_OIDC_CLIENT_SECRET: its secret there.
OIDC_CLIENT_SECRET = _env("MOTCUA_OIDC_CLIENT_SECRET")
# MOTCUA_OIDC_NAME: the provider's name on the button; "Vietnamese | English" where they differ.
OIDC_NAME = _env("MOTCUA_OIDC_NAME", "OpenID Connect")
# MOTCUA_OIDC_SCOPES: what is asked of it, separated by spaces.
OIDC_SCOPES = _env("MOTCUA_OIDC_SCOPES", "openid profile")
# MOTCUA_OIDC_CLAIMS: ours=theirs where the provider names its claims otherwise (name, number, birth, sex, phone, email).
OIDC_CLAIMS = _pairs("MOTCUA_OIDC_CLAIMS")
# MOTCUA_OIDC_LEVELS: acr=level, how the provider writes the levels of people/assurance.toml.
OIDC_LEVELS = _pairs("MOTCUA_OIDC_LEVELS", "1=1,2=2")
OIDC_ORIGINS: tuple[str, ...] = (
    ("{0.scheme}://{0.netloc}".format(urlparse(OIDC_ISSUER)),) if OIDC_ISSUER else ()
)
SOCIALACCOUNT_ADAPTER = "motcua.web.account.oidc.ProviderAdapter"
ACCOUNT_FORMS = {"login": "motcua.web.account.forms.LoginForm"}

MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True

SESSION_ENGINE = "motcua.web.sessions"
SESSION_COOKIE_NAME = "motcua_session"
CSRF_COOKIE_NAME = "motcua_csrf"
# MOTCUA_HTTPS: 1 behind TLS: secure cookies, HSTS.
HTTPS = _flag("MOTCUA_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 12
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "motcua.web.public.errors.csrf_failure"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-motcua_session", "__Host-motcua_csrf"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [ROOT / "motcua" / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
FORMAT_MODULE_PATH = ["motcua.web.formats"]

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
MANUALS = ROOT / "docs" / "vi"
STATICFILES_DIRS = [ROOT / "motcua" / "web" / "static", ("manuals", MANUALS / "pictures")]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "files"},
    },
    "staticfiles": {"BACKEND": "motcua.web.assets.AssetStorage"},
}
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_PERMISSIONS = 0o600

# MOTCUA_SMTP_URL: smtp://user:pass@host:port; without it, e-mails stay in the outbox as "no channel".
SMTP_URL = _env("MOTCUA_SMTP_URL")
# MOTCUA_MAIL_FROM: sender of e-mails.
MAIL_FROM = _env("MOTCUA_MAIL_FROM", "motcua@localhost")
# MOTCUA_SIGNING_P12: PKCS#12 file of the signing certificate (default: the demo authority in MOTCUA_HOME).
SIGNING_P12 = _env("MOTCUA_SIGNING_P12")
# MOTCUA_SIGNING_PASSWORD: password of that file.
SIGNING_PASSWORD = _env("MOTCUA_SIGNING_PASSWORD")
# MOTCUA_TIMESTAMP_URL: RFC 3161 server whose time is put into signatures; without it, none is.
TIMESTAMP_URL = _env("MOTCUA_TIMESTAMP_URL")
# MOTCUA_HOOKS_INSIDE: 1 lets webhooks call http and private addresses (an own network, tests).
HOOKS_INSIDE = _env("MOTCUA_HOOKS_INSIDE") == "1"
# MOTCUA_CLAMD_URL: tcp://host:port or unix:///path of ClamAV's daemon; without it papers stay "unscanned".
CLAMD_URL = _env("MOTCUA_CLAMD_URL")
# MOTCUA_PACKS: folder of packs that commands look in by default.
PACKS = Path(_env("MOTCUA_PACKS", str(ROOT / "packs")))
# MOTCUA_LOG_LEVEL: DEBUG, INFO, WARNING or ERROR.
LOG_LEVEL = _env("MOTCUA_LOG_LEVEL", "INFO")
# MOTCUA_OTLP_ENDPOINT: a collector of traces and metrics (OTLP over HTTP), as http://localhost:4318; empty: none.
OTLP_ENDPOINT = _env("MOTCUA_OTLP_ENDPOINT", "")
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"trace": {"()": "motcua.core.tracing.TraceId"}},
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s%(trace)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["trace"]}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
