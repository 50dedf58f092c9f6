"""From what a browser sends (lists of strings, of any kind) to values; and back, to show a page again."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from motcua.catalogue.rules.form_judging import hidden_inside, judge
from motcua.catalogue.rules.form_kinds import KINDS
from motcua.catalogue.rules.form_lookup import resolved
from motcua.catalogue.rules.form_model import LISTED, Cleaned, FieldError, Form, Question, settle, shown
from motcua.catalogue.rules.form_patterns import NUMBERS
from motcua.catalogue.rules.form_sent import DIGITS, NO, YES, Raw, boxes, day_of, first
from motcua.catalogue.rules.form_values import bounds, checked
from motcua.core.folding import nfc


def _plain(q: Question, text: str) -> Any:
    """A value out of one text: spaces and points that people write are taken out of numbers."""
    if not text:
        return None
    if q.type in {"yes_no", "statement"}:
        return True if text in YES else False if text in NO else text
    if q.type in NUMBERS:
        digits = re.sub(r"[\s.\u00a0]", "", text)
        return int(digits) if DIGITS.fullmatch(digits) else text
    if q.type in {"personal_number", "phone"}:
        return re.sub(r"[\s.\u00a0()-]", "", text)
    if q.type == "long_text":
        return text.replace("\r\n", "\n").replace("\r", "\n")
    if q.type in LISTED:
        return resolved(q, text)
    return nfc(text) if q.type == "full_name" else text


UNKNOWN = "?"  # "I do not know" among the choices of a question; no key of an option


def not_known(q: Question, raw: Raw, name: str) -> bool:
    """It was answered with "I do not know": a choice of its own, or a tick beside a field."""
    return q.unknown and (first(raw, name) == UNKNOWN or first(raw, f"{name}-unknown") in YES)


def is_day(raw: Raw, name: str) -> bool:
    """Three boxes hold a day that there is."""
    try:
        date.fromisoformat(day_of(raw, name) or "")
    except ValueError:
        return False
    return True


def read(q: Question, raw: Raw, name: str) -> Any:
    """The value that was sent for a question, null when nothing was."""
    if not_known(q, raw, name):
        return None
    if q.type in KINDS:
        return KINDS[q.type].read(q, raw, name)
    if q.type == "date":
        return day_of(raw, name)
    if q.type == "group":
        return _entries(q, raw, name)
    value = _plain(q, first(raw, name))
    return None if q.type == "statement" and value is False else value


def _entries(q: Question, raw: Raw, name: str) -> list[dict[str, Any]] | None:
    found = re.compile(rf"{re.escape(name)}-([0-9]{{1,3}})-")
    matches = (found.match(k) for k in raw if isinstance(k, str))
    indexes = sorted({int(m[1]) for m in matches if m})[: bounds(q)[1] + 1]
    entries = [{s.key: read(s, raw, f"{name}-{i}-{s.key}") for s in q.questions if s.asked} for i in indexes]
    filled = [e for e in entries if any(v is not None for v in e.values())]
    return filled or None


def clean(form: Form, questions: Sequence[Question], raw: Raw, facts: Mapping[str, Any]) -> Cleaned:
    """Check what was sent for some questions of one page, in the light of earlier answers."""
    errors: list[FieldError] = []
    sent = {q.key: read(q, raw, q.key) for q in questions if q.asked}
    values = {q.key: checked(q, sent[q.key], facts, errors) for q in questions if q.asked}
    settled = settle(form, {**facts, "answers": {**(facts.get("answers") or {}), **values}})
    here = [q for q in questions if shown(q, settled)]
    keys = {q.key for q in here if q.stored}
    hidden = hidden_inside(iter(here), settled)
    errors = [e for e in errors if e.pointer.split("/")[1] in keys and e.pointer not in hidden]
    wrong = {e.pointer for e in errors}
    unknown = {q.key: None for q in here if not_known(q, raw, q.key)}
    more, warnings = judge(iter(here), unknown, settled, wrong)
    return Cleaned({k: settled["answers"][k] for k in keys}, tuple(errors + more), tuple(warnings))


def to_raw(q: Question, value: Any, name: str = "") -> dict[str, list[str]]:
    """The fields of a web page that show a kept value again."""
    name = name or q.key
    if value is None:
        return {}
    if q.type in KINDS:
        return KINDS[q.type].show(value, name)
    if q.type == "date":
        return boxes(str(value), name)
    if q.type == "group":
        fields: dict[str, list[str]] = {}
        for index, entry in enumerate(value):
            for sub in q.questions:
                fields |= to_raw(sub, entry.get(sub.key), f"{name}-{index}-{sub.key}")
        return fields
    if isinstance(value, bool):
        return {name: ["yes" if value else "no"]}
    return {name: [str(value)]}
