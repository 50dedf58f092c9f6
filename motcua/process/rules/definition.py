"""A handling process as data of a revision: steps, edges, and what is wrong with them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from motcua.core.texts import Text
from motcua.process.rules.clock import Unit


class StepKind(StrEnum):
    """What a step is."""

    INTAKE = "intake"
    HANDLE = "handle"
    CONSULT = "consult"
    CONFIRM = "confirm"
    SIGN = "sign"
    RETURN = "return"


class DefinitionFault(ValueError):
    """The process cannot be read; the message names the place."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit: an amount of a unit (``process.rules.clock.Unit``)."""

    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Edge:
    """What follows a step, under a CEL condition ("" = always)."""

    to: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a finding."""

    key: str
    label: Text


@dataclass(frozen=True, slots=True)
class FindingDef:
    """Something that the officer writes down when completing a step."""

    key: str
    label: Text
    type: str = "text"  # text, choice, yes_no
    options: tuple[Option, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class StepDef:
    """One step of a process."""

    key: str
    name: Text
    kind: StepKind
    role: str
    at: str = "deciding"
    share: Decimal | None = None
    limit: Limit | None = None
    pauses: bool = False
    join: str = "any"  # any, all
    next: tuple[Edge, ...] = ()
    on_reject: str = ""
    findings: tuple[FindingDef, ...] = ()
    silence: str = "wait"  # CONFIRM only: agree, wait


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a definition, at a step."""

    step: str
    message: str


