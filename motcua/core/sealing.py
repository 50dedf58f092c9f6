"""Sealing of personal data: AES-256-GCM bound to its row, and blind indices under another key."""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class SealBroken(Exception):
    """The sealed bytes do not belong to this row or this key, or were changed."""


def seal(plain: bytes, *, key: bytes, row: str) -> bytes:
    """Encrypt ``plain`` under a 32-byte key; ``row`` (e.g. ``person:17``) is bound to it."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, row.encode())


def unseal(sealed: bytes, *, key: bytes, row: str) -> bytes:
    """Decrypt what ``seal`` made for the same key and row; raises ``SealBroken``."""
    blob = bytes(sealed)
    try:
        return AESGCM(key).decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], row.encode())
    except (InvalidTag, ValueError) as error:
        raise SealBroken(row) from error


def blind_index(value: str, *, key: bytes, purpose: str) -> str:
    """A 64-digit hexadecimal index that finds equal values without storing them."""
    return hmac.new(key, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()
