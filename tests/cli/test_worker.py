"""The worker's loops: a failing turn or sweep stops nothing, idle turns are cheap."""

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from motcua.cli import worker
from motcua.core import sweeps
from motcua.core.sweeps import Sweep


@pytest.fixture(autouse=True)
def _own_sweeps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeps, "_SWEEPS", {})


def test_a_sweep_is_done_when_it_is_due_and_not_before(now: datetime) -> None:
    seen: list[datetime] = []
    sweeps.register(Sweep("count", timedelta(minutes=5), lambda at: seen.append(at) or 1))
    duties = worker.Duties()
    moments = [now + timedelta(minutes=m) for m in (0, 1, 4, 5, 6, 10)]
    assert [duties.turn(at) for at in moments] == [1, 0, 0, 1, 0, 1]
    assert seen == [moments[0], moments[3], moments[5]]


def test_a_failing_sweep_hinders_no_other(now: datetime, caplog: pytest.LogCaptureFixture) -> None:
    def broken(at: datetime) -> int:
        raise ZeroDivisionError

    sweeps.register(Sweep("a broken one", timedelta(minutes=5), broken))
    sweeps.register(Sweep("b", timedelta(minutes=5), lambda at: 2))
    assert worker.Duties().turn(now) == 2
    assert "a broken one" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_the_loop_survives_a_locked_database(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, turns = threading.Event(), []

    def turn() -> int:
        turns.append(1)
        if len(turns) < 3:
            raise OperationalError("database is locked")
        stop.set()
        return 0

    waits: list[float] = []
    monkeypatch.setattr(stop, "wait", lambda seconds: waits.append(seconds))
    worker.loop("log", turn, stop, 0.5)
    assert len(turns) == 3
    assert waits == [1.0, 2.0, 0.5]


@pytest.mark.django_db
def test_a_job_whose_worker_died_is_queued_again(now: datetime) -> None:
    from django_tasks_db.models import DBTaskResult

    common: dict[str, Any] = {
        "args_kwargs": {"args": [], "kwargs": {}},
        "task_path": "x.y",
        "backend_name": "default",
        "run_after": now,
        "status": "RUNNING",
        "exception_class_path": "",
        "traceback": "",
    }
    old = DBTaskResult.objects.create(**common, started_at=now - timedelta(minutes=16))
    young = DBTaskResult.objects.create(**common, started_at=now - timedelta(minutes=14))
    assert worker.free_stuck_jobs(now) == 1
    states = dict(DBTaskResult.objects.order_by("pk").values_list("pk", "status"))
    assert states == {old.pk: "READY", young.pk: "RUNNING"}


@pytest.mark.django_db
def test_an_idle_turn_writes_nothing_and_asks_little() -> None:
    duties = worker.Duties()
    for _ in range(2):  # the first turn makes the checkpoints
        with CaptureQueriesContext(
            connection,
        ) as asked:
            worker.read_log(duties)
            worker.send_messages()
            worker.run_jobs()
    statements = [q["sql"] for q in asked.captured_queries]
    writes = [sql for sql in statements if sql.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert writes == []
    assert len(statements) <= 20, "\n".join(statements)
