"""``motcua token``."""

import click


@click.command()
@click.argument("username")
@click.option("--scope", "scopes", multiple=True, help="What the token may do; repeat it. Default: all.")
@click.option("--days", default=30, show_default=True, help="How long it is in force, up to 366 days.")
def token(username: str, scopes: tuple[str, ...], days: int) -> None:
    """Print a bearer token for the API. It is shown once; only its hash is kept."""
    from motcua.cli import now
    from motcua.core.actor import SYSTEM
    from motcua.people.operations import issue_token

    click.echo(issue_token(username=username, scopes=scopes or ("all",), days=days, actor=SYSTEM, now=now()))
