"""The public holidays of Viet Nam, from the ``holidays`` package (imported at first use)."""

from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from motcua.agencies.rules import DayRow, national_days


@dataclass(frozen=True, slots=True)
class NationalCalendar:
    """The days of one year that differ from the ordinary week, and where they come from."""

    source: str
    days: tuple[DayRow, ...]


def national_calendar(year: int) -> NationalCalendar:
    """Holidays with Tết and compensatory days, and working weekend days of one year."""
    import holidays

    found = holidays.country_holidays("VN", years=year, language="vi")
    extra: set[date] = found.weekend_workdays  # holds other years too: the rule filters
    return NationalCalendar(f"holidays {version('holidays')}, VN", national_days(year, dict(found), extra))
