"""``motcua import procedures``, ``motcua export procedures`` and ``motcua pack publish``."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from motcua.catalogue.operations import ImportCounts


@click.command()
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path),
)
def procedures(files: tuple[Path, ...]) -> None:
    """Read FILES of the national procedure database (.jsonl records, .xlsx lists).

    Prints what was new, changed, unchanged and refused; each refused line with its reason. The same
    file twice changes nothing. Exit code 1 when any line was refused.
    """
    from motcua.catalogue.operations import import_procedures
    from motcua.cli import now
    from motcua.core.actor import SYSTEM

    refused = 0
    for file in files:
        counts = import_procedures(file, actor=SYSTEM, now=now(), progress=_progress(file))
        _clear()
        click.echo(
            f"{file.name}: {counts.new} new, {counts.changed} changed, "
            f"{counts.unchanged} unchanged, {counts.refused_count} refused"
        )
        for line, reason in counts.refused:
            click.echo(f"  {file.name}:{line}: refused: {reason}")
        if counts.refused_count > len(counts.refused):
            click.echo(f"  … and {counts.refused_count - len(counts.refused)} more lines refused")
        refused += counts.refused_count
    if refused:
        sys.exit(1)


@click.command("procedures")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export_procedures(file: Path) -> None:
    """Write every procedure to the new FILE as JSON lines, with what each source said of it.

    `motcua import procedures FILE` takes them in again, here or elsewhere, unchanged. Packs are
    exported by `motcua pack export`.
    """
    from motcua.catalogue.gateways import write_lines
    from motcua.catalogue.queries import procedure_records

    click.echo(f"{file}: {write_lines(file, procedure_records())} procedures")


def _progress(file: Path) -> Callable[["ImportCounts"], None]:
    """A function that shows how far an import is, on a terminal only."""

    def show(counts: "ImportCounts") -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{file.name}: {counts.lines} lines", nl=False, err=True)

    return show


def _clear() -> None:
    if sys.stderr.isatty():
        click.echo("\r\033[K", nl=False, err=True)


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def publish(folder: Path) -> None:
    """Freeze the pack in FOLDER as the current revision of its procedure.

    A pack with faults is refused, each fault named; the same pack twice changes nothing.
    """
    from motcua.catalogue.operations import PackRefused, publish_pack
    from motcua.cli import fail, now
    from motcua.core.actor import SYSTEM

    try:
        revision = publish_pack(folder=folder, actor=SYSTEM, now=now())
    except PackRefused as refusal:
        for fault in refusal.faults:
            click.echo(f"  {fault}", err=True)
        fail(f"{folder}: the pack has {len(refusal.faults)} faults.", refusal.next_step.en)
    click.echo(f"{revision.procedure_code}: revision {revision.number} is current")
