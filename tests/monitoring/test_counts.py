"""The rollups against counts made by SQL that knows nothing of monitoring, and against the recount."""

from collections.abc import Callable
from datetime import date, datetime
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.core.actor import PUBLIC, SYSTEM
from motcua.core.periods import Period, end_of, start_of
from motcua.monitoring.rules.definitions import DEFINITIONS as EVERY
from motcua.monitoring.rules.definitions import OTHER_REVISIONS
from tests.monitoring.conftest import CODES, at, random_facts

pytestmark = pytest.mark.django_db

JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))
AGENCIES = ("H43.12", "H43.13", "H43", "G01.20", "G15")
DEFINITIONS = ("online_emc", "online_2022", "online_766", "on_time_766")

# One row a dossier: is it counted, and does it hit. Written from Decision 766 and the table alone.
HIT = {
    "online_2022": ("1=1", "d.channel = 2"),
    "online_766": ("1=1", "d.channel = 2 AND (NOT d.paper_result OR d.e_result)"),
    # the level of a service may be unknown; then a dossier that is otherwise full is left out
    "online_emc": (
        "NOT (d.level = '' AND d.channel = 2 AND d.visits = 0 AND d.e_result)",
        "d.channel = 2 AND d.level = 'full' AND d.visits = 0 AND d.e_result",
    ),
    "on_time_766": (
        "(d.status = 5 AND d.supplements > 1) OR (d.due_at IS NOT NULL AND {end} IS NOT NULL)",
        "NOT (d.status = 5 AND d.supplements > 1) AND {end} <= d.due_at",
    ),
}
END = """(CASE WHEN d.status IN (9, 10, 3, 7, 8) THEN COALESCE(d.finished_at, d.returned_at)
               WHEN d.status = 5 THEN d.supplement_requested_at ELSE %s END)"""


