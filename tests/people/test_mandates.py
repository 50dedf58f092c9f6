"""Mandates: dated, from a business to a human being, and gone on the day after their last."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from motcua.agencies.queries import actor_for
from motcua.core.actor import SYSTEM
from motcua.core.refusals import NotFound
from motcua.people.operations import create_person
from motcua.people.operations.mandates import MandateRefused, end_mandate, give_mandate
from motcua.people.queries import account

pytestmark = pytest.mark.django_db
FROM = date(2026, 1, 1)


@pytest.fixture
def business(db: None, now: datetime) -> int:
    return create_person(
        full_name="Công ty Thử", kind="business", personal_number="9990000099", actor=SYSTEM, now=now
    )


@pytest.fixture
def director(make_user: Callable[..., int]) -> int:
    return make_user("giamdoc")


def given(business: int, user: int, now: datetime, *, to: date | None = None) -> int:
    holder = account(user)
    assert holder is not None
    return give_mandate(
        business_id=business, representative_id=holder.person_id or 0, capacity="Giám đốc", source="ĐKKD",
        from_on=FROM, to_on=to, actor=SYSTEM, now=now,
    )  # fmt: skip


def test_one_acts_in_the_business_s_place(business: int, director: int, now: datetime) -> None:
    mandate = given(business, director, now)
    own, acting = actor_for(director, now=now), actor_for(director, now=now, mandate_id=mandate)
    assert (own.business, own.mandate_id) == (False, None)
    assert (acting.person_id, acting.acts_for, acting.business) == (business, "Công ty Thử", True)
    assert acting.user_id == director, "the log still says who it was"


def test_nobody_acts_under_another_s_mandate(
    business: int, director: int, make_user: Callable[..., int], now: datetime
) -> None:
    mandate = given(business, director, now)
    other = make_user("nguoi.khac")
    assert actor_for(other, now=now, mandate_id=mandate).mandate_id is None


def test_the_right_ends_with_the_mandate(business: int, director: int, now: datetime) -> None:
    mandate = given(business, director, now)
    end_mandate(mandate_id=mandate, last_on=now.date(), actor=SYSTEM, now=now)
    assert actor_for(director, now=now, mandate_id=mandate).mandate_id == mandate, "its last day counts"
    tomorrow = now + timedelta(days=1)
    assert actor_for(director, now=tomorrow, mandate_id=mandate).mandate_id is None


def test_a_mandate_begins_on_its_day(business: int, director: int, now: datetime) -> None:
    mandate = given(business, director, now)
    before = datetime(2025, 12, 31, 23, 0, tzinfo=now.tzinfo)
    assert actor_for(director, now=before, mandate_id=mandate).mandate_id is None


def test_what_is_refused(business: int, director: int, make_user: Callable[..., int], now: datetime) -> None:
    with pytest.raises(MandateRefused):
        given(business, director, now, to=FROM - timedelta(days=1))
    with pytest.raises(MandateRefused):
        give_mandate(
            business_id=business, representative_id=business, capacity="x", source="x", from_on=FROM,
            actor=SYSTEM, now=now,
        )  # fmt: skip
    stranger = actor_for(make_user("la"), now=now)
    with pytest.raises(NotFound):
        end_mandate(mandate_id=given(business, director, now), last_on=now.date(), actor=stranger, now=now)
