"""Procedures with all that they publish, for catalogues that other systems read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from motcua.catalogue.models import LawDocument, Procedure, Revision, Service
from motcua.catalogue.queries.life import life_events
from motcua.catalogue.queries.procedures import revision_pack
from motcua.catalogue.queries.services import in_force
from motcua.catalogue.rules.facts import Facts, from_record
from motcua.catalogue.rules.life import LifeEvent
from motcua.core.actor import Actor
from motcua.core.pages import Page
from motcua.core.texts import Text

_NUMBER = re.compile(r"^\d+/\S{2,50}$")  # 75/2022/TT-BTC


@dataclass(frozen=True, slots=True)
class LawRef:
    """A document that a procedure rests on; ``number`` "" where the source gives only its title."""

    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Described:
    """One procedure in force: its facts, laws and life events, and whether it is filed online here."""

    code: str
    name: Text
    agency_code: str
    agency_name: str
    field: str
    facts: Facts
    laws: tuple[LawRef, ...]
    events: tuple[LifeEvent, ...]
    online: bool
    working: bool = False  # its pack counts a limit in working time, whatever unit the source names


def described(on: date, *, after: str = "", limit: int = 100, actor: Actor) -> Page[Described]:
    """Procedures in force on a day by code, each with what the catalogue knows of it.

    Six queries, and one for each pack that this process has not read yet.
    """
    rows = list(Procedure.objects.filter(in_force(on), code__gt=after).order_by("code")[: limit + 1])
    shown = rows[:limit]
    found = Revision.objects.filter(procedure__in=shown, closed_at__isnull=True)
    facts = {number: from_record(record) for number, record in found.values_list("procedure_id", "facts")}
    packed = found.filter(pack__isnull=False).values_list("procedure_id", "pk")
    working = {number for number, revision in packed if _counts_working(revision)}
    online = set(
        Service.objects.filter(in_force(on), procedure__in=shown)
        .exclude(level="information")
        .values_list("procedure_id", flat=True)
    )
    laws, events = _laws(facts), _events(on)
    items = tuple(
        _one(row, facts.get(row.pk), laws, events.get(row.code, ()), row.pk in online) for row in shown
    )
    items = tuple(replace(one, working=row.pk in working) for one, row in zip(items, shown, strict=True))
    return Page(items, shown[-1].code if len(rows) > limit else None)


def _counts_working(revision_id: int) -> bool:
    return any(rule.limit.unit.startswith("working") for rule in revision_pack(revision_id).limits)


def _one(
    row: Procedure,
    facts: Facts | None,
    laws: Mapping[str, str],
    events: tuple[LifeEvent, ...],
    online: bool,
) -> Described:
    facts = facts or Facts(row.code, row.name_vi)
    return Described(
        code=row.code,
        name=Text(row.name_vi, row.name_en),
        agency_code=row.agency_code,
        agency_name=row.agency_name,
        field=row.field,
        facts=facts,
        laws=tuple(_law(named, laws) for named in facts.legal),
        events=events,
        online=online,
    )


def _law(named: str, titles: Mapping[str, str]) -> LawRef:
    """A document as the source names it; a number has the title that is kept for it."""
    if named in titles or _NUMBER.match(named):
        return LawRef(named, titles.get(named) or named)
    return LawRef("", named)


def _laws(facts: Mapping[int, Facts]) -> dict[str, str]:
    """Titles of the documents that are kept, by number."""
    named = sorted({name for one in facts.values() for name in one.legal if len(name) <= 60})
    return dict(LawDocument.objects.filter(number__in=named).values_list("number", "title"))


def _events(on: date) -> dict[str, tuple[LifeEvent, ...]]:
    """The life events of each procedure, by its code."""
    found: dict[str, tuple[LifeEvent, ...]] = {}
    for event in life_events(on):
        for code in {step.procedure for step in event.steps if step.procedure}:
            found[code] = (*found.get(code, ()), event)
    return found
