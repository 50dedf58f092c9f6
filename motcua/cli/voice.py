"""``motcua import papi`` and ``motcua papi``."""

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from motcua.voice.queries import PapiYear

FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
YEAR = click.option("--year", type=click.IntRange(2009, 2100), required=True, help="Year of the survey.")


@click.command("papi")
@click.argument("files", nargs=-1, required=True, type=FILE)
@YEAR
def import_papi(files: tuple[Path, ...], year: int) -> None:
    """Read FILES with PAPI's sub-dimensions by province: Province,SC11,SC12,… (codes P01…, SC11…),
    where published with its interval: SC11_LOW,SC11_HIGH.

    Prints provinces new, changed, unchanged and refused. Exit code 1 when a line was refused.
    """
    from motcua.cli import now
    from motcua.core.actor import SYSTEM
    from motcua.voice.operations import import_papi as read

    refused = False
    for file in files:
        counts = read(path=file, year=year, actor=SYSTEM, now=now())
        click.echo(
            f"{file.name}: {counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged, "
            f"{len(counts.refused)} refused"
        )
        for line, reason in counts.refused:
            click.echo(f"  {file.name}:{line}: refused: {reason}")
        refused = refused or bool(counts.refused)
    if refused:
        sys.exit(1)


@click.command("assessments")
@click.argument("files", nargs=-1, required=True, type=FILE)
def import_assessments(files: tuple[Path, ...]) -> None:
    """Read FILES (TOML), an independent assessment each: assessor, method, sample, criteria, findings with
    evidence, recommendations. The same file again changes nothing.
    motcua/demo/data/assessments holds two made-up ones.
    """
    from motcua.cli import now
    from motcua.core.actor import SYSTEM
    from motcua.core.refusals import Refusal
    from motcua.monitoring.queries import known_figures
    from motcua.voice.operations import import_assessment

    refused, figures = False, known_figures()
    for file in files:
        try:
            state = import_assessment(path=file, figures=figures, actor=SYSTEM, now=now())
            click.echo(f"{file.name}: {state}")
        except Refusal as why:
            click.echo(f"{file.name}: refused: {why.cause.en} {why.next_step.en}")
            refused = True
    if refused:
        sys.exit(1)


@click.command()
@YEAR
@click.option("--json", "as_json", is_flag=True, help="JSON of the contract instead of a table.")
def papi(year: int, as_json: bool) -> None:
    """Print PAPI of a year by province: eight dimensions, composite, rank."""
    from motcua.cli import fail
    from motcua.core.actor import PUBLIC
    from motcua.voice.queries import papi as read
    from motcua.voice.queries import papi_years

    found = read(year, actor=PUBLIC)
    if as_json:
        click.echo(json.dumps(found.as_record(), ensure_ascii=False, indent=2))
    elif not found.rows:
        known = ", ".join(map(str, papi_years(actor=PUBLIC))) or "none"
        fail(
            f"PAPI of {year} was not imported.",
            f"Years there are: {known}. `motcua import papi FILE --year Y`",
        )
    else:
        _print(found)


def _print(found: "PapiYear") -> None:
    click.echo(f"PAPI {found.year}; dimensions in order:")
    for number, name in enumerate(found.book.dimensions.values(), 1):
        click.echo(f"  D{number} {name.en}")
    click.echo(
        "  rank  province             " + "".join(f"{f'D{n}':>8}" for n in range(1, 9)) + "  composite"
    )
    for row in found.rows:
        province = found.book.subjects[row.subject].name.en
        cells = "".join(f"{_cell(value):>8}" for value in row.dimensions)
        click.echo(f"  {row.rank or '–':>4}  {province:<20} {cells}  {_cell(row.composite):>9}")
    if found.middle:
        counted, median, mean = found.middle.counted, found.middle.median, found.middle.mean
        click.echo(f"  composites: {counted} ranked; median {median}, mean {mean}")


def _cell(value: Decimal | None) -> str:
    from motcua.voice.rules.indices import four

    return "–" if value is None else str(four(value))
