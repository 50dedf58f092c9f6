"""A site of its own for a benchmark: PostgreSQL as it comes, the demo province, the web server."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from light import Light  # noqa: E402
from measuring import machine  # noqa: E402

from tests.support import cluster  # noqa: E402

__all__ = ["PROCEDURE", "ROOT", "Site", "example", "machine", "motcua", "running"]
DESK_AT = "H43.23"  # where the demo's desk works
PROCEDURE = "1.004873"
EXAMPLES = ROOT / "packs/vn/marriage-status/examples"


@dataclass(frozen=True)
class Site:
    """Where the site answers, whom one may be, and its database."""

    address: str
    token: str
    agency: str
    answers: dict[str, object]
    database: str
    environment: dict[str, str]
    server: int  # process id of the web server's main process
    postgres: int  # of the database's

    @property
    def parts(self) -> dict[str, int]:
        """The processes that serve, for counting what they spend."""
        return {"server": self.server, "database": self.postgres}

    def client(self, token: str = "") -> Light:
        """An API client of the citizen, or of another token's holder."""
        return Light(self.address, {"Authorization": f"Bearer {token or self.token}"})

    def token_of(self, username: str) -> str:
        """A fresh token of a demo account."""
        return motcua("token", username, environment=self.environment).splitlines()[-1]

    @property
    def password(self) -> str:
        """The one password of the demo's accounts."""
        kept = json.loads((Path(self.environment["MOTCUA_HOME"]) / "demo.json").read_text("utf-8"))
        return str(kept["password"])

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[bytes]]:
        """The background worker, for as long as the block lasts."""
        command = [sys.executable, "-m", "motcua.cli", "work", "--pause", "0.1"]
        process = subprocess.Popen(command, env=self.environment, cwd=ROOT, start_new_session=True)
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)


def motcua(*words: str, environment: dict[str, str]) -> str:
    """Run a command of the program; its output."""
    done = subprocess.run(
        [sys.executable, "-m", "motcua.cli", *words],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def example(name: str = "") -> dict[str, object]:
    """The answers of a worked case of the pack, as JSON."""
    path = EXAMPLES / f"{name}.toml" if name else sorted(EXAMPLES.glob("*.toml"))[0]
    answers = tomllib.loads(path.read_text())["answers"]
    return json.loads(json.dumps(answers, default=lambda day: day.isoformat()))  # type: ignore[no-any-return]


def _wait(address: str, seconds: int = 120) -> None:
    for _ in range(seconds * 10):
        try:
            urllib.request.urlopen(f"{address}/readyz", timeout=2)
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"the site did not become ready at {address}")


def clean_environment(home: str, **more: str) -> dict[str, str]:
    """The environment of the programs under test: nothing of the caller's own site."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MOTCUA_", "DJANGO_", "DATABASE_"))}
    return {**clean, "MOTCUA_HOME": home, "MOTCUA_LOG_LEVEL": "ERROR", **more}


@contextmanager
def running(workers: int = 2, threads: int = 4, **more: str) -> Iterator[Site]:
    """A running site, stopped and deleted afterwards, also by TERM. ``more``: its environment."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        os.chmod(folder, 0o755)
        database = cluster.start(Path(folder) / "cluster", durable=True)
        port = cluster.free_port()
        environment = clean_environment(f"{folder}/home", DATABASE_URL=database.url, **more)
        motcua("migrate", environment=environment)
        motcua("demo", environment=environment)
        command = ["serve", "--port", str(port), "--workers", str(workers), "--threads", str(threads)]
        server = subprocess.Popen(
            [sys.executable, "-m", "motcua.cli", *command],
            env=environment, cwd=ROOT, start_new_session=True,
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address)
            token = motcua("token", "citizen", environment=environment).splitlines()[-1]
            with urllib.request.urlopen(f"{address}/api/v1/procedures/{PROCEDURE}", timeout=30) as answer:
                offering = json.load(answer)["agencies"]
            agency = DESK_AT if DESK_AT in offering else offering[0]
            yield Site(
                address, token, agency, example(), database.url, environment, server.pid, database.process.pid
            )
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(20)
            database.stop()
