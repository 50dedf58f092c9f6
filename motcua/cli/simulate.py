"""``motcua simulate``: a plausible past, reproducible, through the same tables."""

import sys

import click


@click.command()
@click.option("--scenario", "name", default="demo", show_default=True, help="Name of the scenario.")
@click.option("--dossiers", type=click.IntRange(min=1), required=True, help="How many dossiers.")
@click.option("--seed", type=int, required=True, help="Another seed gives another past, and the same rates.")
def simulate(name: str, dossiers: int, seed: int) -> None:
    """Write dossiers of a made-up past: agencies, procedures, channels, delays, years.

    No rate is written: it follows from how people and offices of the scenario behave. The same
    scenario, number and seed give the same dossiers, so that running it again changes nothing.
    A national scenario refuses a home that holds the demo, and a number too small for its rates.
    """
    from motcua.cli import now
    from motcua.cli.imports import count_now
    from motcua.cli.serve import apply_migrations, pending_migrations
    from motcua.demo.operations.simulating import known_days, prepare
    from motcua.demo.operations.simulating import simulate as write
    from motcua.monitoring.operations import fold

    def tell(words: str) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r  {words}\033[K", nl=False, err=True)

    if pending_migrations():
        apply_migrations()
    prepare(name=name, dossiers=dossiers, seed=seed, now=now())
    count_now()  # while there are no dossiers that new levels would judge anew
    counts = write(name=name, dossiers=dossiers, seed=seed, now=now(), tell=tell)
    tell("counting")
    count_now()
    fold(now=now())
    tell("")
    first, last = known_days(name)
    click.echo(
        f"{name}, seed {seed}: {counts.new} dossiers new, {counts.changed} changed, "
        f"{counts.unchanged} unchanged, received {first} to {last}"
    )
