"""A PostgreSQL cluster of our own: in a temporary folder, on a free port, ended by its own process."""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path


def free_port() -> int:
    """A TCP port of this machine that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def programs() -> Path | None:
    """Folder of ``initdb`` and ``postgres``: newest Debian version, or what the PATH has; None if absent."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def _unprivileged() -> str | None:
    """Name of the account to run as when we are root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGINT)  # PR_SET_PDEATHSIG: "fast" shut-down if we are killed


@dataclass
class Cluster:
    """A running cluster with one empty database, ``motcua``."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """Its address as DATABASE_URL."""
        return f"postgresql://motcua@127.0.0.1:{self.port}/motcua"

    def stop(self) -> None:
        """End the cluster's main process (the others follow) and delete its folder."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)


def start(folder: Path, *, durable: bool = False) -> Cluster:
    """Make and start a cluster in ``folder`` (created; removed by ``stop``).

    ``durable``: as PostgreSQL comes (fsync, 100 connections, 128 MB), for measurements; else for tests.
    """
    found = programs()
    if found is None:
        raise RuntimeError("PostgreSQL is not installed: apt-get install postgresql")
    user = _unprivileged()
    folder.mkdir(parents=True)
    if user:
        shutil.chown(folder, user)
    data, port = folder / "data", free_port()
    common = {"user": user, "cwd": folder, "stdin": subprocess.DEVNULL}
    options = ["--auth=trust", "--username=motcua", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run([found / "initdb", "-D", data, *options], check=True, stdout=subprocess.DEVNULL, **common)
    settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
    if not durable:
        settings |= {"fsync": "off", "max_connections": "60", "shared_buffers": "32MB"}
    flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [found / "postgres", "-D", data, "-p", str(port), *flags],
            stdout=log,
            stderr=log,
            preexec_fn=_end_with_parent,
            **common,
        )
    cluster = Cluster(folder, port, process)
    _create_database(cluster)
    return cluster


def _create_database(cluster: Cluster) -> None:
    import psycopg

    deadline = time.monotonic() + 30
    address = cluster.url.rsplit("/", 1)[0] + "/postgres"
    while True:
        try:
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute("CREATE DATABASE motcua")
            return
        except psycopg.OperationalError:
            if cluster.process.poll() is not None or time.monotonic() > deadline:
                words = (cluster.folder / "log").read_text(errors="replace")
                raise RuntimeError(f"PostgreSQL did not start:\n{words}") from None
            time.sleep(0.05)
