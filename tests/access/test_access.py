"""The access matrix: every route and every action × every viewer, each cell by a real request.

What is expected stands in ``access.toml``. Each request is undone after it, so no cell depends on another.
"""

import functools
import json
import tomllib
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse

from motcua.dossiers.rules.status import Action
from tests.access.world import NAME, NUMBER, World, built
from tests.architecture.test_routes import who
from tests.dossiers.conftest import PROCEDURE
from tests.support.routes import Route, routes

pytestmark = [
    pytest.mark.django_db,
]  # inside the world
TABLE = tomllib.loads((Path(__file__).parent / "access.toml").read_text())
ANSWERS = ("yes", "hidden", "sign_in", "no_post")
ABOUT_A_DOSSIER = {"party", "applicant", "desk", "desk_slip", "counter_done", "result", "draft", "paper"}
# what a call needs before it looks at who asks; pages take an empty form
BODIES: dict[str, Any] = {
    "api-v1:act": {"action": "withdraw"},
    "api-v1:track": {"code": "H43.01-260710-0001", "last4": "0000"},
    "api-v1:file_dossier": {"procedure": PROCEDURE, "agency": "H43.01", "answers": {}},
    "api-v1:rate": {"satisfied": True},
    "api-v1:send_petition": {
        "kind": "conduct",
        "title": "Một việc",
        "words": "Xin trình bày.",
        "agency": "H43.01",
    },
    "api-v1:act_on_petition": {"action": "withdraw"},
    "api-v1:file_complaint": {"dossier": "none", "against": "delay", "words": "Xin trình bày."},
    "api-v1:act_on_complaint": {"action": "withdraw"},
    "api-v1:propose": {"procedure": PROCEDURE, "words": "Xin làm trực tuyến."},
    "api-v1:act_on_proposal": {"action": "vote"},
    "api-v1:add_webhook": {"url": "http://127.0.0.1/"},
    "api-v1:replay_webhook": {"after": 0},
}
FORMS = {
    "citizen:papers": {"component": "proof"},
    "petition_act": {"act": "withdraw"},
    "desk:petition": {"act": "answer", "words": "Xin trả lời như sau."},
    "desk:complaint": {"act": "accept"},
    "board:answer_advice": {"answer": "accepted", "reason": "Sẽ làm trong quý này."},
    "board:answer_signal": {"words": "Do hệ thống cũ ghi nhầm kênh."},
}
QUERIES = {
    "api-v1:rates": "?from=2026-07-01&to=2026-07-31",
    "board:sign_index": "?from=2026-06-01&to=2026-06-30",
}
PAGE_METHODS = ("GET", "POST")
LOOSE = {"public", "throttled", "person", "token"}  # once one is in, what is sent decides, not who sends it
PART = "application/offset+octet-stream"


def spread(names: Iterable[str], subject: dict[str, list[str]] | None = None) -> set[str]:
    """Viewers of a list of viewers, ``@groups`` and ``@subject.…`` lists."""
    found: set[str] = set()
    for name in names:
        if name.startswith("@subject."):
            found |= spread((subject or {})[name.removeprefix("@subject.")])
        elif name.startswith("@"):
            found |= spread(TABLE["groups"][name[1:]])
        else:
            found.add(name)
    return found


VIEWERS = sorted(spread(f"@{group}" for group in TABLE["groups"]))
OFFICERS = sorted(spread(["@officers"]))


def expected(word: str, viewer: str, subject: dict[str, list[str]] | None) -> str:
    """What a word of routes.toml answers to a viewer: the first answer that names the viewer, else hidden."""
    for answer, names in TABLE["words"][word].items():
        assert answer in ANSWERS, answer
        if viewer in spread(names, subject):
            return str(answer)
    return "hidden"


def told(response: HttpResponse, word: str) -> str:
    """The same in an answer; "" for the wrong method, and the status for a fault."""
    status = response.status_code
    if status == 405:
        return ""
    if word == "public" and status == 302:
        return "yes"  # what leads to the sign-in page is open to all
    if status == 401 or (status == 302 and "/login/" in response["Location"]):
        return "sign_in"
    known = {} if word in LOOSE else {404: "hidden", 403: "no_post"}
    return known.get(status, "yes" if status < 500 or status == 503 else str(status))


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    from motcua.catalogue.queries import revision_pack
    from motcua.core.periods import VIETNAM

    revision_pack.cache_clear()  # the world is built before what clears it for each test
    moment = datetime(2026, 7, 10, 9, 0, tzinfo=VIETNAM)
    with django_db_blocker.unblock(), transaction.atomic(), built(OFFICERS, moment) as made:
        yield made
        transaction.set_rollback(True)


def ask(world: World, viewer: str, route: Route, method: str, subject: str) -> tuple[HttpResponse, int]:
    """One request, undone afterwards; the answer and how many looks were written down for it."""
    from motcua.reads.models import Read

    ids = {**world.ids, "paper_id": world.papers[subject], "code": world.codes[subject]}
    word = who(route.name)
    if word not in ABOUT_A_DOSSIER:
        ids["code"] = PROCEDURE
    if word == "desk":
        ids["action"] = "apologise"
    address = route.address(ids) + QUERIES.get(route.name, "")
    api, body = address.startswith("/api/"), BODIES.get(route.name)
    how: dict[str, Any] = {"content_type": PART if method == "PATCH" else "application/json"}
    cache.clear()
    with transaction.atomic():
        client = world.viewers[viewer].client(api=api)
        send = getattr(client, method.lower())
        if api and method in ("POST", "PATCH"):
            how["headers"] = {"idempotency-key": "k", "upload-length": "5", "upload-offset": "0"}
            response = send(address, data=json.dumps(body or {}), **how)
        else:
            response = send(address, FORMS.get(route.name, {}) if method == "POST" else {})
        looks = Read.objects.count()
        transaction.set_rollback(True)
    return response, looks


