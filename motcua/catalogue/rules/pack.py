"""A pack: the plain files that make a procedure an online service, and what they say of one case."""

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from motcua.catalogue.rules.form import Form, settle
from motcua.catalogue.rules.form_words import spoken
from motcua.core.expressions import evaluate, truth
from motcua.core.tables import Problem
from motcua.core.texts import Text
from motcua.process.rules.definition import Definition, Limit
from motcua.process.rules.engine import step_facts

BLANK = Text("", "")
FILES = ("procedure.toml", "form.toml", "process.toml", "result/result.toml", "result/template.typ")
MOST_EXAMPLES, MOST_LETTERS = 200, 400_000
UNKNOWN_FEE = Text("Chưa có mức phí được công bố.", "No amount has been published.")


class PackFault(Exception):
    """A pack cannot be read; ``problems`` names every fault with its file and place."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(str(p) for p in problems))


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
class PaperDef:
    """A paper of the dossier. ``accept``: 0 original, 1 copy, 2 electronic; ``later_allowed``: may follow."""

    key: str
    name: Text
    required_when: str = ""
    accept: tuple[int, ...] = (2,)
    note: Text = BLANK
    later_allowed: bool = False
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class FeeRule:
    """A fee under a condition; the first that holds counts. ``amount`` None: not known, never free."""

    key: str
    amount: int | None
    when: str = ""
    note: Text = BLANK
    contradiction: bool = False
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Fee:
    """What is owed, in whole đồng; None means not known."""

    amount: int | None
    note: Text
    key: str = ""
    contradiction: bool = False


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
    """A value that the template prints: a CEL value, or the first case whose condition holds."""

    key: str
    value: str = ""
    cases: tuple[FieldCase, ...] = ()


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


def load_folder(path: str | Path) -> dict[str, str]:
    """The text files of a pack by relative path; raises ``PackFault``."""
    root, files = Path(path), {}
    names = [root / f for f in FILES if (root / f).exists()] + sorted(root.glob("examples/*.toml"))[
        :MOST_EXAMPLES
    ]
    for file in names:
        name = file.relative_to(root).as_posix()
        if file.is_symlink() or not file.is_file() or file.stat().st_size > MOST_LETTERS:
            raise PackFault((Problem(name, "is no plain file, or too large"),))
        try:
            files[name] = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise PackFault((Problem(name, "is not UTF-8 text"),)) from None
    if "procedure.toml" not in files:
        raise PackFault((Problem("procedure.toml", f"is missing in the folder {root.name}"),))
    return files


def settled(pack: Pack, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts with every question, step and finding named (null where nothing is known)."""
    return step_facts(pack.process, settle(pack.form, facts))


def papers_for(pack: Pack, facts: Mapping[str, Any]) -> tuple[PaperDef, ...]:
    """The papers that this case needs."""
    known = settled(pack, facts)
    return tuple(p for p in pack.papers if truth(p.required_when, known))


def fee_for(pack: Pack, facts: Mapping[str, Any]) -> Fee:
    """What this case owes; not known when no rule holds."""
    known = settled(pack, facts)
    for rule in pack.fees:
        if truth(rule.when, known):
            return Fee(rule.amount, rule.note, rule.key, rule.contradiction)
    return Fee(None, UNKNOWN_FEE)


def limit_rule_for(pack: Pack, facts: Mapping[str, Any]) -> LimitRule:
    """The rule of the time limit of this case (the last rule is unconditional)."""
    known = settled(pack, facts)
    return next(rule for rule in pack.limits if truth(rule.when, known))


def limit_for(pack: Pack, facts: Mapping[str, Any]) -> Limit:
    """The time limit of this case, from valid intake."""
    return limit_rule_for(pack, facts).limit


def grounds_on(pack: Pack, day: date) -> tuple[Ground, ...]:
    """The published grounds of refusal in force on a day."""
    iso = day.isoformat()
    return tuple(g for g in pack.grounds if (g.valid_from or iso) <= iso <= (g.valid_to or iso))


class _Words(dict[str, str]):
    """Answers in Vietnamese words; a name that is no question stands as a gap that is seen."""

    def __missing__(self, key: str) -> str:
        return "…"


def result_fields(pack: Pack, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The values that the result's template prints; ``facts`` may hold ``agency`` and ``signer``.

    Raises ``ExpressionFault``. Texts in braces are answers as people read them, in Vietnamese.
    """
    known = {"agency": {"name": "", "place": ""}, "signer": {"name": ""}, **settled(pack, facts)}
    words = _Words()
    for _, q in pack.form.questions():
        if q.stored:
            words[q.key] = spoken(replace(q, unknown=False), known["answers"][q.key], {}).vi or "…"
    fields: dict[str, Any] = {}
    for field in pack.result.fields if pack.result else ():
        if field.value:
            fields[field.key] = evaluate(field.value, known)
        else:
            text = next((c.text for c in field.cases if truth(c.when, known)), None)
            fields[field.key] = None if text is None else text.format_map(words)
    return fields


def valid_until(result: ResultDef, issued_on: date) -> date | None:
    """The last day of validity: the same day ``valid_months`` later (or that month's last day)."""
    if result.valid_months is None:
        return None
    months = issued_on.month - 1 + result.valid_months
    year, month = issued_on.year + months // 12, months % 12 + 1
    return date(year, month, min(issued_on.day, calendar.monthrange(year, month)[1]))
