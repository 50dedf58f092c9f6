"""Django's settings for a database that is named by its address."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse


def database(url: str, pool: int) -> dict[str, Any]:
    """Settings for ``sqlite:///path`` or ``postgresql://user:pass@host:port/name``.

    ``pool`` is the most connections that a process holds to PostgreSQL.
    """
    parts = urlparse(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
            "TEST": {"NAME": str(Path(unquote(parts.path)).parent / "test.sqlite3")},
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": pool, "timeout": 20},
            # values go apart from the statement, and one that comes back is planned once: on the path of a
            # filing planning costs as much as doing. A pooler in between must know prepared statements.
            "server_side_binding": True,
            "prepare_threshold": 5,
            # compiling a plan takes longer than the longest of our reads
            "options": "-c jit=off",
        },
    }


@contextmanager
def planned_by_value() -> Iterator[None]:
    """Reads inside are planned for the values they come with, each time.

    A statement that comes back is otherwise planned once for any value (``prepare_threshold`` above). That is
    right for a row by its key and wrong for sums over a period: after the tenth time the same figure took
    ninety milliseconds in the place of fifteen (`python bench/board.py`).
    """
    from django.db import connection

    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    raw = connection.connection
    before, raw.prepare_threshold = raw.prepare_threshold, None
    try:
        yield
    finally:
        raw.prepare_threshold = before
