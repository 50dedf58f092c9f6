"""The reader and the upkeep of the rollups: once, again, from the start, folded."""

from collections.abc import Callable
from datetime import date, datetime
from random import Random
from typing import Any

import pytest
from django.db import connection

from motcua.core.actor import SYSTEM
from motcua.core.periods import Period
from motcua.core.refusals import NotFound
from tests.monitoring.conftest import CODES, random_facts

pytestmark = pytest.mark.django_db

SUMMER = Period(date(2026, 6, 1), date(2026, 8, 31))


def answers() -> list[Any]:
    from motcua.monitoring.queries import DEFINITIONS, rates

    return [
        rates(d.identifier, SUMMER, by, actor=SYSTEM).as_record()
        for d in DEFINITIONS
        for by in ("agency", "procedure", "place")
    ]


@pytest.fixture
def counted(make_dossier: Callable[..., Any], count: Callable[..., None]) -> list[Any]:
    source = Random(22738)
    made = [
        make_dossier(
            source.choice(["H43.12", "H43.13", "G01.20"]), source.choice(CODES), **random_facts(source)
        )
        for _ in range(25)
    ]
    count(*made)
    return made


def test_the_same_event_again_changes_nothing(counted: list[Any], now: datetime) -> None:
    from motcua.monitoring.models import Tally
    from motcua.monitoring.operations import count_dossier

    before, rows = answers(), Tally.objects.count()
    for dossier in counted:
        count_dossier(code=dossier.code, now=now)
    assert answers() == before
    assert Tally.objects.count() == rows


def test_reading_the_whole_log_again_changes_nothing(counted: list[Any], now: datetime) -> None:
    from motcua.events.operations import run_reader
    from motcua.monitoring.readers import ROLLUPS

    before = answers()
    assert run_reader(ROLLUPS, now=now) == 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE events_checkpoint SET last_id = 0 WHERE reader = 'monitoring.rollups'")
    assert run_reader(ROLLUPS, now=now) == len(counted)
    assert answers() == before


def test_built_anew_they_are_the_same(counted: list[Any], now: datetime) -> None:
    from motcua.monitoring.models import Standing, Tally
    from motcua.monitoring.operations import rebuild

    before = answers()
    Tally.objects.all().delete()
    assert answers() != before
    assert rebuild(now=now) == len(counted)
    assert answers() == before
    assert Standing.objects.count() == len(counted)


def test_rows_are_only_added_until_they_are_joined(
    counted: list[Any], count: Callable[..., None], now: datetime
) -> None:
    from motcua.monitoring.models import Cube, Tally
    from motcua.monitoring.operations import compact, fold

    for dossier in counted:
        dossier.channel = 1 if dossier.channel == 2 else 2
        dossier.save()
    kept = set(Tally.objects.values_list("id", flat=True))
    count(*counted, kind="dossier.supplemented")
    assert kept <= set(Tally.objects.values_list("id", flat=True))
    before, rows = answers(), Tally.objects.count()
    assert compact(now=now) == 0  # what no cube holds is not touched
    assert fold(now=now) == rows
    assert Cube.objects.exists()
    assert answers() == before
    saved = compact(now=now)
    assert saved > 0
    assert Tally.objects.count() == rows - saved
    assert answers() == before
    assert not Tally.objects.filter(count=0, minutes=0).exists()
    assert (fold(now=now), compact(now=now)) == (0, 0)


def test_new_definitions_make_the_rollups_stale(counted: list[Any], now: datetime) -> None:
    from motcua.monitoring.models import Folded
    from motcua.monitoring.operations import fold, rebuild_if_stale

    fold(now=now)
    before = answers()
    assert rebuild_if_stale(now=now) == 0
    Folded.objects.update(registry="of older definitions")
    assert rebuild_if_stale(now=now) == len(counted)
    assert answers() == before
    assert rebuild_if_stale(now=now) == 0


def test_an_event_of_no_known_dossier_is_parked_and_the_next_is_counted(
    make_dossier: Callable[..., Any], now: datetime
) -> None:
    from django.db import transaction

    from motcua.events.operations import append, run_reader
    from motcua.events.queries import setbacks
    from motcua.monitoring.operations import count_dossier
    from motcua.monitoring.readers import ROLLUPS

    with pytest.raises(NotFound):
        count_dossier(code="H43.12-260601-9999", now=now)
    good = make_dossier()
    with transaction.atomic():
        for code in ("H43.12-260601-9999", good.code):
            append(stream=f"dossier:{code}", kind="dossier.received", data={}, actor=SYSTEM, now=now)
    for _ in range(6):
        run_reader(ROLLUPS, now=now)
    assert [s.stream for s in setbacks()] == ["dossier:H43.12-260601-9999"]
    from motcua.monitoring.queries import rates

    assert rates("online_2022", SUMMER, actor=SYSTEM).rows[0].denominator == 1


def test_other_nouns_events_do_not_reach_the_reader(now: datetime) -> None:
    from motcua.events.registry import readers

    reader = {r.name: r for r in readers()}["monitoring.rollups"]
    assert reader.wants("dossier.signed")
    assert not reader.wants("catalogue.imported")
