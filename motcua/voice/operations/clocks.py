"""Due moments in working days of an agency, and codes of what people say."""

import secrets
from datetime import datetime, timedelta

from motcua.agencies.queries import calendar_for
from motcua.core.periods import local_day
from motcua.core.working_time import STANDARD_DAY_MINUTES, Calendar

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is read as another


def new_code(prefix: str, now: datetime) -> str:
    """``PA-261126-7K3M2Q``: by day, not to be guessed."""
    tail = "".join(secrets.choice(_LETTERS) for _ in range(6))
    return f"{prefix}-{local_day(now):%y%m%d}-{tail}"


def calendar_of(agency_id: int, now: datetime) -> Calendar:
    """The working calendar of an agency around a moment."""
    year = local_day(now).year
    return calendar_for(agency_id, {year - 1, year, year + 1})


def working_days_later(calendar: Calendar, start: datetime, days: int, more_minutes: int = 0) -> datetime:
    """The moment so many working days (of eight hours) after ``start``."""
    return calendar.add_minutes(start, days * STANDARD_DAY_MINUTES + more_minutes)


def days_later(start: datetime, days: int) -> datetime:
    """The moment so many calendar days after ``start``."""
    return start + timedelta(days=days)
