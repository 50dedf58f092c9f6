"""``motcua import dossiers``, ``levels``, ``targets`` and others: tables of other systems."""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn, Protocol, TypeVar

import click

FILES = click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)


class Counts(Protocol):
    """What every import answers."""

    new: int
    changed: int
    unchanged: int
    refused: list[tuple[int, str]]


class KeepsStubs(Counts, Protocol):
    """What an import answers that keeps what it does not know as a stub."""

    refused_count: int

    @property
    def stubs(self) -> Sequence[str]:
        """Names of what was not known before."""
        ...


C = TypeVar("C", bound=KeepsStubs)


def brought(files: Sequence[Path], read: Callable[[Path], C]) -> Iterator[tuple[Path, C]]:
    """Read each file, print what it did, count it; ends the command with 1 when a line was refused."""
    from motcua.core.tabular import HeaderUnknown

    refused = 0
    for file in files:
        try:
            counts = read(file)
        except HeaderUnknown as why:
            unreadable(file, why)
        tell(file, counts, counts.refused_count, counts.stubs)
        yield file, counts
        refused += counts.refused_count
    count_now()
    sys.exit(1 if refused else 0)


def tell(file: Path, counts: Counts, refused: int, stubs: Sequence[str] = ()) -> None:
    """Print what an import did: one line of counts, then stubs and refused lines."""
    click.echo(
        f"{file.name}: {counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged, "
        f"{refused} refused"
    )
    for stub in stubs:
        click.echo(f"  {file.name}: not known before, kept as a stub: {stub}")
    for line, reason in counts.refused:
        click.echo(f"  {file.name}:{line}: refused: {reason}")
    if refused > len(counts.refused):
        click.echo(f"  … and {refused - len(counts.refused)} more lines refused")


def unreadable(file: Path, why: Exception) -> NoReturn:
    """End the command: the file as a whole is something else."""
    from motcua.cli import fail

    fail(f"{file.name} cannot be read: {why}.", "See `motcua import KIND --help` for the columns.")


@click.command()
@FILES
def dossiers(files: tuple[Path, ...]) -> None:
    """Read dossiers of other handling systems from FILES (CSV or JSON lines).

    Columns: code,procedure,agency,applicant_kind,channel (1 direct, 2 online, 3 post),filed_by (self,
    helped, officer),received_at,due_at,finished_at,returned_at,status (1-10),supplements,paused_minutes,
    paid_online,fee,e_result,digitised,reused,supplement_requested_at,visits,from_store,vneid,synced,
    source; or the names of the national synchronisation (MaHoSo, MaTTHC, NgayTiepNhan …). Columns may
    be absent; an empty cell is unknown. An unknown procedure or agency is kept as a stub and named.
    Exit code 1 when a line was refused.
    """
    from motcua.cli import now
    from motcua.core.actor import SYSTEM
    from motcua.dossiers.operations import import_dossiers

    for file, counts in brought(files, lambda path: import_dossiers(path=path, actor=SYSTEM, now=now())):
        if counts.undated:
            click.echo(f"  {file.name}: {counts.undated} without received_at: kept, in no period")


def count_now() -> None:
    """Let the readers count what was imported, so that the next figure holds it without a worker."""
    from motcua.cli import now
    from motcua.events.operations import run_readers

    while run_readers(now=now()):
        pass


@click.command()
@FILES
def levels(files: tuple[Path, ...]) -> None:
    """Read declared levels of services from FILES (CSV or JSON lines).

    Columns: procedure,agency,level,eligible_full,valid_from,source; level is information, partial or
    full; eligible_full 0, 1 or empty. An unknown procedure or agency is kept as a stub and named.
    Exit code 1 when a line was refused.
    """
    from motcua.catalogue.operations import import_levels
    from motcua.cli import now
    from motcua.core.actor import SYSTEM

    for _ in brought(files, lambda path: import_levels(path=path, actor=SYSTEM, now=now())):
        pass


@click.command()
@FILES
def laws(files: tuple[Path, ...]) -> None:
    """Read law documents from FILES (CSV or JSON lines).

    Columns: number,title,kind,issuer,issued_on,effective_on,expires_on,source; all but number may be absent.
    Exit code 1 when a line was refused.
    """
    from motcua.catalogue.operations import import_laws
    from motcua.cli import now
    from motcua.core.actor import SYSTEM

    for _ in brought(files, lambda path: import_laws(path=path, actor=SYSTEM, now=now())):
        pass


@click.command()
@FILES
def publications(files: tuple[Path, ...]) -> None:
    """Read decisions that publish procedures from FILES (CSV or JSON lines).

    Columns: procedure,agency,kind (new, amended, abolished),decision,decided_on,effective_on,public_on,legal
    (numbers of law documents, by semicolons),source; without effective_on the newest effect of the documents
    named in legal counts. An unknown procedure or agency is kept as a stub and named. Exit code 1 when a
    line was refused.
    """
    from motcua.catalogue.operations import import_publications
    from motcua.cli import now
    from motcua.core.actor import SYSTEM

    for _ in brought(files, lambda path: import_publications(path=path, actor=SYSTEM, now=now())):
        pass


@click.command()
@FILES
def figures(files: tuple[Path, ...]) -> None:
    """Read figures whose data is elsewhere from FILES (CSV or JSON lines).

    Columns: component (a key of the index such as 3.5b, or the identifier of a rate),scope,from,to,numerator,
    denominator,source. Exit code 1 when a line was refused.
    """
    from motcua.cli import now
    from motcua.core.actor import SYSTEM
    from motcua.monitoring.operations import import_figures

    for _ in brought(files, lambda path: import_figures(path=path, actor=SYSTEM, now=now())):
        pass


@click.command()
@FILES
def targets(files: tuple[Path, ...]) -> None:
    """Read targets of rates from FILES (CSV or JSON lines).

    Columns: definition,scope,from,to,target,phase,criteria,source; the target is per cent, the last
    three may be absent. Exit code 1 when a line was refused.
    """
    from motcua.cli import now
    from motcua.core.actor import SYSTEM
    from motcua.core.tabular import HeaderUnknown
    from motcua.monitoring.operations import import_targets

    refused = False
    for file in files:
        try:
            counts = import_targets(path=file, actor=SYSTEM, now=now())
        except HeaderUnknown as why:
            unreadable(file, why)
        tell(file, counts, len(counts.refused))
        refused = refused or bool(counts.refused)
    sys.exit(1 if refused else 0)
