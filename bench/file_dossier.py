"""Filing by API, accepted: dossiers a second, beside the raw insert+commit rate of the same database.

python bench/file_dossier.py [--seconds 20] [--clients 8] [--workers 2]
"""

import argparse
import statistics
import threading
import time
import uuid

import httpx
import psycopg
from site_under_test import PROCEDURE, Site, machine, running

PEER = 12.0  # accepted a second, 8 clients, measured form engine (peers measured apart on two cores)
PEER_RAW = 5000.0  # raw insert+commit of 1 KB JSON on that machine, 8 clients


def raw_rate(database: str, clients: int, seconds: float) -> float:
    """Rows of 1 KB JSON a second, one commit each, by so many connections."""
    with psycopg.connect(database, autocommit=True) as first:
        first.execute("CREATE TABLE IF NOT EXISTS bench_raw (id bigserial PRIMARY KEY, body jsonb)")
    counts = [0] * clients
    stop = time.monotonic() + seconds

    def work(number: int) -> None:
        with psycopg.connect(database, autocommit=True) as own:
            while time.monotonic() < stop:
                own.execute("INSERT INTO bench_raw (body) VALUES (%s)", ['{"a": "' + "x" * 1000 + '"}'])
                counts[number] += 1

    _together(work, clients)
    return sum(counts) / seconds


def _together(work, clients: int) -> None:  # type: ignore[no-untyped-def]
    threads = [threading.Thread(target=work, args=(n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def accepted(site: Site, clients: int, seconds: float) -> tuple[float, list[float], int]:
    """Filings accepted a second, the time of each (ms), and errors."""
    body = {"procedure": PROCEDURE, "agency": site.agency, "answers": site.answers, "filed_by": "self"}
    times: list[list[float]] = [[] for _ in range(clients)]
    errors = [0] * clients
    stop = time.monotonic() + seconds

    def work(number: int) -> None:
        headers = {"Authorization": f"Bearer {site.token}"}
        with httpx.Client(base_url=site.address, headers=headers, timeout=30) as client:
            while time.monotonic() < stop:
                start = time.monotonic()
                key = {"Idempotency-Key": str(uuid.uuid4())}
                answer = client.post("/api/v1/dossiers", json=body, headers=key)
                times[number].append((time.monotonic() - start) * 1000)
                errors[number] += answer.status_code != 201

    _together(work, clients)
    flat = sorted(t for own in times for t in own)
    return len(flat) / seconds, flat, sum(errors)


def main() -> None:
    """Run and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=20)
    asked.add_argument("--clients", type=int, default=8)
    asked.add_argument("--workers", type=int, default=2)
    given = asked.parse_args()
    print(machine())
    with running(workers=given.workers) as site:
        raw = raw_rate(site.database, given.clients, 5)
        accepted(site, given.clients, 3)
        rate, times, errors = accepted(site, given.clients, given.seconds)
    p50, p95 = statistics.median(times), times[int(len(times) * 0.95)]
    peer = PEER * raw / PEER_RAW
    print(f"raw insert+commit, {given.clients} clients: {raw:.0f} /s")
    print(f"accepted, {given.clients} clients, {given.workers} workers: {rate:.0f} /s; errors {errors}")
    print(f"p50 {p50:.0f} ms, p95 {p95:.0f} ms")
    print(f"peer {PEER:g} /s at {PEER_RAW:g} raw → {peer:.1f} /s here: ratio {rate / peer:.0f} (target ≥ 20)")


if __name__ == "__main__":
    main()
