"""The definitions as pure rules: 766's edge cases, additive cells, rounding, scopes."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.periods import VIETNAM, Period, end_of, local_day
from motcua.core.texts import Text
from motcua.monitoring.rules.counting import OUT, average_days, rate_of, verdict
from motcua.monitoring.rules.cubes import cut
from motcua.monitoring.rules.definition import Factor
from motcua.monitoring.rules.definitions import BY_DOSSIER, UnknownDefinition, definition
from motcua.monitoring.rules.definitions_online import ONLINE_766, ONLINE_2022, ONLINE_EMC
from motcua.monitoring.rules.facts import Facts, handling_minutes
from motcua.monitoring.rules.offers import authority_without_service, effective_level
from motcua.monitoring.rules.predicates import (
    Reason,
    filed_online,
    fully_online,
    on_time,
    online_with_result,
)
from motcua.monitoring.rules.profile import course, key_of, stamp
from motcua.monitoring.rules.scopes import UnknownScope, UnknownSplit, parse_by, parse_scope
from motcua.monitoring.rules.targets import target_for


def at(day: int, hour: int = 9, month: int = 6) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=VIETNAM)


END = end_of(date(2026, 6, 30))
BASE = Facts(
    code="H43.12-260601-0001",
    procedure="1.004873",
    agency_id=3,
    agency="H43.12",
    root="0001",
    place="22738",
    channel=2,
    filed_by="self",
    level="full",
    status=4,
    received_at=at(1),
    due_at=at(4, 17),
)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"status": 9, "finished_at": at(4, 17)}, True),
        ({"status": 9, "finished_at": at(4, 18)}, False),
        # processed goes before returned: returned late, processed on time
        ({"status": 10, "finished_at": at(4, 16), "returned_at": at(20)}, True),
        ({"status": 10, "returned_at": at(20)}, False),
        ({"status": 8, "finished_at": at(3)}, True),
        ({"status": 3, "finished_at": at(9)}, False),
        ({"status": 7, "finished_at": at(2)}, True),
        ({"status": 9}, Reason.END_UNKNOWN),
        # open: ends with the period
        ({}, False),
        ({"due_at": at(1, month=7)}, True),
        # first supplement: the request ends it, however long it waits
        ({"status": 5, "supplements": 1, "supplement_requested_at": at(2)}, True),
        ({"status": 5, "supplements": 1, "supplement_requested_at": at(9)}, False),
        ({"status": 5, "supplements": 1}, Reason.END_UNKNOWN),
        # still waiting at a later one: late, due or not; once answered, no longer
        ({"status": 5, "supplements": 2, "supplement_requested_at": at(2)}, False),
        ({"status": 5, "supplements": 2, "supplement_requested_at": at(2), "due_at": None}, False),
        ({"status": 9, "supplements": 2, "finished_at": at(3)}, True),
        # supplement time is subtracted where the promised date did not move by it
        ({"status": 9, "finished_at": at(6, 17), "due_moves": False, "paused_minutes": 2880}, True),
        ({"status": 9, "finished_at": at(6, 17), "due_moves": False, "paused_minutes": 2879}, False),
        ({"status": 9, "finished_at": at(6, 17), "paused_minutes": 2880}, False),
        # no promised date
        ({"status": 9, "finished_at": at(6), "due_at": None}, Reason.NO_PROMISED_DATE),
        ({"status": 9, "finished_at": at(6), "due_at": None, "limit_minutes": 5 * 1440}, True),
        ({"status": 9, "finished_at": at(6, 10), "due_at": None, "limit_minutes": 5 * 1440}, False),
        (
            {
                "status": 9,
                "finished_at": at(6, 10),
                "due_at": None,
                "limit_minutes": 5 * 1440,
                "paused_minutes": 60,
            },
            True,
        ),
    ],
)
def test_on_time_follows_766(changes: dict[str, object], expected: object) -> None:
    assert on_time(replace(BASE, **changes), END) is expected  # type: ignore[arg-type]


def test_an_open_dossier_turns_late_with_the_calendar_alone() -> None:
    assert on_time(BASE, end_of(date(2026, 6, 3))) is True
    assert on_time(BASE, end_of(date(2026, 6, 4))) is False


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"e_result": True}, True),
        ({"e_result": False}, False),
        ({"e_result": None}, Reason.RESULT_UNKNOWN),
        ({"paper_result": False, "e_result": False}, True),
        ({"paper_result": None, "e_result": True}, True),
        ({"paper_result": None, "e_result": False}, Reason.RESULT_UNKNOWN),
        ({"channel": None, "e_result": True}, False),  # none means direct
        ({"channel": 1, "e_result": None}, False),
        ({"channel": 3, "e_result": True}, False),
    ],
)
def test_online_766(changes: dict[str, object], expected: object) -> None:
    assert online_with_result(replace(BASE, **changes), END) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"e_result": True}, True),
        ({"e_result": True, "visits": 1}, False),
        ({"e_result": True, "level": "partial"}, False),
        ({"e_result": True, "channel": 1}, False),
        ({"e_result": False}, False),
        ({"e_result": True, "channel": None}, Reason.CHANNEL_UNKNOWN),
        ({"e_result": True, "level": ""}, Reason.LEVEL_UNKNOWN),
        ({"e_result": True, "visits": None}, Reason.VISITS_UNKNOWN),
        ({"e_result": None}, Reason.RESULT_UNKNOWN),
        ({"e_result": None, "visits": 2}, False),  # known to fail, whatever the unknown is
    ],
)
def test_online_emc(changes: dict[str, object], expected: object) -> None:
    assert fully_online(replace(BASE, **changes), END) is expected  # type: ignore[arg-type]


def test_online_2022_does_not_take_an_unknown_channel_for_direct() -> None:
    assert filed_online(replace(BASE, channel=None), END) is Reason.CHANNEL_UNKNOWN
    assert verdict(ONLINE_2022, replace(BASE, channel=None), END.date()).excluded == 1
    assert verdict(ONLINE_766, replace(BASE, channel=None), END.date()).denominator == 1


moments = st.one_of(
    st.none(),
    st.integers(0, 60 * 24 * 60).map(lambda m: at(1) + timedelta(minutes=m)),
)
some_facts = st.builds(
    Facts,
    code=st.just("x"),
    procedure=st.sampled_from(["1.000001", "1.000002"]),
    agency_id=st.integers(1, 3),
    agency=st.just("H43"),
    root=st.just("0001"),
    place=st.sampled_from(["", "22738"]),
    channel=st.sampled_from([None, 1, 2, 3]),
    filed_by=st.sampled_from(["self", "helped", "officer", ""]),
    level=st.sampled_from(["", "information", "partial", "full"]),
    status=st.integers(1, 10),
    received_at=moments,
    due_at=moments,
    finished_at=moments,
    returned_at=moments,
    supplements=st.integers(0, 3),
    supplement_requested_at=moments,
    paused_minutes=st.integers(0, 10_000),
    visits=st.sampled_from([None, 0, 1]),
    paper_result=st.sampled_from([None, True, False]),
    e_result=st.sampled_from([None, True, False]),
    due_moves=st.booleans(),
    limit_minutes=st.one_of(st.none(), st.integers(0, 20_000)),
)


@given(facts=some_facts, days=st.integers(0, 90))
def test_the_course_of_a_dossier_is_what_the_predicates_say_at_any_end(facts: Facts, days: int) -> None:
    way = course(BY_DOSSIER, facts)
    if facts.received_at is None:
        assert way is None
        return
    assert way is not None
    to = local_day(facts.received_at) + timedelta(days=days)
    profile = way.turned if way.turn_on is not None and way.turn_on <= to else way.now
    judged = {one.definition: one.verdict for one in profile or ()}
    for one in BY_DOSSIER:
        assert judged.get(one.identifier, OUT) == verdict(one, facts, to)


def test_profiles_that_judge_alike_have_one_key_and_others_another() -> None:
    keys = []
    for day, code in ((3, "a"), (2, "b"), (9, "c")):
        way = course(BY_DOSSIER, replace(BASE, status=9, finished_at=at(day), code=code))
        assert way is not None
        keys.append(key_of(way.now))
    assert keys[0] == keys[1] != keys[2]
    assert stamp(BY_DOSSIER) != stamp(BY_DOSSIER[1:])


@pytest.mark.parametrize(
    ("first", "last", "years", "months", "days"),
    [
        ((2026, 1, 1), (2026, 12, 31), 1, 0, 0),
        ((2026, 1, 1), (2026, 3, 31), 0, 3, 0),
        ((2026, 1, 2), (2026, 3, 31), 0, 2, 1),
        ((2025, 6, 15), (2027, 2, 10), 1, 7, 2),
        ((2026, 2, 28), (2026, 2, 28), 0, 0, 1),
        ((2024, 2, 1), (2024, 2, 29), 0, 1, 0),
    ],
)
def test_a_period_is_cut_into_the_largest_pieces(
    first: tuple[int, int, int], last: tuple[int, int, int], years: int, months: int, days: int
) -> None:
    pieces = cut(Period(date(*first), date(*last)))
    assert (len(pieces.years), len(pieces.months), len(pieces.days)) == (years, months, days)


@given(start=st.dates(date(2020, 1, 1), date(2030, 1, 1)), length=st.integers(0, 1200))
def test_every_day_of_a_period_is_in_one_piece(start: date, length: int) -> None:
    pieces = cut(Period(start, start + timedelta(days=length)))
    counted = sum((date(y.year + 1, 1, 1) - y).days for y in pieces.years)
    counted += sum(((m + timedelta(days=32)).replace(day=1) - m).days for m in pieces.months)
    counted += sum((p.last - p.first).days + 1 for p in pieces.days)
    assert counted == length + 1


def test_minutes_of_handling_leave_out_the_supplement() -> None:
    facts = replace(BASE, status=9, finished_at=at(2, 9), paused_minutes=60)
    assert handling_minutes(facts) == 24 * 60 - 60
    assert handling_minutes(replace(facts, status=4)) == 0
    assert average_days(2880, 1) == Decimal("2.00")
    assert average_days(0, 0) is None


@pytest.mark.feature("N3")
@pytest.mark.parametrize(
    ("identifier", "changes", "expected"),
    [
        ("paid_online_766", {"fee": 7000, "paid_online": True}, (1, 1, 0)),
        ("paid_online_766", {"fee": 7000, "paid_online": False}, (0, 1, 0)),
        ("paid_online_766", {"fee": 0, "paid_online": True}, (0, 0, 0)),
        ("paid_online_766", {"fee": None, "fee_bearing": False, "paid_online": None}, (0, 0, 0)),
        ("paid_online_766", {"fee": None, "fee_bearing": True, "paid_online": False}, (0, 0, 1)),
        ("paid_online_766", {"fee": 7000, "paid_online": None}, (0, 0, 1)),
        ("e_result_766", {"e_result": True}, (1, 1, 0)),
        ("e_result_766", {"paper_result": False}, (0, 0, 0)),
        ("e_result_766", {"e_result": None}, (0, 0, 1)),
        ("digitised_766", {"digitised": True, "e_result": True}, (1, 1, 0)),
        ("digitised_766", {"digitised": True, "e_result": False}, (0, 1, 0)),
        ("digitised_766", {"digitised": None, "e_result": True}, (0, 0, 1)),
        ("digitised_766", {"digitised": None, "e_result": False}, (0, 1, 0)),
        ("reused_766", {"reused": True}, (1, 1, 0)),
        ("shared_766", {"from_store": None}, (0, 0, 1)),
        ("population_data_766", {"vneid": True}, (1, 1, 0)),
        ("synced_766", {"synced": None}, (0, 0, 1)),
        ("synced_766", {"synced": False}, (0, 1, 0)),
        ("online_provincial", {"level": "information"}, (0, 0, 0)),
        ("online_provincial", {"level": "", "channel": 1}, (0, 0, 1)),
        ("online_provincial", {"channel": 1}, (0, 1, 0)),
        ("online_provincial", {"status": 3}, (0, 0, 0)),
        ("online_self", {}, (1, 1, 0)),
        ("online_helped", {}, (0, 1, 0)),
        ("online_typed", {"filed_by": "officer"}, (1, 1, 0)),
        ("online_self", {"filed_by": ""}, (0, 0, 1)),
        ("average_time_766", {}, (0, 0, 0)),
        ("average_time_766", {"status": 9, "finished_at": at(2)}, (1, 1, 0)),
        ("average_time_766", {"status": 9}, (0, 0, 1)),
    ],
)
def test_indicators_by_dossier(
    identifier: str, changes: dict[str, Any], expected: tuple[int, int, int]
) -> None:
    found = verdict(definition(identifier), replace(BASE, **changes), END.date())
    assert (found.numerator, found.denominator, found.excluded) == expected


@pytest.mark.parametrize(
    ("n", "d", "expected"),
    [
        (74, 124, "59.68"),
        (2368, 4276, "55.38"),
        (2442, 4400, "55.50"),
        (1, 800, "0.13"),  # 0.125: half up, not to even
        (1, 3, "33.33"),
        (0, 5, "0.00"),
        (5, 5, "100.00"),
    ],
)
def test_rates_round_half_up_to_two_decimals(n: int, d: int, expected: str) -> None:
    assert rate_of(n, d) == Decimal(expected)


def test_no_denominator_is_not_applicable_and_factors_multiply() -> None:
    half = Factor("synced_766", Decimal("0.5"), assumed=False, words=Text("", ""))
    assert rate_of(0, 0) is None
    assert rate_of(1, 3, (half,)) == Decimal("16.67")
    assert [(f.name, f.value, f.assumed) for f in ONLINE_766.factors] == [("synced_766", Decimal(1), True)]


def test_scopes_and_splits_are_read_or_refused_in_words() -> None:
    for text in (
        "national",
        "block:ministry",
        "block:local",
        "G15",
        "H43.12",
        "place:56",
        "procedure:1.004873",
    ):
        assert str(parse_scope(text)) == text
    for text in ("block:other", "place:", "somewhere", "h43", "'; drop"):
        with pytest.raises(UnknownScope):
            parse_scope(text)
    with pytest.raises(UnknownSplit):
        parse_by("level")
    with pytest.raises(UnknownDefinition, match="nothing_766"):
        definition("nothing_766")


def test_levels_and_authority() -> None:
    class Levels:
        agency_code = "G15"
        at_ministry = at_province = at_commune = False

    assert effective_level("partial", "full") == "partial"  # derived wins
    assert effective_level("information", "full") == "full"
    assert effective_level("", "") == ""
    assert authority_without_service(Levels(), ["H32", "H43"]) == []
    Levels.at_commune = True
    assert authority_without_service(Levels(), ["H32", "H43"]) == ["H32", "H43"]
    Levels.at_ministry = True
    assert authority_without_service(Levels(), ["H43"]) == ["G15", "H43"]


def test_targets_have_days_and_a_source() -> None:
    found = target_for(ONLINE_EMC.identifier, "national", date(2024, 8, 31))
    assert found is not None
    assert found.percent == Decimal("70.00")
    assert found.source.en
    assert target_for(ONLINE_EMC.identifier, "national", date(2023, 12, 31)) is None
    assert target_for(ONLINE_EMC.identifier, "H43", date(2024, 8, 31)) is None
    assert target_for("online_766", "national", date(2024, 8, 31)) is None
