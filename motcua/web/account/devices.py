"""The devices from which somebody has signed in before: a signed cookie, no table.

Who guesses at another's name from elsewhere must not be able to keep the owner out: a known device has
counts of its own, which nobody else can use up.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from motcua.core.sealing import blind_index

COOKIE = "motcua_known"
SALT = "motcua.device"
LASTS = 365 * 24 * 60 * 60
MOST_NAMES = 5  # of one device, the latest ones


def _mark(username: str) -> str:
    return blind_index(username.lower(), key=settings.KEYS.index, purpose="device")[:20]


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        record = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS)
        return str(record["id"]), [str(name) for name in record["names"]]
    except (signing.BadSignature, KeyError, TypeError):
        return "", []


def known_device(request: HttpRequest, username: str) -> str:
    """The device's random name if this user name has signed in from it before, else ""."""
    device, names = _read(request)
    return device if _mark(username) in names else ""


def remember_device(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Let the device be known for this user name from now on."""
    device, names = _read(request)
    marks = [_mark(username), *(n for n in names if n != _mark(username))][:MOST_NAMES]
    response.set_cookie(
        COOKIE,
        signing.dumps({"id": device or secrets.token_urlsafe(16), "names": marks}, salt=SALT),
        max_age=LASTS,
        samesite="Lax",
        secure=settings.HTTPS,
        httponly=True,
    )
