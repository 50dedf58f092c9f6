"""``motcua audit``: proof that nobody changed the log."""

import json
from typing import TextIO

import click


@click.group()
def audit() -> None:
    """Check and seal the log."""


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--seals", type=click.File(encoding="utf-8"), help="Published seals, one line of JSON each.")
def verify(as_json: bool, seals: TextIO | None) -> None:
    """Check hash chains and seals; exit code 1 and the place where the log is broken."""
    from motcua.events import queries

    report = queries.verify(_published(seals) if seals else [])
    if as_json:
        click.echo(json.dumps({"ok": report.ok, "problems": report.problems, "events": report.events,
                               "streams": report.streams, "seals": report.seals}))  # fmt: skip
    else:
        for problem in report.problems:
            click.echo(f"broken: {problem}")
        verdict = "whole" if report.ok else "BROKEN"
        click.echo(
            f"{verdict}: {report.events} events in {report.streams} streams, {report.seals} seals checked"
        )
    if not report.ok:
        raise SystemExit(1)


def _published(file: TextIO) -> list[dict[str, object]]:
    try:
        records = [json.loads(line) for line in file if line.strip()]
    except json.JSONDecodeError as error:
        raise click.BadParameter(f"{file.name} is no file of seals: {error}") from error
    if not all(isinstance(record, dict) for record in records):
        raise click.BadParameter(f"{file.name} is no file of seals")
    return records


@audit.command()
def seal() -> None:
    """Sign all events since the last seal and print the seal as one line of JSON, to be published."""
    from motcua.cli import now
    from motcua.events.operations import seal_log

    made = seal_log(now=now())
    if made is None:
        click.echo("nothing to seal: no event since the last seal")
        return
    record = {name: getattr(made, name) for name in made.__slots__}
    click.echo(json.dumps({**record, "at": made.at.isoformat()}))


@audit.command()
def setbacks() -> None:
    """List events that a reader of the log could not apply; exit code 1 when there are any."""
    from motcua.events import queries

    found = queries.setbacks()
    for row in found:
        click.echo(f"{row.id}: {row.reader}: event {row.event_id} ({row.stream} {row.kind}) "
                   f"after {row.tries} tries: {row.error}")  # fmt: skip
    if found:
        raise SystemExit(1)
    click.echo("no setbacks")


@audit.command()
@click.argument("setback", type=int)
def retry(setback: int) -> None:
    """Apply a parked event once more, by the number that `motcua audit setbacks` prints."""
    from motcua.cli import fail, now
    from motcua.events.operations import retry_setback

    if not retry_setback(setback_id=setback, now=now()):
        fail(f"setback {setback} is not parked.", "See `motcua audit setbacks`.")
    click.echo(f"setback {setback} is solved")
