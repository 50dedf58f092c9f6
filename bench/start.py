"""Start and memory: import time beside Django's own, `make run` on a warm cache, workers after many requests.

python bench/start.py [import] [run] [memory] [--requests 10000]
"""

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import psycopg
from file_dossier import body_of, file_one
from measuring import repeated
from site_under_test import ROOT, Site, clean_environment, machine, running

from tests.support import cluster

READY_S, IMPORT_S, WORKER_MB = 8, 1.5, 200


def _seconds(code: str, environment: dict[str, str], times: int = 5) -> float:
    found = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT, check=True)
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def imports() -> None:
    """The program's import time, Django's own beside it (each less an empty Python)."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as home:
        environment = clean_environment(home, DJANGO_SETTINGS_MODULE="motcua.settings")
        wsgi = "import motcua.wsgi"
        _seconds(wsgi, environment, 1)  # keys and byte code are made
        empty = _seconds("pass", environment)
        plain = (
            "from django.conf import settings; settings.configure(INSTALLED_APPS=['django.contrib.auth',"
            "'django.contrib.contenttypes','django.contrib.sessions','django.contrib.messages'],"
            "ROOT_URLCONF='django.contrib.auth.urls');"
            "from django.core.wsgi import get_wsgi_application as g; g()"
        )
        django, ours = _seconds(plain, environment) - empty, _seconds(wsgi, environment) - empty
        command = _seconds("from motcua.cli import main", environment) - empty
    print(
        f"import: web {ours:.2f} s, command line {command:.2f} s (limit {IMPORT_S} s); "
        f"Django alone {django:.2f} s"
    )


def run() -> None:
    """`motcua run` as `make run` calls it, in a home that has its demo: seconds until /readyz answers."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as home:
        environment = clean_environment(home)
        for name in ("first start, demo made", "warm"):
            port, start = cluster.free_port(), time.monotonic()
            command = [sys.executable, "-m", "motcua.cli", "run", "--port", str(port)]
            process = subprocess.Popen(
                command, env=environment, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL
            )
            try:
                ready = _ready(f"http://127.0.0.1:{port}/readyz", process)
            finally:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(30)
            print(
                f"ready, {name}: {ready - start:.1f} s" + (f" (limit {READY_S} s)" if name == "warm" else "")
            )


def _ready(address: str, process: "subprocess.Popen[bytes]") -> float:
    while process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=2)
            return time.monotonic()
        except OSError:
            time.sleep(0.05)
    raise SystemExit("the site ended before it was ready")


def _children(pid: int) -> list[int]:
    return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def memory(requests: int) -> None:
    """Resident memory of each web worker before and after so many requests, a filing in ten."""
    with running(workers=2) as site:
        body, own = body_of(site), [site.client() for _ in range(8)]
        code = file_one(own[0], body)
        workers = _children(site.server)
        before = [_megabytes(pid) for pid in workers]
        done = [0] * 8

        def call(number: int) -> bool:
            done[number] += 1
            if done[number] % 10 == 0:
                return bool(file_one(own[number], body))
            address = f"/api/v1/dossiers/{code}" if done[number] % 2 else "/api/v1/dossiers?limit=100"
            return own[number].get(address).status == 200

        while sum(done) < requests:
            repeated(call, clients=8, seconds=5)
        after = [_megabytes(pid) for pid in workers]
        print(f"web workers, resident: {_list(before)} MB at the start, "
              f"{_list(after)} MB after {sum(done):,} requests (limit {WORKER_MB} MB)")  # fmt: skip
        _background(site)


def _background(site: Site) -> None:
    """The background worker after it has read the whole log."""
    with site.worker() as worker:
        with psycopg.connect(site.database, autocommit=True) as own:
            left = "SELECT (SELECT max(id) FROM events_event) - min(last_id) FROM events_checkpoint"
            while (own.execute(left).fetchone() or [0])[0]:
                time.sleep(0.2)
        print(
            f"background worker, resident, log read: {_megabytes(worker.pid):.0f} MB (limit {WORKER_MB} MB)"
        )


def _list(values: list[float]) -> str:
    return ", ".join(f"{v:.0f}" for v in values)


def main() -> None:
    """Run and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("what", nargs="*", default=["import", "run", "memory"])
    asked.add_argument("--requests", type=int, default=10_000)
    given = asked.parse_args()
    print(machine(), flush=True)
    for name in given.what:
        {"import": imports, "run": run, "memory": lambda: memory(given.requests)}[name]()


if __name__ == "__main__":
    main()
