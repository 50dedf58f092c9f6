"""``motcua import units``."""

from pathlib import Path

import click

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def units(files: tuple[Path, ...]) -> None:
    """Read administrative units from CSV files.

    Columns: code,name,level,parent,valid_from,valid_to,formed_from (level is province, district,
    commune or hamlet). Exit code 1 when a line was refused; the others are kept.
    """
    from motcua.cli import now
    from motcua.core.actor import SYSTEM
    from motcua.places.operations import import_units

    refused = False
    for path in files:
        counts = import_units(path=path, actor=SYSTEM, now=now())
        for line, reason in counts.refused:
            click.echo(f"{path.name}:{line}: refused: {reason}", err=True)
        click.echo(
            f"{path.name}: {counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged, "
            f"{len(counts.refused)} refused"
        )
        refused = refused or bool(counts.refused)
    if refused:
        raise SystemExit(1)
