"""The demo province: whole or not at all, and everything in it says that it is made up."""

import json
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.contrib.auth import authenticate
from django.db import connection

from motcua.agencies.queries import actor_for, agencies, agency, communes, desks, frozen_years
from motcua.catalogue.queries import services_of
from motcua.cli import motcua
from motcua.core.actor import PUBLIC, SYSTEM, Role
from motcua.core.refusals import NotFound
from motcua.demo import operations, queries
from motcua.dossiers.queries import dossier_for, dossiers_of, whole_agency, worklist
from motcua.events.operations import run_readers
from motcua.events.queries import last_event_id, setbacks, verify
from motcua.people.queries import account_by_username, find_person_id_by_number, person_profile
from motcua.people.rules import is_impossible
from motcua.places import queries as places

CONTRACT = (
    "citizen",
    "citizen2",
    "helper",
    "business",
    "desk",
    "specialist",
    "signatory",
    "police",
    "leader",
    "controller",
    "designer",
    "operator",
)


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def demo(db: None, home: Path, now: datetime) -> queries.DemoAccounts:
    return operations.create(now=now)


def user(username: str) -> int:
    found = account_by_username(username)
    assert found is not None
    return found.id


@pytest.mark.feature("60")
def test_the_province(demo: queries.DemoAccounts, home: Path, now: datetime, rf: Any) -> None:
    """One long test, because the demo takes some seconds to make."""
    _places()
    _agencies()
    _accounts(demo, now, rf)
    _persons(now)
    _strangers()
    _services(now)
    _dossiers(now)
    _password(demo, home)
    _second_time(demo, now)
    _death_after_the_commit(demo, home, now)
    assert set(frozen_years()) == set(range(2022, now.year + 2))
    report = verify()
    assert report.ok, report.problems


def _places() -> None:
    units = places.communes("58")
    assert len(units) == 24
    assert (units[0].valid_from, units[0].parent_name) == (datetime(2025, 7, 1).date(), "Tỉnh Ninh Thuận")  # noqa: DTZ001
    assert all(22738 <= int(unit.code) <= 22909 and unit.formed_from for unit in units)
    assert [u.code for u in places.search_units("phu ha")] == ["22759"]


def _agencies() -> None:
    for block in ("H43", "G01"):
        served = communes(block)
        assert len(served) == len({a.serves_code for a in served}) == 24
        assert all(len(desks(a.id)) == 1 for a in served)
    assert agency("G01.43").serves_code == "58"
    assert {a.identifier for a in agencies() if not a.made_up} == {"G01", "G09", "G12", "G15", "H43"}


def _accounts(demo: queries.DemoAccounts, now: datetime, rf: Any) -> None:
    names = [username for username, _ in demo.accounts]
    assert set(CONTRACT) <= set(names)
    for username in ("citizen", "desk", "operator"):
        signed_in = authenticate(rf.post("/"), username=username, password=demo.password)
        assert signed_in is not None, username
    for username, role, at in (
        ("desk", Role.DESK, "H43.23"),
        ("specialist", Role.SPECIALIST, "H43.23"),
        ("signatory", Role.SIGNATORY, "H43.23"),
        ("police", Role.SPECIALIST, "G01.43.23"),
        ("police2", Role.SIGNATORY, "G01.43.23"),
        ("leader", Role.LEADER, "H43"),
        ("operator", Role.OPERATOR, "H43"),
    ):
        actor = actor_for(user(username), now=now)
        assert actor.has_role(role, [agency(at).id]), username
    assert agency("H43.23").serves_name == agency("G01.43.23").serves_name == "Phường Phan Rang"
    assert actor_for(user("helper"), now=now).helper
    assert not actor_for(user("citizen"), now=now).is_officer


def _persons(now: datetime) -> None:
    for username in ("citizen", "citizen2", "helper", "business"):
        actor = actor_for(user(username), now=now)
        assert actor.person_id is not None
        profile = person_profile(actor.person_id, actor=actor)
        assert profile.fictional
        assert profile.personal_number is not None
        assert is_impossible(profile.personal_number)
        assert find_person_id_by_number(profile.personal_number) == profile.id
        assert profile.email.endswith(".invalid")


