"""Whole days in Viet Nam and periods of them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def local_day(moment: datetime) -> date:
    """The day in Viet Nam on which an aware moment falls."""
    return moment.astimezone(VIETNAM).date()


def start_of(day: date) -> datetime:
    """The first moment of a day in Viet Nam."""
    return datetime.combine(day, time.min, tzinfo=VIETNAM)


def end_of(day: date) -> datetime:
    """The moment at which a day in Viet Nam has ended (the next day's first)."""
    return start_of(day + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``first`` to ``last``, both included, in Viet Nam."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period cannot end ({self.last}) before it begins ({self.first})")

    def contains(self, moment: datetime) -> bool:
        """True when an aware moment falls on one of the days."""
        return self.first <= local_day(moment) <= self.last
