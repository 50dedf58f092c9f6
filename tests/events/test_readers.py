"""Readers: each event once, in order; a failing one is parked and stops nobody else."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import OperationalError, transaction

from motcua.cli import motcua
from motcua.core.actor import SYSTEM
from motcua.events import registry
from motcua.events.models import Checkpoint, Setback
from motcua.events.operations import append, retry_setback, run_reader, run_readers
from motcua.events.queries import EventRecord, lag, position, setbacks
from motcua.events.registry import Reader, register

pytestmark = pytest.mark.django_db


def put(now: datetime, *kinds: str) -> list[int]:
    with transaction.atomic():
        return [append(stream="s", kind=kind, data={}, actor=SYSTEM, now=now) for kind in kinds]


class Notebook:
    """Notes what it reads; fails on the kinds it is told to."""

    def __init__(self, name: str = "notebook", prefixes: tuple[str, ...] = ()) -> None:
        self.kinds: list[str] = []
        self.poison: set[str] = set()
        self.reader = Reader(name, prefixes, self.apply)

    def apply(self, event: EventRecord, now: datetime) -> None:
        if event.kind in self.poison:
            raise ValueError(f"cannot read {event.kind}")
        self.kinds.append(event.kind)


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Reader]:
    """An empty registry, put back afterwards."""
    known: dict[str, Reader] = {}
    monkeypatch.setattr(registry, "_READERS", known)
    return known


def test_reads_in_order_and_only_once(now: datetime) -> None:
    book = Notebook()
    put(now, "x.1", "x.2", "x.3")
    assert run_reader(book.reader, now=now) == 3
    assert run_reader(book.reader, now=now) == 0
    put(now, "x.4")
    assert run_reader(book.reader, now=now) == 1
    assert book.kinds == ["x.1", "x.2", "x.3", "x.4"]


def test_limit_is_kept_and_the_rest_comes_later(now: datetime) -> None:
    book = Notebook()
    put(now, *(f"x.{n}" for n in range(7)))
    assert [run_reader(book.reader, now=now, limit=3) for _ in range(4)] == [3, 3, 1, 0]
    assert book.kinds == [f"x.{n}" for n in range(7)]


def test_takes_only_its_kinds_and_passes_over_the_others(now: datetime) -> None:
    book = Notebook(prefixes=("x.", "z."))
    ids = put(now, "x.1", "y.1", "z.1", "y.2")
    assert lag(book.reader) == 4
    assert run_reader(book.reader, now=now) == 2
    assert book.kinds == ["x.1", "z.1"]
    assert position(book.reader) == ids[-1]
    assert lag(book.reader) == 0


def test_more_than_one_batch(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.events.operations.BATCH", 2)
    book = Notebook(prefixes=("x",))
    put(now, "y", "y", "y", "x.1", "y", "x.2", "y", "y")
    assert run_reader(book.reader, now=now) == 2
    assert book.kinds == ["x.1", "x.2"]


def test_what_a_failing_reader_wrote_is_undone_with_its_checkpoint(now: datetime) -> None:
    def apply(event: EventRecord, at: datetime) -> None:
        Checkpoint.objects.create(reader="written by a reader")
        raise ValueError("after writing")

    put(now, "x.1")
    run_reader(Reader("r", (), apply), now=now)
    assert not Checkpoint.objects.filter(reader="written by a reader").exists()
    assert position(Reader("r", (), apply)) == 0


def test_a_failing_event_is_tried_five_times_then_parked(now: datetime) -> None:
    book = Notebook()
    book.poison = {"x.2"}
    put(now, "x.1", "x.2", "x.3")
    assert [run_reader(book.reader, now=now) for _ in range(6)] == [1, 0, 0, 0, 0, 1]
    assert book.kinds == ["x.1", "x.3"]
    (setback,) = setbacks()
    assert (setback.kind, setback.tries) == ("x.2", 5)
    assert setback.error == "ValueError: cannot read x.2"


def test_an_event_that_goes_through_at_a_later_try_leaves_no_setback(now: datetime) -> None:
    book = Notebook()
    book.poison = {"x.1"}
    put(now, "x.1", "x.2")
    run_reader(book.reader, now=now)
    assert [s.tries for s in setbacks()] == [1]
    book.poison = set()
    assert run_reader(book.reader, now=now) == 2
    assert setbacks() == ()
    assert book.kinds == ["x.1", "x.2"]


def test_a_parked_event_can_be_applied_once_by_hand(now: datetime, readers: dict[str, Reader]) -> None:
    book = Notebook()
    register(book.reader)
    book.poison = {"x.1"}
    put(now, "x.1", "x.2")
    for _ in range(5):
        run_reader(book.reader, now=now)
    (setback,) = setbacks()
    with pytest.raises(ValueError, match="cannot read"):
        retry_setback(setback_id=setback.id, now=now)
    assert len(setbacks()) == 1
    book.poison = set()
    assert retry_setback(setback_id=setback.id, now=now)
    assert not retry_setback(setback_id=setback.id, now=now)
    assert book.kinds.count("x.1") == 1


def test_an_event_still_being_tried_is_not_applied_by_hand(now: datetime, readers: dict[str, Reader]) -> None:
    book = Notebook()
    register(book.reader)
    book.poison = {"x.1"}
    put(now, "x.1")
    run_reader(book.reader, now=now)
    (setback,) = setbacks()
    book.poison = set()
    assert not retry_setback(setback_id=setback.id, now=now)
    assert run_reader(book.reader, now=now) == 1
    assert book.kinds == ["x.1"]


def test_a_setback_that_is_not_there_is_no_traceback() -> None:
    assert not retry_setback(setback_id=10**6, now=datetime.now(UTC))
    done = CliRunner().invoke(motcua, ["audit", "retry", "1000000"])
    assert done.exit_code == 1
    assert "is not parked" in done.stderr


def test_a_database_that_fails_is_not_the_events_fault(now: datetime) -> None:
    def apply(event: EventRecord, at: datetime) -> None:
        raise OperationalError("database is locked")

    put(now, "x.1")
    with pytest.raises(OperationalError):
        run_reader(Reader("r", (), apply), now=now)
    assert not Setback.objects.exists()


def test_all_readers_run_until_nothing_is_left(now: datetime, readers: dict[str, Reader]) -> None:
    """One reader's news is another's input; a poisoned one stops only itself, and not for long."""
    last = Notebook("a last", ("answer",))
    sick = Notebook("b sick", ("question",))
    sick.poison = {"question.1"}

    def ask(event: EventRecord, at: datetime) -> None:
        append(stream="s", kind="answer." + event.kind[-1], data={}, actor=SYSTEM, now=at)

    for reader in (last.reader, sick.reader, Reader("c asks", ("question",), ask)):
        register(reader)
    put(now, "question.1", "question.2")
    assert run_readers(now=now) == 2 + 2 + 1
    assert last.kinds == ["answer.1", "answer.2"]
    assert sick.kinds == ["question.2"]
    assert run_readers(now=now) == 0


def test_registering_again_replaces(readers: dict[str, Reader]) -> None:
    one, two = Notebook("same").reader, Notebook("same").reader
    register(one)
    register(two)
    assert registry.readers() == (two,)


def test_a_reader_of_many_gets_them_together_and_singly_where_one_fails(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.events.operations.TOGETHER", 3)
    together: list[list[str]] = []
    singly: list[str] = []

    def many(events: Sequence[EventRecord], now: datetime) -> None:
        together.append([event.kind for event in events])
        if "x.bad" in together[-1]:
            raise ValueError("cannot read x.bad")

    def one(event: EventRecord, now: datetime) -> None:
        if event.kind == "x.bad":
            raise ValueError("cannot read x.bad")
        singly.append(event.kind)

    reader = Reader("many", ("x.",), one, many)
    ids = put(now, "x.1", "x.2", "y", "x.3", "x.4", "x.bad", "x.5")
    assert run_reader(reader, now=now) == 4
    assert together == [["x.1", "x.2", "x.3"], ["x.4", "x.bad", "x.5"], ["x.bad", "x.5"]]
    assert singly == ["x.4"]
    assert position(reader) == ids[4]
    for _ in range(5):
        run_reader(reader, now=now)
    assert singly == ["x.4", "x.5"]
    assert position(reader) == ids[-1]
    assert [(s.reader, s.event_id) for s in setbacks()] == [("many", ids[5])]


def test_readers_that_are_at_the_head_are_not_asked(
    now: datetime, readers: dict[str, Reader], django_assert_max_num_queries: Any
) -> None:
    for number in range(10):
        register(Notebook(f"book{number}").reader)
    put(now, "x.1")
    assert run_readers(now=now) == 10
    with django_assert_max_num_queries(2):
        assert run_readers(now=now) == 0
