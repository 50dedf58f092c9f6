"""The longest time limit that a procedure publishes, as a moment (766 2.1 without a promised date)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from motcua.catalogue.rules.facts import Time
from motcua.core.working_time import STANDARD_DAY_MINUTES, Calendar

# elapsed minutes of one unit; months and years as 30 and 365 days [M: the source does not say]
_ELAPSED = {"minute": 1, "hour": 60, "day": 1_440, "week": 10_080, "month": 43_200, "year": 525_600}
_WORKING = {"working_hour": 60, "working_day": STANDARD_DAY_MINUTES}
_WEEK = Calendar(years=None)  # a working week without holidays: those of other agencies are not known here
MOST_MINUTES = 10 * _ELAPSED["year"]


def longest_end(times: Iterable[Time], start: datetime) -> datetime | None:
    """The latest moment at which one of the published limits ends; None where none can be read."""
    ends = [end for time in times if (end := _end(time, start)) is not None]
    return max(ends, default=None)


def _end(time: Time, start: datetime) -> datetime | None:
    if time.amount is None or time.flag or time.amount <= 0:
        return None
    minutes = int(time.amount * (_ELAPSED.get(time.unit) or _WORKING.get(time.unit) or 0))
    if not 0 < minutes <= MOST_MINUTES:
        return None
    return _WEEK.add_minutes(start, minutes) if time.unit in _WORKING else start + timedelta(minutes=minutes)
