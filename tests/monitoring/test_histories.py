"""Figures of dossiers that lived through the operations themselves, by any sequence of commands."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.core.actor import SYSTEM
from motcua.core.periods import Period
from motcua.dossiers import operations
from motcua.events.operations import run_reader
from motcua.monitoring.readers import ROLLUPS
from tests.dossiers.conftest import ANSWERS, PROCEDURE, Commune, act, commune, file
from tests.dossiers.test_invariants import commands, run
from tests.monitoring.test_counts import DEFINITIONS, sql_counts

__all__ = ["act", "commune", "file"]
pytestmark = pytest.mark.django_db


def told(definition: str, period: Period, by: str | None = None, *, recount: bool = False) -> Any:
    from motcua.monitoring.queries import rates

    return rates(definition, period, by, actor=SYSTEM, recount=recount)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(
    moves=st.lists(st.tuples(st.integers(0, 2), commands), min_size=3, max_size=20),
    days=st.integers(0, 30),
)
def test_after_any_history_rollups_equal_recount_and_sql(
    commune: Commune, now: datetime, moves: list[tuple[int, tuple[str, str, int]]], days: int
) -> None:
    with transaction.atomic():
        codes = [
            operations.submit(
                procedure=PROCEDURE, agency="H43.01", answers=ANSWERS, key=f"k{i}", actor=commune.citizen,
                now=now,
            ).code
            for i in range(3)
        ]  # fmt: skip
        at = now
        for which, (who, action, minutes) in moves:
            at += timedelta(minutes=minutes)
            if run(codes[which], who, action, commune, at) and minutes % 3 == 0:
                run_reader(ROLLUPS, now=at)
        run_reader(ROLLUPS, now=at)
        period = Period(now.date(), now.date() + timedelta(days=days))
        for definition in (*DEFINITIONS, "provision", "services_with_dossiers"):
            for by in ("agency", "procedure"):
                assert told(definition, period, by) == told(definition, period, by, recount=True)
        for definition in DEFINITIONS:
            row = told(definition, period).rows[0]
            assert (row.numerator, row.denominator, row.excluded) == sql_counts(definition, period)
        transaction.set_rollback(True)


def test_one_dossier_moves_each_rate_by_exactly_itself(
    commune: Commune, file: Callable[..., str], act: Callable[..., None], now: datetime
) -> None:
    period = Period(date(2026, 7, 1), date(2026, 7, 31))

    def figures() -> dict[str, tuple[int, int]]:
        run_reader(ROLLUPS, now=now)
        rows = {d: told(d, period).rows[0] for d in (*DEFINITIONS, "services_with_dossiers")}
        return {d: (row.numerator, row.denominator) for d, row in rows.items()}

    code = file()
    nothing = {**dict.fromkeys(DEFINITIONS, (0, 0)), "services_with_dossiers": (0, 1)}
    assert figures() == nothing  # filed is not received
    act("desk", "receive", code)
    assert figures() == {
        "online_emc": (0, 1),
        "online_2022": (1, 1),
        "online_766": (0, 1),  # no electronic result yet
        "on_time_766": (0, 1),  # open, and due before the end of July
        "services_with_dossiers": (1, 1),
    }
    act("citizen", "withdraw", code, reason="đổi ý")
    assert figures()["on_time_766"] == (1, 1)


def test_waiting_for_the_applicant_is_never_the_agencys_lateness(
    commune: Commune, file: Callable[..., str], act: Callable[..., None], now: datetime
) -> None:
    """Due in three working days; the applicant withdraws after two weeks of being asked."""
    period = Period(date(2026, 7, 1), date(2026, 8, 31))
    code = file()
    act("desk", "receive", code)
    act("specialist", "request_supplement", code, at=now + timedelta(hours=2), items=[{"text": "thiếu"}])
    run_reader(ROLLUPS, now=now)
    assert told("on_time_766", period).rows[0].numerator == 1  # the request ends it
    act("citizen", "withdraw", code, at=now + timedelta(days=14), reason="đổi ý")
    run_reader(ROLLUPS, now=now)
    row = told("on_time_766", period).rows[0]
    assert (row.numerator, row.denominator) == (1, 1)
