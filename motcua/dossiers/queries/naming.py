"""Answers in words, with communes by their names."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from motcua.catalogue.rules.form import AnswerLine, Form, Question, describe
from motcua.core.texts import Text
from motcua.places.queries import units


def _codes(questions: Iterable[Question], answers: Mapping[str, Any]) -> Iterator[str]:
    for question in questions:
        value = answers.get(question.key)
        if question.type == "commune" and value:
            yield str(value)
        if question.type == "group":
            for entry in value or ():
                yield from _codes(question.questions, entry)


def in_words(form: Form, answers: Mapping[str, Any], facts: Mapping[str, Any]) -> tuple[AnswerLine, ...]:
    """``describe`` with the names of communes; one query where there are any."""
    codes = set(_codes((q for _, q in form.questions()), answers))
    names = {
        code: Text(f"{u.name}, {u.parent_name}", f"{u.name_en or u.name}, {u.parent_name}")
        for code, u in (units(codes) if codes else {}).items()
    }
    return describe(form, answers, {**facts, "lookup": {"commune": names}})
