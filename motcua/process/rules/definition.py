"""A process as data: steps, ways from one to the next, and what makes a definition wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from motcua.core.tables import Problem, Table
from motcua.core.texts import Text
from motcua.process.rules.clock import Unit

ROLES = ("desk", "specialist", "signatory", "leader", "applicant")
FINDING_TYPES = ("text", "long_text", "yes_no", "choice")
NO_MEANS = ("stops", "noted")  # what a “no” does: the step cannot be completed; it is only written down


class StepKind(StrEnum):
    """What happens in a step."""

    INTAKE = "intake"
    HANDLE = "handle"
    CONSULT = "consult"  # a question to another agency, with its own clock
    CONFIRM = "confirm"  # the applicant's word on the draft
    SIGN = "sign"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit: ``amount`` of ``unit`` (process.rules.clock.Unit)."""

    amount: int
    unit: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A way to another step, open when the CEL condition holds (always when empty)."""

    to: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class FindingOption:
    """One choice of a finding."""

    key: str
    label: Text


@dataclass(frozen=True, slots=True)
class FindingDef:
    """What an officer writes down when completing a step."""

    key: str
    label: Text
    type: str
    options: tuple[FindingOption, ...] = ()
    required: bool = False
    no: str = ""  # of a yes/no: one of NO_MEANS; "": the ways of the process decide by it


@dataclass(frozen=True, slots=True)
class StepDef:
    """One step. ``at``: deciding, receiving, parent, ``answer:<key>`` or an agency identifier."""

    key: str
    name: Text
    kind: StepKind
    role: str
    at: str = "deciding"
    share: Decimal | None = None  # of the whole time limit
    limit: Limit | None = None  # own clock
    pauses: bool = False  # does the dossier's clock stand still meanwhile
    join: str = "any"
    next: tuple[Edge, ...] = ()
    on_reject: str = ""
    findings: tuple[FindingDef, ...] = ()
    silence: str = "wait"
    remind: Limit | None = None  # before the due time: who is asked is reminded
    assign: str = "by_hand"  # or least_open: to the holder of the role with least open work
    source: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Consultation:
    """How an officer's own question to another agency runs, where the pack says nothing else.

    Three working days, as for a former commune (1.004873) [M]; silence is never an answer by default.
    """

    limit: Limit = Limit(3, "working_days")
    remind: Limit | None = Limit(1, "working_days")
    silence: str = "wait"
    source: str = ""
    mark: str = "M"


@dataclass(frozen=True, slots=True)
class Definition:
    """The process of a revision."""

    steps: tuple[StepDef, ...] = ()
    consultation: Consultation = Consultation()

    def step(self, key: str) -> StepDef:
        """The step of that key; ``KeyError`` when there is none."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)

    @property
    def first(self) -> StepDef:
        """The intake; ``KeyError`` when there is none."""
        for step in self.steps:
            if step.kind == StepKind.INTAKE:
                return step
        raise KeyError("intake")

    def reachable(self, key: str, *, without: str = "") -> frozenset[str]:
        """Keys of the steps after ``key`` by forward edges; ``without`` is not walked through."""
        known = {s.key: s for s in self.steps}
        found: set[str] = set()
        front = [key]
        while front:
            step = known.get(front.pop())
            for edge in step.next if step else ():
                if edge.to not in found and edge.to != without:
                    found.add(edge.to)
                    front.append(edge.to)
        return frozenset(found)


def _findings(table: Table) -> Iterator[FindingDef]:
    for item in table.tables("findings"):
        options = tuple(
            FindingOption(o.text("key", required=True), o.both("label")) for o in item.tables("options")
        )
        kind = item.one_of("type", FINDING_TYPES, "text")
        if (kind == "choice") != bool(options):
            item.fault("options belong to a choice, and a choice needs them")
        no = item.one_of("no", ("", *NO_MEANS), "")
        if no and (kind != "yes_no" or not item.flag("required")):
            item.fault("“no” says what a no means to a yes/no question that has to be answered")
        yield FindingDef(
            item.text("key", required=True), item.both("label"), kind, options, item.flag("required"), no
        )


def read_limit(table: Table, key: str = "limit") -> Limit | None:
    """A limit ``{ amount = 3, unit = "working_days" }`` of a table, or None."""
    if key not in table.data:
        return None
    inner = table.table(key)
    amount = inner.number("amount", 1, required=True) or 0
    limit = Limit(amount, inner.one_of("unit", tuple(u.value for u in Unit)))
    if amount < 1:
        inner.fault("a limit is at least 1")
    inner.done()
    return limit


