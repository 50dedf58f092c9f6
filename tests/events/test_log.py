"""Appending: order, chains, what may be written."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.actor import SYSTEM, Role
from motcua.core.locks import Lock
from motcua.events.operations import Entry, append, append_first, append_many
from motcua.events.queries import events_after, last_event_id, stream_events, verify
from motcua.events.rules import NotLoggable, leaf, loggable, merkle_root

pytestmark = pytest.mark.django_db


def put(now: datetime, stream: str = "a", kind: str = "a.done", **data: Any) -> int:
    with transaction.atomic():
        return append(stream=stream, kind=kind, data=data, actor=SYSTEM, now=now)


def test_sequence_is_gapless_in_each_stream_and_hashes_are_chained(now: datetime) -> None:
    for stream in ("a", "b", "a", "a", "b"):
        put(now, stream)
    events = stream_events("a")
    assert [e.sequence for e in events] == [1, 2, 3]
    assert [e.sequence for e in stream_events("b")] == [1, 2]
    assert verify().ok
    assert (verify().events, verify().streams) == (5, 2)


def test_the_first_event_of_a_stream_is_chained_as_any_other(now: datetime) -> None:
    with transaction.atomic():
        first = append_first(stream="new", kind="a.done", data={"n": (1, 2)}, actor=SYSTEM, now=now)
    put(now, "new")
    assert [(e.id == first, e.sequence) for e in stream_events("new")] == [(True, 1), (False, 2)]
    assert stream_events("new")[0].data == {"n": [1, 2]}
    with pytest.raises(IntegrityError), transaction.atomic():
        append_first(stream="new", kind="a.done", data={}, actor=SYSTEM, now=now)
    with pytest.raises(NotLoggable), transaction.atomic():
        append_first(stream="newer", kind="a.done", data={"n": 0.5}, actor=SYSTEM, now=now)
    assert verify().ok
    assert len(stream_events("new")) == 2


def test_a_batch_may_name_a_stream_twice(now: datetime) -> None:
    put(now, "a")
    with transaction.atomic():
        ids = append_many(
            [Entry("a", "k", {"n": 1}), Entry("b", "k", {"n": 2}), Entry("a", "k", {"n": 3})],
            actor=SYSTEM,
            now=now,
        )
    assert ids == sorted(ids)
    assert [e.data.get("n") for e in events_after(0, 10)] == [None, 1, 2, 3]
    assert [e.sequence for e in stream_events("a")] == [1, 2, 3]
    assert verify().ok


def test_an_empty_batch_is_nothing(now: datetime) -> None:
    with transaction.atomic():
        assert append_many([], actor=SYSTEM, now=now) == []


@pytest.mark.django_db(transaction=True)
def test_append_outside_a_transaction_is_a_fault(now: datetime) -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        append(stream="a", kind="k", data={}, actor=SYSTEM, now=now)


def test_an_event_of_a_change_that_failed_is_not_there(now: datetime) -> None:
    def change() -> None:
        with transaction.atomic():
            put(now, "a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change()
    assert last_event_id() == 0


def test_time_is_kept_to_the_microsecond_in_any_zone(now: datetime) -> None:
    put(now + timedelta(microseconds=123456), "a")
    assert stream_events("a")[0].at == now + timedelta(microseconds=123456)
    assert verify().ok


@pytest.mark.parametrize(
    "data", [1.5, {"a": 0.1}, {"a": [b"x"]}, {1: "a"}, "a\0b", "\ud800", {"a": object()}, 2**60]
)
def test_what_would_not_come_back_is_refused(data: Any) -> None:
    with pytest.raises(NotLoggable):
        loggable(data)


@pytest.mark.parametrize(("stream", "kind"), [("", "k"), ("s", ""), ("s" * 101, "k"), ("s", "k" * 61)])
def test_names_that_do_not_fit_are_refused_on_every_database(stream: str, kind: str, now: datetime) -> None:
    with pytest.raises(NotLoggable):
        put(now, stream, kind)


def test_members_of_enumerations_are_written_as_their_values(now: datetime) -> None:
    put(now, "a", role=Role.DESK, lock=Lock.EVENT_APPEND, many=(1, 2))
    (event,) = stream_events("a")
    assert event.data == {"role": "desk", "lock": int(Lock.EVENT_APPEND), "many": [1, 2]}
    assert verify().ok


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",))),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(alphabet="abđé", max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.text(alphabet="xyz", max_size=3), PLAIN, max_size=4))
def test_whatever_is_written_comes_back_with_its_hash(data: dict[str, Any]) -> None:
    moment = datetime.fromisoformat("2026-07-10T09:00:00+07:00")
    with transaction.atomic():
        append(stream="any", kind="any.kind", data=data, actor=SYSTEM, now=moment)
        assert stream_events("any")[-1].data == data
        assert verify().problems == ()
        transaction.set_rollback(True)


def test_merkle_root_of_rfc_9162_shape() -> None:
    """The tree over 3 leaves is (h(l1,l2), l3), and differs from that over l1, l2, l3, l3."""
    one, two, three = (leaf(n, "x") for n in (1, 2, 3))
    assert merkle_root([one]) == one.hex()
    assert merkle_root([one, two, three]) != merkle_root([one, two, three, three])
    assert merkle_root([one, two]) != merkle_root([two, one])
    assert merkle_root([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
