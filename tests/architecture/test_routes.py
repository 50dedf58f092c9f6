"""Every route stands in ``routes.toml`` with who may use it; the guarded ones turn strangers away."""

import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

TABLE = tomllib.loads((Path(__file__).parent / "routes.toml").read_text())["routes"]
SAMPLES = {"int": "1", "uuid": str(UUID(int=7)), "slug": "x", "str": "x", "path": "x"}
OPEN = {"public", "throttled"}
WHO = OPEN | {"person", "applicant", "officer", "leader", "token", "peer"}


def walk(resolver: URLResolver, place: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Name (with its namespaces) and address, samples filled in, of every route."""
    for entry in resolver.url_patterns:
        route = place + filled(entry)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from walk(entry, route, inner)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"/{route} has no name"
            yield space + entry.name, "/" + route


def filled(entry: URLPattern | URLResolver) -> str:
    """The piece of an address, each converter replaced by a sample."""
    text = str(entry.pattern)
    for name, converter in entry.pattern.converters.items():
        kind = next((k for k in SAMPLES if type(converter).__name__.lower().startswith(k[:3])), "str")
        for written in (f"<{kind}:{name}>", f"<{name}>"):
            text = text.replace(written, SAMPLES[kind])
    return text.removeprefix("^").removesuffix("$")


@cache
def routes() -> list[tuple[str, str]]:
    return list(walk(get_resolver()))


def who(name: str) -> str | None:
    """The entry for a route: its own name first, else a pattern such as ``account_*``."""
    if name in TABLE:
        return str(TABLE[name])
    return next((str(value) for pattern, value in TABLE.items() if fnmatchcase(name, pattern)), None)


def test_every_route_is_listed() -> None:
    missing = sorted({name for name, _ in routes() if who(name) is None})
    assert not missing, "\n".join(missing)


def test_every_entry_is_a_route_and_a_known_word() -> None:
    names = {name for name, _ in routes()}
    stale = [p for p in TABLE if not any(fnmatchcase(name, p) for name in names)]
    assert not stale, stale
    assert set(TABLE.values()) <= WHO


@pytest.mark.django_db
def test_guarded_routes_turn_strangers_away() -> None:
    shown = []
    for name, address in routes():
        if who(name) in OPEN:
            continue
        for method in ("get", "post"):
            answer = getattr(Client(), method)(address)
            to_sign_in = answer.status_code == 302 and "/login/" in answer["Location"]
            if not to_sign_in and answer.status_code not in {401, 403, 404, 405}:
                shown.append(f"{method.upper()} {name} {address}: {answer.status_code}")
    assert not shown, "\n".join(shown)


@pytest.mark.django_db
def test_no_public_route_breaks_on_a_sample() -> None:
    broken = []
    for name, address in routes():
        if who(name) in OPEN:
            answer = Client(raise_request_exception=False).get(address)
            if answer.status_code >= 500 and name not in {"readyz"}:
                broken.append(f"{name} {address}: {answer.status_code}")
    assert not broken, "\n".join(broken)