def _step(table: Table) -> StepDef:
    edges = tuple(Edge(e.text("to", required=True), e.text("when")) for e in table.tables("next", name="to"))
    return StepDef(
        key=table.text("key", required=True),
        name=table.both("name"),
        kind=StepKind(table.one_of("kind", tuple(k.value for k in StepKind))),
        role=table.one_of("role", ROLES),
        at=table.text("at", "deciding"),
        share=table.decimal("share"),
        limit=read_limit(table),
        pauses=table.flag("pauses"),
        join=table.one_of("join", ("any", "all"), "any"),
        next=edges,
        on_reject=table.text("on_reject"),
        findings=tuple(_findings(table)),
        silence=table.one_of("silence", ("agree", "wait"), "wait"),
        remind=read_limit(table, "remind"),
        assign=table.one_of("assign", ("by_hand", "least_open"), "by_hand"),
        source=table.text("source"),
        mark=table.one_of("mark", ("F", "C", "M"), ""),
    )


def _consultation(table: Table) -> Consultation:
    usual = Consultation()
    read_ = Consultation(
        read_limit(table) or usual.limit,
        read_limit(table, "remind"),
        table.one_of("silence", ("agree", "wait"), "wait"),
        table.text("source"),
        table.one_of("mark", ("F", "C", "M"), "M"),
    )
    table.done()
    return read_


def read(table: Table) -> Definition:
    """Read a process out of a table; faults are noted in it, with their places."""
    steps = tuple(_step(t) for t in table.tables("steps"))
    own = table.table("consultation") if "consultation" in table.data else None
    definition = Definition(steps, Consultation() if own is None else _consultation(own))
    for problem in problems(definition):
        table.problems.append(Problem(f"{table.place} {problem.place}", problem.message))
    return definition


def parse(data: Mapping[str, Any]) -> Definition:
    """A definition from its record; raises ``ValueError`` that lists every fault with its place."""
    found: list[Problem] = []
    table = Table(data, "process", found)
    definition = read(table)
    table.done()
    if found:
        raise ValueError("; ".join(str(p) for p in found))
    return definition


def problems(definition: Definition) -> tuple[Problem, ...]:
    """Everything that would keep a dossier from reaching its end, or reaching it twice."""
    keys = [s.key for s in definition.steps]
    found = [
        Problem(f"steps[{k}]", "the key is used twice")
        for k in sorted({k for k in keys if keys.count(k) > 1})
    ]
    intakes = [s for s in definition.steps if s.kind == StepKind.INTAKE]
    if len(intakes) != 1:
        found.append(Problem("steps", f"exactly one intake is needed, there are {len(intakes)}"))
    for step in definition.steps:
        found += [Problem(f"steps[{step.key}]", text) for text in _step_problems(definition, step, set(keys))]
    if found:
        return tuple(found)
    found += _ways(definition, intakes[0].key)
    return tuple(found) or tuple(_shares(definition))


def _step_problems(definition: Definition, step: StepDef, keys: set[str]) -> Iterator[str]:
    for edge in step.next:
        if edge.to not in keys:
            yield f"leads to an unknown step “{edge.to}”"
    if step.on_reject and step.on_reject not in keys:
        yield f"on_reject names an unknown step “{step.on_reject}”"
    if (step.kind == StepKind.CONFIRM) != (step.role == "applicant"):
        yield "a confirm step, and no other, is the applicant's"
    if step.kind == StepKind.CONFIRM and not step.on_reject:
        yield "a confirm step must say where a rejected draft goes (on_reject)"
    if step.on_reject in keys and step.key not in definition.reachable(step.on_reject):
        yield f"on_reject must lead back: “{step.on_reject}” is not before this step"
    yield from _silence_problems(step)
    if step.kind != StepKind.HANDLE and any(f.no == "stops" for f in step.findings):
        yield "only a handling step attests (no = “stops”)"
    if (step.kind == StepKind.RETURN) == bool(step.next):
        yield "a return step, and no other, ends the process"
    if step.share is not None and not 0 < step.share <= 1:
        yield "a share lies between 0 and 1"


def _silence_problems(step: StepDef) -> Iterator[str]:
    if step.silence == "agree" and step.limit is None:
        yield "silence needs a limit"
    if step.silence == "agree" and step.kind not in {StepKind.CONFIRM, StepKind.CONSULT}:
        yield "silence is an answer to a question only (confirm, consult)"


def _ways(definition: Definition, first: str) -> list[Problem]:
    ends = {s.key for s in definition.steps if s.kind == StepKind.RETURN}
    reached = definition.reachable(first) | {first}
    found = []
    for step in definition.steps:
        after = definition.reachable(step.key)
        if step.key not in reached:
            found.append(Problem(f"steps[{step.key}]", "nothing leads to this step"))
        if step.key in after:
            found.append(
                Problem(f"steps[{step.key}]", "the way leads in a circle (only on_reject may lead back)")
            )
        if step.key not in ends and not after & ends:
            found.append(Problem(f"steps[{step.key}]", "no way leads from here to a return step"))
    return found


def _shares(definition: Definition) -> list[Problem]:
    """The heaviest way through the process may not ask for more than the whole time."""

    def heaviest(key: str) -> Decimal:
        step = definition.step(key)
        return (step.share or Decimal(0)) + max((heaviest(e.to) for e in step.next), default=Decimal(0))

    total = heaviest(definition.first.key)
    return [Problem("steps", f"the shares of one way add up to {total}, more than 1")] if total > 1 else []
