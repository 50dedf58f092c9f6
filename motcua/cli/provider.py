"""``motcua provider``: the demo's identity provider, a process and a home of its own."""

import os
import sys
from pathlib import Path

import click

from motcua.cli import fail, now, setup
from motcua.cli.run import without_setup

SETTINGS = "motcua.web.idp.settings"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@without_setup
def provider(host: str) -> None:
    """Start the demo's identity provider in this process; `motcua run` does it for its demo.

    MOTCUA_HOME must be a home of its own that `motcua run` has prepared. TERM or Ctrl-C ends it.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    setup()
    from django.conf import settings
    from django.db import connections

    from motcua.cli.serve import apply_migrations, pending_migrations
    from motcua.demo.provider import fill

    if pending_migrations():
        apply_migrations()
    agreed = fill(Path(settings.HOME), now=now())
    connections.close_all()
    if agreed is None:
        fail(f"{settings.HOME} was not prepared for the provider.", "Start it by `motcua run`.")
    arguments = {
        "--interface": "wsgi",
        "--host": host,
        "--port": str(agreed.port),
        "--workers": "1",  # its authorisation codes live in the memory of one process
        "--blocking-threads": "2",
        "--log-level": "warning",
    }
    flat = [part for pair in arguments.items() for part in pair]
    command = [
        sys.executable, "-m", "granian", *flat, "--respawn-failed-workers", "motcua.web.idp.wsgi:application"
    ]  # fmt: skip
    sys.stdout.flush()
    os.execv(sys.executable, command)  # noqa: S606 - we become the server: signals reach it directly
