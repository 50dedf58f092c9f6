"""Whatever is done to the log behind our back is found, and the place is named."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import transaction
from django.db.models import F

from motcua.cli import motcua
from motcua.core.actor import SYSTEM
from motcua.events.gateways import Sealer
from motcua.events.models import Checkpoint, Event, Seal
from motcua.events.operations import append, run_reader, seal_log
from motcua.events.queries import verify
from motcua.events.registry import Reader
from motcua.events.rules import event_hash, seal_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(now: datetime) -> list[int]:
    """Six events in two streams: a1 b1 a2 b2 a3 b3."""
    ids = []
    for number in range(1, 4):
        for stream in ("a", "b"):
            with transaction.atomic():
                data = {"n": number}
                ids.append(append(stream=stream, kind="k", data=data, actor=SYSTEM, now=now))
    return ids


def rehash(stream: str) -> None:
    """What a clever forger does: make the stream's chain right again."""
    previous = ""
    for sequence, event in enumerate(Event.objects.filter(stream=stream).order_by("pk"), 1):
        event.sequence, event.previous = sequence, previous
        event.hash = event_hash(
            stream=stream,
            sequence=sequence,
            kind=event.kind,
            at=event.at,
            actor=event.actor,
            data=event.data,
            previous=previous,
        )
        event.save()
        previous = event.hash


def edit(ids: list[int]) -> None:
    Event.objects.filter(pk=ids[2]).update(data={"n": 20})


def back_date(ids: list[int]) -> None:
    event = Event.objects.get(pk=ids[2])
    Event.objects.filter(pk=ids[2]).update(at=event.at - timedelta(days=3))


def delete(ids: list[int]) -> None:
    Event.objects.filter(pk=ids[2]).delete()


def reorder(ids: list[int]) -> None:
    Event.objects.filter(pk=ids[2]).update(sequence=1000)
    Event.objects.filter(pk=ids[4]).update(sequence=2)
    Event.objects.filter(pk=ids[2]).update(sequence=3)


def other_actor(ids: list[int]) -> None:
    Event.objects.filter(pk=ids[2]).update(actor={"kind": "person", "user": 1, "posts": []})


def other_stream(ids: list[int]) -> None:
    Event.objects.filter(pk=ids[2]).update(stream="c", sequence=1, previous="")


def truncate(ids: list[int]) -> None:
    Event.objects.filter(pk__gt=ids[3]).delete()


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        (edit, "(a#2): its content or time was changed"),
        (back_date, "(a#2): its content or time was changed"),
        (delete, "(a#3): a#2 is missing before it"),
        (reorder, "(a#2): out of order, after a#3"),
        (other_actor, "(a#2): its content or time was changed"),
        (other_stream, "(c#1): its content or time was changed"),
    ],
)
@pytest.mark.feature("56")
def test_a_deed_is_found_by_the_chain_alone(
    deed: Callable[[list[int]], None], words: str, log: list[int]
) -> None:
    assert verify().ok
    deed(log)
    report = verify()
    assert not report.ok
    assert any(words in problem for problem in report.problems), report.problems


@pytest.mark.parametrize("deed", [edit, back_date, delete, other_actor, other_stream])
@pytest.mark.feature("56")
def test_a_deed_with_a_mended_chain_is_found_by_the_seal(
    deed: Callable[[list[int]], None], log: list[int], now: datetime
) -> None:
    seal_log(now=now)
    assert verify().ok
    deed(log)
    for stream in ("a", "b", "c"):
        rehash(stream)
    problems = verify().problems
    assert len(problems) == 1
    assert "seal" in problems[0]
    assert "were sealed" in problems[0]


def test_a_truncated_log_is_found_by_its_seal(log: list[int], now: datetime) -> None:
    seal_log(now=now)
    truncate(log)
    assert f"the log ends at event {log[3]}, it was truncated" in verify().problems[0]


def test_a_truncated_log_is_found_by_a_reader_that_has_seen_more(log: list[int], now: datetime) -> None:
    run_reader(Reader("watcher", (), lambda event, at: None), now=now)
    assert verify().ok
    truncate(log)
    assert verify().problems == (
        f"reader watcher: has read event {log[-1]}, the log ends at event {log[3]}, it was truncated",
    )


