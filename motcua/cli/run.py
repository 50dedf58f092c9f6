"""``motcua run``: the whole portal on one machine, with its demo province."""

import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

from motcua.cli import demo_provider, fail, now, setup
from motcua.cli.processes import Child, Family, end_with_parent

FIRST_STEP = (
    "First: open {address}, search for “giấy độc thân”, sign in as citizen and file;\n"
    "then receive it as desk, handle it as specialist, confirm the draft as citizen, sign as signatory."
)


class Stopped(BaseException):
    """Ctrl-C or TERM reached us."""


def without_setup(body: Callable[..., None]) -> Callable[..., None]:
    """Mark a command that sets Django up itself."""
    body.sets_up = True  # type: ignore[attr-defined]
    return body


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to serve on."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--demo/--no-demo", default=True, help="Make the demo province in an empty home.")
@without_setup
def run(port: int, host: str, demo: bool) -> None:
    """Create what is missing, start web server and worker, print address and accounts, wait.

    Ctrl-C stops all of it. All state is in MOTCUA_HOME (default: var/).
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stopped)
    end_with_parent()
    _claim(host, port)
    os.environ["MOTCUA_PORT"] = str(port)
    family = Family()
    try:
        _prepare()
        people = demo_provider.plan(host, port) if demo else None
        family.add(Child("web", ("serve", "--host", host, "--port", str(port)), _environ(people)))
        accounts = _demo_accounts() if demo else ""  # the web server loads while the demo is made
        doors = [(host, port)]
        if people is not None and accounts:
            family.add(demo_provider.child(people, host, port, os.environ))
            doors.append((host, people.port))
        family.add(Child("worker", ("work",), os.environ, log=_worker_log()))
        _wait_until_ready(family, doors)
        _announce(port, f"{accounts}\n\n{people.words}" if people is not None and accounts else accounts)
        _watch(family)
    except Stopped:
        click.echo("\nmotcua: stopping")
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        family.stop()
    click.echo("motcua: stopped")


def _stopped(number: int, frame: FrameType | None) -> NoReturn:
    raise Stopped


def _environ(people: demo_provider.Plan | None) -> dict[str, str]:
    """The environment of the web server: where the demo's identity provider is, if one is started."""
    return {**os.environ, **(people.environ if people else {})}


def _worker_log() -> Path:
    """The file for the worker's lines, so that the address and the accounts stay in sight."""
    from django.conf import settings

    return Path(settings.HOME) / "worker.log"


def _claim(host: str, port: int) -> None:
    """Refuse a port that somebody else serves on, before anything is written."""
    with closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            fail(f"port {port} cannot be used: {error.strerror}.", "Choose another: `PORT=8001 make run`.")


def _prepare() -> None:
    """Bring tables and static files up to date."""
    setup()
    from django.db import connections

    from motcua.cli.serve import apply_migrations, collect_static, pending_migrations

    if pending_migrations():
        click.echo("motcua: creating the database …")
        apply_migrations()
    collect_static()
    connections.close_all()


def _demo_accounts() -> str:
    """The demo's accounts as printed; makes the demo in an empty home."""
    from django.db import connections

    try:
        from motcua.demo import operations, queries
    except ImportError:
        return ""
    if not queries.exists():
        click.echo("motcua: loading the demo province (once, in a new home; a few seconds) …")
        operations.create(now=now())
    connections.close_all()
    found = queries.accounts()
    return found.table if found else ""


def _wait_until_ready(family: Family, doors: list[tuple[str, int]], patience: float = 60.0) -> None:
    deadline = time.monotonic() + patience
    while not all(_answers(*door) for door in doors):
        broken = family.mend()
        if broken or time.monotonic() > deadline:
            fail(
                f"the {broken or 'web server'} does not start.",
                f"Read the lines above and {_worker_log()}, then `motcua doctor`.",
            )
        time.sleep(0.1)


def _answers(host: str, port: int) -> bool:
    with closing(http.client.HTTPConnection(host, port, timeout=5)) as client:
        try:
            client.request("GET", "/livez")
            return client.getresponse().status < 500
        except OSError:
            return False


def _announce(port: int, accounts: str) -> None:
    from django.conf import settings

    address = f"http://localhost:{port}"
    click.echo(f"\nMotcua is ready: {address}   (state: {settings.HOME}; Ctrl-C stops it)")
    if accounts:
        click.echo(f"\n{accounts}\n\n{FIRST_STEP.format(address=address)}")
    click.echo(f"\nThe worker writes to {_worker_log()}")
    sys.stdout.flush()


def _watch(family: Family) -> None:
    while True:
        time.sleep(0.5)
        broken = family.mend()
        if broken:
            fail(f"the {broken} keeps failing.", f"Read {_worker_log()}, then `motcua doctor`.")
