"""Calendars as rows: fixed once, local days before national ones, cheap to ask."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from click.testing import CliRunner

from motcua.agencies import operations, queries
from motcua.agencies.models import CalendarDay, CalendarYear
from motcua.agencies.rules import national_days
from motcua.cli import motcua
from motcua.core.actor import SYSTEM
from motcua.core.periods import VIETNAM
from motcua.core.working_time import STANDARD_HOURS, YearNotFrozen

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(make_agency: Callable[..., int]) -> dict[str, int]:
    return {
        "H43": make_agency("H43"),
        "H43.21": make_agency("H43.21", parent="H43", level="commune"),
        "H43.22": make_agency("H43.22", parent="H43", level="commune"),
        "H44": make_agency("H44"),
    }


@pytest.fixture
def set_day(now: datetime) -> Callable[..., None]:
    def put(on: date, hours: str, agency: str | None = None) -> None:
        operations.set_day(on=on, open_hours=hours, reason="thử", agency=agency, actor=SYSTEM, now=now)

    return put


def freeze(now: datetime, *years: int) -> None:
    for year in years:
        operations.freeze_year(year=year, actor=SYSTEM, now=now)


def minutes(agency_id: int, *days: date) -> list[int]:
    calendar = queries.calendar_for(agency_id, {day.year for day in days})
    return [calendar.day_minutes(day) for day in days]


@pytest.mark.feature("33")
def test_official_days_of_2026(tree: dict[str, int], now: datetime) -> None:
    freeze(now, 2026)
    closed = [date(2026, 1, 1), date(2026, 2, 17), date(2026, 4, 27), date(2026, 8, 31), date(2026, 11, 24)]
    assert minutes(tree["H43.21"], *closed) == [0] * 5
    assert minutes(tree["H43.21"], date(2026, 8, 22), date(2026, 8, 29)) == [480, 0]  # a worked Saturday
    assert not CalendarDay.objects.exclude(on__year=2026).exists()
    assert "holidays" in CalendarYear.objects.get().source


def test_a_year_is_fixed_once(tree: dict[str, int], now: datetime, set_day: Callable[..., None]) -> None:
    assert operations.freeze_year(year=2026, actor=SYSTEM, now=now)
    set_day(date(2026, 7, 13), "")
    assert not operations.freeze_year(year=2026, actor=SYSTEM, now=now)
    assert minutes(tree["H43"], date(2026, 7, 13)) == [0]
    assert queries.frozen_years() == (2026,)


def test_a_year_that_is_not_fixed_is_refused(tree: dict[str, int], now: datetime) -> None:
    freeze(now, 2026)
    calendar = queries.calendar_for(tree["H43.21"], [2025, 2026, 2027])
    with pytest.raises(YearNotFrozen):
        calendar.hours(date(2027, 1, 4))
    with pytest.raises(YearNotFrozen):
        operations.set_day(on=date(2027, 1, 4), open_hours="", reason="", agency=None, actor=SYSTEM, now=now)
    assert not CalendarDay.objects.filter(on__year=2027).exists()


def test_a_year_that_is_fixed_later_is_seen_at_once(tree: dict[str, int], now: datetime) -> None:
    freeze(now, 2026)
    queries.calendar_for(tree["H43"], [2026, 2027])
    freeze(now, 2027)
    assert queries.calendar_for(tree["H43"], [2026, 2027]).years == {2026, 2027}


def test_nearer_days_go_before_farther_ones(
    tree: dict[str, int], now: datetime, set_day: Callable[..., None]
) -> None:
    freeze(now, 2026)
    monday = date(2026, 7, 13)
    set_day(monday, "07:30-11:30", "H43.21")  # in any order of setting
    set_day(monday, "", "H43")
    set_day(monday, "08:00-09:00")
    assert [minutes(tree[a], monday)[0] for a in ("H43.21", "H43.22", "H43", "H44")] == [240, 0, 0, 60]


def test_an_agency_may_work_on_a_holiday(
    tree: dict[str, int], now: datetime, set_day: Callable[..., None]
) -> None:
    freeze(now, 2026)
    set_day(date(2026, 9, 2), "07:30-11:30", "H43.21")
    assert minutes(tree["H43.21"], date(2026, 9, 2)) == [240]
    assert minutes(tree["H43.22"], date(2026, 9, 2)) == [0]


def test_a_changed_day_is_seen_at_once_and_elsewhere_not(
    tree: dict[str, int], now: datetime, set_day: Callable[..., None]
) -> None:
    freeze(now, 2026)
    monday = date(2026, 7, 13)
    seen = []
    for hours in ("07:30-11:30", "", "07:30-11:30 13:30-17:30"):
        set_day(monday, hours, "H43.21")
        seen.append(minutes(tree["H43.21"], monday)[0])
    assert seen == [240, 0, 480]
    assert minutes(tree["H43.22"], monday) == [480]


def test_hours_that_cannot_be_read_are_refused(
    tree: dict[str, int], now: datetime, set_day: Callable[..., None]
) -> None:
    freeze(now, 2026)
    with pytest.raises(operations.HoursRefused):
        set_day(date(2026, 7, 13), "cả ngày")


def test_is_cheap_to_ask(
    tree: dict[str, int], now: datetime, django_assert_num_queries: Callable[..., Any]
) -> None:
    freeze(now, 2026, 2027)
    with django_assert_num_queries(2):
        first = queries.calendar_for(tree["H43.21"], [2026, 2027])
    with django_assert_num_queries(1):
        again = queries.calendar_for(tree["H43.21"], range(2026, 2028))
    assert again is first


def test_a_deadline_over_a_local_half_day(
    tree: dict[str, int], now: datetime, set_day: Callable[..., None]
) -> None:
    freeze(now, 2026)
    set_day(date(2026, 7, 13), "07:30-11:30", "H43.21")
    start = datetime.combine(date(2026, 7, 10), time(15, 30), tzinfo=VIETNAM)
    calendar = queries.calendar_for(tree["H43.21"], [2026])
    assert calendar.add_minutes(start, 480) == datetime.combine(
        date(2026, 7, 14), time(9, 30), tzinfo=VIETNAM
    )


def test_rows_of_one_year_only() -> None:
    holidays = {date(2025, 1, 1): "a", date(2026, 1, 1): "b", date(2026, 8, 22): "both"}
    rows = national_days(2026, holidays, {date(2026, 8, 22), date(2025, 4, 26), date(2026, 8, 29)})
    assert [(r.on.day, bool(r.open_hours)) for r in rows] == [(1, False), (22, False), (29, True)]
    assert STANDARD_HOURS == ((450, 690), (810, 1050))


def test_commands(tree: dict[str, int]) -> None:
    run = CliRunner().invoke
    assert run(motcua, ["calendar", "freeze", "2026", "2027"]).output == "2026: fixed\n2027: fixed\n"
    assert "unchanged" in run(motcua, ["calendar", "freeze", "2026"]).output
    words = ["calendar", "set", "2026-07-13", "closed", "--reason", "Lễ Kate", "--agency", "H43.21"]
    assert run(motcua, words).output == "2026-07-13: closed (H43.21)\n"
    assert minutes(tree["H43.21"], date(2026, 7, 13)) == [0]
    assert run(motcua, ["calendar", "freeze", "1"]).exit_code == 2
    assert run(motcua, ["calendar", "set", "13/7/2026", "closed", "--reason", "x"]).exit_code == 2


def saturdays(now: datetime, agency: str, hours: str = "07:30-11:30") -> int:
    return operations.set_weekday(
        year=2026, weekday=5, open_hours=hours, reason="sáng thứ Bảy", agency=agency, actor=SYSTEM, now=now
    )


@pytest.mark.feature("33")
def test_saturday_mornings_of_an_agency_and_those_below(
    tree: dict[str, int], now: datetime, set_day: Callable[..., None]
) -> None:
    freeze(now, 2026)
    plain, worked, storm = date(2026, 7, 11), date(2026, 8, 22), date(2026, 7, 18)
    set_day(storm, "", "H43")
    # of 52 not: five beside Tết, 27 April, 1 May and 31 August; one worked in full; the storm
    assert saturdays(now, "H43.21") == 45
    tet = [date(2026, 2, 14), date(2026, 2, 21), date(2026, 4, 25), date(2026, 5, 2), date(2026, 8, 29)]
    assert minutes(tree["H43.21"], *tet) == [0] * 5
    assert minutes(tree["H43.21"], plain, worked, storm) == [240, 480, 0]
    assert minutes(tree["H43.22"], plain) == [0]
    assert saturdays(now, "H43.21") == 0, "a second time changes nothing"
    with pytest.raises(operations.HoursRefused):
        saturdays(now, "H43.21", "morning")
    with pytest.raises(YearNotFrozen):
        operations.set_weekday(
            year=2031, weekday=5, open_hours="", reason="x", agency="H43", actor=SYSTEM, now=now
        )


def test_saturday_mornings_by_command(tree: dict[str, int], now: datetime) -> None:
    freeze(now, 2026)
    asked = ["calendar", "weekly", "saturday", "07:30-11:30", "2026", "--agency", "H43", "--reason", "thử"]
    done = CliRunner().invoke(motcua, asked)
    assert (done.exit_code, done.output.split(":")[0]) == (0, "2026"), done.output
    assert minutes(tree["H43.22"], date(2026, 7, 11)) == [240]
