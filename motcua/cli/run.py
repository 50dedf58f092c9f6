"""``motcua run``: the whole portal on one machine, with its demo province."""

import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import closing
from types import FrameType
from typing import NoReturn

import click

from motcua.cli import fail, now, setup
from motcua.cli.processes import Child, Family, end_with_parent


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
    family = Family([_child("web", "serve", "--host", host, "--port", str(port)), _child("worker", "work")])
    try:
        accounts = _prepare(demo)
        family.start()
        _wait_until_ready(family, host, port)
        _announce(port, accounts)
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


def _child(name: str, *command: str) -> Child:
    return Child(name, command, os.environ)


def _claim(host: str, port: int) -> None:
    """Refuse a port that somebody else serves on, before anything is written."""
    with closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            fail(f"port {port} cannot be used: {error.strerror}.", "Choose another: `PORT=8001 make run`.")


def _prepare(demo: bool) -> str:
    """Bring tables, static files and the demo up to date; answers the accounts as printed."""
    setup()
    from django.db import connections

    from motcua.cli.serve import apply_migrations, collect_static, pending_migrations

    if pending_migrations():
        click.echo("motcua: creating the database …")
        apply_migrations()
    collect_static()
    accounts = _demo_accounts() if demo else ""
    connections.close_all()
    return accounts


def _demo_accounts() -> str:
    try:
        from motcua.demo import operations, queries
    except ImportError:
        return ""
    if not queries.exists():
        click.echo("motcua: loading the demo province (once, in a new home) …")
        operations.create(now=now())
    found = queries.accounts()
    if found is None:
        return ""
    width = max(len(username) for username, _ in found.accounts)
    lines = [f"  {username:<{width}}  {who}" for username, who in found.accounts]
    return "\n".join(
        ["Demo accounts (made-up persons), one password for all:", f"  {found.password}", *lines]
    )


def _wait_until_ready(family: Family, host: str, port: int, patience: float = 60.0) -> None:
    deadline = time.monotonic() + patience
    while not _answers(host, port):
        broken = family.mend()
        if broken or time.monotonic() > deadline:
            fail(
                f"the {broken or 'web server'} does not start.", "Read the lines above, then `motcua doctor`."
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

    click.echo(f"\nMotcua is ready: http://localhost:{port}   (state: {settings.HOME}; Ctrl-C stops it)")
    if accounts:
        click.echo(accounts)
    sys.stdout.flush()


def _watch(family: Family) -> None:
    while True:
        time.sleep(0.5)
        broken = family.mend()
        if broken:
            fail(f"the {broken} keeps failing.", "Read the lines above, then `motcua doctor`.")
