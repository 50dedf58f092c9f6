"""The facts as Parquet: asked by another engine, they give the figures of the definitions."""

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner, Result

from motcua.cli.monitoring import export_dossiers
from motcua.core.actor import PUBLIC
from motcua.core.periods import Period, local_day
from motcua.monitoring.gateways import FolderTaken, NoAnalytics, write_parquet
from motcua.monitoring.queries import rates
from motcua.monitoring.rules.exporting import COLUMNS
from tests.monitoring.conftest import random_facts
from tests.monitoring.test_records import bring, random_row, write

pytestmark = pytest.mark.django_db
PERIOD = Period(date(2026, 6, 3), date(2026, 7, 12))
ASKED = {
    "online_2022": "count(*) FILTER (channel = 2), count(*) FILTER (channel IS NOT NULL)",
    "online_emc": """count(*) FILTER (channel = 2 AND level = 'full' AND visits = 0 AND e_result),
        count(*) FILTER (NOT ((channel IS NULL OR level = '' OR visits IS NULL OR e_result IS NULL)
            AND coalesce(channel = 2, true) AND (level IN ('', 'full'))
            AND coalesce(visits = 0, true) AND coalesce(e_result, true)))""",
}


def export(folder: Path) -> Result:
    return CliRunner().invoke(export_dossiers, [str(folder)])


def ask(folder: Path, what: str, where: str = "true") -> list[Any]:
    with duckdb.connect() as own:
        source = f"read_parquet('{folder}/**/*.parquet', hive_partitioning = true)"
        return own.execute(f"SELECT {what} FROM {source} WHERE {where}").fetchall()


@pytest.fixture
def past(
    make_dossier: Callable[..., Any], count: Callable[..., None], tmp_path: Path, now: datetime
) -> list[Any]:
    source = Random(11)
    bring(write(tmp_path / "records.csv", [random_row(source, n) for n in range(60)]), now)
    own = [make_dossier(source.choice(["H43.12", "H43.13"]), **random_facts(source)) for _ in range(60)]
    count(*own)
    return own


@pytest.mark.parametrize("definition", sorted(ASKED))
@pytest.mark.parametrize("scope", ["national", "H43.12"])
def test_another_engine_finds_the_same_counts(
    past: list[Any], tmp_path: Path, definition: str, scope: str
) -> None:
    assert export(tmp_path / "facts").exit_code == 0
    where = f"received_on BETWEEN '{PERIOD.first}' AND '{PERIOD.last}'"
    where += "" if scope == "national" else f" AND agency = '{scope}'"
    row = rates(definition, PERIOD, None, scope, actor=PUBLIC).rows[-1]
    assert row.denominator > 5
    assert ask(tmp_path / "facts", ASKED[definition], where) == [(row.numerator, row.denominator)]


def test_folders_by_year_and_month_and_every_received_dossier_once(past: list[Any], tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    assert "dossiers" in export(folder).stdout
    assert {p.parent.relative_to(folder).as_posix() for p in folder.rglob("*.parquet")} <= {
        f"year=2026/month={month}" for month in range(5, 9)
    }
    days = dict(ask(folder, "code, received_on"))
    assert all(days[d.code] == local_day(d.received_at) for d in past if d.received_at)
    assert not any(d.code in days for d in past if not d.received_at)
    with duckdb.connect() as own:
        told = own.execute(f"DESCRIBE SELECT * FROM read_parquet('{folder}/**/*.parquet')").fetchall()
    assert {name for name, *_ in told} == {c.name for c in COLUMNS}


def test_nothing_is_written_over_and_nothing_half(past: list[Any], tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "own.txt").write_text("mine")
    assert isinstance(export(taken).exception, FolderTaken)

    def broken() -> Any:
        yield from ()
        raise OSError("the source ended early")

    with pytest.raises(OSError, match="early"):
        write_parquet(tmp_path / "half", COLUMNS, broken())
    assert sorted(p.name for p in tmp_path.iterdir()) == ["records.csv", "taken"]


def test_an_empty_site_gives_an_empty_folder(tmp_path: Path, db: None) -> None:
    assert "0 dossiers" in export(tmp_path / "it's empty").stdout
    assert list((tmp_path / "it's empty").iterdir()) == []


def test_a_quote_in_the_name_of_the_folder(past: list[Any], tmp_path: Path) -> None:
    assert export(tmp_path / "it's").exit_code == 0
    assert list((tmp_path / "it's").rglob("*.parquet"))


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert isinstance(export(tmp_path / "facts").exception, NoAnalytics)
    assert not (tmp_path / "facts").exists()
