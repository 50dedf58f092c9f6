"""``motcua demo``: the demo province."""

import click


@click.command()
def demo() -> None:
    """Create the demo province in an empty home and print its accounts.

    Refuses a home that holds data. State is in MOTCUA_HOME (default: var/).
    """
    from motcua.cli import now
    from motcua.cli.serve import apply_migrations, pending_migrations
    from motcua.demo.operations import create
    from motcua.demo.queries import FICTION

    if pending_migrations():
        apply_migrations()
    made = create(now=now())
    click.echo(FICTION.en)
    click.echo(made.table)
