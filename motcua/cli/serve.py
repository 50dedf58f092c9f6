"""``motcua serve``, ``motcua work``, ``motcua migrate``: the parts of a running site, one each."""

import os
import signal
import sys
import threading
from pathlib import Path

import click

from motcua.cli import fail, setup


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=None, help="Port (default: MOTCUA_PORT, 8000)."
)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes.")
@click.option("--threads", type=click.IntRange(1, 64), default=4, show_default=True, help="Threads of each.")
def serve(host: str, port: int | None, workers: int, threads: int) -> None:
    """Start the web server in this process; TERM or Ctrl-C ends it."""
    from django.conf import settings

    collect_static()
    arguments = {
        "--interface": "wsgi",
        "--host": host,
        "--port": str(port or settings.PORT),
        "--workers": str(workers),
        "--blocking-threads": str(threads),
        "--backpressure": str(threads * 16),
        "--workers-kill-timeout": "10",
        "--log-level": "warning",
    }
    flat = [part for pair in arguments.items() for part in pair]
    command = [sys.executable, "-m", "granian", *flat, "--respawn-failed-workers", "motcua.wsgi:application"]
    sys.stdout.flush()
    os.execv(sys.executable, command)  # noqa: S606 - we become the server: signals reach it directly


def collect_static() -> None:
    """Put style sheets and scripts, with names that carry their digest, into the home if they changed."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import FileSystemFinder
    from django.core.management import call_command

    sources = [Path(store.path(name)) for name, store in FileSystemFinder().list([])]
    newest = max((p.stat().st_mtime for p in sources), default=0.0)
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)


@click.command()
@click.option(
    "--pause", type=click.FloatRange(0.05, 60), default=0.5, show_default=True, help="Idle seconds."
)
def work(pause: float) -> None:
    """Start the worker in this process: readers of the log, messages, jobs and sweeps.

    TERM or Ctrl-C lets the turns under way finish, then ends it.
    """
    from motcua.cli.worker import work as run_loops

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    run_loops(stop, pause)


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; exit 1 when something is to be done.")
def migrate(check: bool) -> None:
    """Create the tables of this home, or bring them up to date, and collect the static files."""
    pending = pending_migrations()
    if check:
        if pending:
            fail(f"{pending} migrations are not applied.", "Run `motcua migrate`.")
        click.echo("up to date")
        return
    apply_migrations()
    collect_static()
    click.echo(f"{pending} migrations applied" if pending else "up to date")


def pending_migrations() -> int:
    """How many migrations the database of this home still lacks."""
    setup()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def apply_migrations() -> None:
    """Bring the tables up to date, quietly."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
