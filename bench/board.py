"""Figures of the board and the first page of dossiers behind one, beside raw SQL and DuckDB, in one run.

python bench/board.py [--dossiers 1000000] [--copies 10] [--rounds 20] [--recount]

A PostgreSQL as it comes is filled by `motcua simulate --scenario national-2024 --seed 1`; its facts are
written by `motcua export dossiers` and asked by DuckDB. With --copies, all of it stands there so many times
afterwards (rows of dossiers, of what each counts as, of the rollups, by SQL; the Parquet files as files) and
is asked again. --recount also counts every dossier by itself, once, and compares.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
from site_under_test import ROOT, clean_environment, machine, motcua

from tests.support import cluster

FIGURE_MS, DRILL_MS = 50, 100
PROVINCE = "H29"


@dataclass(frozen=True)
class Asked:
    """One thing measured: its name, the limit in ms, and the call; what it answers is compared."""

    name: str
    limit: int
    call: Callable[[], object]


def figures() -> list[Asked]:
    """Figures over whole months and over odd days, by block, province, place, procedure; and drill-downs."""
    from motcua.agencies.queries import agency
    from motcua.core.actor import PUBLIC, Actor, Post, Role
    from motcua.core.periods import Period
    from motcua.monitoring.queries import board, detail, rates
    from motcua.monitoring.rules.definitions import ON_BOARD

    whole, odd = Period(date(2024, 1, 1), date(2024, 8, 31)), Period(date(2024, 1, 5), date(2024, 8, 17))
    root = agency(PROVINCE)
    leader = Actor("person", user_id=1, posts=(Post(root.id, PROVINCE, root.path, Role.LEADER),))

    def open_at(day: date) -> object:
        found = detail("online_2022", PROVINCE, whole, "denominator", actor=leader, after=f"{day}.0")
        return len(found.items)

    def rate(name: str, period: Period, by: str | None, scope: str = "national") -> Callable[[], object]:
        return lambda: rates(name, period, by, scope, actor=PUBLIC).rows

    def every() -> object:
        return len(board(whole, "national", "block", actor=PUBLIC).figures)

    return [
        Asked("online_2022, nation, months", FIGURE_MS, rate("online_2022", whole, None)),
        Asked("online_2022 by block, odd days", FIGURE_MS, rate("online_2022", odd, "block")),
        Asked("on_time_766 by agency, months", FIGURE_MS, rate("on_time_766", whole, "agency")),
        Asked("online_emc of a province by place", FIGURE_MS, rate("online_emc", whole, "place", PROVINCE)),
        Asked("provision by block, last day", FIGURE_MS, rate("provision", whole, "block")),
        Asked("services_with_dossiers by block", FIGURE_MS, rate("services_with_dossiers", whole, "block")),
        Asked(f"{len(ON_BOARD)} figures with causes, nation by block", FIGURE_MS * len(ON_BOARD), every),
        Asked("dossiers of a figure, first page", DRILL_MS, lambda: open_at(date(2024, 1, 1))),
        Asked("dossiers of a figure, a page in August", DRILL_MS, lambda: open_at(date(2024, 8, 2))),
    ]


def timed(call: Callable[[], object], rounds: int) -> tuple[list[float], object]:
    """Milliseconds of each call, sorted, after one that is not counted; and what it answered."""
    answer, taken = call(), []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        taken.append((time.perf_counter() - start) * 1000)
    return sorted(taken), answer


def told(name: str, taken: list[float], more: str = "") -> None:
    """One line: median, the slowest of 20, and more."""
    p95 = taken[min(int(len(taken) * 0.95), len(taken) - 1)]
    print(f"  {name:<44} p50 {statistics.median(taken):7.1f} ms  p95 {p95:7.1f} ms  {more}", flush=True)


def peers(database: str, files: Path, rounds: int) -> None:
    """The same count, online of all received in the eight months, by the other engines; they must agree."""
    import duckdb

    from motcua.core.actor import PUBLIC
    from motcua.core.periods import Period
    from motcua.monitoring.queries import rates

    row = rates("online_2022", Period(date(2024, 1, 1), date(2024, 8, 31)), actor=PUBLIC).rows[0]
    raw = """SELECT count(*) FILTER (WHERE channel = 2), count(channel) FROM dossiers_record
             WHERE received_at >= '2024-01-01 00:00+07' AND received_at < '2024-09-01 00:00+07'"""
    source = f"read_parquet('{files}/**/*.parquet', hive_partitioning = true)"
    asked = f"""SELECT count(*) FILTER (channel = 2), count(channel) FROM {source}
                WHERE received_on BETWEEN '2024-01-01' AND '2024-08-31'"""
    few = max(3, rounds // 4)
    with psycopg.connect(database) as own, duckdb.connect(config={"threads": 2}) as other:
        for name, call in (
            ("the same count in SQL over the dossiers", lambda: own.execute(raw).fetchone()),
            ("the same count by DuckDB over Parquet", lambda: other.execute(asked).fetchone()),
        ):
            taken, found = timed(call, few)
            if found != (row.numerator, row.denominator):
                raise SystemExit(f"{name}: {found}, the rollups say {row.numerator}, {row.denominator}")
            told(name, taken, f"equal: {row.numerator:,} of {row.denominator:,}")


def copies(database: str, times: int) -> None:
    """The dossiers so many times: their rows, what each counts as, and what it added to the rollups."""
    from motcua.monitoring.operations import fold

    with psycopg.connect(database) as own:
        own.execute("SET synchronous_commit = off")
        for table in ("dossiers_record", "monitoring_standing", "monitoring_tally"):
            names = [
                str(name) for (name,) in own.execute(
                    "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
                    "AND column_name <> 'id' ORDER BY ordinal_position", [table],
                )
            ]  # fmt: skip
            given = ["t.code || '-' || n" if c == "code" else f't."{c}"' for c in names]
            own.execute(
                f"""INSERT INTO {table} ({', '.join(f'"{n}"' for n in names)}) SELECT {', '.join(given)}
                    FROM {table} t, generate_series(2, %s) n""", [times],
            )  # fmt: skip
            own.commit()
    fold(now=datetime.now(UTC))


def sizes(database: str, files: Path) -> None:
    """Rows and bytes of the tables that are read, and of the files."""
    with psycopg.connect(database) as own:
        for table in ("dossiers_record", "monitoring_standing", "monitoring_tally", "monitoring_cube"):
            found = own.execute(f"SELECT count(*), pg_total_relation_size('{table}') FROM {table}").fetchone()
            rows, size = found or (0, 0)
            print(f"  {table:<24} {rows:>12,} rows  {size / 1e6:>8,.0f} MB with its indexes")
    kept = [path.stat().st_size for path in files.rglob("*.parquet")]
    print(f"  {'Parquet':<24} {len(kept):>12,} files {sum(kept) / 1e6:>8,.0f} MB", flush=True)


def recounted() -> None:
    """Every dossier counted by itself must give what the rollups say."""
    from motcua.core.actor import PUBLIC
    from motcua.core.periods import Period
    from motcua.monitoring.queries import rates

    period = Period(date(2024, 1, 5), date(2024, 8, 17))
    for name in ("online_2022", "on_time_766"):
        start = time.monotonic()
        one = rates(name, period, "agency", actor=PUBLIC, recount=True).rows
        if one != rates(name, period, "agency", actor=PUBLIC).rows:
            raise SystemExit(f"{name}: the recount differs from the rollups")
        print(f"  {name} by agency recounted in {time.monotonic() - start:.0f} s: equal", flush=True)


def measure(files: Path, rounds: int, times: int, recount: bool) -> None:
    """Ask everything at the size that was made, and once more at the copied size."""
    import django

    from motcua.core import memory

    django.setup()
    memory.settle()  # as the web server does
    database = os.environ["DATABASE_URL"]
    if recount:
        recounted()
    for round_ in range(2 if times > 1 else 1):
        if round_:
            start = time.monotonic()
            copies(database, times)
            for path in list(files.rglob("*.parquet")):
                for number in range(2, times + 1):
                    shutil.copy(path, path.with_name(f"{path.stem}-{number}.parquet"))
            print(f" {times} times as many, in {time.monotonic() - start:.0f} s", flush=True)
        with psycopg.connect(database, autocommit=True) as own:
            own.execute("VACUUM ANALYZE")  # as autovacuum does within minutes
        sizes(database, files)
        for one in figures():
            taken, _ = timed(one.call, rounds)
            told(one.name, taken, f"(limit {one.limit} ms)")
        peers(database, files, rounds)


def main() -> None:
    """Fill, run, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--dossiers", type=int, default=1_000_000)
    asked.add_argument("--copies", type=int, default=10)
    asked.add_argument("--rounds", type=int, default=20)
    asked.add_argument("--recount", action="store_true")
    asked.add_argument("--inside", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.inside:
        return measure(Path(given.inside), given.rounds, given.copies, given.recount)
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        os.chmod(folder, 0o755)
        held = cluster.start(Path(folder) / "cluster", durable=True)
        more = {"DATABASE_URL": held.url, "DJANGO_SETTINGS_MODULE": "motcua.settings"}
        environment = clean_environment(f"{folder}/home", **more)
        try:
            start = time.monotonic()
            number = str(given.dossiers)
            asked_for = ("--scenario", "national-2024", "--dossiers", number, "--seed", "1")
            print(motcua("simulate", *asked_for, environment=environment))
            print(f" in {time.monotonic() - start:.0f} s", flush=True)
            start = time.monotonic()
            print(motcua("export", "dossiers", f"{folder}/facts", environment=environment))
            print(f" in {time.monotonic() - start:.0f} s", flush=True)
            command = [sys.executable, __file__, "--inside", f"{folder}/facts", *sys.argv[1:]]
            subprocess.run(command, env=environment, cwd=ROOT, check=True)
        finally:
            held.stop()


if __name__ == "__main__":
    main()
