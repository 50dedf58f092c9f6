"""A commune typed by name: found by code, by name, or by a name from before July 2025; asked when unclear.

Since 1 July 2025 there are provinces and communes only. A former commune leads to the one that it became
part of; a former province narrows the search; a former district narrows it where the published names of
the parts hold it, and is passed over elsewhere.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.rules.form import Question
from motcua.catalogue.rules.form_kinds import communes_in
from motcua.core.folding import fold, lower
from motcua.places.queries import UnitRef, communes, provinces, search_units, units
from motcua.web.citizen.widgets import MOST_SUGGESTED, Raw
from motcua.web.fields import Choice

MOST_CHOICES = 8
MOST_PROVINCES = 2
_CODE = re.compile(r"^\d{5}$", re.ASCII)
_LEVELS = re.compile(
    r"^(?:tinh|thanh pho|thu do|tp\.?|quan|q\.|huyen|h\.|thi xa|tx\.?|thi tran|tt\.?"
    r"|xa|x\.|phuong|p\.|dac khu) ?"
)


@dataclass(frozen=True, slots=True)
class Read:
    """A posted page with communes as codes; ``unclear`` says by field name what could not be found.

    ``told``: what a former name became, to say so once the page is saved.
    """

    raw: dict[str, list[str]]
    unclear: dict[str, str] = field(default_factory=dict)
    choices: dict[str, tuple[Choice, ...]] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)


def has_address(question: Question) -> bool:
    """Does it ask for an address, itself or inside its entries?"""
    return question.type == "address" or any(part.type == "address" for part in question.questions)


def province_choices() -> tuple[Choice, ...]:
    """The provinces in force, by name."""
    return tuple(Choice(p.code, p.name) for p in provinces() if not p.valid_to)


def offered_communes(served: Iterable[str]) -> tuple[str, ...]:
    """The communes of the provinces of these communes, as people write them: a browser offers them while one
    types. Those served come first; a list that is too long for a page offers only these.
    """
    here = units(served)
    own = [written(unit) for unit in here.values()]
    above = sorted({unit.parent_code for unit in here.values() if unit.parent_code})[:MOST_PROVINCES]
    beside = [written(u) for code in above for u in communes(code) if not u.valid_to]
    every = tuple(dict.fromkeys((*sorted(own), *beside)))
    return every if len(every) <= MOST_SUGGESTED else tuple(sorted(own))[:MOST_SUGGESTED]


def has_commune(question: Question) -> bool:
    """Does it ask for a commune by itself?"""
    return question.type in {"commune", "address"}


def _ending(question: Question) -> str | None:
    """What follows a question's name in the field that holds its commune; None where there is none."""
    return {"commune": "", "address": "-commune"}.get(question.type)


def names_of(questions: Iterable[Question], raw: Raw) -> Iterator[str]:
    """The fields of a page that hold a commune."""
    for question in questions:
        ending = _ending(question)
        if ending is not None:
            yield question.key + ending
        for part in question.questions:
            inner = _ending(part)
            if inner is not None:
                last = f"-{part.key}{inner}"
                names = {n for n in raw if n.startswith(f"{question.key}-") and n.endswith(last)}
                provinces_of = (n for n in raw if n.endswith(f"-{part.key}-province"))
                yield from sorted(names | {n.removesuffix("-province") + "-commune" for n in provinces_of})


def written(unit: UnitRef) -> str:
    """A commune as people write it: name, then province."""
    return f"{unit.name}, {unit.parent_name}" if unit.parent_name else unit.name


def names_by_code(questions: Iterable[Question], answers: Mapping[str, Any]) -> dict[str, str]:
    """Names of the communes among typed answers, in at most one query."""
    codes = {c for q in questions for c in communes_in(q, answers.get(q.key))}
    return {code: written(unit) for code, unit in units(codes).items()} if codes else {}


