"""Many writers at once: nothing lost, nothing twice, order kept inside each stream."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection, connections, transaction

from motcua.core.actor import SYSTEM
from motcua.events.models import Checkpoint, Event
from motcua.events.operations import append, append_first, run_reader
from motcua.events.queries import EventRecord, events_after, verify
from motcua.events.registry import Reader

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, EACH, STREAMS = 5, 12, 3


class Crew:
    """Threads whose faults come back, and whose connections are closed."""

    def __init__(self) -> None:
        self.faults: list[BaseException] = []
        self.threads: list[threading.Thread] = []

    def start(self, body: Callable[[], None]) -> threading.Thread:
        def run() -> None:
            try:
                body()
            except BaseException as error:
                self.faults.append(error)
            finally:
                connections.close_all()

        thread = threading.Thread(target=run, daemon=True)
        self.threads.append(thread)
        thread.start()
        return thread

    def join(self) -> None:
        for thread in self.threads:
            thread.join(60)
            assert not thread.is_alive()
        if self.faults:
            raise self.faults[0]


def test_every_event_is_read_exactly_once_and_in_order(now: datetime) -> None:
    """Two runs of one reader race each other while writers write; only committed reads are noted."""
    crew, done, seen = Crew(), threading.Event(), []

    def note(event: EventRecord, at: datetime) -> None:
        transaction.on_commit(lambda: seen.append((event.id, event.stream, event.sequence)))

    reader = Reader("counter", ("work.",), note)
    Checkpoint.objects.create(reader="counter")

    def write(writer: int) -> None:
        for number in range(EACH):
            with transaction.atomic():
                Checkpoint.objects.create(
                    reader=f"other work {writer}/{number}"
                )  # ids differ from order of start
                old = f"s{(writer + number) % STREAMS}"
                (append_first if number % 4 == 2 else append)(
                    stream=f"new{writer}/{number}" if number % 4 == 2 else old,
                    kind="work.done" if number % 4 else "other.done",
                    data={"writer": writer, "number": number},
                    actor=SYSTEM,
                    now=now,
                )

    def read() -> None:
        while not done.is_set():
            run_reader(reader, now=now)

    readers = [crew.start(read) for _ in range(2)]
    writers = [crew.start(lambda w=w: write(w)) for w in range(WRITERS)]  # type: ignore[misc]
    for thread in writers:
        thread.join(60)
    done.set()
    for thread in readers:
        thread.join(60)
    crew.join()
    run_reader(reader, now=now)

    wanted = Event.objects.filter(kind="work.done").order_by("pk").values_list("pk", flat=True)
    assert len(wanted) == WRITERS * (EACH - 3)
    assert sorted(e for e, _, _ in seen) == list(wanted)
    order: dict[str, list[int]] = defaultdict(list)
    for _, stream, sequence in sorted(seen):
        order[stream].append(sequence)
    assert all(numbers == sorted(numbers) for numbers in order.values())
    report = verify()
    assert report.ok, report.problems
    assert report.events == WRITERS * EACH


def read_from(last: int, into: list[int]) -> int:
    """The plainest reader: everything after the last id it has seen."""
    for event in events_after(last, 100):
        into.append(event.id)
        last = event.id
    return last


@pytest.mark.postgres
def test_without_the_lock_the_reader_loses_the_event_that_commits_late(now: datetime) -> None:
    """Two connections: the first takes the smaller id, the second commits first."""
    inserted, may_commit, crew = threading.Event(), threading.Event(), Crew()

    def insert(stream: str) -> int:
        row = Event(stream=stream, sequence=1, kind="k", at=now, actor={}, data={}, previous="", hash=stream)
        row.save()
        return row.pk

    def slow() -> None:
        with transaction.atomic():
            insert("slow")
            inserted.set()
            assert may_commit.wait(30)

    crew.start(slow)
    assert inserted.wait(30)
    fast = insert("fast")
    seen: list[int] = []
    last = read_from(0, seen)
    may_commit.set()
    crew.join()
    read_from(last, seen)
    late = Event.objects.get(stream="slow").pk
    assert late < fast
    assert seen == [fast]  # the late one is lost for ever


@pytest.mark.postgres
def test_with_the_lock_the_second_waits_and_nothing_is_lost(now: datetime) -> None:
    """The same two connections through ``append``: the faster one is held until the first commits."""
    inserted, may_commit, crew, ids = threading.Event(), threading.Event(), Crew(), {}

    def put(stream: str) -> None:
        ids[stream] = append(stream=stream, kind="k", data={}, actor=SYSTEM, now=now)

    def slow() -> None:
        with transaction.atomic():
            put("slow")
            inserted.set()
            assert may_commit.wait(30)

    def fast() -> None:
        with transaction.atomic():
            put("fast")

    crew.start(slow)
    assert inserted.wait(30)
    crew.start(fast)
    _wait_for_a_waiting_lock()
    seen: list[int] = []
    last = read_from(0, seen)
    assert seen == []
    may_commit.set()
    crew.join()
    read_from(last, seen)
    assert seen == [ids["slow"], ids["fast"]]


def _wait_for_a_waiting_lock() -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            if cursor.fetchone() == (1,):
                return
        time.sleep(0.01)
    raise AssertionError("the second writer never waited for the append lock")