def test_a_whole_log_that_was_replaced_is_found(log: list[int], now: datetime) -> None:
    seal_log(now=now)
    Event.objects.update(at=F("at") - timedelta(days=1))
    for stream in ("a", "b"):
        rehash(stream)
    assert "the events are not those that were sealed" in verify().problems[0]


def test_a_forged_seal_is_found(log: list[int], now: datetime) -> None:
    seal_log(now=now)
    edit(log)
    rehash("a")
    Seal.objects.all().delete()
    seal_log(now=now)
    assert verify().ok  # with our key all is possible: that is why seals are published
    other = Sealer(b"7" * 32)
    seal = Seal.objects.get()
    names = ("first_id", "last_id", "count", "root", "previous", "at")
    forged = other.sign(seal_text(**{name: getattr(seal, name) for name in names}))
    Seal.objects.update(signature=forged)
    assert "its signature is not this site's" in verify().problems[0]
    Seal.objects.update(signature="not base64 at all")
    assert "its signature is not this site's" in verify().problems[0]


def test_seals_are_chained(log: list[int], now: datetime) -> None:
    for number in range(3):
        with transaction.atomic():
            append(stream="s", kind="k", data={"n": number}, actor=SYSTEM, now=now)
        seal_log(now=now)
    assert verify().seals == 3
    Seal.objects.order_by("pk")[1].delete()
    assert any("does not continue the seal before it" in p for p in verify().problems)


def test_a_seal_covers_what_is_new_and_nothing_twice(log: list[int], now: datetime) -> None:
    first = seal_log(now=now)
    assert first is not None
    assert (first.first_id, first.last_id, first.count) == (log[0], log[-1], 6)
    assert seal_log(now=now) is None
    with transaction.atomic():
        new = append(stream="a", kind="k", data={}, actor=SYSTEM, now=now)
    second = seal_log(now=now)
    assert second is not None
    assert (second.first_id, second.count, second.previous) == (new, 1, first.root)
    assert verify().ok


def test_problems_are_bounded(now: datetime) -> None:
    for _ in range(120):
        with transaction.atomic():
            append(stream="a", kind="k", data={}, actor=SYSTEM, now=now)
    Event.objects.update(kind="other")
    assert len(verify().problems) == 100


@pytest.mark.feature("56")
def test_command_says_whole_or_broken_with_the_place(log: list[int]) -> None:
    whole = CliRunner().invoke(motcua, ["audit", "verify"])
    assert (whole.exit_code, whole.output) == (
        0,
        "whole: 6 events in 2 streams, 0 seals checked; 0 reads in 0 batches, 0 of them not sealed yet\n",
    )
    edit(log)
    broken = CliRunner().invoke(motcua, ["audit", "verify"])
    assert broken.exit_code == 1
    assert f"broken: event {log[2]} (a#2): its content or time was changed" in broken.output
    as_json = CliRunner().invoke(motcua, ["audit", "verify", "--json"])
    assert as_json.exit_code == 1
    assert '"ok": false' in as_json.output


def test_a_published_seal_finds_whoever_holds_the_key(log: list[int], now: datetime, tmp_path: Path) -> None:
    """Truncated, and sealed anew as if nothing had been: only what was given away tells."""
    line = CliRunner().invoke(motcua, ["audit", "seal"]).output
    file = tmp_path / "seals.jsonl"
    file.write_text(line, "utf-8")
    words = ["audit", "verify", "--seals", str(file)]
    assert CliRunner().invoke(motcua, words).exit_code == 0
    truncate(log)
    Seal.objects.all().delete()
    seal_log(now=now)
    assert CliRunner().invoke(motcua, ["audit", "verify"]).exit_code == 0
    found = CliRunner().invoke(motcua, words)
    assert found.exit_code == 1
    assert f"published seal up to event {log[-1]}: is not among our seals" in found.output
    file.write_text("no json", "utf-8")
    assert CliRunner().invoke(motcua, words).exit_code == 2


def test_command_seals_once(log: list[int]) -> None:
    made = CliRunner().invoke(motcua, ["audit", "seal"])
    assert made.exit_code == 0
    assert '"count": 6' in made.output
    again = CliRunner().invoke(motcua, ["audit", "seal"])
    assert "nothing to seal" in again.output
    assert Checkpoint.objects.count() == 0
