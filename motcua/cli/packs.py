"""``motcua pack``: check, play and publish services as data."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from motcua.cli.catalogue import publish

FOLDERS = click.Path(exists=True, file_okay=False, readable=True, path_type=Path)


@click.group()
def pack() -> None:
    """Check, play and publish packs (services as data)."""


@pack.command()
@click.argument("folders", nargs=-1, required=True, type=FOLDERS, metavar="DIR…")
@click.option("--coverage", is_flag=True, help="Also name what no example reaches.")
@click.option("--changes", is_flag=True, help="Also name small changes that no example notices (slower).")
def check(folders: tuple[Path, ...], coverage: bool, changes: bool) -> None:
    """Read the packs in DIR…, play their examples by the rules, and name every fault with its place.

    Exit code 1 when there is any.
    """
    wrong = False
    for folder in folders:
        found = _faults(folder, coverage=coverage, changes=changes)
        for line in found:
            click.echo(f"{folder}: {line}")
        wrong = wrong or bool(found)
        click.echo(f"{folder}: {len(found)} faults" if found else f"{folder}: {_summary(folder, coverage)}")
    if wrong:
        sys.exit(1)


def _faults(folder: Path, *, coverage: bool, changes: bool) -> list[str]:
    from motcua.catalogue.rules.check import check_files, unseen_changes
    from motcua.catalogue.rules.pack import PackFault, load_folder
    from motcua.catalogue.rules.pack_reading import parse_pack

    try:
        files = load_folder(folder)
    except PackFault as fault:
        return [str(p) for p in fault.problems]
    found = [str(p) for p in check_files(files, coverage=coverage)]
    if changes and not found:
        found += [f"no example notices a change of: {name}" for name in unseen_changes(parse_pack(files))]
    return found


def _summary(folder: Path, coverage: bool) -> str:
    from motcua.catalogue.rules.check import targets
    from motcua.catalogue.rules.pack import load_folder
    from motcua.catalogue.rules.pack_reading import parse_pack

    read = parse_pack(load_folder(folder))
    text = f"sound; {len(read.examples)} examples end as they say"
    return text + (f" and reach all of {len(targets(read))} points" if coverage else "")


@pack.command()
@click.argument("folders", nargs=-1, required=True, type=FOLDERS, metavar="DIR…")
def play(folders: tuple[Path, ...]) -> None:
    """Run the examples of DIR… through the whole life of a dossier, in a scratch database.

    Exit code 1 when an example ends otherwise than it says.
    """
    sys.exit(_in_scratch(["pack", "play-here", *(str(f.resolve()) for f in folders)]))


@pack.command("play-here", hidden=True)
@click.argument("folders", nargs=-1, required=True, type=FOLDERS)
def play_here(folders: tuple[Path, ...]) -> None:
    """Play in the database of this home, which must be an empty scratch one (used by ``play``)."""
    from motcua.cli import fail, now
    from motcua.dossiers.play import play_folder, troupe

    wrong, actors = 0, troupe(now=now())
    for folder in folders:
        for name, faults in play_folder(folder, actors, now=now()):
            click.echo(f"{folder.name}/{name}: {'as expected' if not faults else '; '.join(faults)}")
            wrong += bool(faults)
    if wrong:
        fail(f"{wrong} examples end otherwise than they say.")


def _in_scratch(arguments: list[str]) -> int:
    """Run a command of ours in a home that is made for it and thrown away; its exit code."""
    with tempfile.TemporaryDirectory(prefix="motcua-play-") as home:
        environ = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {"MOTCUA_HOME": home}
        ours = [sys.executable, "-m", "motcua.cli"]
        made = subprocess.run([*ours, "migrate"], env=environ, check=False, capture_output=True, text=True)  # noqa: S603 our own program
        if made.returncode:
            click.echo(made.stderr, err=True)
            return made.returncode
        return subprocess.run([*ours, *arguments], env=environ, check=False).returncode  # noqa: S603 our own program


pack.add_command(publish)
