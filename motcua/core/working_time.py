"""Working time: pure arithmetic over the open intervals of days in Viet Nam.

Standard week: Monday to Friday, 07:30–11:30 and 13:30–17:30, so a working day is 480 minutes.
Days that differ (holidays, half-days, working Saturdays) come as data; see agencies.queries.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from motcua.core.periods import VIETNAM, local_day
from motcua.core.refusals import Refusal
from motcua.core.texts import Text

STANDARD_DAY_MINUTES = 480
MINUTE = timedelta(minutes=1)
MOST_CLOSED_DAYS = 400  # a calendar that is closed longer than this is a mistake

Interval = tuple[int, int]  # minutes since midnight, [from, to)
Hours = tuple[Interval, ...]

CLOSED: Hours = ()
STANDARD_HOURS: Hours = ((450, 690), (810, 1050))
STANDARD_WEEK: tuple[Hours, ...] = (STANDARD_HOURS,) * 5 + (CLOSED,) * 2
_SPAN = re.compile(r"^(\d{2}):(\d{2})-(\d{2}):(\d{2})$")


class YearNotFrozen(Refusal):
    """A calculation touched a year whose calendar has not been fixed: no guess is made."""

    code = "calendar_year_not_frozen"
    cause = Text(
        "Lịch làm việc năm {year} chưa được chốt nên không thể tính thời hạn.",
        "The working calendar of {year} has not been fixed, so no deadline can be calculated.",
    )
    next_step = Text(
        "Người vận hành chạy lệnh: motcua calendar freeze {year}.",
        "The operator runs: motcua calendar freeze {year}.",
    )
    status = 503


class NeverOpen(Refusal):
    """The calendar has no open time for more than a year."""

    code = "calendar_never_open"
    cause = Text(
        "Lịch làm việc không có giờ mở cửa nào sau ngày {day}.",
        "The working calendar has no open hour after {day}.",
    )
    next_step = Text("Kiểm tra các ngày đóng cửa của cơ quan.", "Check the agency's closed days.")


class HoursUnreadable(ValueError):
    """Opening hours that are not written as ``07:30-11:30 13:30-17:30``."""


def parse_hours(text: str) -> Hours:
    """``"07:30-11:30 13:30-17:30"`` → intervals; ``""`` is closed. Raises ``HoursUnreadable``."""
    hours: list[Interval] = []
    for part in text.split():
        match = _SPAN.match(part)
        if not match:
            raise HoursUnreadable(f"not opening hours: {part!r}")
        a, b, c, d = (int(g) for g in match.groups())
        first, last = a * 60 + b, c * 60 + d
        if b > 59 or d > 59 or last > 1440 or last <= first or (hours and first < hours[-1][1]):
            raise HoursUnreadable(f"hours out of order or out of the day: {text!r}")
        hours.append((first, last))
    return tuple(hours)


def format_hours(hours: Hours) -> str:
    """The inverse of ``parse_hours``."""
    return " ".join(f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in hours)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Open intervals of each day. ``years`` are those that are fixed; None: every year."""

    years: frozenset[int] | None
    days: Mapping[date, Hours] = field(default_factory=dict)  # days that differ from the week
    week: tuple[Hours, ...] = STANDARD_WEEK  # Monday first

    def hours(self, day: date) -> Hours:
        """The open intervals of a day; raises ``YearNotFrozen``."""
        if self.years is not None and day.year not in self.years:
            raise YearNotFrozen(year=day.year)
        found = self.days.get(day)
        return self.week[day.weekday()] if found is None else found

    def is_open(self, at: datetime) -> bool:
        """True when an aware moment lies in an open interval (its end excluded)."""
        return any(first <= at < last for first, last in self._spans(local_day(at)))

    def is_working_day(self, day: date) -> bool:
        """True when the day has any open time."""
        return bool(self.hours(day))

    def day_minutes(self, day: date) -> int:
        """Open minutes of a day."""
        return sum(last - first for first, last in self.hours(day))

    def _spans(self, day: date) -> list[tuple[datetime, datetime]]:
        midnight = datetime.combine(day, time.min, tzinfo=VIETNAM)
        return [(midnight + MINUTE * first, midnight + MINUTE * last) for first, last in self.hours(day)]

    def _spans_from(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        closed = 0
        while closed <= MOST_CLOSED_DAYS:
            spans = self._spans(day)
            yield from spans
            closed = 0 if spans else closed + 1
            day += timedelta(days=1)
        raise NeverOpen(day=day - timedelta(days=closed))

    def add_minutes(self, start: datetime, minutes: int) -> datetime:
        """The moment at which ``minutes`` of open time have passed since ``start``.

        Zero minutes: the first open moment at or after ``start``. A deadline that fills a day to
        its end stays on that day (17:30), it does not move to the next morning.
        Raises ``ValueError`` for negative minutes, ``YearNotFrozen``, ``NeverOpen``.
        """
        if minutes < 0:
            raise ValueError("minutes cannot be negative")
        left = MINUTE * minutes
        for first, last in self._spans_from(local_day(start)):
            begin = max(first, start)
            if begin >= last:
                continue
            if begin + left <= last:
                return begin + left
            left -= last - begin
        raise AssertionError("unreachable: _spans_from ends by raising")

    def end_of_day(self, at: datetime) -> datetime:
        """The end of the hours of that day, or of the first working day after it; never before ``at``."""
        for day in (local_day(at) + timedelta(days=n) for n in range(MOST_CLOSED_DAYS)):
            spans = self._spans(day)
            if spans:
                return max(at, spans[-1][1])
        raise NeverOpen(day=local_day(at))

    def minutes_between(self, a: datetime, b: datetime) -> int:
        """Whole open minutes from ``a`` to ``b``; negative when ``b`` comes before ``a``."""
        if b < a:
            return -self.minutes_between(b, a)
        passed, day, last_day = timedelta(), local_day(a), local_day(b)
        while day <= last_day:
            for first, last in self._spans(day):
                passed += max(min(last, b) - max(first, a), timedelta())
            day += timedelta(days=1)
        return passed // MINUTE


ALL_DAY = Calendar(years=None, week=(((0, 1440),),) * 7)
"""Always open: for limits in calendar days (1,440 minutes each)."""
