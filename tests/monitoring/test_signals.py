"""Signals of inflated figures: found with their dossiers, seen by few, answered once, forgotten."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from motcua.core.actor import PUBLIC, Actor, Post, Role
from motcua.core.refusals import NotFound
from motcua.monitoring.gateways import thresholds
from motcua.monitoring.operations import answer_signal, find_signals
from motcua.monitoring.queries import SignalView, leading, signals_for
from motcua.monitoring.rules.signals import Filing, SignalKind, bursts, bursts_of_places
from motcua.voice.rules.petitions import WordsNeeded
from tests.monitoring.conftest import at

LIMITS = thresholds(date(2026, 6, 1))
NOW = at(20)


def officer(identifier: str, role: Role, user: int | None = None) -> Actor:
    from motcua.monitoring.queries import land

    node = land().by_identifier[identifier]
    return Actor(kind="person", user_id=user, posts=(Post(node.id, identifier, node.path, role),))


def seen(identifier: str = "H43", role: Role = Role.INSPECTOR) -> tuple[SignalView, ...]:
    return signals_for(officer(identifier, role)).items


def filings(minutes: list[int], account: int = 1, agency: int = 1) -> list[Filing]:
    return [
        Filing(account, agency, at(1) + timedelta(minutes=m), f"{account}-{agency}-{m:04}") for m in minutes
    ]


def test_a_burst_is_many_of_one_account_at_one_agency_in_a_short_time() -> None:
    close = list(range(0, 50, 5))
    (found,) = bursts(filings(close), LIMITS)
    assert len(found.codes) == LIMITS.burst_dossiers == 10
    assert bursts(filings(close[:-1]), LIMITS) == []
    assert bursts(filings([m * 10 for m in range(10)]), LIMITS) == []
    assert bursts(filings(close[:5]) + filings(close[5:], account=2), LIMITS) == []
    assert bursts(filings(close[:5]) + filings(close[5:], agency=2), LIMITS) == []
    assert len(bursts(filings([*close, *(m + 600 for m in close)]), LIMITS)) == 2


def test_a_burst_of_a_place_is_many_accounts_from_one_address() -> None:
    def placed(count: int, accounts: int, step: int = 3, place: str = "x", agency: int = 1) -> list[Filing]:
        return [
            Filing(n % accounts, agency, at(1) + timedelta(minutes=n * step), f"{agency}-{n:03}", place)
            for n in range(count)
        ]

    most, few = LIMITS.place_dossiers, LIMITS.place_accounts
    (found,) = bursts_of_places(placed(most, few, place="secret"), LIMITS)
    assert (found.kind, len(found.codes)) == (SignalKind.PLACE, most)
    assert "secret" not in repr(found)
    assert bursts_of_places(placed(most - 1, few), LIMITS) == []
    assert bursts_of_places(placed(most, few - 1), LIMITS) == []  # a burst of accounts, told as such
    assert bursts_of_places(placed(most, few, step=LIMITS.place_minutes), LIMITS) == []
    half = most // 2 + 1
    assert bursts_of_places(placed(half, few) + placed(half, few, place="y"), LIMITS) == []
    assert bursts_of_places(placed(half, few) + placed(half, few, agency=2), LIMITS) == []
    assert bursts_of_places(placed(most, few, place=""), LIMITS) == []


def test_a_burst_is_seen_wherever_it_begins() -> None:
    """One early filing does not part those that follow it closely."""
    assert (LIMITS.place_dossiers, LIMITS.place_minutes) == (15, 60)
    minutes = [0, *(55 + n // 2 for n in range(10)), *(61 + n for n in range(9)), 69]
    placed = [Filing(n, 1, at(1) + timedelta(minutes=m), f"{n:03}", "x") for n, m in enumerate(minutes)]
    (found,) = bursts_of_places(placed, LIMITS)
    assert found.codes == tuple(f"{n:03}" for n in range(1, 21))
    (alone,) = bursts(filings([0, *(57 + n for n in range(5)), *(62 + n for n in range(5))]), LIMITS)
    assert len(alone.codes) == 10
    steady = list(range(0, 180, 5))  # many windows that have enough are one burst
    (long,) = bursts(filings(steady), LIMITS)
    assert len(long.codes) == len(steady)
    again = bursts(filings([*steady, *range(180, 300, 5)]), LIMITS)
    assert [one.key for one in again] == [long.key]


def test_days_of_a_burst_are_those_of_viet_nam() -> None:
    """What the database tells is UTC: half past six on 5 July is 4 July there."""
    first = datetime(2026, 7, 4, 23, 30, tzinfo=UTC)
    close = [Filing(n, 1, first + timedelta(minutes=n), f"{n:03}", "x") for n in range(20)]
    own = [Filing(1, 1, one.at, one.code) for one in close]
    for found in (*bursts_of_places(close, LIMITS), *bursts(own, LIMITS)):
        assert (found.first, found.last) == (date(2026, 7, 5), date(2026, 7, 5))
    assert bursts(own, LIMITS)
    assert bursts_of_places(close, LIMITS)


def waiting_signals() -> int:
    """As the board of the commune's leader counts them."""
    from motcua.core.periods import Period

    month = Period(date(2026, 7, 1), date(2026, 7, 31))
    return leading(month, "H43.12", actor=officer("H43.12", Role.LEADER), now=NOW).signals


