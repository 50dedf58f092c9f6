"""Every command explains itself, quickly, and answers misuse with 2 and no traceback."""

import importlib
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from motcua.cli import COMMANDS, EXPORTS, IMPORTS, LazyGroup, motcua
from tests.support.house import ROOT, python_files


def walk(command: click.Command, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield from walk(child, *path, name)


ALL = list(walk(motcua))


@pytest.mark.parametrize(("path", "command"), ALL, ids=[" ".join(path) or "motcua" for path, _ in ALL])
def test_every_command_has_help(path: tuple[str, ...], command: click.Command) -> None:
    assert command.help, "a docstring says what it does"
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{option.opts} says nothing"
    answer = CliRunner().invoke(motcua, [*path, "--help"])
    assert answer.exit_code == 0
    assert "Usage:" in answer.output


@pytest.mark.parametrize(("path", "command"), ALL, ids=[" ".join(path) or "motcua" for path, _ in ALL])
def test_misuse_is_exit_2(path: tuple[str, ...], command: click.Command) -> None:
    answer = CliRunner().invoke(motcua, [*path, "--no-such-option"])
    assert answer.exit_code == 2
    assert "no-such-option" in answer.output.lower()


def test_every_file_of_commands_is_in_a_table() -> None:
    listed = {entry.module for entry in [*COMMANDS.values(), *IMPORTS.values(), *EXPORTS.values()]}
    with_commands = set()
    for path in python_files("cli/*.py"):
        name = "motcua.cli" if path.stem == "__init__" else f"motcua.cli.{path.stem}"
        if path.stem != "__main__" and any(
            isinstance(value, click.Command) for value in vars(importlib.import_module(name)).values()
        ):
            with_commands.add(name)
    assert with_commands - {"motcua.cli"} <= listed


def test_help_needs_no_framework() -> None:
    names = [entry.module for entry in [*COMMANDS.values(), *IMPORTS.values(), *EXPORTS.values()]]
    there = [n for n in names if (ROOT / (n.replace(".", "/") + ".py")).exists()]
    code = f"import sys, {', '.join(['motcua.cli', *there])}; sys.exit('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr or "a command file imports Django at its top"


def test_the_groups_load_lazily() -> None:
    assert isinstance(motcua, LazyGroup)
