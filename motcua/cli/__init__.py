"""The command line: one file a noun, loaded when its command is asked for.

How a noun plugs in:

1. ``motcua/cli/<noun>.py`` exposes ``click`` commands or groups as module attributes. The module
   itself imports nothing of Django (only click and the standard library); each function imports
   the operations and queries it calls. ``django.setup()`` has run when the function starts.
2. One line in ``COMMANDS`` (or ``IMPORTS`` for ``motcua import <kind>``) names it.

``now()`` below and ``SYSTEM`` are the edge's clock and actor; pass both to operations.
A ``Refusal`` ends in its cause and next step on stderr and exit code 1; misuse is exit code 2.
"""

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib.util import find_spec
from typing import NamedTuple, NoReturn

import click


class Entry(NamedTuple):
    """Where a command lives, and the one line shown in the list of commands."""

    module: str
    attribute: str
    summary: str


COMMANDS: dict[str, Entry] = {
    "run": Entry("motcua.cli.run", "run", "Start the whole portal on this machine, with its demo."),
    "serve": Entry("motcua.cli.serve", "serve", "Start the web server."),
    "work": Entry("motcua.cli.serve", "work", "Start the worker: log readers, messages, jobs, sweeps."),
    "provider": Entry("motcua.cli.provider", "provider", "Start the demo's identity provider."),
    "migrate": Entry("motcua.cli.serve", "migrate", "Create the tables, or bring them up to date."),
    "demo": Entry("motcua.cli.demo", "demo", "Create the demo province in an empty home."),
    "doctor": Entry(
        "motcua.cli.doctor", "doctor", "Say what is wrong with an installation and how to mend it."
    ),
    "import": Entry("motcua.cli", "import_group", "Read files of procedures, units and other records."),
    "export": Entry("motcua.cli", "export_group", "Write files that another site can import."),
    "pack": Entry("motcua.cli.packs", "pack", "Check, play, publish, copy, compare and close packs."),
    "token": Entry("motcua.cli.people", "token", "Print a bearer token for the API."),
    "account": Entry("motcua.cli.people", "account", "Let somebody in again, or close an account."),
    "rates": Entry("motcua.cli.monitoring", "rates", "Print the rates, with numerator and denominator."),
    "index": Entry("motcua.cli.monitoring", "index", "Print the index of Decision 766, with its points."),
    "simulate": Entry("motcua.cli.simulate", "simulate", "Write a made-up past, reproducible."),
    "papi": Entry("motcua.cli.voice", "papi", "Print PAPI of a year: dimensions, composite, rank."),
    "audit": Entry("motcua.cli.events", "audit", "Check and seal the log; say who looked at whose data."),
    "verify-code": Entry(
        "motcua.cli.documents", "verify_code", "Check what the QR code of a document says, without network."
    ),
    "calendar": Entry(
        "motcua.cli.agencies", "calendar", "Fix years of the working calendar; set single days."
    ),
}
IMPORTS: dict[str, Entry] = {
    "procedures": Entry("motcua.cli.catalogue", "procedures", "Records of the national procedure database."),
    "assessments": Entry("motcua.cli.voice", "import_assessments", "Independent assessments (TOML)."),
    "papi": Entry("motcua.cli.voice", "import_papi", "Sub-dimensions of PAPI by province, for a year."),
    "dossiers": Entry("motcua.cli.imports", "dossiers", "Dossiers that other handling systems report."),
    "levels": Entry("motcua.cli.imports", "levels", "Declared levels of services, by procedure and agency."),
    "figures": Entry("motcua.cli.imports", "figures", "Figures whose data is elsewhere, for the index 766."),
    "laws": Entry("motcua.cli.imports", "laws", "Law documents with their dates."),
    "publications": Entry(
        "motcua.cli.imports", "publications", "Decisions that publish procedures, with their dates."
    ),
    "targets": Entry("motcua.cli.imports", "targets", "Targets of rates, dated, with their source."),
    "units": Entry("motcua.cli.places", "units", "Administrative units with their dates and successors."),
}


