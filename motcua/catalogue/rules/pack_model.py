"""What a pack is made of, as frozen values; see ``pack`` for what it says of one case."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.catalogue.rules.form_model import Form
from motcua.core.tables import Problem
from motcua.core.texts import Text
from motcua.process.rules.definition import Definition, Limit

BLANK = Text("", "")


class PackFault(Exception):
    """A pack cannot be read; ``problems`` names every fault with its file and place."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(str(p) for p in problems))


NO_LABEL = Text("", "")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from, and how sure it is (F found, C code or practice, M memory: domain.md)."""

    text: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class LimitRule:
    """A time limit under a condition; the first that holds counts."""

    key: str
    limit: Limit
    when: str = ""
    note: Text = BLANK
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a paper may be asked for again: the same words at every desk, with the clause behind them."""

    key: str
    label: Text
    clause: str = ""


@dataclass(frozen=True, slots=True)
class PaperDef:
    """A paper of the dossier. ``accept``: 0 original, 1 copy, 2 electronic; ``later_allowed``: may follow."""

    key: str
    name: Text
    required_when: str = ""
    accept: tuple[int, ...] = (2,)
    note: Text = BLANK
    later_allowed: bool = False
    source: Source = Source()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class FeeRule:
    """A fee under a condition; the first that holds counts. ``amount`` None: not known, never free.

    ``each``: a CEL number by which the amount is multiplied, such as the people of a list.
    """

    key: str
    amount: int | None
    when: str = ""
    note: Text = BLANK
    contradiction: bool = False
    source: Source = Source()
    each: str = ""

    @property
    def sure(self) -> bool:
        """True when the amount stands in a published source (mark F)."""
        return self.source.mark == "F"


@dataclass(frozen=True, slots=True)
class Fee:
    """What is owed, in whole đồng; None means not known. ``count``: how many times the rule's amount.

    ``sure``: the amount stands in a published source.
    """

    amount: int | None
    note: Text
    key: str = ""
    contradiction: bool = False
    count: int = 1
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Slips:
    """The names of the field's own forms of receipt and refusal; empty: the general forms 01 and 03."""

    receipt: str = ""
    refusal: str = ""
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Blocker:
    """What keeps the service from ``full``: a code of ``rules.level``, in words, with its source."""

    code: str
    text: Text = BLANK
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Ground:
    """A published ground of refusal: dated, sourced, told before filing, never decided by the program."""

    key: str
    text: Text
    clause: str
    source: Source
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True, slots=True)
class FieldCase:
    """One way to write a field of the result; ``text`` holds ``{question}`` places."""

    when: str
    text: str


@dataclass(frozen=True, slots=True)
class ResultField:
    """A value that the template prints: a CEL value, or the first case whose condition holds.

    One with a ``label`` may be corrected after the document was issued.
    """

    key: str
    value: str = ""
    cases: tuple[FieldCase, ...] = ()
    label: Text = NO_LABEL


@dataclass(frozen=True, slots=True)
class ResultDef:
    """The document that ends a dossier. ``template`` is typst source."""

    title: Text
    fields: tuple[ResultField, ...]
    template: str
    valid_months: int | None = None
    number_suffix: str = ""
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Doing:
    """One thing done in an example: a step completed, rejected, or the whole declined or refused."""

    step: str
    outcome: str = ""
    findings: Mapping[str, Any] = None  # type: ignore[assignment]
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A worked case with its expected end. ``start``: local moment of valid intake."""

    name: str
    title: Text
    answers: Mapping[str, Any]
    channel: int
    filed_by: str
    start: str
    papers: tuple[str, ...]
    does: tuple[Doing, ...]
    expect: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything that a service is."""

    code: str
    name: Text
    agency_code: str
    agency_level: str
    field: str
    about: Text
    who: Text
    outcome: Text
    legal: tuple[str, ...]
    limits: tuple[LimitRule, ...]
    papers: tuple[PaperDef, ...]
    fees: tuple[FeeRule, ...]
    blockers: tuple[Blocker, ...]
    grounds: tuple[Ground, ...]
    form: Form
    process: Definition
    result: ResultDef | None
    examples: tuple[Example, ...] = ()
    slips: Slips = Slips()
    draft: bool = False  # not to be published yet
    by_filing: Text = BLANK  # what the person has done by filing alone
    agency_from: str = ""  # the question whose commune decides which agency it is

    def conditions(self) -> Iterator[tuple[str, str]]:
        """Every condition outside the process as (place, CEL), for checks and coverage."""
        for page in self.form.pages:
            yield from [(f"page {page.key}", page.show_if)] if page.show_if else []
        for _, q in self.form.questions():
            yield from [(f"question {q.key}", q.show_if)] if q.show_if else []
            yield from ((f"exit {e.key}", e.when) for e in q.exits)
        yield from ((f"paper {p.key}", p.required_when) for p in self.papers if p.required_when)
        yield from ((f"fee {r.key}", r.when) for r in self.fees if r.when)
        yield from ((f"limit {r.key}", r.when) for r in self.limits if r.when)
        for field in self.result.fields if self.result else ():
            for index, case in enumerate(field.cases, 1):
                yield from [(f"result {field.key} case {index}", case.when)] if case.when else []
