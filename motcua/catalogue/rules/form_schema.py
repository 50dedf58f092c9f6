"""The JSON Schema 2020-12 of a form's answers, from the same limits as ``form_values``."""

from typing import Any

from motcua.catalogue.rules.form_kinds import DAY, KINDS
from motcua.catalogue.rules.form_model import LISTED, Form, Question
from motcua.catalogue.rules.form_patterns import LENGTHS, NUMBERS, PATTERNS
from motcua.catalogue.rules.form_values import bounds

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _shape(q: Question, locale: str) -> dict[str, Any]:
    low, high = bounds(q)
    if q.type == "group":
        inner = _object([("", s) for s in q.questions if s.asked], locale)
        return {"type": "array", "minItems": low, "maxItems": high, "items": inner}
    if q.type in KINDS:
        return KINDS[q.type].schema(q, locale)
    if q.type in NUMBERS:
        return {"type": "integer", "minimum": low, "maximum": high}
    if q.type == "choice" or (q.type in LISTED and q.options):
        named = [{"const": o.key, "title": o.label.to(locale)} for o in q.options]
        return {"type": "string", "enum": [o.key for o in q.options], "x-options": named}
    if q.type == "statement":
        return {"type": "boolean", "const": True}
    if q.type == "yes_no":
        return {"type": "boolean"}
    shape = dict(DAY) if q.type == "date" else {"type": "string", "pattern": PATTERNS[q.type]}
    return shape | ({"maxLength": high} if q.type in LENGTHS else {})


def _property(page_if: str, q: Question, locale: str) -> dict[str, Any]:
    about: dict[str, Any] = {"title": q.label.to(locale)}
    if q.hint.vi:
        about["description"] = q.hint.to(locale)
    condition = " && ".join(f"({c})" for c in (page_if, q.show_if) if c)
    if condition:
        about["x-show-if"] = condition
    if q.calculated:
        return about | {"readOnly": True}
    shape = _shape(q, locale)
    if always(page_if, q) and not q.unknown:
        return about | shape
    return about | {"anyOf": [shape, {"type": "null"}]}


def always(page_if: str, q: Question) -> bool:
    """True for a required question that nothing hides: the schema can ask for it."""
    return q.required and q.asked and not (page_if or q.show_if or q.valid_from or q.valid_to)


def _object(questions: list[tuple[str, Question]], locale: str) -> dict[str, Any]:
    stored = [(page_if, q) for page_if, q in questions if q.stored]
    return {
        "type": "object",
        "properties": {q.key: _property(page_if, q, locale) for page_if, q in stored},
        "required": [q.key for page_if, q in stored if always(page_if, q)],
        "additionalProperties": False,
    }


def schema_of(form: Form, locale: str) -> dict[str, Any]:
    """See ``form.json_schema``. Conditions stand as ``x-show-if`` (CEL): a schema cannot check them."""
    return {"$schema": DIALECT, **_object(list(form.questions()), locale)}
