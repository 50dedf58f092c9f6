"""What an identity provider says never takes an account over."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from motcua.agencies.queries import actor_for
from motcua.core.actor import PUBLIC, Actor
from motcua.core.refusals import NotFound
from motcua.people.operations import NumberTaken
from motcua.people.operations.identities import (
    IdentityOfAnother,
    IdentityTaken,
    LastWayIn,
    TooLittleKnown,
    link_identity,
    open_account,
    unlink_identity,
)
from motcua.people.queries import person_profile
from motcua.people.queries.identities import account_of_arrival, assurance_level, identities_of
from motcua.people.rules.identity import Arrival, SubjectMissing, read_arrival

pytestmark = pytest.mark.django_db
Maker = Callable[..., int]
HOA = Arrival("https://idp.example", "hoa-17", 2, "Trần Thị Hoa", "999196000017", date(1996, 1, 2), "female")


@pytest.fixture
def hoa(make_user: Maker, now: datetime) -> Actor:
    user = make_user("hoa", personal_number=HOA.personal_number, email="hoa@example.invalid")
    return actor_for(user, now=now)


def test_neither_number_nor_mail_finds_an_account(hoa: Actor) -> None:
    assert account_of_arrival(replace(HOA, email="hoa@example.invalid")) is None


def test_a_known_number_makes_no_second_account(hoa: Actor, now: datetime) -> None:
    with pytest.raises(NumberTaken):
        open_account(arrival=HOA, actor=PUBLIC, now=now)


def test_linked_is_found_by_issuer_and_subject_only(hoa: Actor, now: datetime) -> None:
    link_identity(arrival=HOA, actor=hoa, now=now)
    link_identity(arrival=HOA, actor=hoa, now=now)
    assert len(identities_of(hoa.user_id or 0)) == 1
    assert account_of_arrival(HOA) == hoa.user_id
    assert account_of_arrival(replace(HOA, issuer="https://evil.example")) is None
    assert account_of_arrival(replace(HOA, subject="hoa-18")) is None


def test_two_accounts_do_not_hold_one_subject(hoa: Actor, make_user: Maker, now: datetime) -> None:
    link_identity(arrival=HOA, actor=hoa, now=now)
    other = actor_for(make_user("lan"), now=now)
    with pytest.raises(IdentityTaken):
        link_identity(arrival=HOA, actor=other, now=now)
    with pytest.raises(IdentityTaken):
        link_identity(arrival=replace(HOA, subject="hoa-19"), actor=hoa, now=now)


def test_another_person_s_identity_is_not_linked(hoa: Actor, now: datetime) -> None:
    with pytest.raises(IdentityOfAnother):
        link_identity(arrival=replace(HOA, personal_number="999196000018"), actor=hoa, now=now)


def test_strangers_link_and_unlink_nothing(hoa: Actor, make_user: Maker, now: datetime) -> None:
    with pytest.raises(NotFound):
        link_identity(arrival=HOA, actor=PUBLIC, now=now)
    link_identity(arrival=HOA, actor=hoa, now=now)
    [linked] = identities_of(hoa.user_id or 0)
    for stranger in (PUBLIC, actor_for(make_user("lan"), now=now)):
        with pytest.raises(NotFound):
            unlink_identity(identity_id=linked.id, actor=stranger, now=now)
    unlink_identity(identity_id=linked.id, actor=hoa, now=now)
    assert account_of_arrival(HOA) is None


def test_an_account_made_on_request_keeps_its_only_way_in(now: datetime) -> None:
    user = open_account(arrival=HOA, actor=PUBLIC, now=now)
    actor = actor_for(user, now=now)
    assert account_of_arrival(HOA) == user
    assert person_profile(actor.person_id or 0, actor=actor).personal_number == HOA.personal_number
    [linked] = identities_of(user)
    with pytest.raises(LastWayIn):
        unlink_identity(identity_id=linked.id, actor=actor, now=now)


def test_nobody_is_made_of_nothing(now: datetime) -> None:
    with pytest.raises(TooLittleKnown):
        open_account(arrival=replace(HOA, full_name=""), actor=PUBLIC, now=now)


@pytest.mark.parametrize("claims", [{}, {"sub": ""}, {"sub": 7}, {"sub": "x" * 300}, {"sub": None}])
def test_a_provider_must_name_somebody(claims: dict[str, object]) -> None:
    with pytest.raises(SubjectMissing):
        read_arrival(claims, issuer="i", level=0, names={})


def test_claims_are_read_with_suspicion() -> None:
    claims = {
        "sub": "1", "ho_ten": "  Trần \n Thị Hoa ", "personal_number": "12", "birthdate": "0000-13-99",
        "gender": ["x"], "phone_number": "tel", "email": {"a": 1},
    }  # fmt: skip
    read = read_arrival(claims, issuer="i", level=1, names={"name": "ho_ten"})
    assert read == Arrival("i", "1", 1, "Trần Thị Hoa")


def test_levels_are_data_with_a_source() -> None:
    level = assurance_level(2, on=date(2026, 1, 1))
    assert level is not None
    assert "69/2024" in level.source
    assert not level.certain
    assert assurance_level(2, on=date(2024, 1, 1)) is None
    assert assurance_level(0, on=date(2026, 1, 1)) is None
