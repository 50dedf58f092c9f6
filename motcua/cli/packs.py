"""``motcua pack``: services as data, checked, played, published, copied, compared, closed."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from motcua.cli.catalogue import publish

if TYPE_CHECKING:
    from motcua.catalogue.rules.changes import Content

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


@pack.command()
@click.argument("code")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@click.option("--revision", type=int, help="Number of the revision; else the newest that has a pack.")
def export(code: str, folder: Path, revision: int | None) -> None:
    """Write the published pack of procedure CODE into the new folder DIR, byte for byte."""
    from motcua.catalogue.gateways import write_pack
    from motcua.catalogue.queries import revision_files

    files = revision_files(code, revision)
    write_pack(folder, files)
    click.echo(f"{folder}: {len(files)} files of {code}")


@pack.command()
@click.argument("folder", type=FOLDERS, metavar="DIR")
@click.argument("new", type=click.Path(path_type=Path, file_okay=False), metavar="NEW")
@click.option("--code", required=True, help="Code of the new pack's procedure, such as 1.004873.")
def clone(folder: Path, new: Path, code: str) -> None:
    """Copy the pack in DIR into the new folder NEW, under another code and marked as a draft.

    A draft is checked and played like any pack, and cannot be published until “draft = true” is gone.
    """
    from motcua.catalogue.gateways import write_pack
    from motcua.catalogue.rules.pack import PackFault, load_folder
    from motcua.catalogue.rules.pack_copies import cloned
    from motcua.cli import fail

    try:
        files = cloned(load_folder(folder), code)
    except PackFault as fault:
        fail(str(fault))
    write_pack(new, files)
    click.echo(f"{new}: a draft of {code}, {len(files)} files")


@pack.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
def diff(before: str, after: str) -> None:
    """Name every change from A to B, by kind: fee, time limit, paper, question, step …

    A and B are folders of packs, or published revisions such as 1.004873@2. Exit code 1 when they differ.
    """
    from motcua.catalogue.rules.changes import changes

    found = changes(_content(before), _content(after))
    for change in found:
        words = f"{change.done.en} {change.name.en.lower()} {change.key}"
        said = " → ".join(text.en for text in (change.before, change.after) if text.en or text.vi)
        click.echo(f"{words}: {said}" if said else words)
    click.echo(f"{len(found)} changes" if found else "no difference")
    if found:
        sys.exit(1)


def _content(name: str) -> "Content":
    """The pack of a folder, or that of a published revision ``CODE@NUMBER``."""
    from motcua.catalogue.queries import revision_content
    from motcua.catalogue.rules.changes import Content
    from motcua.catalogue.rules.pack import PackFault, load_folder
    from motcua.catalogue.rules.pack_reading import parse_pack
    from motcua.cli import fail

    code, at, number = name.rpartition("@")
    if at and number.isascii() and number.isdigit() and len(number) < 9:
        return Content(pack=revision_content(code, int(number)).pack)
    if not Path(name).is_dir():
        raise click.BadParameter(f"{name} is neither a folder nor a revision such as 1.004873@2")
    try:
        return Content(pack=parse_pack(load_folder(Path(name))))
    except PackFault as fault:
        fail(f"{name}: {fault}")


@pack.command()
@click.argument("code")
@click.option("--reason", required=True, help="Why, kept in the log.")
def close(code: str, reason: str) -> None:
    """End the online service of procedure CODE: nobody can file it any more.

    Dossiers that run are finished by the revision that they were filed on.
    """
    from motcua.catalogue.operations import close_service
    from motcua.cli import now
    from motcua.core.actor import SYSTEM

    closed = close_service(code=code, reason=reason, actor=SYSTEM, now=now())
    click.echo(f"{code}: revision {closed.number} is current, without an online service")


pack.add_command(publish)
