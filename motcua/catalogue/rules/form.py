"""What follows from a form: visible pages, clean answers, lines to read.

One definition yields the web pages (``clean_page``), the API's schema (``form_schema.json_schema``) and what
the desk reads (``describe``). Answers are plain JSON by question key; null means "not answered", or
"I do not know" where the question allows it. Reading of the files: ``form_parse``.

Names of the fields on a web page: ``<key>``; a date has ``<key>-day``, ``<key>-month``, ``<key>-year``;
a period ``<key>-from-day`` … ``<key>-to-year``; an address ``<key>-line``, ``<key>-commune``; a map point
``<key>-lat``, ``<key>-lon``; several choices send ``<key>`` several times; "I do not know" is
``<key>-unknown``; question ``sub`` of the third entry of a group is ``<key>-2-sub``.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.catalogue.rules import form_judging, form_raw
from motcua.catalogue.rules.form_lookup import resolved
from motcua.catalogue.rules.form_model import (
    BLANK,
    LISTED,
    AnswerLine,
    Check,
    Cleaned,
    Exit,
    FieldError,
    Form,
    FormPage,
    Option,
    Question,
    exit_for,
    page_questions,
    pages_of,
    settle,
    shown,
    visible_pages,
    visible_questions,
)
from motcua.catalogue.rules.form_schema import schema_of
from motcua.catalogue.rules.form_values import value_error
from motcua.catalogue.rules.form_words import spoken
from motcua.core.expressions import truth
from motcua.core.texts import Text

__all__ = [
    "BLANK",
    "LISTED",
    "AnswerLine",
    "Check",
    "Cleaned",
    "Exit",
    "FieldError",
    "Form",
    "FormPage",
    "Option",
    "Question",
    "clean_eligibility",
    "clean_page",
    "describe",
    "exit_for",
    "json_schema",
    "lines_of",
    "page_questions",
    "pages_of",
    "prefill",
    "settle",
    "shown",
    "validate_answers",
    "visible_pages",
    "visible_questions",
    "warns",
]


def clean_page(
    form: Form, page_key: str, raw: Mapping[str, Sequence[str]], facts: Mapping[str, Any]
) -> Cleaned:
    """Check one page as sent by a browser; values are of this page's visible questions only."""
    page = form.page(page_key)
    return Cleaned({}) if page is None else form_raw.clean(form, page.questions, raw, facts)


def clean_eligibility(form: Form, raw: Mapping[str, Sequence[str]], facts: Mapping[str, Any]) -> Cleaned:
    """Check the questions before the form, as sent by a browser (then ask ``exit_for``)."""
    return form_raw.clean(form, form.eligibility, raw, facts)


def validate_answers(form: Form, answers: Any, facts: Mapping[str, Any]) -> Cleaned:
    """Check all answers at once; values name every question (null where not asked or not answered)."""
    return form_judging.validate(form, answers, facts)


def warns(form: Form) -> bool:
    """Can any answer of this form be taken with a warning?"""
    return any(
        part.soft or part.type == "personal_number" or any(check.soft for check in part.checks)
        for _, q in form.questions()
        for part in (q, *q.questions)
    )


def json_schema(form: Form, locale: str = "vi") -> dict[str, Any]:
    """The JSON Schema 2020-12 of the answers."""
    return schema_of(form, locale)


def describe(form: Form, answers: Mapping[str, Any], facts: Mapping[str, Any]) -> tuple[AnswerLine, ...]:
    """The answers as lines to read, in the order of the form; empty optional ones are left out."""
    return lines_of(form, settle(form, {**facts, "answers": answers}), facts.get("lookup") or {})


def lines_of(
    form: Form, settled: Mapping[str, Any], lookup: Mapping[str, Mapping[str, Text]]
) -> tuple[AnswerLine, ...]:
    """As ``describe``, for facts that are settled already; ``lookup`` names the communes by their codes."""
    lines = []
    for page in form.pages:
        if not truth(page.show_if, settled):
            continue
        for q in visible_questions(page, settled):
            value = spoken(q, settled["answers"].get(q.key), lookup) if q.stored else BLANK
            if value.vi:
                lines.append(AnswerLine(page.key, page.title, q.key, q.label, value))
    return tuple(lines)


def prefill(form: Form, known: Mapping[str, Any]) -> dict[str, Any]:
    """Answers that known data gives (``{"person.full_name": …}``), where they are acceptable."""
    found = {}
    for _, q in form.questions():
        value = known.get(q.source) if q.source else None
        value = resolved(q, str(value)) if value and q.type in LISTED else value
        if value not in (None, "") and value_error(q, value, {}) is None:
            found[q.key] = value
    return found
