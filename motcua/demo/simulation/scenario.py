"""Scenarios as data: who offers what since when, how many people ask, and how they and the offices behave."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from motcua.core.refusals import Refusal
from motcua.core.texts import Text

_FOLDER = "data/scenarios"


class ScenarioUnknown(Refusal):
    """There is no scenario of that name."""

    code = "scenario_unknown"
    cause = Text("Không có kịch bản “{name}”.", "There is no scenario “{name}”.")
    next_step = Text("Các kịch bản: {known}.", "Known ones: {known}.")


@dataclass(frozen=True, slots=True)
class Phase:
    """Years in which services are put online, and the level they reach."""

    level: str
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How the people and offices of a block behave. Shares are of one, times in multiples of the limit."""

    rarer: float  # each next procedure of a root is asked for this much less often
    online_low: float  # of the requests to an online service, by people of the least and most ready root
    online_high: float
    helped: float  # of those online: filed with a helper
    officer: float  # typed in by an officer
    post: float  # of those not online: by public post
    visit: float  # of those online: the person had to come all the same
    e_result_online: float
    e_result_direct: float
    fee: float  # of the procedures
    paid_online: float  # of those online that owe a fee
    reused: float
    from_store: float
    vneid: float
    synced: float
    supplement: float  # of the dossiers: asked for more, once
    refused: float
    withdrawn: float
    pace: float  # handling: the middle dossier takes this part of its limit
    spread: float  # logarithm of how unlike the others are


@dataclass(frozen=True, slots=True)
class Root:
    """A ministry or province: people who ask it (thousands), procedures, and services put online a year."""

    identifier: str
    name: str
    people: float
    procedures: int
    partial_a_year: float
    full_a_year: float
    ready: float  # 0 to 1: how ready its people and offices are


@dataclass(frozen=True, slots=True)
class Asked:
    """A procedure of a scenario that lists its own: how often a thousand people ask for it in a year."""

    code: str
    agencies: tuple[str, ...]
    yearly: float
    full: bool


@dataclass(frozen=True, slots=True)
class Scenario:
    """All that decides a simulated past but the seed and the number of dossiers."""

    name: str
    title: str
    source: str
    national: bool
    first: date
    last: date
    requests: float  # a thousand people's in the whole time
    branches: int  # agencies below each root
    at_least: int  # dossiers, for its rates to follow
    seasons: tuple[float, ...]  # weights of January to December
    growth: float  # of the requests, a year
    skew: float  # each next agency of a root has this share of what the one before it has
    phases: tuple[Phase, ...]
    behaviours: dict[str, Behaviour]  # by block
    roots: tuple[Root, ...]
    asked: tuple[Asked, ...]


def names() -> tuple[str, ...]:
    """The scenarios that there are."""
    folder = files("motcua.demo").joinpath(_FOLDER)
    return tuple(sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml")))


@cache
def scenario(name: str) -> Scenario:
    """A scenario by name; raises ``ScenarioUnknown``."""
    if name not in names():
        raise ScenarioUnknown(name=name[:40], known=", ".join(names()))
    text = files("motcua.demo").joinpath(f"{_FOLDER}/{name}.toml").read_text("utf-8")
    return _read(tomllib.loads(text))


def _read(table: dict[str, Any]) -> Scenario:
    return Scenario(
        phases=tuple(Phase(**one) for one in table.pop("phase", ())),
        behaviours={block: Behaviour(**one) for block, one in table.pop("behaviour").items()},
        roots=tuple(Root(*one) for one in table.pop("roots", ())),
        asked=tuple(
            Asked(one["code"], tuple(one["agencies"]), one["yearly"], one["full"])
            for one in table.pop("asked", ())
        ),
        seasons=tuple(table.pop("seasons")),
        **table,
    )
