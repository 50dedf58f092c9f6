"""The dossiers behind a figure: exactly those that were counted, for those who may see them."""

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import pytest

from motcua.core.actor import PUBLIC, SYSTEM, Actor, Post, Role
from motcua.core.periods import Period
from motcua.core.refusals import NotFound
from tests.monitoring.conftest import CODES, random_facts

pytestmark = pytest.mark.django_db

SUMMER = Period(date(2026, 6, 1), date(2026, 6, 25))


@pytest.fixture
def counted(make_dossier: Callable[..., Any], count: Callable[..., None]) -> list[Any]:
    source = Random(43)
    agencies = ["H43", "H43.12", "H43.13", "G01.20"]
    made = [
        make_dossier(source.choice(agencies), source.choice(CODES), **random_facts(source)) for _ in range(70)
    ]
    count(*made)
    return made


def officer(agency: str, role: Role = Role.LEADER) -> Actor:
    from motcua.agencies.queries import agency as find

    found = find(agency)
    return Actor("person", user_id=1, posts=(Post(found.id, agency, found.path, role),))


def codes(actor: Actor, definition: str, scope: str, which: str, limit: int = 7) -> list[str]:
    from motcua.monitoring.queries import detail

    found: list[str] = []
    after: str | None = None
    while True:
        page = detail(definition, scope, SUMMER, which, actor=actor, limit=limit, after=after)
        assert len(page.items) <= limit
        found += [item.code for item in page.items]
        after = page.next
        if after is None:
            return found


@pytest.mark.parametrize("definition", ["online_emc", "online_2022", "online_766", "on_time_766"])
@pytest.mark.parametrize("scope", ["H43", "H43.12", "place:22738", f"procedure:{CODES[0]}", "block:local"])
def test_lists_have_exactly_as_many_dossiers_as_the_count(
    counted: list[Any], definition: str, scope: str
) -> None:
    from motcua.monitoring.queries import rates

    everyone = Actor("person", user_id=1, posts=officer("H43").posts + officer("G01").posts)
    row = rates(definition, SUMMER, None, scope, actor=PUBLIC).row(scope)
    assert row is not None
    assert row.denominator > 0
    for which, expected in (
        ("numerator", row.numerator),
        ("denominator", row.denominator),
        ("excluded", row.excluded),
    ):
        listed = codes(everyone, definition, scope, which)
        assert len(listed) == len(set(listed)) == expected
    assert set(codes(everyone, definition, scope, "numerator")) <= set(
        codes(everyone, definition, scope, "denominator")
    )


def test_an_officer_sees_the_own_tree_only(counted: list[Any]) -> None:
    from motcua.monitoring.queries import rates

    def expected(agency: str) -> int:
        row = rates("online_2022", SUMMER, None, agency, actor=SYSTEM).row(agency)
        assert row is not None
        return row.denominator

    for agency in ("H43", "H43.12", "G01"):
        assert len(codes(officer(agency), "online_2022", "national", "denominator", 50)) == expected(agency)
    assert codes(officer("H43.12", Role.DESK), "online_2022", "G01", "denominator") == []
    assert codes(officer("G15"), "online_2022", "national", "denominator") == []


def test_everyone_else_learns_nothing(counted: list[Any]) -> None:
    from motcua.monitoring.queries import detail

    for actor in (PUBLIC, Actor("person", user_id=2, person_id=3)):
        with pytest.raises(NotFound):
            detail("online_2022", "national", SUMMER, actor=actor)


def test_the_reason_of_an_exclusion_is_told(counted: list[Any]) -> None:
    from motcua.monitoring.queries import detail

    page = detail("on_time_766", "national", SUMMER, "excluded", actor=officer("H43"))
    assert page.items
    assert all(item.reason is not None and item.reason.vi and not item.in_numerator for item in page.items)


def test_places_are_hidden_by_root_not_by_place(counted: list[Any]) -> None:
    province = set(codes(officer("H43"), "online_2022", "place:22738", "denominator"))
    police = set(codes(officer("G01"), "online_2022", "place:22738", "denominator"))
    assert province
    assert police
    assert not province & police
