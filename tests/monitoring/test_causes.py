"""Why dossiers miss a figure: one cause each, adding up to the misses, opening into just those dossiers."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import given

from motcua.core.actor import PUBLIC
from motcua.core.periods import Period, local_day
from motcua.monitoring.queries import rates
from motcua.monitoring.queries.board import board
from motcua.monitoring.rules.counting import verdict
from motcua.monitoring.rules.definitions import causes_of, definition
from motcua.monitoring.rules.definitions_causes import CAUSES
from motcua.monitoring.rules.facts import Facts
from tests.monitoring.conftest import CODES, at, catalogue, count, land, make_dossier, offer
from tests.monitoring.test_rules import some_facts
from tests.web.test_board import BOARD, JUNE, leader, plain, text_of

__all__ = ["catalogue", "count", "land", "leader", "make_dossier", "offer"]
PERIOD = Period(date(2026, 6, 1), date(2026, 6, 30))


@given(facts=some_facts)
def test_a_miss_has_one_cause_and_nothing_else_has_any(facts: Facts) -> None:
    to = local_day(facts.received_at) if facts.received_at else date(2026, 6, 30)
    for name, causes in CAUSES.items():
        own = verdict(definition(name), facts, to)
        found = [one.identifier for one in causes if verdict(one, facts, to).numerator]
        missed = own.denominator == 1 and own.numerator == 0
        assert len(found) == int(missed), (name, found)


@pytest.fixture
def some(make_dossier: Callable[..., Any], count: Callable[..., None], offer: Callable[..., None]) -> None:
    """Ten dossiers: five filed at the counter, three online with a visit, one by post, one that reaches."""
    offer(CODES[0], "H43.12", "full")
    done = {"status": 9, "finished_at": at(3), "e_result": True, "visits": 0}
    made = [make_dossier("H43.12", channel=1, **done) for _ in range(5)]
    made += [make_dossier("H43.12", **{**done, "visits": 1}) for _ in range(3)]
    made += [make_dossier("H43.12", channel=3, **done), make_dossier("H43.12", **done)]
    count(*made)


def test_causes_add_up_to_the_misses_from_rollups_and_from_the_dossiers(some: None) -> None:
    for name in CAUSES:
        own = rates(name, PERIOD, "agency", actor=PUBLIC)
        counted = [rates(one.identifier, PERIOD, "agency", actor=PUBLIC) for one in causes_of(name)]
        again = [
            rates(one.identifier, PERIOD, "agency", actor=PUBLIC, recount=True) for one in causes_of(name)
        ]
        assert counted == again
        for row in own.rows:
            parts = [answer.row(row.scope) for answer in counted]
            assert sum(p.numerator for p in parts if p) == row.denominator - row.numerator, (name, row.scope)


@pytest.mark.feature("69")
def test_the_largest_cause_stands_beside_the_figure(some: None) -> None:
    figure = board(PERIOD, "H43", "agency", actor=PUBLIC, definition="online_emc").figures[0]
    told = {scope: (c.definition.identifier, c.count, c.misses) for scope, c in figure.causes.items()}
    assert told["H43.12"] == told["H43"] == ("online_emc~direct", 5, 9)
    assert causes_of("provision") == ()


def test_the_public_reads_it_and_a_leader_opens_it(some: None, client: Client, leader: Client) -> None:
    page = text_of(leader, f"{BOARD}online_emc/{JUNE}&by=agency&scope=H43")
    words = plain(page)
    listed = words[words.index("Missed because (one dossier may have several reasons)") :]
    assert listed.index("filed at the counter: 5 of 9") < listed.index("How it is counted")
    opened = text_of(leader, f"{BOARD}online_emc~direct/ho-so/{JUNE}&scope=H43&which=numerator")
    assert opened.count("H43.12-2606") >= 5
    assert f'href="{BOARD}online_emc/?' in opened
    text_of(leader, f"{BOARD}online_emc~direct/{JUNE}", 404)  # a count of misses is no figure
    client.logout()
    public = text_of(client, f"{BOARD}{JUNE}&scope=H43")
    assert "Missed mostly because" in public
    assert "~direct" not in public


def _line(client: Client, scope: str) -> str:
    address = f"{BOARD}online_2022/tai-ve.csv{JUNE}&by=agency&scope=H43"
    lines = client.get(address, headers={"Accept-Language": "vi"}).content.decode("utf-8-sig").splitlines()
    return next(line for line in lines if f",{scope}," in line)


def test_a_file_names_the_main_cause_and_hides_a_small_count_from_the_public(
    make_dossier: Callable[..., Any], count: Callable[..., None], client: Client, leader: Client
) -> None:
    count(*[make_dossier("H43.12", channel=1) for _ in range(3)], *[make_dossier("H43.12") for _ in range(9)])
    assert _line(leader, "H43").endswith("nộp trực tiếp tại quầy,3")
    assert _line(leader, "H43.12").count(",") == _line(leader, "national").count(",")
    assert _line(Client(), "H43").endswith("nộp trực tiếp tại quầy,dưới 5")
