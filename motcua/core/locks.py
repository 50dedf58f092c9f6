"""Advisory lock numbers of PostgreSQL, by name, in one place (SQLite has one writer anyway)."""

from enum import IntEnum


class Lock(IntEnum):
    """A number given to ``pg_advisory_xact_lock``; never change one while a site runs."""

    EVENT_APPEND = 0x4D43_0001
    ROLLUPS = 0x4D43_0002
    READ_SEAL = 0x4D43_0008