EXPORTS: dict[str, Entry] = {
    "dossiers": Entry("motcua.cli.monitoring", "export_dossiers", "Facts of all dossiers as Parquet."),
    "procedures": Entry("motcua.cli.catalogue", "export_procedures", "Procedures with every source's facts."),
}


def now() -> datetime:
    """The moment a command starts to act, in Viet Nam's time; the only clock of the command line."""
    from motcua.core.periods import VIETNAM

    return datetime.now(VIETNAM)


def setup() -> None:
    """Make the models usable; cheap when done before."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    import django

    django.setup()


def _after_setup(command: click.Command) -> None:
    """Let every command at or below ``command`` set Django up just before it runs."""
    if isinstance(command, click.Group) and not isinstance(command, LazyGroup):
        for child in command.commands.values():
            _after_setup(child)
    body = command.callback
    if body is None or getattr(body, "sets_up", False):
        return

    def run(*args: object, _body: Callable[..., object] = body, **values: object) -> object:
        setup()
        return _body(*args, **values)

    run.sets_up = True  # type: ignore[attr-defined]
    command.callback = run


class LazyGroup(click.Group):
    """A group whose commands are imported when named; ``--help`` of the group imports none of them."""

    def __init__(self, *args: object, entries: dict[str, Entry], **values: object) -> None:
        super().__init__(*args, **values)  # type: ignore[arg-type]
        self.entries = entries

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names whose file exists, in the order of the table."""
        return [name for name, entry in self.entries.items() if find_spec(entry.module)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the file of ``cmd_name`` and return its command; None when there is none."""
        if cmd_name not in self.list_commands(ctx):
            return None
        entry = self.entries[cmd_name]
        command = getattr(importlib.import_module(entry.module), entry.attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{entry.module}.{entry.attribute} is not a click command")
        _after_setup(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table alone."""
        rows = [(name, self.entries[name].summary) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.group(cls=LazyGroup, entries=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="motcua", prog_name="motcua", version="0.1.0")
def motcua() -> None:
    """One door to every public service: find, file, handle, sign, verify, count."""


@click.group(cls=LazyGroup, entries=IMPORTS)
def import_group() -> None:
    """Read files; the same file twice changes nothing. Prints counts and refused lines."""


@click.group(cls=LazyGroup, entries=EXPORTS)
def export_group() -> None:
    """Write files that another site can import; nothing is ever written over."""


def fail(cause: str, next_step: str = "") -> NoReturn:
    """End a command that was refused or found something wrong: words on stderr, exit code 1."""
    click.echo(f"motcua: {cause}", err=True)
    if next_step:
        click.echo(f"        {next_step}", err=True)
    sys.exit(1)


def _words_for(error: Exception) -> tuple[str, str] | None:
    """Cause and next step for an error that a person can mend; None for a fault of the program."""
    from motcua.core.refusals import Refusal

    kind = type(error)
    if isinstance(error, Refusal):
        return error.cause.en, error.next_step.en
    if isinstance(error, UnicodeDecodeError):
        return f"the file is not UTF-8 text (byte {error.start}).", "Save it as UTF-8 and try again."
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}.", _mend_file(str(error.filename))
    if kind.__name__ == "ImproperlyConfigured":
        return f"the settings are wrong: {error}", "See docs/operating.md for every setting."
    if kind.__module__ == "django.db.utils" and kind.__name__ in {"OperationalError", "ProgrammingError"}:
        return (
            f"the database cannot answer: {error}",
            "A new home needs `motcua migrate`; see `motcua doctor`.",
        )
    return None


def _mend_file(name: str) -> str:
    home = os.environ.get("MOTCUA_HOME")
    if home and name.startswith(home):
        return "MOTCUA_HOME must be a folder that this account may write, or may make."
    return "Check the name of the file and who may use it."


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line: 0 done, 1 refused or found wrong, 2 misused."""
    try:
        motcua.main(arguments, prog_name="motcua")
    except Exception as error:
        words = _words_for(error)
        if words is None:
            raise
        fail(*words)
    sys.exit(0)