def _bare(name: str) -> str:
    """A folded name without its level: ``Thị trấn Phước Dân`` → ``phuoc dan``."""
    return _LEVELS.sub("", fold(name)).strip()


def _live(text: str) -> list[UnitRef]:
    return [u for u in search_units(text, limit=60) if u.level == "commune" and not u.valid_to]


def _parts_of(unit: UnitRef) -> set[str]:
    """The folded names of what a unit was formed from, without their levels."""
    return {_bare(part) for part in re.split(r"[,;()]| và ", unit.formed_from) if part.strip()}


def _narrowed(found: list[UnitRef], above: str) -> list[UnitRef]:
    """Those whose province, former province or published parts hold the words; all where none does."""
    wanted = [w for w in (_bare(part) for part in above.split(",")) if w]
    if not wanted or len(found) < 2:
        return found
    old = {p.code: f"{p.name} {p.formed_from}" for p in provinces()}
    held = [(u, fold(f"{u.parent_name} {old.get(u.parent_code or '', '')} {u.formed_from}")) for u in found]
    for word in reversed(wanted):  # the widest unit stands last
        held = [(u, text) for u, text in held if word in text] or held
    return [u for u, _text in held]


def _matches(text: str, province: str) -> tuple[UnitRef, ...]:
    name, _comma, above = text.partition(",")
    name = name.strip()[:100]
    found = _live(name) or _live(_bare(name))
    if province:
        found = [u for u in found if u.parent_code == province]
    found = _narrowed(found, above)
    for same in (
        [u for u in found if lower(u.name) == lower(name)],  # marks tell two names apart
        [u for u in found if fold(u.name) == fold(name)],
        [u for u in found if _bare(u.name) == _bare(name)],
        [u for u in found if _bare(name) in _parts_of(u)],
    ):
        if same:
            return tuple(same)
    return tuple(found)


def _choice(unit: UnitRef, text: str) -> Choice:
    """A commune to choose; with what it was formed from where only that holds the typed words."""
    name = text.partition(",")[0]
    old = unit.formed_from if unit.formed_from and fold(name) not in fold(unit.name) else ""
    hint = _("Formed from: %(old)s") % {"old": old[:160]} if old else ""
    return Choice(unit.code, written(unit), hint)


def _one(read: Read, name: str) -> None:
    """Read one field: put a code in its place, or say why not."""
    text = (read.raw.get(name) or [""])[-1].strip()
    province = (read.raw.get(name.removesuffix("-commune") + "-province") or [""])[-1][:5]
    if _CODE.match(text):
        return
    if not text:
        here = communes(province) if province and name.endswith("-commune") else ()
        if here:
            read.unclear[name] = _("Choose the commune or ward")
            read.choices[name] = tuple(Choice(u.code, u.name) for u in here if not u.valid_to)
        return
    found = _matches(text, province)
    if len(found) == 1:
        read.raw[name] = [found[0].code]
        if fold(text.partition(",")[0]) not in fold(found[0].name):
            words = {"old": text.partition(",")[0].strip(), "new": written(found[0])}
            read.told.append(_("%(old)s is now part of %(new)s.") % words)
    elif found:
        read.unclear[name] = _("Choose which commune or ward you mean")
        read.choices[name] = tuple(_choice(u, text) for u in found[:MOST_CHOICES])
    else:
        read.unclear[name] = _("No commune or ward has this name. Check how it is written.")


def read_communes(questions: Iterable[Question], raw: dict[str, list[str]]) -> Read:
    """Put codes in place of names; what is unclear comes with communes to choose among."""
    read = Read(dict(raw))
    for name in names_of(questions, raw):
        _one(read, name)
    return read


def with_names(questions: Iterable[Question], raw: dict[str, list[str]], names: Mapping[str, str]) -> Raw:
    """Raw values with communes as people write them."""
    found = {n: [names.get(raw[n][-1], raw[n][-1])] for n in names_of(questions, raw) if raw.get(n)}
    return {**raw, **found}