def methods(route: Route) -> tuple[str, ...]:
    """The methods of a call by the description; of a page, both."""
    if not route.text.startswith("/api/") or route.name in ("api-v1:openapi-json", "api-v1:api-root"):
        return PAGE_METHODS
    text = route.text.replace("<", "{").replace(">", "}")
    own = route.name.removeprefix("api-v1:")
    calls = described()[text].items()
    return tuple(method.upper() for method, call in calls if call["operationId"].endswith(f"_{own}"))


@functools.cache
def described() -> dict[str, Any]:
    from motcua.web.api.v1.urls import api

    return dict(api.get_openapi_schema()["paths"])


def shows_a_person(response: HttpResponse, word: str) -> bool:
    """True when an answer holds the applicant's name or number, or is a file of the dossier."""
    if response.status_code not in (200, 409, 422):
        return False
    kind = response.headers.get("Content-Type", "")
    if kind.startswith(("application/pdf", "image/")):
        return word in ABOUT_A_DOSSIER
    text = response.content.decode("utf-8", "replace")
    return NAME in text or NUMBER in text or json.dumps(NAME)[1:-1] in text


@pytest.mark.parametrize("viewer", VIEWERS)
def test_every_route_answers_as_the_table_says(world: World, viewer: str) -> None:
    wrong, own = [], viewer == "citizen"
    for route in routes():
        word = who(route.name)
        assert word is not None, f"{route.name} is not in routes.toml"
        subjects = list(TABLE["subjects"]) if word in ABOUT_A_DOSSIER else ["main"]
        for subject in subjects:
            wanted = expected(word, viewer, TABLE["subjects"][subject])
            for method in methods(route):
                if method == "POST" and word in LOOSE and viewer not in ("anonymous", "citizen"):
                    continue  # what is sent decides, and the one without a name has tried
                response, looks = ask(world, viewer, route, method, subject)
                got, cell = told(response, word), f"{method} {route.name} ({word}), {subject}, {viewer}"
                if got and got != wanted:
                    wrong.append(f"{cell}: {got} ({response.status_code}), expected {wanted}")
                about = word in ABOUT_A_DOSSIER or word in ("officer", "book", "mine")
                if own and looks:
                    wrong.append(f"{cell}: one's own data was logged")
                if not own and about and not looks and shows_a_person(response, word):
                    wrong.append(f"{cell}: shows the applicant, and no look was written down")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("action", sorted(Action))
def test_every_action_answers_as_the_table_says(world: World, action: str) -> None:
    assert action in TABLE["actions"], f"say in access.toml who may {action}"
    row, wrong = TABLE["actions"][action], []
    may, party = spread(row["by"]), spread(TABLE["states"][row["state"]])
    assert may <= party, "who may act also sees"
    body = json.dumps({"action": action, **row.get("send", {})}).replace("$paper", world.papers["waiting"])
    for viewer in VIEWERS:
        wanted = 401 if viewer == "anonymous" else 200 if viewer in may else 409 if viewer in party else 404
        with transaction.atomic():
            client = world.viewers[viewer].client(api=True)
            address = f"/api/v1/dossiers/{world.codes[row['state']]}/actions"
            response = client.post(address, data=body, content_type="application/json")
            transaction.set_rollback(True)
        if response.status_code != wanted:
            wrong.append(
                f"{action} by {viewer}: {response.status_code}, expected {wanted} {response.content!r}"
            )
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("state", sorted(TABLE["states"]))
def test_what_is_offered_is_what_the_table_says(world: World, state: str) -> None:
    """The ``actions`` of a dossier name exactly what the table lets this viewer do in this state."""
    wrong, party = [], spread(TABLE["states"][state])
    here = {name: spread(row["by"]) for name, row in TABLE["actions"].items() if row["state"] == state}
    for viewer in sorted(set(VIEWERS) - {"anonymous"}):
        with transaction.atomic():
            client = world.viewers[viewer].client(api=True)
            response = client.get(f"/api/v1/dossiers/{world.codes[state]}")
            transaction.set_rollback(True)
        if viewer not in party:
            assert response.status_code == 404, viewer
            continue
        offered = set(json.loads(response.content)["actions"])
        wrong += [f"{viewer}: {n}" for n, may in here.items() if (viewer in may) != (n in offered)]
    assert not wrong, f"{state}: {wrong}"


def test_the_world_holds_every_viewer(world: World) -> None:
    assert sorted(world.viewers) == VIEWERS


def test_a_table_that_says_too_much_is_noticed(world: World) -> None:
    """The comparison itself can fail: a stranger is not let in, whatever a table says."""
    route = next(r for r in routes() if r.name == "api-v1:one_dossier")
    response, _ = ask(world, "near.desk", route, "GET", "main")
    assert told(response, "party") == "hidden" != expected("party", "own.desk", TABLE["subjects"]["main"])
