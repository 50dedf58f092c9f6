"""Every route stands in ``routes.toml`` with who may use it; ``tests/access`` says what that means."""

import tomllib
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from django.test import Client

from tests.support.routes import routes

FOLDER = Path(__file__).parent
TABLE = tomllib.loads((FOLDER / "routes.toml").read_text())["routes"]
WORDS = tomllib.loads((FOLDER.parent / "access" / "access.toml").read_text())["words"]
OPEN = {"public", "throttled"}


def who(name: str) -> str | None:
    """The entry for a route: its own name first, else a pattern such as ``account_*``."""
    if name in TABLE:
        return str(TABLE[name])
    return next((str(value) for pattern, value in TABLE.items() if fnmatchcase(name, pattern)), None)


def test_every_route_is_listed() -> None:
    missing = sorted({route.name for route in routes() if who(route.name) is None})
    assert not missing, "not in routes.toml: " + ", ".join(missing)


def test_every_entry_is_a_route_and_a_known_word() -> None:
    names = {route.name for route in routes()}
    stale = [p for p in TABLE if not any(fnmatchcase(name, p) for name in names)]
    assert not stale, stale
    unknown = {word for word in TABLE.values() if word not in WORDS}
    assert not unknown, f"say what they mean in access.toml, [words]: {unknown}"


@pytest.mark.django_db
def test_no_public_route_breaks_on_a_sample() -> None:
    broken = []
    for route in routes():
        if who(route.name) in OPEN:
            answer = Client(raise_request_exception=False).get(route.address())
            if answer.status_code >= 500 and route.name not in {"readyz"}:
                broken.append(f"{route.name} {route.address()}: {answer.status_code}")
    assert not broken, "\n".join(broken)
