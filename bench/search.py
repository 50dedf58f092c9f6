"""Search: everyday phrasings found in the first three, and the time of a search among 5,000 procedures.

python bench/search.py [--database both|sqlite|postgresql] [--rounds 3]

Needs the real procedures in ../shared/data. The rest up to 5,000 is made of words of real names and says so.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import tomllib
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from measuring import machine  # noqa: E402

from tests.support import cluster  # noqa: E402

DATA = ROOT.parent / "shared" / "data" / "procedures"
FILES = [DATA / f"{name}.jsonl" for name in ("justice", "public-security", "finance")]
WHOLE = 5_000
LIMIT_MS, LIMIT_SHARE = 20, 95


def made(folder: Path) -> Path:
    """A file of made-up procedures that brings the real ones to 5,000: words of real names, as frequent."""
    real = [json.loads(line) for file in FILES for line in file.read_text("utf-8").splitlines()]
    words = [word for record in real for word in record["name"].split()]
    chance = random.Random(7)
    out = folder / "made.jsonl"
    with out.open("w", encoding="utf-8") as lines:
        for number in range(WHOLE - len(real)):
            model = chance.choice(real)
            name = " ".join([*chance.choices(words, k=len(model["name"].split())), "(dựng để đo)"])
            record = {**model, "code": f"9.{number:06d}", "name": name, "field": "Dựng để đo"}
            lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    return out


def found(phrases: list[dict[str, object]]) -> dict[str, list[dict[str, object]]]:
    """The phrases that do not find any of their procedures in the first three, by half."""
    from motcua.catalogue import queries
    from motcua.core.actor import PUBLIC

    missed: dict[str, list[dict[str, object]]] = {"known": [], "blind": []}
    for phrase in phrases:
        first = [i.code for i in queries.search(str(phrase["text"]), limit=3, actor=PUBLIC).items]
        if not set(first) & set(phrase["codes"]):  # type: ignore[call-overload]
            missed[str(phrase["half"])].append({**phrase, "first": first})
    return missed


def times(texts: list[str], rounds: int) -> list[float]:
    """Milliseconds of each search, sorted: every text as it is and without diacritics."""
    from motcua.catalogue import queries
    from motcua.core.actor import PUBLIC
    from motcua.core.folding import fold

    taken = []
    for _ in range(rounds):
        for text in (*texts, *map(fold, texts)):
            start = time.perf_counter()
            queries.search(text, actor=PUBLIC)
            taken.append((time.perf_counter() - start) * 1000)
    return sorted(taken)


def _say(phrases: list[dict[str, object]], missed: dict[str, list[dict[str, object]]], listed: bool) -> None:
    for half, misses in missed.items():
        whole = sum(p["half"] == half for p in phrases)
        share = 100 * (whole - len(misses)) / whole
        print(
            f"  hit@3, {half} half: {whole - len(misses)} of {whole} = {share:.1f} % (limit {LIMIT_SHARE} %)"
        )
        for miss in misses if listed else ():
            print(f"    missed: {miss['text']} (wanted {', '.join(miss['codes'])}; first {miss['first']})")  # type: ignore[arg-type]


def measure(rounds: int, folder: Path) -> None:
    """Everything for the database that the environment names."""
    import django

    django.setup()
    from django.core.management import call_command

    from motcua.catalogue.operations import import_procedures
    from motcua.core.actor import SYSTEM

    call_command("migrate", verbosity=0)
    now = datetime.now(UTC)
    for file in FILES:
        import_procedures(file, actor=SYSTEM, now=now)
    phrases = tomllib.loads((ROOT / "bench" / "phrasings.toml").read_text("utf-8"))["phrase"]
    print(" 1,316 real procedures")
    _say(phrases, found(phrases), listed=True)
    import_procedures(made(folder), actor=SYSTEM, now=now)
    print(f" {WHOLE} procedures, the rest made of words of real names")
    _say(phrases, found(phrases), listed=False)
    taken = times([p["text"] for p in phrases], rounds)
    p50, p95 = taken[len(taken) // 2], taken[int(len(taken) * 0.95)]
    print(f"  {len(taken)} searches, one after the other: p50 {p50:.1f} ms, p95 {p95:.1f} ms, "
          f"longest {taken[-1]:.0f} ms (limit p95 ≤ {LIMIT_MS} ms)")  # fmt: skip


def run(database: str, rounds: int) -> None:
    """A home or cluster of its own for the time of the measurement."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        os.chmod(folder, 0o755)
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("MOTCUA_", "DJANGO_", "DATABASE_"))}
        environment = {
            **clean,
            "MOTCUA_HOME": f"{folder}/home",
            "DJANGO_SETTINGS_MODULE": "motcua.settings",
            "MOTCUA_LOG_LEVEL": "ERROR",
        }
        held = cluster.start(Path(folder) / "cluster") if database == "postgresql" else None
        if held:
            environment["DATABASE_URL"] = held.url
        try:
            print(f"{database}:", flush=True)
            command = [sys.executable, __file__, "--inside", folder, "--rounds", str(rounds)]
            subprocess.run(command, env=environment, check=True)
        finally:
            if held:
                held.stop()


def main() -> None:
    """Run and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--database", choices=["both", "sqlite", "postgresql"], default="both")
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--inside", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.inside:
        return measure(given.rounds, Path(given.inside))
    if not DATA.is_dir():
        raise SystemExit(f"the real procedures are absent: {DATA}")
    print(machine())
    for database in ("sqlite", "postgresql"):
        if given.database in (database, "both"):
            run(database, given.rounds)


if __name__ == "__main__":
    main()
