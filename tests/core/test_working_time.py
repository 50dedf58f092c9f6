"""Working time: properties over any calendar, and the days that officials know."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.agencies.gateways import national_calendar
from motcua.core.periods import VIETNAM
from motcua.core.working_time import (
    ALL_DAY,
    STANDARD_DAY_MINUTES,
    STANDARD_HOURS,
    Calendar,
    Hours,
    HoursUnreadable,
    NeverOpen,
    YearNotFrozen,
    format_hours,
    parse_hours,
)

YEARS = (2025, 2026, 2027)
NATIONAL: Mapping[date, Hours] = {
    row.on: parse_hours(row.open_hours) for year in YEARS for row in national_calendar(year).days
}
OFFICIAL = Calendar(frozenset(YEARS), NATIONAL)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
CALENDARS = st.builds(
    lambda days: Calendar(frozenset(YEARS), {**NATIONAL, **days}),
    st.dictionaries(
        DAYS, st.sampled_from([(), ((450, 690),), STANDARD_HOURS, ((0, 1440),), ((600, 601),)]), max_size=12
    ),
)
MOMENTS = st.datetimes(datetime(2025, 6, 1), datetime(2026, 12, 31, 23, 59)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=VIETNAM)
)
MINUTES = st.integers(0, 60 * STANDARD_DAY_MINUTES)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@given(CALENDARS, MOMENTS, MINUTES)
@pytest.mark.feature("N6")
def test_add_then_between_is_identity(calendar: Calendar, start: datetime, minutes: int) -> None:
    assert calendar.minutes_between(start, calendar.add_minutes(start, minutes)) == minutes


@given(CALENDARS, MOMENTS, MINUTES)
def test_never_lands_in_closed_time(calendar: Calendar, start: datetime, minutes: int) -> None:
    end = calendar.add_minutes(start, minutes)
    assert end >= start
    if minutes:
        assert calendar.is_open(end - timedelta(microseconds=1))
    else:
        assert calendar.is_open(end)


@given(CALENDARS, MOMENTS, MINUTES, MINUTES)
def test_monotone_in_minutes_and_additive(calendar: Calendar, start: datetime, one: int, two: int) -> None:
    middle = calendar.add_minutes(start, one)
    end = calendar.add_minutes(start, one + two)
    assert middle <= end
    if two:
        assert calendar.add_minutes(middle, two) == end


@given(CALENDARS, MOMENTS, MOMENTS, MINUTES)
def test_monotone_in_the_start(calendar: Calendar, one: datetime, two: datetime, minutes: int) -> None:
    first, second = sorted((one, two))
    assert calendar.add_minutes(first, minutes) <= calendar.add_minutes(second, minutes)
    assert calendar.minutes_between(first, second) >= 0
    assert calendar.minutes_between(second, first) == -calendar.minutes_between(first, second)


@given(CALENDARS, MOMENTS, MOMENTS, MOMENTS)
def test_between_is_additive(calendar: Calendar, one: datetime, two: datetime, three: datetime) -> None:
    a, b, c = sorted(moment.replace(second=0, microsecond=0) for moment in (one, two, three))
    assert calendar.minutes_between(a, b) + calendar.minutes_between(b, c) == calendar.minutes_between(a, c)


@given(MOMENTS, st.integers(0, 100_000))
def test_calendar_days_are_plain_time(start: datetime, minutes: int) -> None:
    assert ALL_DAY.add_minutes(start, minutes) == start + timedelta(minutes=minutes)
    assert ALL_DAY.is_open(start)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-07-10 09:00", 3 * 480, "2026-07-15 09:00"),  # Friday and three working days
        ("2026-07-10 17:30", 480, "2026-07-13 17:30"),  # the day is over: all of Monday
        ("2026-07-11 10:00", 0, "2026-07-13 07:30"),  # Saturday: Monday's first moment
        ("2026-07-10 11:29", 1, "2026-07-10 11:30"),  # stays in the morning
        ("2026-07-10 11:29", 2, "2026-07-10 13:31"),  # over the noon break
        ("2026-02-13 10:00", 480, "2026-02-23 10:00"),  # Tết 2026: 14–22 February, as announced
        ("2025-12-31 16:30", 120, "2026-01-02 08:30"),  # over new year
        ("2026-11-23 10:00", 480, "2026-11-25 10:00"),  # 24 November, culture day
        ("2026-08-21 10:00", 480, "2026-08-22 10:00"),  # Saturday 22 August 2026 is worked …
        ("2026-08-28 17:00", 60, "2026-09-03 08:00"),  # … for Monday 31 August
        ("2026-04-24 17:00", 60, "2026-04-28 08:00"),  # Hùng kings on a Sunday: Monday off instead
    ],
)
@pytest.mark.feature("33")
def test_known_days(start: str, minutes: int, end: str) -> None:
    assert OFFICIAL.add_minutes(at(start), minutes) == at(end)


def test_other_zones_are_the_same_moment() -> None:
    utc = datetime.fromisoformat("2026-07-10T02:00:00+00:00")
    assert OFFICIAL.add_minutes(utc, 60) == at("2026-07-10 10:00")
    assert OFFICIAL.is_open(utc)


def test_a_year_that_is_not_fixed_is_refused_with_the_remedy() -> None:
    with pytest.raises(YearNotFrozen) as refusal:
        OFFICIAL.add_minutes(at("2027-12-31 16:00"), 480)
    assert refusal.value.code == "calendar_year_not_frozen"
    assert "2028" in refusal.value.cause.vi
    assert "motcua calendar freeze 2028" in refusal.value.next_step.en
    with pytest.raises(YearNotFrozen):
        OFFICIAL.minutes_between(at("2024-12-31 10:00"), at("2025-01-03 10:00"))


def test_a_deadline_on_the_last_day_of_a_fixed_year_needs_no_other_year() -> None:
    assert OFFICIAL.add_minutes(at("2027-12-31 07:30"), 480) == at("2027-12-31 17:30")


def test_negative_minutes_are_a_fault() -> None:
    with pytest.raises(ValueError, match="negative"):
        OFFICIAL.add_minutes(at("2026-07-10 09:00"), -1)


def test_a_calendar_that_is_never_open_ends() -> None:
    with pytest.raises(NeverOpen):
        Calendar(years=None, week=((),) * 7).add_minutes(at("2026-07-10 09:00"), 1)


@pytest.mark.parametrize(
    "text", ["", "07:30-11:30", "07:30-11:30 13:30-17:30", "00:00-24:00", "08:00-09:00 09:00-10:00"]
)
def test_hours_are_read_and_written_back(text: str) -> None:
    assert format_hours(parse_hours(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "7:30-11:30",
        "11:30-07:30",
        "08:00-08:00",
        "13:30-17:30 07:30-11:30",
        "24:00-25:00",
        "07:60-08:00",
        "x",
    ],
)
def test_hours_that_cannot_be(text: str) -> None:
    with pytest.raises(HoursUnreadable):
        parse_hours(text)
