"""Agencies, posts with days, who may change what."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.agencies import operations, queries
from motcua.core.actor import PUBLIC, SYSTEM, Actor, Role
from motcua.core.periods import VIETNAM
from motcua.core.refusals import NotFound
from motcua.people.models import User
from motcua.people.operations.tokens import issue_token
from motcua.people.queries import token_digest
from motcua.places.operations import import_units

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(make_agency: Callable[..., int], tmp_path: Path, now: datetime) -> dict[str, int]:
    units = tmp_path / "units.csv"
    units.write_text(
        "code,name,level,parent\n58,Tỉnh Mẫu,province,\n1,Xã Một,commune,58\n2,Xã Hai,commune,58\n"
    )
    import_units(path=units, actor=SYSTEM, now=now)
    return {
        "H43": make_agency("H43", serves_code="58"),
        "G01": make_agency("G01", level="ministry"),
        "H43.22": make_agency("H43.22", parent="H43", level="commune", serves_code="2"),
        "H43.3": make_agency("H43.3", parent="H43"),
        "H43.21": make_agency("H43.21", parent="H43", level="commune", serves_code="1"),
        "G01.43": make_agency("G01.43", parent="G01", serves_code="58"),
        "G01.43.21": make_agency("G01.43.21", parent="G01.43", level="commune", serves_code="1"),
    }


@pytest.mark.feature("3")
def test_the_tree(tree: dict[str, int]) -> None:
    assert [a.identifier for a in queries.roots()] == ["G01", "H43"]
    assert [a.identifier for a in queries.communes("H43")] == ["H43.21", "H43.22"]
    assert [a.identifier for a in queries.communes("G01")] == ["G01.43.21"]
    below = {tree[name] for name in tree if name.startswith("H43")}
    assert set(queries.subtree_ids("H43")) == below
    assert queries.subtree_ids("H43.21") == (tree["H43.21"],)
    above = queries.parent(tree["G01.43.21"])
    assert above is not None
    assert above.identifier == "G01.43"
    assert queries.parent(tree["H43"]) is None


def test_a_reference_tells_all(tree: dict[str, int]) -> None:
    here = queries.agency("G01.43.21")
    assert (here.id, here.root, here.level, here.made_up) == (tree["G01.43.21"], "G01", "commune", True)
    assert (here.serves_code, here.serves_name, here.name.en) == ("1", "Xã Một", "Agency G01.43.21")
    assert queries.agency_by_id(here.id) == here
    assert queries.agencies_by_id([here.id, 10**9]) == {here.id: here}


@pytest.mark.feature("3")
def test_police_serve_a_place_and_answer_elsewhere(tree: dict[str, int]) -> None:
    assert queries.agency_serving("1", root="H43").identifier == "H43.21"
    assert queries.agency_serving("1", root="G01").identifier == "G01.43.21"
    with pytest.raises(NotFound):
        queries.agency_serving("3", root="H43")


def test_paths_stay_when_a_sibling_comes(tree: dict[str, int], make_agency: Callable[..., int]) -> None:
    before = queries.agency("H43.22").path
    make_agency("H43.10", parent="H43")
    assert queries.agency("H43.22").path == before


def test_unknown_agencies_are_not_found(tree: dict[str, int]) -> None:
    for ask in (queries.agency, queries.subtree_ids, queries.communes):
        with pytest.raises(NotFound):
            ask("H99")
    with pytest.raises(NotFound):
        queries.agency_by_id(10**9)


@pytest.mark.parametrize(
    ("identifier", "parent"),
    [("H43.1", None), ("H44.1", "H43"), ("H44", "H43"), ("h43.1", "H43"), ("H43.1234", "H43"), ("", None)],
)
def test_misplaced_identifiers(
    identifier: str, parent: str | None, tree: dict[str, int], make_agency: Callable[..., int]
) -> None:
    with pytest.raises(operations.IdentifierMisplaced):
        make_agency(identifier, parent=parent)


def test_an_identifier_is_taken_once(tree: dict[str, int], make_agency: Callable[..., int]) -> None:
    with pytest.raises(operations.IdentifierTaken):
        make_agency("H43.21", parent="H43")


def test_a_post_is_held_on_its_first_and_its_last_day_in_viet_nam(
    tree: dict[str, int], make_user: Callable[..., int], now: datetime
) -> None:
    user = make_user("thu")
    first, last = date(2026, 7, 1), date(2026, 7, 10)
    operations.appoint(
        user_id=user, agency="H43.21", role=Role.DESK, from_on=first, to_on=last, actor=SYSTEM, now=now
    )
    begin = datetime(2026, 7, 1, tzinfo=VIETNAM)
    end = datetime(2026, 7, 11, tzinfo=VIETNAM)
    for moment, held in (
        (begin - timedelta(seconds=1), False),
        (begin, True),
        (end - timedelta(seconds=1), True),
        (end, False),
    ):
        assert queries.actor_for(user, now=moment).is_officer is held, moment
        assert bool(queries.holders(tree["H43.21"], Role.DESK, now=moment)) is held


def test_an_actor_in_two_queries(
    tree: dict[str, int],
    make_user: Callable[..., int],
    appoint: Callable[..., Any],
    now: datetime,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    user = make_user("thu")
    appoint(user, "H43.22", Role.SPECIALIST)
    appoint(user, "H43.21", Role.DESK)
    appoint(user, "H43.21", Role.SIGNATORY)
    with django_assert_max_num_queries(2):
        actor = queries.actor_for(user, now=now, address="192.0.2.1")
    assert [(p.agency, p.role) for p in actor.posts] == [
        ("H43.22", Role.SPECIALIST),
        ("H43.21", Role.DESK),
        ("H43.21", Role.SIGNATORY),
    ]
    assert (actor.kind, actor.user_id, actor.scopes, actor.address) == ("person", user, None, "192.0.2.1")
    assert actor.name == "Người Thử thu"
    assert actor.person_id is not None


def test_scopes_of_a_token(make_user: Callable[..., int], now: datetime) -> None:
    user = make_user("thu")
    assert queries.actor_for(user, now=now, scopes=["read"]).scopes == {"read"}
    assert not queries.actor_for(user, now=now, scopes=["read"]).allows("write")
    assert queries.actor_for(user, now=now, scopes=["all"]).allows("write")
    assert not queries.actor_for(user, now=now, scopes=[]).allows("read")


def test_a_token_acts_until_it_ends(
    tree: dict[str, int], make_user: Callable[..., int], appoint: Callable[..., Any], now: datetime
) -> None:
    user = make_user("thu")
    appoint(user, "H43.22", Role.DESK)
    appoint(user, "H43.21", Role.DESK)
    token = issue_token(username="thu", scopes={"read", "write"}, days=2, actor=SYSTEM, now=now)
    actor = queries.actor_by_token(token, now=now, address="192.0.2.1")
    assert actor == queries.actor_for(user, now=now, scopes={"read", "write"}, address="192.0.2.1")
    assert actor is not None
    assert [p.agency for p in actor.posts] == ["H43.22", "H43.21"]  # by the tree: in order of making
    almost = now + timedelta(days=2) - timedelta(seconds=1)
    assert queries.actor_by_token(token, now=almost) is not None
    assert queries.actor_by_token(token, now=now + timedelta(days=2)) is None
    issue_token(
        username="thu", scopes=("all",), days=9, actor=SYSTEM, now=now
    )  # another token lends it nothing
    assert queries.actor_by_token(token, now=now, address="192.0.2.1") == actor
    assert queries.actor_by_token(token, now=now + timedelta(days=2)) is None
    for wrong in (token + "x", "", token_digest(token)):
        assert queries.actor_by_token(wrong, now=now) is None
    User.objects.filter(pk=user).update(is_active=False)
    assert queries.actor_by_token(token, now=now) is None


def test_who_acts_is_one_query(
    tree: dict[str, int], make_user: Callable[..., int], appoint: Callable[..., Any], now: datetime
) -> None:
    user = make_user("thu")
    for code in ("H43.21", "H43.22"):
        appoint(user, code, Role.DESK)
    token = issue_token(username="thu", scopes=("all",), days=1, actor=SYSTEM, now=now)
    with CaptureQueriesContext(connection) as seen:
        actor = queries.actor_by_token(token, now=now)
        assert actor == queries.actor_for(user, now=now)
    assert actor is not None
    assert actor.scopes is None
    assert len(seen) == 2


def test_a_closed_or_unknown_account_is_the_public(make_user: Callable[..., int], now: datetime) -> None:
    user = make_user("thu")
    User.objects.filter(pk=user).update(is_active=False)
    assert queries.actor_for(user, now=now) == PUBLIC
    assert queries.actor_for(10**9, now=now) == PUBLIC


def test_ending_posts(
    tree: dict[str, int], make_user: Callable[..., int], appoint: Callable[..., Any], now: datetime
) -> None:
    user = make_user("thu")
    appoint(user, "H43.21", Role.DESK)
    appoint(user, "H43.22", Role.DESK)
    yesterday = now.date() - timedelta(days=1)
    ended = operations.end_posts(user_id=user, agency="H43.21", last_on=yesterday, actor=SYSTEM, now=now)
    assert ended == 1
    assert [p.agency for p in queries.actor_for(user, now=now).posts] == ["H43.22"]


def test_a_post_cannot_end_before_it_begins(
    tree: dict[str, int], make_user: Callable[..., int], now: datetime
) -> None:
    with pytest.raises(operations.PostEndsEarly):
        operations.appoint(
            user_id=make_user("thu"),
            agency="H43.21",
            role=Role.DESK,
            from_on=date(2026, 7, 2),
            to_on=date(2026, 7, 1),
            actor=SYSTEM,
            now=now,
        )


@pytest.mark.parametrize(
    ("role", "at", "target", "may_appoint", "may_close"),
    [
        (Role.OPERATOR, "H43", "H43.21", True, True),
        (Role.OPERATOR, "H43.21", "H43.21", True, True),
        (Role.OPERATOR, "H43.21", "H43.22", False, False),
        (Role.OPERATOR, "H43.21", "H43", False, False),
        (Role.OPERATOR, "H43", "G01.43", False, False),
        (Role.LEADER, "H43", "H43.21", False, True),
        (Role.DESK, "H43.21", "H43.21", False, False),
    ],
)
def test_who_may_change_posts_and_days(
    role: Role,
    at: str,
    target: str,
    may_appoint: bool,
    may_close: bool,
    tree: dict[str, int],
    make_user: Callable[..., int],
    appoint: Callable[..., Any],
    now: datetime,
) -> None:
    operations.freeze_year(year=2026, actor=SYSTEM, now=now)
    user, other = make_user("thu"), make_user("khac")
    appoint(user, at, role)
    actor = queries.actor_for(user, now=now)

    def appoints() -> None:
        day = now.date()
        operations.appoint(user_id=other, agency=target, role=Role.DESK, from_on=day, actor=actor, now=now)

    def closes() -> None:
        day = date(2026, 7, 13)
        operations.set_day(on=day, open_hours="", reason="Lễ hội", agency=target, actor=actor, now=now)

    for deed, allowed in ((appoints, may_appoint), (closes, may_close)):
        if allowed:
            deed()
        else:
            with pytest.raises(NotFound):
                deed()


def test_the_public_changes_nothing(tree: dict[str, int], now: datetime) -> None:
    for actor in (PUBLIC, Actor(kind="person", user_id=1)):
        with pytest.raises(NotFound):
            operations.freeze_year(year=2026, actor=actor, now=now)
        with pytest.raises(NotFound):
            operations.create_agency(
                identifier="H44",
                name_vi="x",
                name_en="x",
                level="province",
                parent=None,
                serves_code=None,
                actor=actor,
                now=now,
            )


def test_desks(tree: dict[str, int], now: datetime) -> None:
    operations.open_desk(
        agency="H43.21", name_vi="Một cửa", name_en="Desk", hours="07:30", actor=SYSTEM, now=now
    )
    (desk,) = queries.desks(tree["H43.21"])
    assert (desk.agency, desk.name.vi, desk.hours) == ("H43.21", "Một cửa", "07:30")
    assert queries.desks(tree["H43"]) == ()
