"""Life events: a few questions lead to the procedures that belong to the answers, in their order."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.catalogue.rules.form_model import BLANK, Form, FormPage, Question, settle
from motcua.catalogue.rules.form_reading import MARKS, question
from motcua.core.expressions import evaluate, references, truth
from motcua.core.tables import Problem, Table
from motcua.core.texts import Text

AUDIENCES = ("people", "business")
ASKED = ("choice", "yes_no")  # what an address may hold: nothing that names a person


@dataclass(frozen=True, slots=True)
class LifeStep:
    """One thing to do. ``procedure``: its code, empty where the catalogue has none; ``when``: CEL.

    ``carries``: questions of that procedure that are answered by what was said here, each a CEL value.
    """

    name: Text
    why: Text
    procedure: str = ""
    when: str = ""
    deadline: Text = BLANK
    law: str = ""
    mark: str = ""  # of law and deadline: F found, C practice, M from memory
    carries: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """What happens in somebody's life, with its questions and what may have to be done, in order."""

    slug: str
    name: Text
    about: Text
    audience: str
    owner: str
    order: int
    since: str  # first and last day on which it is shown, ISO; an empty last day: no end
    until: str
    questions: tuple[Question, ...]
    steps: tuple[LifeStep, ...]

    @property
    def form(self) -> Form:
        """The questions as a form of one page."""
        return Form(pages=(FormPage(self.slug, self.name, questions=self.questions),))

    def on(self, day: date) -> bool:
        """Whether it is shown on a day."""
        return self.since <= day.isoformat() <= (self.until or "9999")


def parse(text: str, place: str) -> tuple[LifeEvent | None, tuple[Problem, ...]]:
    """The event of a file, and every fault of it; None for a file that is no TOML."""
    problems: list[Problem] = []
    try:
        table = Table(tomllib.loads(text), place, problems)
    except tomllib.TOMLDecodeError as error:
        return None, (Problem(place, f"is no TOML: {error}"),)
    event = LifeEvent(
        slug=table.text("slug", required=True), name=table.both("name"), about=table.both("about"),
        audience=table.one_of("audience", AUDIENCES), owner=table.text("owner", required=True),
        order=table.number("order", required=True) or 0, since=table.day("from"), until=table.day("until"),
        questions=tuple(question(t, {}) for t in table.tables("questions")),
        steps=tuple(_step(t) for t in table.tables("steps", name="name_vi")),
    )  # fmt: skip
    table.done()
    _sound(table, event)
    return event, tuple(problems)


def _step(table: Table) -> LifeStep:
    return LifeStep(
        name=table.both("name"), why=table.both("why"), procedure=table.text("procedure"),
        when=table.text("when"), deadline=table.both("deadline", required=False), law=table.text("law"),
        mark=table.one_of("mark", MARKS, ""),
        carries=tuple((str(key), str(value)) for key, value in table.get("carries", dict, {}).items()),
    )  # fmt: skip


def _sound(table: Table, event: LifeEvent) -> None:
    if not event.since:
        table.fault("“from” is missing")
    if any(q.type not in ASKED for q in event.questions):
        table.fault("a life event asks only choices: its answers stand in an address")
    known = {f"answers.{q.key}" for q in event.questions}
    carried = [words for step in event.steps for _key, words in step.carries]
    conditions = [*(s.when for s in event.steps), *(q.show_if for q in event.questions), *carried]
    for name in sorted({name for c in conditions for name in references(c)} - known):
        table.fault(f"a condition reads “{name}”, which is not asked")
    for step in event.steps:
        if not step.procedure and not step.law:
            table.fault(f"“{step.name.en}” has neither a procedure nor a law")
        if step.law and not step.mark:
            table.fault(f"the law of “{step.name.en}” has no mark")


def steps_for(event: LifeEvent, answers: Mapping[str, Any]) -> tuple[LifeStep, ...]:
    """What these answers lead to, in order. Raises ``ExpressionFault`` for a faulty condition."""
    known = settle(event.form, {"answers": answers})
    return tuple(step for step in event.steps if truth(step.when, known))


def carried_by(event: LifeEvent, step: LifeStep, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What a step's procedure need not ask again: question → answer. Raises ``ExpressionFault``."""
    known = settle(event.form, {"answers": answers})
    found = {key: evaluate(words, known) for key, words in step.carries}
    return {key: value for key, value in found.items() if value is not None}