def moment(value: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(value)


def sql_counts(definition: str, period: Period, where: str = "1=1") -> tuple[int, int, int]:
    counted, hit = HIT[definition]
    places = (counted.count("{end}") * 2) + hit.count("{end}")
    counted, hit = counted.replace("{end}", END), hit.replace("{end}", END)
    text = f"""
        SELECT COALESCE(SUM(CASE WHEN ({counted}) AND ({hit}) THEN 1 ELSE 0 END), 0),
               COALESCE(SUM(CASE WHEN ({counted}) THEN 1 ELSE 0 END), 0), COUNT(*)
        FROM dossiers_dossier d JOIN agencies_agency a ON a.id = d.agency_id
        LEFT JOIN places_unit u ON u.id = a.serves_id LEFT JOIN places_unit p ON p.id = u.parent_id
        WHERE d.received_at >= %s AND d.received_at < %s AND ({where})"""
    first, last = moment(start_of(period.first)), moment(end_of(period.last))
    if connection.vendor == "postgresql":
        text = text.replace("ELSE %s END", "ELSE CAST(%s AS timestamptz) END")
    with connection.cursor() as cursor:
        cursor.execute(text, [*[last] * places, first, last])
        numerator, denominator, rows = cursor.fetchone()
    return int(numerator), int(denominator), int(rows) - int(denominator)


WHERE = {
    "national": "1=1",
    "block:ministry": "a.identifier LIKE 'G%%'",
    "block:local": "a.identifier LIKE 'H%%'",
    "H43": "a.identifier LIKE 'H43%%'",
    "H43.12": "a.identifier = 'H43.12'",
    "G01": "a.identifier LIKE 'G01%%'",
    "G01.20": "a.identifier = 'G01.20'",
    "place:56": "u.code = '56' OR p.code = '56'",
    "place:22738": "u.code = '22738'",
    **{f"procedure:{code}": f"d.procedure_code = '{code}'" for code in CODES},
}
BY = {
    "national": None,
    "block:ministry": "block",
    "block:local": "block",
    "H43": "agency",
    "H43.12": "agency",
    "G01": "agency",
    "G01.20": "agency",
    "place:56": "place",
    "place:22738": "place",
    **{f"procedure:{code}": "procedure" for code in CODES},
}


def shown(definition: str, scope: str, period: Period, *, recount: bool = False) -> tuple[int, int, int]:
    from motcua.monitoring.queries import rates

    answer = rates(definition, period, BY[scope], actor=PUBLIC, recount=recount)
    assert answer.rows[0].scope == "national"
    row = answer.row(scope)
    return (row.numerator, row.denominator, row.excluded) if row else (0, 0, 0)


@pytest.fixture
def mixed(make_dossier: Callable[..., Any], count: Callable[..., None]) -> list[Any]:
    """Eighty dossiers of every kind, counted by the reader."""
    source = Random(766)
    made = []
    for _ in range(80):
        facts = {**random_facts(source), "received_at": at(source.randint(1, 28), source.randint(0, 23))}
        made.append(make_dossier(source.choice(AGENCIES), source.choice(CODES), **facts))
    count(*made)
    return made


@pytest.mark.parametrize(
    "period", [JUNE, Period(date(2026, 6, 10), date(2026, 6, 12)), Period(date(2026, 6, 5), date(2026, 8, 1))]
)
@pytest.mark.parametrize("definition", DEFINITIONS)
def test_counts_are_those_of_the_dossier_table(mixed: list[Any], definition: str, period: Period) -> None:
    for scope, where in WHERE.items():
        expected = sql_counts(definition, period, where)
        assert shown(definition, scope, period) == expected, scope
        assert shown(definition, scope, period, recount=True) == expected, scope
    assert sql_counts(definition, period)[1] > 0


def test_a_scope_narrows_the_split(mixed: list[Any]) -> None:
    from motcua.monitoring.queries import rates

    answer = rates("online_2022", JUNE, "procedure", "H43", actor=PUBLIC)
    assert [r.scope for r in answer.rows[:2]] == ["national", "H43"]
    for code in CODES:
        n, d, e = sql_counts(
            "online_2022", JUNE, f"a.identifier LIKE 'H43%%' AND d.procedure_code = '{code}'"
        )
        row = answer.row(f"procedure:{code}")
        assert row is not None
        assert (row.numerator, row.denominator, row.excluded) == (n, d, e)
    for scope in ("block:local", "place:56", f"procedure:{CODES[0]}"):
        row = rates("online_766", JUNE, None, scope, actor=PUBLIC).row(scope)
        assert row is not None
        assert (row.numerator, row.denominator, row.excluded) == sql_counts("online_766", JUNE, WHERE[scope])


def test_days_begin_and_end_in_viet_nam(make_dossier: Callable[..., Any], count: Callable[..., None]) -> None:
    count(make_dossier(received_at=at(9, 23)), make_dossier(received_at=at(10, 0)))
    assert shown("online_2022", "national", Period(date(2026, 6, 9), date(2026, 6, 9)))[1] == 1
    assert shown("online_2022", "national", Period(date(2026, 6, 10), date(2026, 6, 10)))[1] == 1


def test_an_open_dossier_turns_late_without_an_event(
    make_dossier: Callable[..., Any], count: Callable[..., None]
) -> None:
    dossier = make_dossier()  # due on 4 June
    count(dossier)
    ends = {
        day: shown("on_time_766", "national", Period(JUNE.first, date(2026, 6, day))) for day in (3, 4, 5)
    }
    assert ends == {3: (1, 1, 0), 4: (0, 1, 0), 5: (0, 1, 0)}
    dossier.status, dossier.finished_at = 9, at(4, 16)
    dossier.save()
    count(dossier, kind="dossier.signed")
    assert shown("on_time_766", "national", JUNE) == (1, 1, 0)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(source=st.randoms(use_true_random=False), events=st.integers(1, 12))
def test_random_histories_rollups_equal_recount(
    make_dossier: Callable[..., Any], count: Callable[..., None], source: Random, events: int
) -> None:
    from motcua.monitoring.operations import fold
    from motcua.monitoring.queries import rates

    with transaction.atomic():
        made: list[Any] = []
        for _ in range(events):
            if not made or source.random() < 0.5:
                made.append(
                    make_dossier(source.choice(AGENCIES), source.choice(CODES), **random_facts(source))
                )
                count(made[-1])
                continue
            dossier = source.choice(made)
            for name, value in random_facts(source).items():
                setattr(dossier, name, value)
            dossier.save()
            count(dossier)
        if source.random() < 0.5:
            fold(now=at(1))
        first = date(2026, 6, source.randint(1, 20))
        period = Period(first, date(2026, 7, source.randint(1, 20)))
        for definition in source.sample([d.identifier for d in (*EVERY, *OTHER_REVISIONS)], 6):
            for by in (None, "block", "agency", "procedure", "place"):
                told = rates(definition, period, by, actor=SYSTEM)
                assert told == rates(definition, period, by, actor=SYSTEM, recount=True)
        transaction.set_rollback(True)


def test_the_answer_is_the_contracts(make_dossier: Callable[..., Any], count: Callable[..., None]) -> None:
    from motcua.monitoring.queries import rates

    count(*(make_dossier(e_result=i < 1) for i in range(3)))
    record = rates("online_766", JUNE, "block", actor=PUBLIC).as_record()
    assert record == {
        "definition": "online_766",
        "revision": 1,
        "from": "2026-06-01",
        "to": "2026-06-30",
        "rows": [
            row("national", "Toàn quốc", 1, 3, 33.33),
            row("block:local", "Khối địa phương", 1, 3, 33.33),
            row("block:ministry", "Khối bộ, ngành", 0, 0, None),
        ],
    }
    target = rates("online_emc", JUNE, actor=PUBLIC).as_record("en")["rows"][0]
    assert (target["name"], target["target"], target["factors"]) == ("National", 70.0, [])


def row(scope: str, name: str, numerator: int, denominator: int, rate: float | None) -> dict[str, Any]:
    return {
        "scope": scope,
        "name": name,
        "numerator": numerator,
        "denominator": denominator,
        "factors": [{"name": "synced_766", "value": 1.0, "assumed": True}],
        "rate": rate,
        "target": None,
    }


def test_unknown_places_and_agencies_are_refused(land: dict[str, int]) -> None:
    from motcua.monitoring.queries import rates
    from motcua.monitoring.rules.scopes import UnknownScope

    for scope in ("H99", "place:99999", "nowhere"):
        with pytest.raises(UnknownScope):
            rates("online_2022", JUNE, None, scope, actor=PUBLIC)
