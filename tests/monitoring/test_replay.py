"""A period counted again by another revision of a rule: beside the figure that counts, never in its place."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from motcua.cli.monitoring import rates as command
from motcua.core.actor import PUBLIC
from motcua.core.periods import end_of
from motcua.monitoring.queries import rates
from motcua.monitoring.rules.definitions import definition, revisions_of
from motcua.monitoring.rules.predicates import Reason, on_time, on_time_asked_once
from tests.monitoring.test_records import CODES, PERIOD, bring, write
from tests.monitoring.test_rules import BASE, END, at

IN_TIME = replace(BASE, status=9, finished_at=at(2))


@pytest.mark.parametrize(
    ("asked", "wider"), [(0, True), (1, True), (2, False), (None, Reason.SUPPLEMENTS_UNKNOWN)]
)
def test_the_wider_rule_counts_whoever_was_asked_twice_as_late(asked: int | None, wider: object) -> None:
    facts = replace(IN_TIME, supplements=asked, paused_minutes=0)
    assert on_time(facts, END) is True
    assert on_time_asked_once(facts, END) is wider


def test_a_late_one_is_late_by_both() -> None:
    assert (
        on_time_asked_once(replace(IN_TIME, finished_at=at(9), supplements=1), end_of(date(2026, 6, 30)))
        is False
    )


def test_a_number_asks_for_a_revision_and_none_for_the_one_in_force() -> None:
    assert definition("on_time_766@1") is definition("on_time_766")
    other = definition("on_time_766@2")
    assert (other.rule, other.revision, other.in_force) == ("on_time_766", 2, False)
    assert revisions_of(other) == (definition("on_time_766"),)
    assert revisions_of(definition("provision")) == ()


@pytest.fixture
def asked(catalogue: Any, now: Any, tmp_path: Path) -> None:
    """Three records that ended in time; one of them was asked twice for a supplement."""
    rows = [
        {
            "code": f"H43.12-r{n}", "procedure": CODES[0], "agency": "H43.12", "channel": 2,
            "received_at": at(1).isoformat(), "due_at": at(4, 17).isoformat(), "paused_minutes": 0,
            "finished_at": at(3).isoformat(), "status": 9, "supplements": n, "e_result": 1,
        }
        for n in range(3)
    ]  # fmt: skip
    bring(write(tmp_path / "r.csv", rows), now)


def test_both_are_counted_by_the_rollups_and_the_figure_in_force_stays(asked: None) -> None:
    for name, above in (("on_time_766", 3), ("on_time_766@2", 2), ("on_time_766", 3)):
        rolled = rates(name, PERIOD, "agency", actor=PUBLIC)
        row = rolled.row("national")
        assert row is not None
        assert (row.numerator, row.denominator) == (above, 3)
        assert rolled == rates(name, PERIOD, "agency", actor=PUBLIC, recount=True)


def test_the_command_the_call_and_the_page_name_rule_and_revision(asked: None, client: Client) -> None:
    days = ["--from", f"{PERIOD.first}", "--to", f"{PERIOD.last}"]
    told = json.loads(CliRunner().invoke(command, [*days, "--definition", "on_time_766@2", "--json"]).stdout)
    assert (told["definition"], told["revision"], told["rows"][0]["numerator"]) == ("on_time_766", 2, 2)
    query = f"from={PERIOD.first}&to={PERIOD.last}"
    assert client.get(f"/api/v1/rates?definition=on_time_766@2&{query}").json() == told
    page = client.get(f"/bang-dieu-hanh/on_time_766@2/?{query}").content.decode()
    assert "không áp dụng" in page
    assert "/bang-dieu-hanh/on_time_766/?" in page
    assert "on_time_766@2" in client.get("/bang-dieu-hanh/on_time_766/").content.decode()
    assert "66,67" in page
