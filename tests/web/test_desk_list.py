"""The officer's list: whose work it counts, how much of it is seen at once, and how all of it is ticked."""

import re
from collections.abc import Callable

import pytest

from tests.web.filing import Walk, commune, portal, walk
from tests.web.test_desk import act

__all__ = ["commune", "portal", "walk"]
pytestmark = pytest.mark.django_db
Start = Callable[..., Walk]


def switch(page: str) -> dict[str, str]:
    """Whose work, with its count."""
    found = re.search(r'<nav class="mc-switch".*?</nav>', page, re.DOTALL)[0]
    return dict(re.findall(r'\?ai=(\w+)".*?mc-count">(\d+\+?)<', found))


def test_my_work_is_mine_and_what_is_given_to_nobody_stands_apart(walk: Start) -> None:
    one, two = walk().file(), walk().file()
    for code in (one, two):
        act(walk, "desk", code, "receive")
    officer = walk("specialist")
    act(walk, "specialist", one, "assign", username="")
    page = officer.get("/mot-cua/")
    assert switch(page) == {"mine": "1", "nobody": "1"}
    assert one in page
    assert two not in page
    nobody = officer.get("/mot-cua/?ai=nobody")
    assert two in nobody
    assert one not in nobody
    assert 'id="tab-1" href="?lane=all&amp;ai=nobody" aria-current="page"' in nobody
    assert one in officer.get("/mot-cua/?ai=all")
    assert two in officer.get("/mot-cua/?lane=unassigned")  # an address from before


def test_the_counts_of_the_lanes_are_of_the_work_that_is_shown(walk: Start) -> None:
    one, two = walk().file(), walk().file()
    for code in (one, two):
        act(walk, "desk", code, "receive")
    act(walk, "specialist", one, "assign", username="")
    for address in ("/mot-cua/", "/mot-cua/?ai=nobody"):
        first = re.search(r'id="tab-1".*?mc-count">(\d+)<', walk("specialist").get(address))
        assert first[1] == "1"


def test_a_list_opens_on_what_waits_where_nothing_is_given_to_one(walk: Start) -> None:
    code = walk().file()
    assert code in walk("desk").get("/mot-cua/")
    empty = walk("desk").get("/mot-cua/?ai=mine")
    assert code not in empty
    assert "Chưa có việc nào giao cho bạn" in empty


def test_the_next_dossier_is_never_a_colleagues(walk: Start, commune) -> None:
    from datetime import date

    from django.utils import timezone

    from motcua.agencies.operations import appoint
    from motcua.core.actor import SYSTEM, Role
    from motcua.dossiers import queries

    appoint(
        user_id=commune.signatory.user_id, agency="H43.01", role=Role.SPECIALIST, from_on=date(2025, 7, 1),
        actor=SYSTEM, now=timezone.now(),
    )  # fmt: skip
    one, two = walk().file(), walk().file()
    for code in (one, two):
        act(walk, "desk", code, "receive")
    act(walk, "specialist", one, "assign", username="nguoiky")
    found = queries.next_work(actor=commune.specialist, but=two, now=timezone.now())
    assert found is None
    found = queries.next_work(actor=commune.specialist, but=one, now=timezone.now())
    assert found is not None
    assert found.code == two
