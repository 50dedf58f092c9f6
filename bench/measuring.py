"""What the benchmarks share: clients in threads, the machine in a line, the raw rate, the scaled peer."""

import importlib.metadata
import os
import platform
import statistics
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import psycopg
from spending import Spending, spending

# Measured apart on two cores, PostgreSQL with fsync on: that machine's raw rate, 8 clients, is the scale.
PEER_RAW = 5000.0


@dataclass(frozen=True)
class Measured:
    """Calls in a time: ``rate`` a second, ``times`` in ms, sorted, ``errors`` among them, what they cost."""

    rate: float
    times: list[float]
    errors: int
    spent: Spending = field(default_factory=Spending)

    @property
    def p50(self) -> float:
        """Half were faster, ms."""
        return statistics.median(self.times) if self.times else float("nan")

    @property
    def p95(self) -> float:
        """19 of 20 were faster, ms."""
        return self.times[int(len(self.times) * 0.95)] if self.times else float("nan")

    def __str__(self) -> str:
        cost = f"; {self.spent.each(len(self.times))}" if self.spent.parts else ""
        return f"{self.rate:.1f} /s, p50 {self.p50:.0f} ms, p95 {self.p95:.0f} ms, {self.errors} errors{cost}"


def machine() -> str:
    """One line about the machine and the versions that the figures come from."""
    model = "?"
    with open("/proc/cpuinfo") as facts:
        model = next((line.split(":")[1].strip() for line in facts if line.startswith("model name")), "?")
    versions = " ".join(
        f"{name} {importlib.metadata.version(name)}" for name in ("django", "psycopg", "granian")
    )
    return (
        f"{time.strftime('%Y-%m-%d %H:%M')}, {os.cpu_count()} cores ({model}), "
        f"load {os.getloadavg()[0]:.1f}, Python {platform.python_version()} {versions}"
    )


def together(work: Callable[[int], None], clients: int) -> None:
    """Run ``work(0)`` … ``work(clients - 1)``, each in a thread, until all have ended."""
    threads = [threading.Thread(target=work, args=(n,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def repeated(
    call: Callable[[int], bool], *, clients: int, seconds: float, parts: Mapping[str, int] | None = None
) -> Measured:
    """Each client calls again and again: ``call(client)`` says whether it went well.

    ``parts``: the processes whose spending is counted beside the client's own, by name.
    """
    times: list[list[float]] = [[] for _ in range(clients)]
    errors = [0] * clients
    begun = time.monotonic()

    def work(number: int) -> None:
        while time.monotonic() - begun < seconds:
            start = time.monotonic()
            errors[number] += not call(number)
            times[number].append((time.monotonic() - start) * 1000)

    with spending(**(parts or {})) as cost:
        together(work, clients)
        took = time.monotonic() - begun
    flat = sorted(t for own in times for t in own)
    return Measured(len(flat) / took, flat, sum(errors), cost if parts else Spending())


def raw_rate(database: str, clients: int = 8, seconds: float = 4) -> float:
    """Rows of 1 KB JSON a second, one commit each, by so many connections to the same database."""
    with psycopg.connect(database, autocommit=True) as first:
        first.execute("CREATE TABLE IF NOT EXISTS bench_raw (id bigserial PRIMARY KEY, body jsonb)")
    connections = [psycopg.connect(database, autocommit=True) for _ in range(clients)]
    body = '{"a": "' + "x" * 1000 + '"}'

    def insert(number: int) -> bool:
        connections[number].execute("INSERT INTO bench_raw (body) VALUES (%s)", [body])
        return True

    found = repeated(insert, clients=clients, seconds=seconds)
    for one in connections:
        one.close()
    return found.rate


def against(name: str, rate: float, peer: float, raw: float, target: float) -> str:
    """A rate beside a peer's, scaled by the raw rates, and the target ratio."""
    here = peer * raw / PEER_RAW
    return (
        f"{name}: {rate:.1f} /s; peer {peer:g} /s at raw {PEER_RAW:g} → {here:.2f} /s at raw {raw:.0f}: "
        f"ratio {rate / here:.1f} (target ≥ {target:g})"
    )
