"""Filing: accepted by API, finished (all that follows done), and by web page by page.

python bench/file_dossier.py [accepted] [finished] [web] [--seconds 10] [--clients 8] [--workers 2]

Finished: the receipt is there as PDF, the readers of the log have done the event (message, hooks, rollups).
The feed to other sites is not in it: sites are not joined yet.
"""

import argparse
import json
import re
import threading
import time
import uuid
from html import unescape

import psycopg
from light import Light
from measuring import against, raw_rate, repeated
from site_under_test import PROCEDURE, Site, machine, running
from spending import spending

ACCEPTED, FINISHED = 12.0, 1.33  # a second, measured form engine: 8 clients; burst, one worker


def body_of(site: Site) -> bytes:
    """One filing as the API takes it."""
    body = {"procedure": PROCEDURE, "agency": site.agency, "answers": site.answers, "filed_by": "self"}
    return json.dumps(body).encode()


def file_one(client: Light, body: bytes) -> str:
    """File; the dossier's code, or nothing where it was not accepted."""
    key = str(uuid.uuid4())
    answer = client.send(
        client.ready("POST", "/api/v1/dossiers", body, Content_Type="application/json", Idempotency_Key=key)
    )
    return str(json.loads(answer.content)["code"]) if answer.status == 201 else ""


def accepted(site: Site, clients: int, seconds: float) -> None:
    """Filings accepted, interleaved with the raw rate of the same database."""
    body, own = body_of(site), [site.client() for _ in range(clients)]
    repeated(lambda n: bool(file_one(own[n], body)), clients=clients, seconds=2)
    raws, found = [], []
    for _ in range(2):
        raws.append(raw_rate(site.database, clients, 3))
        found.append(
            repeated(
                lambda n: bool(file_one(own[n], body)), clients=clients, seconds=seconds / 2, parts=site.parts
            )
        )
    for one in found:
        print(f"accepted, {clients} clients: {one}")
    raw, rate = sum(raws) / len(raws), sum(f.rate for f in found) / len(found)
    print(against("accepted", rate, ACCEPTED, raw, 20))


def _readers_left(database: str) -> int:
    """Events that some reader of the log has still before it."""
    with psycopg.connect(database, autocommit=True) as own:
        row = own.execute(
            "SELECT (SELECT coalesce(max(id), 0) FROM events_event) - coalesce(min(last_id), 0) "
            "FROM events_checkpoint"
        ).fetchone()
    return int(row[0]) if row else 0


def finished(site: Site, clients: int, seconds: float) -> None:
    """A burst of filings with the worker running; the clock stops when nothing is left to do."""
    body, own = body_of(site), [site.client() for _ in range(clients)]
    browsers = [sign_in(site) for _ in range(clients)]
    codes: list[str] = []
    hold = threading.Lock()
    receipts = [0, 0]  # made, absent

    def one(number: int) -> bool:
        code = file_one(own[number], body)
        answer = browsers[number].get(f"/ho-so/{code}/da-nop.pdf") if code else None
        with hold:
            codes.append(code)
            receipts[0 if answer is not None and answer.content.startswith(b"%PDF") else 1] += 1
        return bool(code)

    with site.worker() as worker:
        while _readers_left(site.database):
            time.sleep(0.1)
        raw = raw_rate(site.database, clients, 3)
        start = time.monotonic()
        with spending(**site.parts, worker=worker.pid) as cost:
            burst = repeated(one, clients=clients, seconds=seconds)
            accepted_by = time.monotonic()
            while _readers_left(site.database):
                time.sleep(0.05)
            end = time.monotonic()
    done = len([c for c in codes if c])
    print(
        f"finished: burst of {done} in {accepted_by - start:.1f} s ({burst}); "
        f"all done {end - accepted_by:.1f} s later; {cost.each(done)}"
    )
    print(f"receipt PDF: {receipts[0]} made, {receipts[1]} absent")
    print(against("finished", done / (end - start), FINISHED, raw, 40))


def _fields(page: str) -> dict[str, str]:
    """The first value of each field of a page's form, as a browser would send it."""
    found: dict[str, str] = {}
    form = page[page.find('<form method="post"') :] if '<form method="post"' in page else page
    for tag in re.findall(r"<input[^>]*>", form):
        at = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if at.get("name") and at.get("type") not in {"radio", "checkbox", "submit", "file"}:
            found.setdefault(at["name"], unescape(at.get("value", "")))
    return found


def web_walk(client: Light, agency: str, answers: dict[str, dict[str, str]]) -> tuple[bool, int]:
    """From the first question to the receipt, as a browser without scripts does it; how many requests."""
    asked = 0

    def post(address: str, data: dict[str, str]) -> str:
        nonlocal asked
        page = client.get(address)
        referer = f"{client.address}{address}"
        answer = client.post_form(address, {**_fields(page.text), **data}, Referer=referer)
        asked += 2
        return answer.header("location")

    post(f"/nop/{PROCEDURE}/dieu-kien/", {"wanted": "status"})
    post(f"/nop/{PROCEDURE}/dieu-kien/", {"citizen": "yes"})
    draft = post(f"/nop/{PROCEDURE}/bat-dau/", {})
    at = post(f"{draft}co-quan/", {"agency": agency})
    while at.startswith(draft) and not at.endswith(("/kiem-tra/", "/giay-to/")) and asked < 80:
        page = at.removeprefix(draft).strip("/")
        at = post(at, answers.get(page, {}))
    receipt = post(f"{draft}kiem-tra/", {"declared": "1"})
    client.get(receipt)
    return receipt.endswith("/da-nop/"), asked + 1


def sign_in(site: Site) -> Light:
    """A browser in which the demo's citizen is signed in."""
    client, address = Light(site.address), "/tai-khoan/login/"
    data = {**_fields(client.get(address).text), "login": "citizen", "password": site.password}
    answer = client.post_form(address, data, Referer=f"{site.address}{address}")
    if answer.status != 302:
        raise SystemExit(f"sign-in failed: {answer.status}")
    return client


def web(site: Site, clients: int, seconds: float) -> None:
    """Whole filings by web: every page of the form got and sent."""
    from tests.web.filing import ANSWERS

    own = [sign_in(site) for _ in range(clients)]
    good, requests = web_walk(own[0], site.agency, ANSWERS)
    if not good:
        raise SystemExit("the walk through the form did not reach its receipt")
    found = repeated(
        lambda n: web_walk(own[n], site.agency, ANSWERS)[0],
        clients=clients,
        seconds=seconds,
        parts=site.parts,
    )
    raw = raw_rate(site.database, clients, 3)
    print(f"by web, {requests} requests a filing: {found} (target ≥ 15 /s; raw {raw:.0f} /s)")


def main() -> None:
    """Run and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("what", nargs="*", default=["accepted", "finished", "web"])
    asked.add_argument("--seconds", type=float, default=10)
    asked.add_argument("--clients", type=int, default=8)
    asked.add_argument("--workers", type=int, default=2)
    given = asked.parse_args()
    print(machine(), flush=True)
    with running(workers=given.workers) as site:
        for name in given.what:
            {"accepted": accepted, "finished": finished, "web": web}[name](site, given.clients, given.seconds)


if __name__ == "__main__":
    main()
