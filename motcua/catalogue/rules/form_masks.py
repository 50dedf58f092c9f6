"""Answers for a paper that is passed on: personal numbers show their last four digits only."""

from collections.abc import Iterable, Mapping
from typing import Any

from motcua.catalogue.rules.form_model import Question

SHOWN = 4  # digits, as the tracking page asks for


def masked(questions: Iterable[Question], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The same answers with every personal number masked, in the entries of groups too."""
    found = dict(answers)
    for q in questions:
        value = found.get(q.key)
        if q.type == "personal_number" and isinstance(value, str):
            found[q.key] = _hidden(value)
        elif q.type == "group" and isinstance(value, list):
            found[q.key] = [masked(q.questions, entry) for entry in value]
    return found


def _hidden(number: str) -> str:
    return "*" * max(len(number) - SHOWN, 0) + number[-SHOWN:]
