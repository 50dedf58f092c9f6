"""Settings of the demo's identity provider: the portal's, less what it does not need, and names of its own.

Reads no environment: ``motcua run`` gives this process its own ``MOTCUA_HOME`` (database, keys, accounts)
and leaves there, in ``setup.json``, which portal may ask it.
"""

import json

from motcua.core.databases import database
from motcua.core.keys import load_rsa_key
from motcua.settings import *  # noqa: F403
from motcua.settings import HOME, LOGGING, ROOT, TEMPLATES

__all__ = ["LOGGING"]

SETUP = HOME / "setup.json"
PORTALS: list[str] = json.loads(SETUP.read_text("utf-8"))["portals"] if SETUP.exists() else []
ROOT_URLCONF = "motcua.web.idp.urls"
WSGI_APPLICATION = "motcua.web.idp.wsgi.application"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.idp.oidc",
    "treebeard",
    "rules",
    "motcua.events",
    "motcua.reads",
    "motcua.places",
    "motcua.people",
    "motcua.agencies",
    "motcua.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "motcua.web.middleware.SafetyHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "motcua.web.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        **TEMPLATES[0],
        "DIRS": [ROOT / "motcua/web/idp/templates", ROOT / "motcua/web/templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "motcua.web.idp.views.words",
            ],
            "builtins": ["motcua.web.templatetags.motcua"],
        },
    }
]
DATABASES = {"default": database(f"sqlite:///{HOME / 'provider.sqlite3'}", 1)}
STATICFILES_DIRS = [ROOT / "motcua/web/static", ROOT / "motcua/web/idp/static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Cookies ignore ports: names of its own, or the portal's sessions would be overwritten.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "motcua_idp_session", "motcua_idp_csrf"
SESSION_COOKIE_AGE = 5 * 60  # whoever comes next at a shared computer is asked for a password
ACCOUNT_SESSION_REMEMBER = False
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
OIDC_ISSUER = ""
OIDC_ORIGINS = tuple(PORTALS)  # where its forms may lead to
IDP_OIDC_ADAPTER = "motcua.web.idp.adapter.DemoProvider"
IDP_OIDC_PRIVATE_KEY = load_rsa_key(HOME / "keys")
IDP_OIDC_AUTH_METHODS = ["client_secret_basic", "client_secret_post"]
