"""``motcua rates`` and ``motcua index``: the rates with their counts, and the index made of them."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from motcua.monitoring.queries import RatesAnswer

_DAY = click.DateTime(["%Y-%m-%d"])


def _explain(context: click.Context, option: click.Parameter, wanted: bool) -> None:
    if wanted:
        from motcua.monitoring.rules.explain import as_markdown

        click.echo(as_markdown(), nl=False)
        context.exit()


@click.command()
@click.option("--from", "first", type=_DAY, required=True, help="First day, included (YYYY-MM-DD).")
@click.option("--to", "last", type=_DAY, required=True, help="Last day, included (YYYY-MM-DD).")
@click.option("--definition", help="One definition (all without it); ID@2 counts by revision 2.")
@click.option("--by", type=click.Choice(["block", "agency", "procedure", "place"]), help="Split into rows.")
@click.option("--scope", default="national", show_default=True, help="Whose figures.")
@click.option("--json", "as_json", is_flag=True, help="JSON of the contract instead of a table.")
@click.option("--recount", is_flag=True, help="Count the dossiers themselves instead of reading the rollups.")
@click.option(
    "--explain",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_explain,
    help="Print how every rate is counted, and nothing else.",
)
def rates(
    first: datetime,
    last: datetime,
    definition: str | None,
    by: str | None,
    scope: str,
    as_json: bool,
    recount: bool,
) -> None:
    """Print the rates of a period of whole days in Viet Nam."""
    from motcua.core.actor import SYSTEM
    from motcua.core.periods import Period
    from motcua.monitoring import queries

    if last < first:
        raise click.UsageError(f"--to {last:%Y-%m-%d} lies before --from {first:%Y-%m-%d}.")
    period = Period(first.date(), last.date())
    chosen = [definition] if definition else [d.identifier for d in queries.DEFINITIONS]
    answers = [queries.rates(one, period, by, scope, actor=SYSTEM, recount=recount) for one in chosen]
    if as_json:
        records = [answer.as_record() for answer in answers]
        whole = records[0] if definition else {"items": records, "next": None}
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
        return
    for answer in answers:
        _print(answer)


@click.command()
@click.option("--from", "first", type=_DAY, required=True, help="First day, included (YYYY-MM-DD).")
@click.option("--to", "last", type=_DAY, required=True, help="Last day, included (YYYY-MM-DD).")
@click.option("--scope", default="national", show_default=True, help="Whose index.")
@click.option("--revision", type=int, help="Revision of the index; the one in force without it.")
@click.option("--json", "as_json", is_flag=True, help="JSON instead of a table.")
def index(first: datetime, last: datetime, scope: str, revision: int | None, as_json: bool) -> None:
    """Print the index of Decision 766 of a scope over whole days: components, points, band."""
    from motcua.core.actor import SYSTEM
    from motcua.core.periods import Period
    from motcua.monitoring.queries import index_766

    if last < first:
        raise click.UsageError(f"--to {last:%Y-%m-%d} lies before --from {first:%Y-%m-%d}.")
    found = index_766(Period(first.date(), last.date()), scope, revision=revision, actor=SYSTEM)
    if as_json:
        click.echo(json.dumps(found.as_record(), ensure_ascii=False, indent=2))
        return
    click.echo(f"{found.name.en}, {first:%Y-%m-%d} to {last:%Y-%m-%d}: {found.score.scheme.source.en}")
    for one in found.score.scored:
        said = "no data here" if one.counted is None else "not applicable"
        rate = said if one.counted is None or one.counted.rate is None else f"{one.counted.rate:.2f} %"
        points = "–" if one.points is None else f"{one.points}"
        click.echo(f"  {one.component.key:<5} {points:>6} of {one.component.points:<3} {rate:>14}  "
                   f"{one.component.name.en}")  # fmt: skip
    band = found.score.band
    click.echo(f"  {found.score.points} of {found.score.possible} points that could be judged"
               f" = {found.score.of_hundred} of 100{f', {band.name.en}' if band else ''}")  # fmt: skip


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def export_dossiers(folder: Path) -> None:
    """Write the facts of every received dossier into the new FOLDER as Parquet, by year and month.

    For questions that no definition asks, to DuckDB, Spark or others. Facts by dossier with its code, no
    names and no numbers of persons: not open data. Needs the extra for analytics.
    """
    from motcua.monitoring.gateways import write_parquet
    from motcua.monitoring.queries import fact_rows
    from motcua.monitoring.rules.exporting import COLUMNS

    click.echo(f"{folder}: {write_parquet(folder, COLUMNS, fact_rows())} dossiers")


def _print(answer: "RatesAnswer") -> None:
    definition, period = answer.definition, answer.period
    click.echo(f"{definition.rule} (revision {definition.revision}): {definition.name.en}")
    click.echo(f"  {period.first} to {period.last}; {definition.formula.en}")
    for row in answer.rows:
        rate = "not applicable" if row.rate is None else f"{row.rate} %"
        parts = [f"  {row.scope:<24} {row.numerator:>9} / {row.denominator:<9} {rate:>14}"]
        parts += [f"× {f.name} {f.value}{' (assumed)' if f.assumed else ''}" for f in row.factors]
        parts += [f"target {row.target} %"] if row.target is not None else []
        stays = not definition.rolled and definition.hit in {"online", "partial", "used"}
        word = "level unknown" if stays else "left out"  # an unknown level stays in the denominator
        parts += [f"{word}: {row.excluded}"] if row.excluded else []
        click.echo("  ".join(parts))
