"""``motcua rates`` as a person or a script meets it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from motcua.cli.monitoring import rates
from motcua.monitoring.rules.definitions import DEFINITIONS, UnknownDefinition

pytestmark = pytest.mark.django_db
PERIOD = ["--from", "2026-06-01", "--to", "2026-06-30"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(rates, [*PERIOD, *arguments])


def test_json_is_the_contracts_and_recount_equals(
    make_dossier: Callable[..., Any], count: Callable[..., None]
) -> None:
    count(*(make_dossier(channel=1 if i else 2) for i in range(3)))
    told = run("--definition", "online_2022", "--by", "agency", "--json")
    assert told.exit_code == 0
    record = json.loads(told.stdout)
    assert list(record) == ["definition", "revision", "from", "to", "rows"]
    assert list(record["rows"][0]) == [
        "scope", "name", "numerator", "denominator", "factors", "rate", "target",
    ]  # fmt: skip
    rates_by = {row["scope"]: (row["numerator"], row["denominator"], row["rate"]) for row in record["rows"]}
    assert rates_by["national"] == rates_by["H43"] == rates_by["H43.12"] == (1, 3, 33.33)
    assert rates_by["G15"] == (0, 0, None)
    assert (
        json.loads(run("--definition", "online_2022", "--by", "agency", "--json", "--recount").stdout)
        == record
    )


def test_without_a_definition_all_are_told(
    make_dossier: Callable[..., Any], count: Callable[..., None]
) -> None:
    count(make_dossier())
    items = json.loads(run("--json").stdout)["items"]
    assert [item["definition"] for item in items] == [d.identifier for d in DEFINITIONS]
    words = run("--by", "block")
    assert words.exit_code == 0
    assert "× synced_766 1 (assumed)" in words.stdout
    assert "not applicable" in words.stdout
    assert "target 70.00 %" in words.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["--from", "2026-06-31", "--to", "2026-06-30"],
        ["--from", "2026-07-01", "--to", "2026-06-30"],
        ["--to", "2026-06-30"],
        ["--from", "2026-06-01", "--to", "2026-06-30", "--by", "person"],
    ],
)
def test_misuse_is_exit_two_in_words(arguments: list[str]) -> None:
    told = CliRunner().invoke(rates, arguments)
    assert told.exit_code == 2
    assert "Error:" in told.output
    assert "Traceback" not in told.output


def test_an_unknown_definition_is_a_refusal(db: None) -> None:
    assert isinstance(run("--definition", "nothing").exception, UnknownDefinition)


def test_the_page_of_definitions_is_written_from_the_registry(root: Path) -> None:
    told = CliRunner().invoke(rates, ["--explain"])
    assert told.exit_code == 0
    assert told.stdout == (root / "docs" / "definitions.md").read_text(encoding="utf-8")
