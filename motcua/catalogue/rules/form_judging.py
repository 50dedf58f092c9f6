"""Answers held against a form: what is missing, which checks fail, which only warn."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from motcua.catalogue.rules.form_model import (
    Check,
    Cleaned,
    FieldError,
    Form,
    Question,
    exit_of,
    settle,
    shown,
)
from motcua.catalogue.rules.form_values import (
    MISSING,
    NOT_ASKED,
    NOT_OBJECT,
    SOFT,
    UNCHECKABLE,
    checked,
    doubts,
    words,
)
from motcua.core.expressions import ExpressionFault, evaluate, truth
from motcua.core.texts import Text

Found = tuple[list[FieldError], list[FieldError]]  # errors, warnings


def judge(
    questions: Iterator[Question], present: Mapping[str, Any], settled: Mapping[str, Any], wrong: set[str]
) -> Found:
    """Errors and warnings about visible questions: missing answers, checks.

    ``wrong`` holds the pointers of values whose shape is wrong already: nothing more is said of them.
    """
    found: Found = ([], [])
    for q in questions:
        value = settled["answers"].get(q.key)
        if f"/{q.key}" in wrong or not q.asked:
            continue
        unknown = q.unknown and q.key in present
        for index, entry in enumerate(value if q.questions and value is not None else ()):
            _entry(q, entry, f"/{q.key}/{index}", settled, wrong, found)
        # with something wrong inside a group, checks of the whole would mislead
        inside = [p for p in (*wrong, *(e.pointer for e in found[0])) if p.startswith(f"/{q.key}/")]
        _one(q, value, unknown, f"/{q.key}", settled, found, whole=not inside)
    return found


def _entry(
    group: Question, entry: Mapping[str, Any], at: str, settled: Mapping[str, Any], wrong: set[str],
    found: Found,
) -> None:  # fmt: skip
    known = {**settled, "entry": entry}
    for q in group.questions:
        if truth(q.show_if, known) and f"{at}/{q.key}" not in wrong:
            _one(q, entry.get(q.key), q.unknown, f"{at}/{q.key}", known, found)


def _one(
    q: Question, value: Any, unknown: bool, pointer: str, facts: Mapping[str, Any], found: Found,
    *, whole: bool = True,
) -> None:  # fmt: skip
    """What is to be said of one visible question."""
    field = pointer.strip("/").replace("/", "-")
    if value is not None:
        for check in _failed(q, facts) if whole else ():
            found[check.soft].append(FieldError(pointer, _part(q, field, check), check.message, check=True))
        found[1].extend(FieldError(pointer, field, text) for text in doubts(q, value))
    elif not unknown and q.required:
        found[0].append(FieldError(pointer, field, words(MISSING, q)))
    elif not unknown and q.soft:
        found[1].append(FieldError(pointer, field, words(SOFT, q)))


def _part(q: Question, field: str, check: Check) -> str:
    """The field that a failed check is about: of a period its last day where the check speaks of that."""
    if q.type != "period":
        return field
    return f"{field}-to" if f"{q.key}.to" in check.when else f"{field}-from"


def _failed(q: Question, facts: Mapping[str, Any]) -> Iterator[Check]:
    for check in q.checks:
        try:
            if not truth(check.when, facts):
                yield replace(check, message=named_day(check, facts)) if check.day else check
        except ExpressionFault:  # a fault of the pack: neither passed nor silent
            yield Check(check.when, words(UNCHECKABLE, q), check.soft)


def named_day(check: Check, facts: Mapping[str, Any]) -> Text:
    """The message with the day that would be right; raises ``ExpressionFault`` where there is none."""
    day = evaluate(check.day, facts)
    if not isinstance(day, str):
        raise ExpressionFault(check.day, "“day” must be a day")
    try:
        said = f"{date.fromisoformat(day[:10]):%d/%m/%Y}"
    except ValueError:
        raise ExpressionFault(check.day, f"“day” must be a day, not {day!r}") from None
    return Text(check.message.vi.replace("{day}", said), check.message.en.replace("{day}", said))


def visible(form: Form, settled: Mapping[str, Any]) -> Iterator[Question]:
    """Every visible question, eligibility first."""
    for page_if, q in form.questions():
        if truth(page_if, settled) and shown(q, settled):
            yield q


def hidden_inside(questions: Iterator[Question], settled: Mapping[str, Any]) -> set[str]:
    """Pointers of the questions inside groups that an entry's own answers hide."""
    hidden = set()
    for q in questions:
        for index, entry in enumerate(settled["answers"].get(q.key) or () if q.questions else ()):
            known = {**settled, "entry": entry}
            hidden |= {f"/{q.key}/{index}/{s.key}" for s in q.questions if not truth(s.show_if, known)}
    return hidden


def validate(form: Form, answers: Any, facts: Mapping[str, Any]) -> Cleaned:
    """See ``form.validate_answers``."""
    if not isinstance(answers, Mapping):
        return Cleaned({}, (FieldError("", "", NOT_OBJECT),))
    known = {q.key: q for _, q in form.questions() if q.stored}
    errors: list[FieldError] = []
    for key in answers:
        if key not in known:
            name = str(key)[:100].encode("utf-8", "replace").decode()
            errors.append(FieldError(f"/{name}", name, NOT_ASKED))
    values = {k: checked(q, answers.get(k), facts, errors) for k, q in known.items()}
    settled = settle(form, {**facts, "answers": values})
    wrong = {e.pointer for e in errors}
    more, warnings = judge(visible(form, settled), answers, settled, wrong)
    errors += more
    leaving = None if errors else exit_of(form, settled)
    if leaving is not None:
        errors.append(FieldError(f"/{leaving.key}", leaving.key, leaving.why))
    return Cleaned(settled["answers"], tuple(errors), tuple(warnings))
