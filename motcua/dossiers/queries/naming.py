"""Answers in words, with communes by their names."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from motcua.catalogue.rules.form import AnswerLine, Form, describe
from motcua.catalogue.rules.form_kinds import communes_in
from motcua.core.texts import Text
from motcua.places.queries import any_unit, units

M = TypeVar("M", bound=Model)


def with_names(rows: "QuerySet[M]") -> "QuerySet[M]":
    """Dossiers or drafts with the names of their procedure, without its texts: a whole pack for each row."""
    heavy = ("revision__facts", "revision__pack", "revision__procedure__sources")
    return rows.select_related("revision__procedure").defer(*heavy)


def commune_names(form: Form, answers: Any) -> dict[str, Text]:
    """The names of the communes among answers, by code; one query where there are any."""
    given = answers if isinstance(answers, Mapping) else {}
    codes = {code for _, q in form.questions() for code in communes_in(q, given.get(q.key))}
    return {
        code: Text(f"{u.name}, {u.parent_name}", f"{u.name_en or u.name}, {u.parent_name}")
        for code, u in (units(codes) if codes else {}).items()
    }


def with_places(form: Form, answers: Any, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts with the names of the communes that the answers name, where they name any.

    A site that holds no units at all cannot say that a code is none: then no names are given.
    """
    given = answers if isinstance(answers, Mapping) else {}
    if not any(True for _, q in form.questions() for _code in communes_in(q, given.get(q.key))):
        return dict(facts)
    names = commune_names(form, given)
    return {**facts, "lookup": {"commune": names}} if names or any_unit() else dict(facts)


def in_words(form: Form, answers: Mapping[str, Any], facts: Mapping[str, Any]) -> tuple[AnswerLine, ...]:
    """``describe`` with the names of communes."""
    return describe(form, answers, {**facts, "lookup": {"commune": commune_names(form, answers)}})
