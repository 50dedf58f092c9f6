"""SQL that is made once reads and writes as the ORM does, and says so where it cannot."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection

from motcua.agencies.models import CalendarYear, Post
from motcua.core.kept import Kept
from motcua.core.rows import insert
from motcua.events.models import Checkpoint, Event

pytestmark = pytest.mark.django_db


def test_values_of_every_kind_reach_the_query(now: datetime) -> None:
    def build(first: int, source: str, at: datetime):
        years = CalendarYear.objects.filter(year__gte=first, source=source, frozen_at__lte=at)
        return years.order_by("-year").values_list("year", "frozen_at")

    kept = Kept(build, int, str, datetime)
    for year in (2024, 2025, 2026):
        source = "thật" if year > 2024 else "\ue0001\ue000"
        CalendarYear.objects.create(year=year, source=source, frozen_at=now, stamp="")
    for given in ((2024, "thật", now), (2026, "thật", now), (2024, "\ue0001\ue000", now),
                  (2024, "thật", now - timedelta(microseconds=1))):  # fmt: skip
        assert kept.rows(*given) == list(build(*given)), given
    assert [row[0] for row in kept.rows(2024, "thật", now)] == [2026, 2025]
    assert kept.rows(2026, "thật", now)[0][1] == now


def test_a_value_that_is_changed_on_its_way_is_refused() -> None:
    kept = Kept(lambda word: Checkpoint.objects.filter(reader__contains=word).values_list("id"), str)
    with pytest.raises(TypeError, match="kept query"):
        kept.rows("a")
    days = Kept(lambda a, b: Post.objects.filter(valid_from__lte=a).values_list("id"), date, date)
    with pytest.raises(TypeError, match="kept query"):
        days.rows(date(2026, 1, 1), date(2026, 1, 1))


def test_an_inserted_row_is_as_a_saved_one(now: datetime) -> None:
    facts = {
        "kind": "a", "at": now, "actor": {"kind": "system"}, "data": {"chữ": [1, None]}, "previous": "",
        "hash": "",
    }  # fmt: skip
    made = insert(Event(stream="a", sequence=1, **facts))
    saved = Event.objects.create(stream="b", sequence=1, **facts)
    assert made.pk != saved.pk
    read = Event.objects.get(pk=made.pk)
    assert {k: getattr(read, k) for k in facts} == facts
    made.kind = "b"
    made.save(update_fields=["kind"])  # it knows that it is there
    assert Event.objects.get(pk=made.pk).kind == "b"


def test_a_row_against_the_rules_is_refused(now: datetime) -> None:
    insert(Checkpoint(reader="r"))
    assert connection.in_atomic_block
    with pytest.raises(IntegrityError):
        insert(Checkpoint(reader="r"))
    connection.needs_rollback = True