@pytest.fixture
def crowd(make_dossier: Callable[..., Any], make_user: Callable[..., int]) -> Callable[..., None]:
    """Dossiers of several accounts from one address; ``helper``: the accounts are registered helpers."""
    from django.contrib.auth import get_user_model

    from motcua.dossiers.models import Origin
    from motcua.dossiers.sealed import origin_index

    def filed(address: str, *, helper: bool = False) -> None:
        users = [make_user(f"p{n}-{address[-1]}") for n in range(LIMITS.place_accounts)]
        get_user_model().objects.filter(pk__in=users).update(is_helper=helper)
        for n in range(LIMITS.place_dossiers):
            when = at(4) + timedelta(minutes=n)
            row = make_dossier(received_at=when, submitted_at=when, filed_by_user_id=users[n % len(users)])
            Origin.objects.create(dossier=row, place=origin_index(address), at=when)

    return filed


@pytest.mark.django_db
def test_a_burst_from_one_address_is_answered_by_the_leader_and_names_no_address(
    crowd: Callable[..., None], make_user: Callable[..., int]
) -> None:
    crowd("198.51.100.7")
    crowd("198.51.100.8", helper=True)
    for _ in range(2):
        find_signals(now=NOW)
    (signal,) = seen()
    assert (signal.kind, signal.count, signal.agency.identifier) == (
        "burst_place", LIMITS.place_dossiers, "H43.12",
    )  # fmt: skip
    assert len(signal.dossiers) == LIMITS.place_dossiers
    assert all(here for _, here in signal.dossiers)
    assert "shared computer" in signal.why.en
    assert "198.51" not in repr(signal)
    assert not signal.may_answer
    assert waiting_signals() == 1
    (asked,) = seen("H43.12", Role.LEADER)
    assert (asked.may_answer, asked.count, asked.dossiers) == (True, signal.count, signal.dossiers)
    assert "198.51" not in repr(asked)
    leader = officer("H43.12", Role.LEADER, make_user("lead"))
    answer_signal(signal_id=signal.id, words="Máy dùng chung ở xã.", actor=leader, now=NOW)
    assert seen()[0].answer == "Máy dùng chung ở xã."
    assert waiting_signals() == 0


@pytest.mark.django_db
def test_from_where_a_dossier_came_is_forgotten_after_a_year(crowd: Callable[..., None]) -> None:
    from motcua.core.sweeps import sweeps
    from motcua.dossiers.models import Dossier, Origin

    crowd("198.51.100.7")
    assert not Origin.objects.filter(place__contains="198.51").exists()
    (sweep,) = [one for one in sweeps() if one.name == "dossiers.origins"]
    assert sweep.run(at(4) + timedelta(days=365)) == 0
    assert sweep.run(at(5) + timedelta(days=365)) == LIMITS.place_dossiers
    assert not Origin.objects.exists()
    assert Dossier.objects.count() == LIMITS.place_dossiers