@dataclass(frozen=True, slots=True)
class Definition:
    """A whole process; the first step is the intake."""

    steps: tuple[StepDef, ...]

    def step(self, key: str) -> StepDef:
        """The step of that key; raises ``KeyError``."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)

    @property
    def first(self) -> StepDef:
        """The intake."""
        return next(s for s in self.steps if s.kind == StepKind.INTAKE)

    def before(self, key: str) -> tuple[StepDef, ...]:
        """Steps with an edge to ``key``."""
        return tuple(s for s in self.steps if any(e.to == key for e in s.next))

    def after(self, key: str) -> frozenset[str]:
        """Keys that can be reached from ``key`` by one or more edges."""
        seen: set[str] = set()
        todo = [e.to for e in self.step(key).next]
        while todo:
            here = todo.pop()
            if here not in seen and any(s.key == here for s in self.steps):
                seen.add(here)
                todo.extend(e.to for e in self.step(here).next)
        return frozenset(seen)


KEYS = {
    "key", "name_vi", "name_en", "kind", "role", "at", "share", "limit", "pauses", "join", "next", "on_reject",
    "findings", "silence",
}  # fmt: skip
ROLES = {StepKind.INTAKE: "desk", StepKind.SIGN: "signatory", StepKind.CONFIRM: "applicant", StepKind.RETURN: "desk"}
PLACES = {StepKind.INTAKE: "receiving", StepKind.RETURN: "receiving"}


def _text(data: Mapping[str, Any], name: str, place: str) -> Text:
    vi = data.get(f"{name}_vi")
    if not isinstance(vi, str) or not vi.strip():
        raise DefinitionFault(f"{place}: {name}_vi is missing")
    return Text(vi, str(data.get(f"{name}_en", "")))


def _limit(data: Any, place: str) -> Limit | None:
    if data is None:
        return None
    try:
        return Limit(int(data["amount"]), Unit(data["unit"]))
    except (KeyError, TypeError, ValueError):
        raise DefinitionFault(f"{place}: limit needs amount and unit ({', '.join(Unit)})") from None


def _finding(data: Mapping[str, Any], place: str) -> FindingDef:
    kind = str(data.get("type", "text"))
    if kind not in {"text", "choice", "yes_no"}:
        raise DefinitionFault(f"{place}: unknown type {kind!r}")
    options = tuple(Option(str(o["key"]), _text(o, "label", place)) for o in data.get("options", ()))
    return FindingDef(str(data["key"]), _text(data, "label", place), kind, options, bool(data.get("required")))


def _share(raw: Any, place: str) -> Decimal | None:
    try:
        return None if raw is None else Decimal(str(raw))
    except InvalidOperation:
        raise DefinitionFault(f"{place}: share must be a number between 0 and 1") from None


def _step(data: Mapping[str, Any]) -> StepDef:
    place = f"step {data.get('key', '?')}"
    unknown = set(data) - KEYS
    if unknown:
        raise DefinitionFault(f"{place}: unknown {', '.join(sorted(unknown))}")
    try:
        kind = StepKind(data["kind"])
        return StepDef(
            key=str(data["key"]), name=_text(data, "name", place), kind=kind,
            role=str(data.get("role", ROLES.get(kind, "specialist"))),
            at=str(data.get("at", PLACES.get(kind, "deciding"))),
            share=_share(data.get("share"), place), limit=_limit(data.get("limit"), place),
            pauses=bool(data.get("pauses", False)), join=str(data.get("join", "any")),
            next=tuple(Edge(str(e["to"]), str(e.get("when", ""))) for e in data.get("next", ())),
            on_reject=str(data.get("on_reject", "")),
            findings=tuple(_finding(f, place) for f in data.get("findings", ())),
            silence=str(data.get("silence", "wait")),
        )  # fmt: skip
    except KeyError as missing:
        raise DefinitionFault(f"{place}: {missing.args[0]} is missing") from None
    except ValueError as error:
        if isinstance(error, DefinitionFault):
            raise
        raise DefinitionFault(f"{place}: {error}") from None


def parse(data: Mapping[str, Any]) -> Definition:
    """Read ``process.toml`` (a list of ``[[step]]``); raises ``DefinitionFault``."""
    steps = data.get("step")
    if not isinstance(steps, Sequence) or not steps or set(data) - {"step"}:
        raise DefinitionFault("process.toml: a list of [[step]] and nothing else is expected")
    return Definition(tuple(_step(s) for s in steps))


def problems(definition: Definition) -> tuple[Problem, ...]:
    """Everything wrong with a definition, in the order of its steps."""
    return tuple(_problems(definition))


def _problems(definition: Definition) -> Iterator[Problem]:
    keys = [s.key for s in definition.steps]
    if len(set(keys)) != len(keys):
        yield Problem("", "two steps have the same key")
    if sum(s.kind == StepKind.INTAKE for s in definition.steps) != 1:
        yield Problem("", "exactly one intake is needed")
        return
    if not any(s.kind == StepKind.RETURN for s in definition.steps):
        yield Problem("", "a return step is needed")
    shares = sum((s.share for s in definition.steps if s.share is not None), Decimal(0))
    if shares > 1:
        yield Problem("", f"shares add up to {shares}, more than the whole")
    reachable = definition.after(definition.first.key) | {definition.first.key}
    for step in definition.steps:
        yield from _step_problems(definition, step, set(keys), reachable)


def _step_problems(
    definition: Definition, step: StepDef, keys: set[str], reachable: frozenset[str]
) -> Iterator[Problem]:
    for target in [e.to for e in step.next] + ([step.on_reject] if step.on_reject else []):
        if target not in keys:
            yield Problem(step.key, f"leads to unknown step {target!r}")
    if step.key not in reachable:
        yield Problem(step.key, "cannot be reached")
    if step.key in definition.after(step.key):
        yield Problem(step.key, "leads back to itself; only on_reject may go back")
    if not step.next and step.kind != StepKind.RETURN:
        yield Problem(step.key, "is a dead end: only a return step ends")
    if step.next and step.kind == StepKind.RETURN:
        yield Problem(step.key, "is a return step and must be the end")
    if step.join not in {"any", "all"} or step.silence not in {"agree", "wait"}:
        yield Problem(step.key, "join is any or all, silence is agree or wait")
    if step.kind == StepKind.CONFIRM and not step.on_reject:
        yield Problem(step.key, "says nothing of what follows when the applicant finds a fault (on_reject)")
