"""A form as data: eligibility, pages, questions, and which of them belong to given answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from motcua.core.expressions import evaluate, truth
from motcua.core.texts import Text

SHOWN_ONLY = frozenset({"note", "file"})  # types that hold no answer of their own
LISTED = frozenset({"lookup", "country"})  # types whose options are a published list, found by words
BLANK = Text("", "")


@dataclass(frozen=True, slots=True)
class Option:
    """One choice."""

    key: str
    label: Text
    hint: Text = BLANK
    also: tuple[str, ...] = ()  # other names that people know it by


@dataclass(frozen=True, slots=True)
class Check:
    """A CEL condition, and what to say when it does not hold. ``soft``: one is warned and may go on.

    ``day``: CEL for the day that would be right, which stands in the message at ``{day}``.
    """

    when: str
    message: Text
    soft: bool = False
    day: str = ""


@dataclass(frozen=True, slots=True)
class Exit:
    """Why one cannot go on with this service, and where to go instead."""

    key: str
    when: str
    title: Text
    why: Text
    where: Text
    procedure: str = ""  # code of the procedure that helps, if any

    @property
    def text(self) -> Text:
        """Why, and where to go, in one."""
        return Text(f"{self.why.vi} {self.where.vi}", f"{self.why.en} {self.where.en}")


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``need``: required, soft (one may go on, and is told) or optional."""

    key: str
    type: str
    label: Text
    hint: Text = BLANK
    options: tuple[Option, ...] = ()
    need: str = "required"
    show_if: str = ""
    checks: tuple[Check, ...] = ()
    calculated: str = ""
    source: str = ""  # of the known data that fills it in advance: "person.full_name"
    unknown: bool = False  # "I do not know" is an answer
    fresh: bool = False  # true of one time only: not taken over into a new request
    questions: tuple["Question", ...] = ()  # of a group
    add: Text = BLANK  # of a group: the words of the button for one entry more
    least: int | None = None  # smallest number, or fewest entries of a group, or fewest choices
    most: int | None = None  # greatest number, most entries or choices, or most characters
    not_future: bool = False
    exits: tuple[Exit, ...] = ()
    paper: str = ""  # of a file question
    ground: str = ""  # of a note: the pack's published ground of refusal that it tells
    valid_from: str = ""  # dated notes: shown from this day
    valid_to: str = ""  # to this day, both included
    fact_source: str = ""
    mark: str = ""

    @property
    def required(self) -> bool:
        """True when one cannot go on without an answer (where the question is shown)."""
        return self.need == "required"

    @property
    def soft(self) -> bool:
        """True when one may go on without an answer, and is told what that means."""
        return self.need == "soft"

    @property
    def stored(self) -> bool:
        """True when it holds an answer."""
        return self.type not in SHOWN_ONLY

    @property
    def asked(self) -> bool:
        """True when a person answers it (not shown only, not calculated)."""
        return self.stored and not self.calculated


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page of questions that belong together (often one)."""

    key: str
    title: Text
    intro: Text = BLANK
    questions: tuple[Question, ...] = ()
    show_if: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """The whole form; ``eligibility`` comes before anything else."""

    eligibility: tuple[Question, ...] = ()
    pages: tuple[FormPage, ...] = ()
    minutes: int = 0  # estimated time of filling
    # found once, for every page asks for them several times: all questions; the keys that hold answers
    _every: tuple[tuple[str, Question], ...] = field(init=False, repr=False, compare=False)
    keys: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Find what is asked for again and again."""
        first = [("", question) for question in self.eligibility]
        later = [(page.show_if, question) for page in self.pages for question in page.questions]
        object.__setattr__(self, "_every", (*first, *later))
        object.__setattr__(self, "keys", tuple(q.key for _, q in self._every if q.stored))

    def questions(self) -> tuple[tuple[str, Question], ...]:
        """Every question in order, with its page's condition."""
        return self._every

    def question(self, key: str) -> Question | None:
        """The question of that key, or None."""
        return next((q for _, q in self.questions() if q.key == key), None)

    def page(self, key: str) -> FormPage | None:
        """The page of that key, or None."""
        return next((p for p in self.pages if p.key == key), None)

    def sources(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The answers by the known data they stand for: ``{"person.full_name": …}``; first answer wins."""
        found: dict[str, Any] = {}
        for _, q in self.questions():
            if q.source and answers.get(q.key) is not None:
                found.setdefault(q.source, answers[q.key])
        return found


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one answer and how to mend it. ``pointer`` is a JSON pointer, ``key`` the field."""

    pointer: str
    key: str
    message: Text
    check: bool = field(default=False, compare=False)  # a check of the pack says so


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Answers after checking. With errors, ``values`` holds only what was right."""

    values: dict[str, Any]
    errors: tuple[FieldError, ...] = ()
    warnings: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer as people read it."""

    page_key: str
    page_title: Text
    key: str
    label: Text
    value: Text


def shown(question: Question, facts: Mapping[str, Any]) -> bool:
    """Does the question belong to these answers and this day? Raises ``ExpressionFault``."""
    if question.valid_from or question.valid_to:
        today = str(facts.get("today", ""))
        if today < question.valid_from or (question.valid_to and today > question.valid_to):
            return False
    return not question.show_if or truth(question.show_if, facts)


def settle_entry(group: Question, entry: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """One entry of a group with every question in it named; a hidden one has no answer (null).

    Conditions inside a group see the entry's earlier answers as ``entry.<key>``.
    """
    settled: dict[str, Any] = {q.key: None for q in group.questions if q.stored}
    known = {**facts, "entry": settled}
    for q in group.questions:
        if q.stored and truth(q.show_if, known):
            settled[q.key] = entry.get(q.key)
    return settled


def settle(form: Form, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts with every question named: answers to hidden questions gone, calculated ones made.

    A question sees the answers of those before it only. ``lookup`` (lists of codes) is left out.
    """
    given = facts.get("answers") or {}
    answers: dict[str, Any] = dict.fromkeys(form.keys)
    settled = {k: v for k, v in facts.items() if k != "lookup"} | {"answers": answers}
    open_pages: dict[str, bool] = {"": True}
    for page_if, q in form.questions():
        if page_if not in open_pages:
            open_pages[page_if] = truth(page_if, settled)
        if open_pages[page_if] and q.stored and shown(q, settled):
            answers[q.key] = evaluate(q.calculated, settled) if q.calculated else given.get(q.key)
            rows = answers[q.key] if q.questions else None
            if isinstance(rows, list):
                answers[q.key] = [settle_entry(q, row, settled) for row in rows if isinstance(row, Mapping)]
    return settled


def visible_questions(page: FormPage, settled: Mapping[str, Any]) -> tuple[Question, ...]:
    """The questions of a page that belong to these (settled) answers."""
    return tuple(q for q in page.questions if shown(q, settled))


def visible_pages(form: Form, facts: Mapping[str, Any]) -> tuple[FormPage, ...]:
    """The pages to fill in for these answers; pages without any question left are skipped."""
    return pages_of(form, settle(form, facts))


def pages_of(form: Form, settled: Mapping[str, Any]) -> tuple[FormPage, ...]:
    """As ``visible_pages``, for facts that are settled already."""
    return tuple(p for p in form.pages if truth(p.show_if, settled) and visible_questions(p, settled))


def page_questions(form: Form, page_key: str, settled: Mapping[str, Any]) -> tuple[Question, ...]:
    """What a page without scripts has to show for these (settled) answers: the visible questions, and those
    that may become so by an answer on the same page (their ``show_if`` reads one).
    """
    page = form.page(page_key)
    if page is None:
        return ()
    here = tuple(f"answers.{q.key}" for q in page.questions)
    return tuple(q for q in page.questions if any(h in q.show_if for h in here) or shown(q, settled))


def exit_for(form: Form, answers: Mapping[str, Any], facts: Mapping[str, Any] | None = None) -> Exit | None:
    """The exit that these answers lead to, or None when one may go on."""
    return exit_of(form, settle(form, {**(facts or {}), "answers": answers}))


def exit_of(form: Form, settled: Mapping[str, Any]) -> Exit | None:
    """As ``exit_for``, for facts that are settled already."""
    for _, q in form.questions():
        for exit_ in q.exits:
            if settled["answers"].get(q.key) is not None and truth(exit_.when, settled):
                return exit_
    return None
