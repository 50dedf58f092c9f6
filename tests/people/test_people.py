"""Persons, accounts, tokens: what is sealed stays sealed, what is secret is shown once."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from click.testing import CliRunner
from django.contrib.auth import authenticate
from django.db import connection

from motcua.cli import motcua
from motcua.core.actor import PUBLIC, SYSTEM, Actor, Post, Role
from motcua.core.refusals import NotFound
from motcua.core.sealing import SealBroken
from motcua.events.queries import events_after
from motcua.people import operations, queries
from motcua.people.models import Person, Token, User
from motcua.people.operations import tokens

pytestmark = pytest.mark.django_db
NUMBER = "999196000001"


@pytest.fixture
def make(now: datetime) -> Callable[..., int]:
    def person(**fields: Any) -> int:
        fields = {"full_name": "Trần Thị Thử", "personal_number": NUMBER, "fictional": True, **fields}
        return operations.create_person(**fields, actor=SYSTEM, now=now)

    return person


def own(person_id: int) -> Actor:
    return Actor(kind="person", user_id=1, person_id=person_id)


def test_a_person_reads_back_for_itself(make: Callable[..., int]) -> None:
    person = make(phone="0912 345 678", full_name="  Trần   Thị Thử ")
    profile = queries.person_profile(person, actor=own(person))
    assert (profile.personal_number, profile.phone, profile.full_name) == (
        NUMBER,
        "+84912345678",
        "Trần Thị Thử",
    )


def test_nobody_else_sees_that_there_is_such_a_person(make: Callable[..., int]) -> None:
    person = make()
    other = Actor(kind="person", user_id=2, person_id=person + 1)
    specialist = Actor(kind="person", user_id=3, posts=(Post(1, "H43.21", "0001", Role.SPECIALIST),))
    for actor in (PUBLIC, other, specialist, Actor(kind="person", user_id=4)):
        with pytest.raises(NotFound):
            queries.person_profile(person, actor=actor)
    with pytest.raises(NotFound):
        queries.person_profile(person + 999, actor=SYSTEM)


def test_a_desk_that_types_in_and_the_system_may(make: Callable[..., int]) -> None:
    person = make()
    desk = Actor(kind="person", user_id=3, posts=(Post(1, "H43.21", "0001", Role.DESK),))
    for actor in (desk, SYSTEM):
        assert queries.person_profile(person, actor=actor).personal_number == NUMBER


def test_the_number_stands_nowhere_in_the_database(make: Callable[..., int], now: datetime) -> None:
    make()
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [
                (table, value)
                for row in cursor.fetchall()
                for value in row
                if NUMBER.encode()
                in (bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode())
            ]
    assert found == []
    assert NUMBER not in str(events_after(0, 100))


def test_sealed_bytes_belong_to_their_row(make: Callable[..., int]) -> None:
    one, two = make(), make(personal_number="999196000002")
    stolen = Person.objects.get(pk=one).number_sealed
    Person.objects.filter(pk=two).update(number_sealed=stolen)
    with pytest.raises(SealBroken):
        queries.person_profile(two, actor=SYSTEM)


def test_a_person_is_found_by_number_and_by_no_other(make: Callable[..., int]) -> None:
    person = make()
    business = make(kind="business", personal_number="9990000004")
    assert queries.find_person_id_by_number("999 196 000 001") == person
    assert queries.find_person_id_by_number("9990000004") == business
    assert queries.find_person_id_by_number("999196000009") is None
    assert queries.find_person_id_by_number("nonsense") is None


def test_refusals(make: Callable[..., int]) -> None:
    make()
    with pytest.raises(operations.NumberTaken):
        make(personal_number="999 196 000 001")
    with pytest.raises(operations.NumberUnreadable):
        make(personal_number="123")
    with pytest.raises(operations.NumberUnreadable):
        make(personal_number="999196000003", kind="business")
    with pytest.raises(operations.PhoneUnreadable):
        make(personal_number=None, phone="12")
    with pytest.raises(NotFound):
        make(personal_number=None, residence_code="no such place")
    assert Person.objects.count() == 1


def test_many_persons_may_have_no_number(make: Callable[..., int]) -> None:
    make(personal_number=None)
    make(personal_number="")
    assert Person.objects.filter(number_index__isnull=True, number_sealed__isnull=True).count() == 2


def test_an_account_signs_in_by_its_password(make_user: Callable[..., int], rf: Any) -> None:
    user = make_user("thu", "mật khẩu rất dài")
    assert authenticate(rf.post("/"), username="thu", password="mật khẩu rất dài").pk == user  # type: ignore[union-attr]
    assert authenticate(rf.post("/"), username="thu", password="mật khẩu khác") is None
    assert User.objects.get(pk=user).password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_user_names_are_taken_once(make_user: Callable[..., int]) -> None:
    make_user("thu")
    with pytest.raises(operations.UsernameTaken):
        make_user("thu")


def test_contact_falls_back_to_the_person(now: datetime, make: Callable[..., int]) -> None:
    person = make(email="person@demo.invalid", locale="en")
    user = operations.create_account(
        username="a", password=None, display_name="", person_id=person, actor=SYSTEM, now=now
    )
    assert queries.contact_of_user(user) == queries.Contact(user, "person@demo.invalid", "en", "Trần Thị Thử")
    User.objects.filter(pk=user).update(is_active=False)
    with pytest.raises(NotFound):
        queries.contact_of_user(user)


@pytest.mark.usefixtures("db")
class TestTokens:
    def test_only_its_hash_is_kept(self, make_user: Callable[..., int], now: datetime) -> None:
        make_user("thu")
        token = tokens.issue_token(username="thu", scopes=("all",), days=1, actor=SYSTEM, now=now)
        row = Token.objects.get()
        assert token not in str(vars(row))
        assert row.scopes == "all"
        assert row.digest == queries.token_digest(token)
        assert token not in str(events_after(0, 100))

    @pytest.mark.parametrize("days", [0, -1, 367])
    def test_term_is_bounded(self, make_user: Callable[..., int], now: datetime, days: int) -> None:
        make_user("thu")
        with pytest.raises(tokens.TokenTermRefused):
            tokens.issue_token(username="thu", scopes=("all",), days=days, actor=SYSTEM, now=now)

    def test_command_prints_one(self, make_user: Callable[..., int]) -> None:
        make_user("thu")
        done = CliRunner().invoke(motcua, ["token", "thu", "--scope", "read", "--days", "1"])
        assert done.exit_code == 0
        assert done.output.startswith("mc_")
        assert Token.objects.get().scopes == "read"

    def test_command_refuses_a_stranger(self) -> None:
        done = CliRunner().invoke(motcua, ["token", "nobody"])
        assert isinstance(done.exception, tokens.AccountUnknown)
        assert "nobody" in done.exception.cause.vi
