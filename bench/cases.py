"""Cases by API: create, read, list 100; and the mix of lists, details, creations and status at a chosen size.

python bench/cases.py [--dossiers 10000] [--seconds 8] [--mix] [--clients 8]

The dossiers are copies, by SQL, of one that was filed through the API: rows as filing makes them, without
events. They belong to the citizen and stand on the work list of the desk. 1,000,000 take a while.
"""

import argparse
import json
import random
import subprocess
import sys
import time

import psycopg
from file_dossier import body_of, file_one
from light import Light
from measuring import Measured, against, raw_rate, repeated
from site_under_test import ROOT, Site, machine, running

CREATE, READ, LIST = 27.0, 27.0, 6.7  # a second, measured case store, 8 clients
DESK = "desk"  # of the agency that receives the filings


def fill(site: Site, model: str, dossiers: int) -> float:
    """Copies of one filed dossier until there are so many; seconds it took."""
    start = time.monotonic()
    with psycopg.connect(site.database) as own:
        row = own.execute("SELECT id FROM dossiers_dossier WHERE code = %s", [model]).fetchone()
        if row is None:
            raise SystemExit("the model dossier is not there")
        own.execute("SET LOCAL synchronous_commit = off")
        for table, key, where in (
            ("dossiers_dossier", "code", "code"),
            ("process_step", "reference", "reference"),
        ):
            columns = [
                c for (c,) in own.execute(
                    "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
                    "AND column_name <> 'id' ORDER BY ordinal_position", [table],
                )
            ]  # fmt: skip
            code = "split_part(%(model)s, '-', 1) || '-250101-' || to_char(n, 'FM000000')"
            given = [code if c == key else _spread(c) for c in columns]
            own.execute(
                f"INSERT INTO {table} ({', '.join(map(_quoted, columns))}) SELECT {', '.join(given)} "
                f"FROM {table} m, generate_series(1, %(count)s) n WHERE m.{where} = %(model)s",
                {"model": model, "count": dossiers},
            )
    subprocess.run(
        [sys.executable, "bench/seal_copies.py", model], env=site.environment, cwd=ROOT, check=True
    )
    with psycopg.connect(site.database, autocommit=True) as own:
        own.execute("VACUUM ANALYZE")
    return time.monotonic() - start


def _quoted(name: str) -> str:
    return f'"{name}"'


def _spread(column: str) -> str:
    """Times a minute apart, the rest as in the model."""
    apart = ("submitted_at", "opened_at", "due_at", "changed_at")
    return f"m.\"{column}\" + n * interval '1 minute'" if column in apart else f'm."{column}"'


def three(site: Site, model: str, clients: int, seconds: float) -> None:
    """Create, read, list 100, each with so many clients, beside the raw rate."""
    body, own = body_of(site), [site.client() for _ in range(clients)]
    jobs = {
        "create": (CREATE, 10, lambda n: bool(file_one(own[n], body))),
        "read": (READ, 25, lambda n: own[n].get(f"/api/v1/dossiers/{model}").status == 200),
        "list 100": (LIST, 30, lambda n: len(_listed(own[n])) == 100),
    }
    for name, (peer, target, call) in jobs.items():
        repeated(call, clients=clients, seconds=1)
        raw = raw_rate(site.database, clients, 3)
        found = repeated(call, clients=clients, seconds=seconds, parts=site.parts)
        print(f"{name}: {found}")
        print(against(name, found.rate, peer, raw, target), flush=True)


def _listed(client: Light) -> list[object]:
    answer = client.get("/api/v1/dossiers?limit=100")
    return list(json.loads(answer.content)["items"]) if answer.status == 200 else []


def _got(client: Light, address: str) -> bool:
    return client.get(address).status == 200


def mix(site: Site, dossiers: int, clients: int, seconds: float) -> Measured:
    """Lists, details, creations, work lists, tracking and search, mixed by a fixed seed."""
    body, desk = body_of(site), site.token_of(DESK)
    own = [(site.client(), site.client(desk)) for _ in range(clients)]
    chance = [random.Random(n) for n in range(clients)]
    root = site.agency

    def call(number: int) -> bool:
        (citizen, officer), dice = own[number], chance[number]
        some = f"{root}-250101-{dice.randint(1, dossiers):06d}"
        kinds = (
            lambda: _got(citizen, "/api/v1/dossiers?limit=20"),
            lambda: _got(citizen, f"/api/v1/dossiers/{some}"),
            lambda: _got(officer, f"/api/v1/dossiers/{some}"),
            lambda: _got(officer, "/api/v1/worklist"),
            lambda: _got(officer, "/api/v1/worklist?lane=overdue"),
            lambda: _got(citizen, "/api/v1/procedures?q=xac+nhan+doc+than"),
            lambda: bool(file_one(citizen, body)),
        )
        return dice.choice(kinds)()

    repeated(call, clients=clients, seconds=1)
    return repeated(call, clients=clients, seconds=seconds, parts=site.parts)


def main() -> None:
    """Run and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--dossiers", type=int, default=10_000)
    asked.add_argument("--seconds", type=float, default=8)
    asked.add_argument("--clients", type=int, default=8)
    asked.add_argument("--mix", action="store_true", help="the mix instead, with 1 and with 16 clients")
    given = asked.parse_args()
    print(machine(), flush=True)
    with running() as site:
        model = file_one(site.client(), body_of(site))
        took = fill(site, model, given.dossiers)
        print(f"{given.dossiers:,} dossiers made in {took:.0f} s", flush=True)
        if not given.mix:
            return three(site, model, given.clients, given.seconds)
        one = mix(site, given.dossiers, 1, given.seconds)
        many = mix(site, given.dossiers, 16, given.seconds)
        print(f"mix, 1 client: {one} (target median ≤ 25 ms, p95 ≤ 60 ms)")
        print(f"mix, 16 clients: {many} (target median ≤ 100 ms and ≤ {one.p50 * 8 * 1.3:.0f} ms)")


if __name__ == "__main__":
    main()