@pytest.mark.django_db
def test_online_but_typed_in_by_an_officer(
    make_dossier: Callable[..., Any], count: Callable[..., None]
) -> None:
    count(*(make_dossier(filed_by="officer", received_at=at(3)) for _ in range(4)))
    find_signals(now=NOW)
    assert seen() == ()
    count(make_dossier(filed_by="officer", received_at=at(4)), make_dossier(received_at=at(4)))
    for _ in range(2):
        find_signals(now=NOW)
    (signal,) = seen()
    assert (signal.kind, signal.count, signal.agency.identifier) == ("typed_online", 5, "H43.12")
    assert all(here for _, here in signal.dossiers)
    assert "typed in by an officer" in signal.why.en


@pytest.mark.django_db
def test_received_after_the_decision(land: dict[str, int], catalogue: dict[str, int], tmp_path: Path) -> None:
    from motcua.core.actor import SYSTEM
    from motcua.dossiers.operations import import_dossiers

    file = tmp_path / "theirs.csv"
    file.write_text(
        "code,procedure,agency,channel,received_at,finished_at\n"
        f"case-a,1.004873,H43.12,2,{at(5, 10).isoformat()},{at(5, 8).isoformat()}\n"
        f"case-b,1.004873,H43.12,2,{at(5).isoformat()},{at(6).isoformat()}\n"
        f"case-c,1.004873,H43.12,2,{at(5).isoformat()},\n"
    )
    counts = import_dossiers(path=file, actor=SYSTEM, now=NOW)
    assert counts.refused == []
    find_signals(now=NOW)
    (signal,) = seen()
    assert (signal.kind, signal.dossiers) == ("after_decision", (("case-a", False),))


@pytest.fixture
def raised(make_dossier: Callable[..., Any], count: Callable[..., None]) -> SignalView:
    count(*(make_dossier(filed_by="officer", received_at=at(3)) for _ in range(5)))
    find_signals(now=NOW)
    return seen()[0]


@pytest.mark.django_db
def test_inspectors_of_the_tree_and_the_agencys_leader_see_it_and_nobody_else(raised: SignalView) -> None:
    assert seen("H43.12")
    assert seen("H43.12", Role.LEADER)
    assert seen("H43.13") == seen("G15") == seen("H43", Role.LEADER) == ()
    for actor in (PUBLIC, officer("H43.12", Role.SPECIALIST), officer("H43.12", Role.CONTROLLER)):
        with pytest.raises(NotFound):
            signals_for(actor)


@pytest.mark.django_db
def test_the_agency_answers_once_and_the_answer_stays(raised: SignalView, now: datetime) -> None:
    from motcua.core.actor import SYSTEM
    from motcua.people.operations import create_account

    user = create_account(
        username="lead", password="mot mat khau du dai", display_name="Lead", actor=SYSTEM, now=now
    )
    leader = officer("H43.12", Role.LEADER, user)
    for stranger in (PUBLIC, officer("H43", Role.INSPECTOR, user), officer("H43.13", Role.LEADER, user)):
        with pytest.raises(NotFound):
            answer_signal(signal_id=raised.id, words="Do ghi nhầm kênh.", actor=stranger, now=NOW)
    with pytest.raises(WordsNeeded):
        answer_signal(signal_id=raised.id, words="ừ", actor=leader, now=NOW)
    answer_signal(signal_id=raised.id, words="Do ghi nhầm kênh.", actor=leader, now=NOW)
    with pytest.raises(NotFound):
        answer_signal(signal_id=raised.id, words="Do ghi nhầm kênh.", actor=leader, now=NOW)
    find_signals(now=NOW)
    (signal,) = seen()
    assert (signal.answer, signal.may_answer) == ("Do ghi nhầm kênh.", False)


@pytest.mark.django_db
def test_a_signal_is_forgotten_after_a_year(raised: SignalView) -> None:
    find_signals(now=NOW + timedelta(days=360))
    assert seen()
    find_signals(now=NOW + timedelta(days=LIMITS.kept_days + 30))
    assert seen() == ()
