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
from motcua.events.queries import last_event_id, verify
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


def test_the_province(demo: queries.DemoAccounts, now: datetime, rf: Any) -> None:
    """One long test: the demo takes a second to make."""
    _places()
    _agencies()
    _accounts(demo, now, rf)
    _persons(now)
    _services(now)
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


def _services(now: datetime) -> None:
    offered = services_of("1.004873", on=now.date())
    assert {service.agency for service in offered} == {a.identifier for a in communes("H43")}


def test_the_password_is_kept_for_the_owner_only(demo: queries.DemoAccounts, home: Path) -> None:
    file = home / "demo.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text("utf-8"))["password"] == demo.password
    assert queries.accounts() == demo
    assert queries.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT password FROM people_user")
        assert all(demo.password not in row[0] for row in cursor.fetchall())


@pytest.mark.django_db
def test_two_homes_have_two_passwords(now: datetime) -> None:
    assert operations.new_password() != operations.new_password()


def test_a_second_time_is_refused(demo: queries.DemoAccounts, now: datetime) -> None:
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


def test_a_machine_that_died_after_the_commit_finds_its_accounts(
    demo: queries.DemoAccounts, home: Path, now: datetime
) -> None:
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


@pytest.mark.django_db
def test_nobody_else_reads_a_demo_person(demo: queries.DemoAccounts) -> None:
    person = find_person_id_by_number("999196000001")
    assert person is not None
    assert person_profile(person, actor=SYSTEM).full_name == "Trần Thị Thử"
    with pytest.raises(NotFound):
        person_profile(person, actor=PUBLIC)
