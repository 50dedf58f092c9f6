"""``motcua token`` and ``motcua account``."""

from datetime import datetime

import click


@click.command()
@click.argument("username")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    help="What the token may do: read, write, webhooks; repeat it. Default: all three.",
)
@click.option("--days", default=30, show_default=True, help="How long it is in force, up to 366 days.")
def token(username: str, scopes: tuple[str, ...], days: int) -> None:
    """Print a bearer token for the API. It is shown once; only its hash is kept."""
    from motcua.cli import now
    from motcua.core.actor import SYSTEM
    from motcua.people.operations.tokens import issue_token

    click.echo(issue_token(username=username, scopes=scopes or ("all",), days=days, actor=SYSTEM, now=now()))


@click.group()
def account() -> None:
    """Let somebody into their account again, or close it."""


@account.command()
@click.argument("username")
def recover(username: str) -> None:
    """Print a one-time recovery code, good for an hour, for an account whose owner you have identified.

    With it a new password is set at /tai-khoan/recover/. An older code of the account ends. Logged.
    """
    from motcua.cli import now
    from motcua.core.actor import SYSTEM
    from motcua.people.operations.access import issue_recovery_code

    click.echo(issue_recovery_code(username=username, actor=SYSTEM, now=now()))


@account.command()
@click.argument("username")
def close(username: str) -> None:
    """Close an account: nobody can sign in to it, its sessions and tokens end. Its dossiers stay."""
    from motcua.cli import now
    from motcua.core.actor import SYSTEM
    from motcua.people.operations.access import close_account

    close_account(username=username, actor=SYSTEM, now=now())
    click.echo(f"closed: {username}")


@account.command()
@click.argument("username")
@click.option("--for", "number", required=True, help="The business's number (10 or 13 digits).")
@click.option("--capacity", required=True, help='As what, e.g. "Giám đốc".')
@click.option("--source", required=True, help="The paper that says so; you have seen it.")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), required=True, help="First day.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="Last day; open without it.")
def mandate(
    username: str, number: str, capacity: str, source: str, first: datetime, last: datetime | None
) -> None:
    """Let a person act in the name of a business, from a day on; prints the mandate's number."""
    from motcua.cli import fail, now
    from motcua.core.actor import SYSTEM
    from motcua.people.operations.mandates import give_mandate
    from motcua.people.queries import account_by_username, find_person_id_by_number

    holder, business = account_by_username(username), find_person_id_by_number(number)
    if holder is None or holder.person_id is None or business is None:
        fail("there is no such account with a person, or no such business.", "Check both.")
    made = give_mandate(
        business_id=business,
        representative_id=holder.person_id,
        capacity=capacity,
        source=source,
        from_on=first.date(),
        to_on=last.date() if last else None,
        actor=SYSTEM,
        now=now(),
    )
    click.echo(f"mandate {made}")


@account.command("end-mandate")
@click.argument("number", type=int)
@click.option("--last", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Last day of the mandate.")
def end_mandate(number: int, last: datetime) -> None:
    """End a mandate after a day."""
    from motcua.cli import now
    from motcua.core.actor import SYSTEM
    from motcua.people.operations import mandates

    mandates.end_mandate(mandate_id=number, last_on=last.date(), actor=SYSTEM, now=now())
    click.echo(f"mandate {number} ends on {last:%Y-%m-%d}")
