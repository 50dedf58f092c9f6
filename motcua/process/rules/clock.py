"""The legal clock: a limit in working or calendar time, recomputed from stored pauses (domain.md §1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

MINUTES_OF_WORKING_DAY = 480
MINUTES_OF_DAY = 1440


class Unit(StrEnum):
    """Units in which the law gives time limits."""

    WORKING_DAYS = "working_days"
    WORKING_HOURS = "working_hours"
    DAYS = "days"  # calendar days
    HOURS = "hours"  # calendar hours

    @property
    def counts_all_time(self) -> bool:
        """True for calendar units: nights and holidays count."""
        return self in {Unit.DAYS, Unit.HOURS}


class Countable(Protocol):
    """What the clock needs of a calendar; ``core.working_time.Calendar`` is one."""

    def add_minutes(self, start: datetime, minutes: int) -> datetime:
        """The moment at which ``minutes`` of counted time have passed."""
        ...

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """Counted minutes between two moments."""
        ...


@dataclass(frozen=True, slots=True)
class Interval:
    """A pause; open while ``until_at`` is None."""

    from_at: datetime
    until_at: datetime | None


def minutes_of(amount: int, unit: Unit) -> int:
    """A limit as counted minutes of its calendar."""
    per = {
        Unit.WORKING_DAYS: MINUTES_OF_WORKING_DAY,
        Unit.WORKING_HOURS: 60,
        Unit.DAYS: MINUTES_OF_DAY,
        Unit.HOURS: 60,
    }
    return amount * per[unit]


def minutes_before_warning(minutes: int, left: int) -> int:
    """Counted minutes after which ``left`` per cent of a limit are left."""
    return minutes * (100 - left) // 100


def due_after(
    calendar: Countable, *, started_at: datetime, minutes: int, pauses: Iterable[Interval] = ()
) -> datetime:
    """When ``minutes`` of unpaused counted time have passed since ``started_at``.

    Pauses may not overlap. A pause before the start or after the limit has no effect; an open
    pause is not counted until it closes (the due date then moves by exactly its counted time).
    """
    due = calendar.add_minutes(started_at, minutes)
    for pause in sorted(pauses, key=lambda p: p.from_at):
        if pause.until_at is None or pause.from_at > due:
            continue
        start = max(pause.from_at, started_at)
        if pause.until_at > start:
            due = calendar.add_minutes(due, calendar.minutes_between(start, pause.until_at))
    return due


def used_minutes(
    calendar: Countable, *, started_at: datetime, until: datetime, pauses: Iterable[Interval] = ()
) -> int:
    """Counted minutes that have run between ``started_at`` and ``until``, pauses left out."""
    used = calendar.minutes_between(started_at, until) if until > started_at else 0
    for pause in pauses:
        start = max(pause.from_at, started_at)
        end = min(pause.until_at or until, until)
        if end > start:
            used -= calendar.minutes_between(start, end)
    return used
