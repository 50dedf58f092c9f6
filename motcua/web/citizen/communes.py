"""A commune typed by name: found by code, by name, or by an old name; asked again when unclear."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.rules.form import Question
from motcua.core.folding import fold
from motcua.places.queries import UnitRef, search_units, units
from motcua.web.citizen.questions import Raw
from motcua.web.fields import Choice

MOST_CHOICES = 8
_CODE = re.compile(r"^\d{5}$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Read:
    """A posted page with communes as codes; ``unclear`` says by field name what could not be found."""

    raw: dict[str, list[str]]
    unclear: dict[str, str] = field(default_factory=dict)
    choices: dict[str, tuple[Choice, ...]] = field(default_factory=dict)


def names_of(questions: Iterable[Question], raw: Raw) -> Iterator[str]:
    """The fields of a page that hold a commune."""
    for question in questions:
        if question.type == "commune":
            yield question.key
        for part in question.questions:
            if part.type == "commune":
                ending = f"-{part.key}"
                yield from (n for n in raw if n.startswith(f"{question.key}-") and n.endswith(ending))


def codes_in(questions: Iterable[Question], answers: Mapping[str, Any]) -> set[str]:
    """The codes of communes among typed answers."""
    found = set()
    for question in questions:
        value = answers.get(question.key)
        if question.type == "commune" and value:
            found.add(str(value))
        if question.type == "group":
            found |= {c for row in value or () for c in codes_in(question.questions, row)}
    return found


def written(unit: UnitRef) -> str:
    """A commune as people write it: name, then province."""
    return f"{unit.name}, {unit.parent_name}" if unit.parent_name else unit.name


def names_by_code(questions: Iterable[Question], answers: Mapping[str, Any]) -> dict[str, str]:
    """Names of the communes among typed answers, in at most one query."""
    codes = codes_in(questions, answers)
    return {code: written(unit) for code, unit in units(codes).items()} if codes else {}


def _matches(text: str) -> tuple[UnitRef, ...]:
    name, _comma, above = text.partition(",")
    found = [u for u in search_units(name.strip()[:100], limit=60) if u.level == "commune" and not u.valid_to]
    if above.strip():
        found = [u for u in found if fold(above) in fold(u.parent_name)] or found
    exact = [u for u in found if fold(u.name) == fold(name)]
    return tuple(exact if len(exact) == 1 else found)


def read_communes(questions: Iterable[Question], raw: dict[str, list[str]]) -> Read:
    """Put codes in place of names; what is unclear comes with communes to choose among."""
    read = Read(dict(raw))
    for name in names_of(questions, raw):
        text = (raw.get(name) or [""])[-1].strip()
        if not text or _CODE.match(text):
            continue
        found = _matches(text)
        if len(found) == 1:
            read.raw[name] = [found[0].code]
        elif found:
            read.unclear[name] = _("Choose which commune or ward you mean")
            read.choices[name] = tuple(Choice(u.code, written(u)) for u in found[:MOST_CHOICES])
        else:
            read.unclear[name] = _("No commune or ward has this name. Check how it is written.")
    return read


def with_names(questions: Iterable[Question], raw: dict[str, list[str]], names: Mapping[str, str]) -> Raw:
    """Raw values with communes as people write them."""
    found = {n: [names.get(raw[n][-1], raw[n][-1])] for n in names_of(questions, raw) if raw.get(n)}
    return {**raw, **found}
