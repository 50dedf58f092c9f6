"""A site of its own for a benchmark: PostgreSQL in a temporary folder, the demo province, the web server."""

import json
import os
import platform
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
sys.path.insert(0, str(ROOT))

from tests.support import cluster  # noqa: E402

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


def machine() -> str:
    """One line about the machine that the figures come from."""
    model = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), "?")  # noqa: E741, SIM115
    return (
        f"{os.cpu_count()} cores ({model}), Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"
    )


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


def _wait(address: str, seconds: int = 60) -> None:
    for _ in range(seconds * 10):
        try:
            urllib.request.urlopen(f"{address}/readyz", timeout=2)
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"the site did not become ready at {address}")


@contextmanager
def running(workers: int = 2, threads: int = 4) -> Iterator[Site]:
    """A running site; everything is stopped and deleted afterwards."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        os.chmod(folder, 0o755)
        database = cluster.start(Path(folder) / "cluster")
        port = cluster.free_port()
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("MOTCUA_", "DJANGO_"))}
        environment = {
            **clean,
            "DATABASE_URL": database.url,
            "MOTCUA_HOME": f"{folder}/home",
            "MOTCUA_LOG_LEVEL": "ERROR",
        }
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
                agency = json.load(answer)["agencies"][0]
            yield Site(address, token, agency, example(), database.url, environment)
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(20)
            database.stop()
