"""``motcua doctor``: what is wrong with an installation, and how to mend it."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

import click


class Finding(NamedTuple):
    """One thing looked at: ``good``, ``note`` (works, but know it) or ``bad``; what to do about it."""

    state: str
    what: str
    mend: str = ""


@click.command()
def doctor() -> None:
    """Look at the whole installation; name each fault and how to mend it. Exit 1 when there is one.

    Changes nothing; may be run beside a running site.
    """
    findings = list(_look())
    for finding in findings:
        click.echo(f"{finding.state:<5}{finding.what}")
        if finding.mend:
            click.echo(f"     → {finding.mend}")
    bad = sum(finding.state == "bad" for finding in findings)
    click.echo(f"{len(findings)} checks, {bad} faults" if bad else f"{len(findings)} checks, no faults")
    if bad:
        sys.exit(1)


def _look() -> Iterator[Finding]:
    """All findings, in order; later checks are left out when the database cannot answer."""
    yield from _home()
    yield from _parts()
    database = list(_database())
    yield from database
    if all(finding.state != "bad" for finding in database):
        yield from _each(_log, _jobs, _demo)
    yield from _each(_mail, _scanner, _certificate, _packs)


def _each(*checks: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """Run checks so that one that breaks is itself a finding."""
    for check in checks:
        try:
            yield from check()
        except Exception as error:
            what = f"{check.__name__.strip('_')}: {type(error).__name__}: {error}"
            yield Finding("bad", what, "Report it with this line, or look at the log of the site.")


def _home() -> Iterator[Finding]:
    from django.conf import settings

    home = settings.HOME
    if not os.access(home, os.W_OK):
        yield Finding("bad", f"home {home} cannot be written", "Give it to the account that runs the site.")
    else:
        yield Finding("good", f"home {home}")
    free = shutil.disk_usage(home).free // 2**20
    if free < 500:
        yield Finding("bad", f"only {free} MB are free on the home's disk", "Make room: filing stops at 0.")
    loose = [p.name for p in (home / "keys").glob("*") if p.stat().st_mode & 0o077]
    if loose:
        yield Finding("bad", f"keys readable by others: {', '.join(loose)}", f"chmod 600 {home}/keys/*")


def _parts() -> Iterator[Finding]:
    import sqlite3

    yield Finding("good", f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}")
    from django.conf import settings

    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        yield Finding(
            "note", "style sheets are not collected yet", "`motcua migrate` or `motcua serve` does it."
        )
    if settings.DEBUG:
        yield Finding(
            "bad", "MOTCUA_DEBUG is on: pages show the program's inside", "Unset it outside of tests."
        )


def _database() -> Iterator[Finding]:
    from django.db import connection
    from django.db.utils import DatabaseError

    from motcua.cli.serve import pending_migrations

    if connection.vendor == "postgresql":  # ask once and plainly: a pool goes on trying for long
        connection.settings_dict["OPTIONS"] = {"connect_timeout": 5}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        pending = pending_migrations()
    except DatabaseError as error:
        yield Finding("bad", f"database: {str(error).strip()}", "Start it, or mend DATABASE_URL.")
        return
    if connection.vendor == "postgresql" and connection.pg_version < 150000:  # type: ignore[attr-defined]
        yield Finding("bad", "PostgreSQL is older than 15", "Upgrade the server.")
    if pending:
        yield Finding("bad", f"{pending} migrations are not applied", "Run `motcua migrate`.")
    else:
        yield Finding("good", f"database {connection.vendor}, tables up to date")


def _log() -> Iterator[Finding]:
    from motcua.events import queries, registry

    behind = {reader.name: late for reader in registry.readers() if (late := queries.lag(reader)) > 1000}
    for name, late in behind.items():
        yield Finding("bad", f"reader {name} is {late} events behind", "Is `motcua work` running?")
    parked = queries.setbacks()
    for setback in parked[:5]:
        reason = (setback.error.strip().splitlines() or ["no reason kept"])[-1]
        what = f"reader {setback.reader} stumbles over event {setback.event_id} ({setback.kind}): {reason}"
        yield Finding("bad", what, "Mend the cause and restart the worker; the event is kept.")
    if not behind and not parked:
        yield Finding("good", f"log at event {queries.last_event_id()}, readers follow, none parked")


def _jobs() -> Iterator[Finding]:
    from django_tasks_db.models import DBTaskResult

    failed = DBTaskResult.objects.failed().count()
    if failed:
        yield Finding("note", f"{failed} background jobs failed", "Their tracebacks are kept with them.")


def _demo() -> Iterator[Finding]:
    from motcua.demo.queries import exists

    if exists():
        yield Finding("note", "this home holds the demo province", "Never serve it as a real site.")


def _mail() -> Iterator[Finding]:
    from django.conf import settings

    if not settings.SMTP_URL:
        yield Finding("note", "no mail server: e-mails are not sent", "Set MOTCUA_SMTP_URL.")


def _scanner() -> Iterator[Finding]:
    from django.conf import settings

    from motcua.documents.gateways.scanner import Scanner, ScannerAbsent

    if not settings.CLAMD_URL:
        yield Finding("note", "no virus scanner: papers stay unscanned", "Set MOTCUA_CLAMD_URL.")
        return
    try:
        yield Finding("good", f"virus scanner {Scanner(settings.CLAMD_URL, timeout=5).version().strip()}")
    except ScannerAbsent as error:
        yield Finding("bad", f"virus scanner: {error}", "Start clamd, or mend MOTCUA_CLAMD_URL.")


def _certificate() -> Iterator[Finding]:
    from django.conf import settings

    if settings.SIGNING_P12 and not os.access(settings.SIGNING_P12, os.R_OK):
        yield Finding(
            "bad", f"signing file {settings.SIGNING_P12} cannot be read", "Mend MOTCUA_SIGNING_P12."
        )
    if settings.TRIAL:
        what = "trial site: every slip and result says BẢN THỬ, KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
        yield Finding("note", what, "With a real certificate, set MOTCUA_TRUSTED_CERTIFICATE=1.")
    elif not settings.SIGNING_P12:
        yield Finding("bad", "no trial mark, but the demo authority signs", "Set MOTCUA_SIGNING_P12.")


def _packs() -> Iterator[Finding]:
    from django.conf import settings

    if not settings.PACKS.is_dir():
        yield Finding("note", f"no folder of packs at {settings.PACKS}", "Set MOTCUA_PACKS.")
