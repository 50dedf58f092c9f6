"""Pure rules of messages: what a header may hold, when to try again, what is never told."""

import base64
import hashlib
import hmac
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from motcua.core.folding import nfc
from motcua.core.periods import VIETNAM

MAX_TRIES = 12  # with the waits below: about a day and a half
LONGEST_WAIT = timedelta(hours=6)
LEASE = timedelta(minutes=5)  # a message being sent is left alone this long, then tried again

_MOMENT = re.compile(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_TWELVE_DIGITS = re.compile(r"(?<!\d)(?:\d ?){11}\d(?!\d)")


class Template(StrEnum):
    """Messages that exist; one text file a language."""

    SUBMITTED = "submitted"
    RECEIVED = "received"
    SUPPLEMENT = "supplement"
    DRAFT = "draft"
    REFUSED = "refused"
    RESULT = "result"
    RECORDED = "recorded"
    LATE = "late"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    REVOKED = "revoked"
    CORRECTED = "corrected"
    CONSULTATION = "consultation"
    DUE = "due"
    SLIP = "slip"
    VOICE = "voice"
    PUBLICATION = "publication"
    PUBLICATION_NEAR = "publication_near"
    PUBLICATION_PARTS = "publication_parts"


def header(text: str, limit: int = 250) -> str:
    """Text for one header line: no line breaks, no control characters, at most ``limit`` characters."""
    return nfc("".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text))[:limit]


def hide_numbers(text: str) -> str:
    """Twelve digits in a row are a personal number: all but the last three are hidden."""
    return _TWELVE_DIGITS.sub(lambda m: "•••••••••" + re.sub(r"\D", "", m.group(0))[-3:], text)


def wait_after(tries: int) -> timedelta | None:
    """How long to wait after try number ``tries``; None when it was the last.

    One minute, doubled each time, at most six hours.
    """
    if tries >= MAX_TRIES:
        return None
    return min(timedelta(minutes=1 << max(0, tries - 1)), LONGEST_WAIT)


def message_id(key: str, domain: str) -> str:
    """The same ``Message-ID`` for the same message: sent twice, mailboxes can tell."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def channel_key(key: str, channel: str) -> str:
    """The key of one message on one channel, at most 120 characters."""
    whole = f"{key}:{channel}"
    return whole if len(whole) <= 120 else f"{hashlib.sha256(key.encode()).hexdigest()}:{channel}"


def in_words(value: object, locale: str) -> object:
    """A value as a reader in Viet Nam expects it: dd/mm/yyyy, hours, no personal number."""
    if isinstance(value, str):
        return _text_in_words(value, locale)
    if isinstance(value, datetime):
        local = value.astimezone(VIETNAM)
        return (
            f"{local:%d/%m/%Y, %H:%M}" if locale.startswith("en") else f"{local:%H:%M} ngày {local:%d/%m/%Y}"
        )
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Mapping):
        return {str(k): in_words(v, locale) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [in_words(item, locale) for item in value]
    return value


def _text_in_words(value: str, locale: str) -> object:
    if value.startswith(("http://", "https://")):
        return value
    if _DAY.match(value):
        return in_words(date.fromisoformat(value), locale)
    if _MOMENT.match(value):
        try:
            return in_words(datetime.fromisoformat(value), locale)
        except ValueError:
            pass
    clean = "".join(
        c for c in unicodedata.normalize("NFC", value) if c == "\n" or unicodedata.category(c) != "Cc"
    )
    return hide_numbers(clean)


def hook_address_fault(url: str, *, inside: bool) -> str:
    """What is wrong with the address of a listener, in English words; "" when it may be used.

    Only https; plain http only where ``inside`` (an operator's own network) is allowed.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "it is not an address"
    if len(url) > 500 or any(unicodedata.category(c)[0] in "CZ" for c in url):
        return "it is too long or holds blanks"
    if parts.scheme != "https" and not (inside and parts.scheme == "http"):
        return "only https is called"
    if not parts.hostname or parts.username or parts.password or parts.fragment:
        return "it must be a host and a path, without user, password or fragment"
    return "" if port != 0 else "port 0 is none"


def hook_signature(secret: bytes, *, delivery: str, at: int, body: bytes) -> str:
    """``v1,<base64>`` as Standard Webhooks sign: HMAC-SHA-256 over ``id.timestamp.body``."""
    signed = hmac.new(secret, f"{delivery}.{at}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"


def hook_secret_text(secret: bytes) -> str:
    """The key as it is told to its owner, once: ``whsec_`` and base64."""
    return f"whsec_{base64.b64encode(secret).decode()}"
