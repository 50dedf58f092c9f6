"""``motcua audit``: proof that nobody changed the log."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, TextIO

import click

from motcua.core.periods import VIETNAM

if TYPE_CHECKING:
    from motcua.reads.queries import ReadView


@click.group()
def audit() -> None:
    """Check and seal the log."""


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--seals", type=click.File(encoding="utf-8"), help="Published seals, one line of JSON each.")
def verify(as_json: bool, seals: TextIO | None) -> None:
    """Check hash chains, seals and the log of reads; exit code 1 and the place where it is broken."""
    from motcua.events import queries
    from motcua.reads.queries import verify_reads

    report, looks = queries.verify(_published(seals) if seals else []), verify_reads()
    problems = (*report.problems, *looks.problems)
    if as_json:
        click.echo(json.dumps({"ok": not problems, "problems": problems, "events": report.events,
                               "streams": report.streams, "seals": report.seals, "reads": looks.reads,
                               "read_batches": looks.batches, "reads_waiting": looks.waiting}))  # fmt: skip
    else:
        for problem in problems:
            click.echo(f"broken: {problem}")
        verdict = "BROKEN" if problems else "whole"
        click.echo(
            f"{verdict}: {report.events} events in {report.streams} streams, {report.seals} seals checked; "
            f"{looks.reads} reads in {looks.batches} batches, {looks.waiting} of them not sealed yet"
        )
    if problems:
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


DAY = click.DateTime(["%Y-%m-%d"])


@audit.command()
@click.option("--dossier", default="", help="Code of a dossier: who looked at it, or saw it in a list.")
@click.option("--paper", default="", help="Id of a paper.")
@click.option("--username", default="", help="What this account looked at.")
@click.option("--from", "first", type=DAY, help="First day, in Viet Nam.")
@click.option("--to", "last", type=DAY, help="Last day, included.")
@click.option("--limit", default=200, show_default=True, type=click.IntRange(1, 10_000), help="Most lines.")
@click.option("--json", "as_json", is_flag=True, help="Print lines of JSON.")
def reads(
    dossier: str, paper: str, username: str, first: datetime | None, last: datetime | None, limit: int,
    as_json: bool,
) -> None:  # fmt: skip
    """Who looked at whose data, newest first: account, posts, what, by which page or call, and why."""
    from motcua.cli import fail
    from motcua.core.actor import SYSTEM
    from motcua.core.periods import end_of, start_of
    from motcua.people.queries import accounts_by_id, any_account_id
    from motcua.reads import queries

    if not (dossier or paper or username):
        raise click.UsageError("say whose: --dossier, --paper or --username")
    user = any_account_id(username) if username else None
    if username and user is None:
        fail(f"there is no account {username}.", "Check the user name.")
    since, until = first and start_of(first.date()), last and end_of(last.date())
    found = queries.reads(
        actor=SYSTEM, dossier=dossier, paper=paper, user_id=user, since=since, until=until, limit=limit
    )
    names = accounts_by_id(tuple({row.user_id for row in found}))
    for row in found:
        known = names.get(row.user_id)
        click.echo(_read_line(row, known.username if known else f"account {row.user_id}", as_json))


def _read_line(row: "ReadView", username: str, as_json: bool) -> str:
    """One look as a line of JSON or of words."""
    record = {name: getattr(row, name) for name in row.__slots__ if name != "at"}
    at = row.at.astimezone(VIETNAM).isoformat(timespec="seconds")
    if as_json:
        return json.dumps({"at": at, "username": username, **record})
    what = f"a list of {row.listed} dossiers" if row.kind == "list" else f"{row.kind} {row.subject}"
    inside = f" of {row.dossier}" if row.dossier not in ("", row.subject) else ""
    posts = ", ".join(row.posts) or "no post"
    right = f"  as {row.why}" if row.why else ""
    right = f"  as {row.why}" if row.why else ""
    return f"{at}  {username} ({posts})  {what}{inside}  by {row.via}{right}"


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
