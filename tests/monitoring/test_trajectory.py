"""The course of a rate: the line through the months, the distance to a target, when it would be met."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.actor import PUBLIC
from motcua.core.periods import Period
from motcua.monitoring.rules.trajectory import MonthRate, months_later, trajectory
from tests.monitoring.conftest import at


def months(*rates: float | None) -> list[MonthRate]:
    return [
        MonthRate(months_later(date(2026, 1, 1), n), 0, 0, None if rate is None else Decimal(str(rate)))
        for n, rate in enumerate(rates)
    ]


def test_a_steady_rise_meets_its_target_where_the_line_does() -> None:
    found = trajectory(months(10, 20, 30, 40), Decimal(70))
    assert (found.pace, found.distance, found.reached_on) == (10, 30, date(2026, 7, 1))
    gaps = trajectory(months(10, None, 30, 40, 50, None), Decimal(70))
    assert (gaps.pace, gaps.reached_on) == (10, date(2026, 7, 1))


@pytest.mark.parametrize(
    ("rates", "target", "reached"),
    [
        ((40, 40, 40, 40), 70, None),
        ((50, 40, 30, 20), 70, None),
        ((69, 70, 71, 72), 70, None),
        ((10, 10, 10, 10.01), 70, None),
        ((10, 20, 30), 70, None),
        ((), 70, None),
        ((10, 20, 30, 40), None, None),
    ],
)
def test_where_nothing_is_to_be_said_nothing_is(rates: Any, target: Any, reached: None) -> None:
    wanted = None if target is None else Decimal(target)
    assert trajectory(months(*rates), wanted).reached_on is reached


@given(
    st.lists(st.none() | st.decimals(0, 100, places=2).map(float), max_size=12),
    st.none() | st.decimals(0, 100, places=2),
)
def test_a_date_lies_ahead_and_only_while_it_rises(rates: list[Any], target: Decimal | None) -> None:
    found = trajectory(months(*rates), target)
    if found.reached_on is not None:
        assert found.pace is not None
        assert found.pace >= 0
        assert found.distance is not None
        assert found.distance > 0
        assert found.reached_on > found.months[-1].first


@pytest.mark.feature("69")
@pytest.mark.django_db
def test_the_page_shows_twelve_months_and_hides_small_ones(
    make_dossier: Callable[..., Any], count: Callable[..., None], client: Any
) -> None:
    from motcua.monitoring.queries import trend

    for month, online in ((2, 1), (3, 2), (4, 3), (5, 4)):
        count(
            *(make_dossier(received_at=at(3, month=month), channel=2 if n < online else 1) for n in range(6))
        )
    count(*(make_dossier(received_at=at(3)) for _ in range(2)))
    period = Period(date(2026, 1, 1), date(2026, 6, 30))
    found = trend("online_2022", period, "national", actor=PUBLIC)
    assert [month.first for month in found.months] == [months_later(date(2025, 7, 1), n) for n in range(12)]
    assert [(m.numerator, m.denominator) for m in found.months[-5:]] == [
        (1, 6),
        (2, 6),
        (3, 6),
        (4, 6),
        (2, 2),
    ]
    small = trend("online_2022", period, "procedure:1.004873", actor=PUBLIC)
    assert (small.months[-1].denominator, small.months[-2].denominator) == (0, 6)
    client.cookies["motcua_language"] = "en"
    page = client.get("/bang-dieu-hanh/online_emc/xu-huong/?from=2026-01-01&to=2026-06-30").content.decode()
    assert "points are missing" in page
    for wrong in ("none/xu-huong/", "online_2022/xu-huong/?scope=H99", "online_2022/xu-huong/?scope=x"):
        assert client.get(f"/bang-dieu-hanh/{wrong}").status_code == 404


@pytest.mark.django_db
def test_the_course_of_an_agency_runs_towards_the_target_that_holds_there(
    client: Any, land: dict[str, int]
) -> None:
    days = "from=2026-01-01&to=2026-06-30"
    page = client.get(f"/bang-dieu-hanh/online_emc/xu-huong/?scope=H43&{days}").content.decode()
    assert re.search(r"70(,00)?\s?%", page)
