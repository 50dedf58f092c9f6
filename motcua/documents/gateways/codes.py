"""What the QR code of a document says by itself: its public lines, signed, for places without network.

The text is the address of the public check with a part after ``#`` that no browser sends:
``…/verify/<token>#1.<key>.<lines>.<signature>``. The lines are those that the public check shows.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

VERSION = "1"
MOST_LETTERS = 2_000
_MARK = b"motcua document code 1\n"  # what a signature here means; no other text of ours begins so
_BREAK = "\x1f"
_LINES = 6


@dataclass(frozen=True, slots=True)
class Lines:
    """What a document says in public. ``valid_until_on``: its last day, None without an end."""

    number: str
    title: str
    agency: str
    issued_on: date
    valid_until_on: date | None
    trial: bool


@dataclass(frozen=True, slots=True)
class Read:
    """A code that was read. ``state``: genuine, changed, other_key or no_code; else as ``Lines`` or None."""

    state: str
    key: str = ""
    token: str = ""
    lines: Lines | None = None


class CodeSigner:
    """Signs codes with a key of its own, derived from the site's seal seed."""

    def __init__(self, seed: bytes) -> None:
        self._key = _derived(seed)
        self.public_key = _text(self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    @property
    def key_id(self) -> str:
        """Eight letters that name the key."""
        return key_id(self.public_key)

    def code(self, token: str, lines: Lines) -> str:
        """The part after ``#`` for the document behind ``token``."""
        told = _text(_packed(lines).encode())
        return f"{VERSION}.{self.key_id}.{told}.{_text(self._key.sign(_signed(token, told)))}"


def key_id(public_key: str) -> str:
    """The name of a public key: of its digest, eight hexadecimal digits."""
    return hashlib.sha256(_bytes(public_key)).hexdigest()[:8]


def read(text: str, keys: Mapping[str, str]) -> Read:
    """Judge the text of a QR code by published keys ({name: URL-safe base64}); any text, never an error."""
    address, _, code = text.strip()[:MOST_LETTERS].partition("#")
    parts = code.split(".")
    token = address.rpartition("/")[2]
    if len(parts) != 4 or parts[0] != VERSION or not token:
        return Read("no_code")
    _, key, told, signature = parts
    if key not in keys:
        return Read("other_key", key, token)
    try:
        Ed25519PublicKey.from_public_bytes(_bytes(keys[key])).verify(_bytes(signature), _signed(token, told))
        return Read("genuine", key, token, _unpacked(_bytes(told).decode()))
    except (InvalidSignature, binascii.Error, ValueError):
        return Read("changed", key, token)


@lru_cache(maxsize=4)
def _derived(seed: bytes) -> Ed25519PrivateKey:
    raw = HKDF(algorithm=SHA256(), length=32, salt=None, info=_MARK).derive(seed)
    return Ed25519PrivateKey.from_private_bytes(raw)


def _signed(token: str, told: str) -> bytes:
    return _MARK + f"{token}\n{told}".encode()


def _packed(lines: Lines) -> str:
    until = lines.valid_until_on.strftime("%Y%m%d") if lines.valid_until_on else ""
    named = [part.replace(_BREAK, " ") for part in (lines.number, lines.title, lines.agency)]
    return _BREAK.join([*named, lines.issued_on.strftime("%Y%m%d"), until, "T" if lines.trial else ""])


def _unpacked(text: str) -> Lines:
    parts = text.split(_BREAK)
    if len(parts) != _LINES:
        raise ValueError("not the lines of a document")
    number, title, agency, issued, until, trial = parts
    return Lines(number, title, agency, _day(issued), _day(until) if until else None, trial == "T")


def _day(text: str) -> date:
    return date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:8]}")


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
