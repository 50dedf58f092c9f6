"""One way to write JSON for hashing: sorted keys, no spaces, UTF-8."""

import hashlib
import json
from collections.abc import Mapping, Sequence


def canonical(value: object) -> bytes:
    """JSON with sorted keys and no spaces; dates and other objects are refused by ``json``."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(value: Mapping[str, object] | Sequence[object]) -> str:
    """SHA-256 in hexadecimal of the canonical JSON of ``value``."""
    return hashlib.sha256(canonical(value)).hexdigest()
