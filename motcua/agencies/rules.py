"""Pure rules of agencies: which days are calendar rows, where an identifier may hang."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.core.references import AGENCY_IDENTIFIER, root_of
from motcua.core.working_time import STANDARD_HOURS, format_hours


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day that differs from the ordinary week; ``open_hours`` is "" for closed."""

    on: date
    open_hours: str
    reason: str


def national_days(
    year: int, holidays: Mapping[date, str], weekend_workdays: Collection[date]
) -> tuple[DayRow, ...]:
    """The rows of one year: holidays closed, working weekend days open as on an ordinary day.

    Both inputs may hold days of other years; a day that is both is a holiday.
    """
    closed = {day: DayRow(day, "", name) for day, name in holidays.items() if day.year == year}
    hours = format_hours(STANDARD_HOURS)
    extra = {d: DayRow(d, hours, "Ngày làm bù") for d in weekend_workdays if d.year == year}
    merged = {**extra, **closed}
    return tuple(merged[day] for day in sorted(merged))


def fits_below(identifier: str, parent: str | None) -> bool:
    """True for a well-formed identifier, under its own root when it has a parent (Decision 20/2020)."""
    if not AGENCY_IDENTIFIER.match(identifier):
        return False
    return (parent is None) == ("." not in identifier) and root_of(identifier) == root_of(
        parent or identifier
    )


def weekdays_of(year: int, weekday: int) -> tuple[date, ...]:
    """All days of a year that fall on a weekday (0 is Monday, 6 Sunday)."""
    first = date(year, 1, 1)
    start = first + timedelta(days=(weekday - first.weekday()) % 7)
    days = (start + timedelta(days=7 * n) for n in range(53))
    return tuple(day for day in days if day.year == year)


def in_a_holiday(day: date, closed: Collection[date]) -> bool:
    """A weekend day beside a closed Friday or Monday is part of that holiday."""
    if day.weekday() < 5:
        return day in closed
    friday = day - timedelta(days=day.weekday() - 4)
    return friday in closed or friday + timedelta(days=3) in closed
