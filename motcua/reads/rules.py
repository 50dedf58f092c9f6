"""Pure rules of the log of reads: how a row is marked, what a batch is made of."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import date

from motcua.core.canonical import canonical

STREAM = "reads"
SEALED = "reads.sealed"
FIELDS = ("at", "user", "posts", "kind", "subject", "dossier", "listed", "via", "why")


def key_of(seed: bytes) -> bytes:
    """The key of the marks, made from the site's sealing key (32 bytes)."""
    return hmac.new(seed, b"motcua reads 1", hashlib.sha256).digest()


def mark(key: bytes, content: Mapping[str, object]) -> str:
    """HMAC-SHA-256, hexadecimal, of a row's content: exactly ``FIELDS``, ``at`` as UTC ISO text."""
    if set(content) != set(FIELDS):
        raise ValueError(f"a read has the fields {', '.join(FIELDS)}")
    return hmac.new(key, canonical(dict(content)), hashlib.sha256).hexdigest()


def filed_on(code: str) -> date | None:
    """The day in a dossier's code (``H43.12-260710-0001``), or None where there is none."""
    parts = code.split("-")
    try:
        return date.fromisoformat(f"20{parts[1]}") if len(parts) == 3 else None
    except ValueError:
        return None
