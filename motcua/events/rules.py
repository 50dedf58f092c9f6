"""Pure rules of the log: what may be written, how it is hashed, how it is sealed."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from motcua.core.canonical import digest

MOST_STREAM, MOST_KIND = 100, 60
GREATEST_INTEGER = 2**53 - 1  # beyond it other readers of JSON lose digits


class NotLoggable(TypeError):
    """Data that would not come back from every database as it was written; a programming fault."""


def loggable(value: object, place: str = "data") -> object:
    """Return ``value`` as plain JSON (tuples become lists), or raise ``NotLoggable`` with the place.

    Floats are refused: databases write them back differently, and a hash would break.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) <= GREATEST_INTEGER:
        return int(value)
    if isinstance(value, str):
        return _text(value, place)
    if isinstance(value, Mapping):
        return {_key(k, place): loggable(v, f"{place}.{k}") for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [loggable(v, f"{place}[{i}]") for i, v in enumerate(value)]
    raise NotLoggable(f"{place}: {type(value).__name__} cannot be kept in the log")


def _text(value: str, place: str) -> str:
    if "\0" in value or any("\ud800" <= c <= "\udfff" for c in value):
        raise NotLoggable(f"{place}: text with a null or half a character cannot be kept in the log")
    return str.__str__(value)  # the text itself, also of an enumeration's member


def named(stream: str, kind: str) -> None:
    """Raise ``NotLoggable`` for a stream or kind that does not fit its column (SQLite would keep it)."""
    if not 0 < len(stream) <= MOST_STREAM or not 0 < len(kind) <= MOST_KIND:
        raise NotLoggable(f"stream {stream[:120]!r} or kind {kind[:80]!r}: empty or too long")


def _key(key: object, place: str) -> str:
    if not isinstance(key, str):
        raise NotLoggable(f"{place}: keys must be text, not {type(key).__name__}")
    return _text(key, place)


def event_hash(
    *, stream: str, sequence: int, kind: str, at: datetime, actor: object, data: object, previous: str
) -> str:
    """The hash of one event: SHA-256 over canonical JSON that holds the hash of the one before."""
    return digest(
        {
            "stream": stream,
            "sequence": sequence,
            "kind": kind,
            "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": actor,
            "data": data,
            "previous": previous,
        }
    )


def leaf(event_id: int, event_digest: str) -> bytes:
    """Leaf of the seal's tree: the place in the log and the event's hash together."""
    return hashlib.sha256(b"\0" + f"{event_id}:{event_digest}".encode()).digest()


def merkle_root(leaves: Sequence[bytes]) -> str:
    """Root of the tree of RFC 9162 §2.1.1 over ready leaves, in hexadecimal."""
    level = list(leaves)
    if not level:
        return hashlib.sha256().hexdigest()
    while len(level) > 1:
        pairs = [
            hashlib.sha256(b"\1" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)
        ]
        level = pairs + ([level[-1]] if len(level) % 2 else [])
    return level[0].hex()


def seal_text(*, first_id: int, last_id: int, count: int, root: str, previous: str, at: datetime) -> bytes:
    """The words that a seal signs."""
    when = at.astimezone(UTC).isoformat(timespec="microseconds")
    return f"motcua seal 1\n{first_id}\n{last_id}\n{count}\n{root}\n{previous}\n{when}\n".encode()