def _strangers() -> None:
    person = find_person_id_by_number("999196000001")
    assert person is not None
    assert person_profile(person, actor=SYSTEM).full_name == "Trần Thị Thử"
    with pytest.raises(NotFound):
        person_profile(person, actor=PUBLIC)


def _services(now: datetime) -> None:
    police = dict.fromkeys(("1.004194", "1.002755", "1.003677", "2.001159"), "G01.43")
    for procedure, above in {"1.004873": "H43", **police}.items():
        offered = services_of(procedure, on=now.date())
        assert {service.agency for service in offered} == {a.identifier for a in communes(above)}


def _dossiers(now: datetime) -> None:
    """Each officer has work, something is late, and the citizen has dossiers in several states."""
    lanes = (
        ("desk", "all"),
        ("desk", "overdue"),
        ("specialist", "all"),
        ("signatory", "all"),
        ("police", "all"),
    )
    for username, lane in lanes:
        found = worklist(actor=actor_for(user(username), now=now), lane=lane, now=now)
        assert found.items, (username, lane)
    _morning(now)
    mine = dossiers_of(actor_for(user("citizen"), now=now), limit=20, after=None).items
    assert len({item.status for item in mine}) >= 4
    run_readers(now=now, limit=10_000)
    assert setbacks() == ()


def _morning(now: datetime) -> None:
    """The main desk has a busy morning: over states and channels, some late, some come in again."""
    desk = actor_for(user("desk"), now=now)
    found = whole_agency(actor=desk, now=now)
    assert 22 <= found.counts["open"] <= 32
    least = {"new": 5, "overdue": 2, "citizen": 2, "asked": 1, "return": 1}
    assert {n: found.counts[n] for n in least if found.counts[n] < least[n]} == {}
    assert worklist(actor=desk, now=now).counts["supplement_in"] >= 2
    assert worklist(actor=actor_for(user("specialist"), now=now), now=now).counts["mine"] >= 3
    views = [dossier_for(line.code, actor=desk, now=now) for line in found.items]
    assert {view.channel for view in views} == {1, 2, 3}


def _password(demo: queries.DemoAccounts, home: Path) -> None:
    file = home / "demo.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text("utf-8"))["password"] == demo.password
    assert queries.accounts() == demo
    assert queries.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT password FROM people_user")
        assert all(demo.password not in row[0] for row in cursor.fetchall())


def test_two_homes_have_two_passwords() -> None:
    assert operations.new_password() != operations.new_password()


def _second_time(demo: queries.DemoAccounts, now: datetime) -> None:
    before = last_event_id()
    with pytest.raises(operations.HomeNotEmpty) as refusal:
        operations.create(now=now)
    assert "MOTCUA_HOME" in refusal.value.next_step.en
    assert last_event_id() == before
    assert queries.accounts() == demo


def test_a_home_with_anything_in_it_is_refused(
    home: Path, make_agency: Callable[..., int], now: datetime
) -> None:
    make_agency("H44")
    with pytest.raises(operations.HomeNotEmpty):
        operations.create(now=now)
    assert not queries.exists()
    assert list(home.iterdir()) == []


@pytest.mark.django_db
def test_a_failure_leaves_nothing(home: Path, now: datetime, settings: Any) -> None:
    settings.PACKS = home / "no packs here"
    with pytest.raises(Exception, match=r"procedure\.toml"):
        operations.create(now=now)
    assert last_event_id() == 0
    assert agencies() == ()
    assert list(home.iterdir()) == []


def _death_after_the_commit(demo: queries.DemoAccounts, home: Path, now: datetime) -> None:
    (home / "demo.json").rename(home / "demo.json.draft")
    assert not queries.exists()
    assert operations.create(now=now) == demo
    assert queries.exists()


@pytest.mark.django_db
def test_the_command_prints_the_accounts_and_the_fiction(home: Path) -> None:
    done = CliRunner().invoke(motcua, ["demo"])
    assert done.exit_code == 0, done.output
    made = queries.accounts()
    assert made is not None
    assert made.password in done.output
    assert "as if it had gone on" in done.output
    for username in CONTRACT:
        assert f"  {username} " in done.output
    again = CliRunner().invoke(motcua, ["demo"])
    assert isinstance(again.exception, operations.HomeNotEmpty)
