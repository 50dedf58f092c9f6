"""Figures whose data is elsewhere, for those who may type them in."""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.core.actor import Actor
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.monitoring.access import ENTERING, enters
from motcua.monitoring.gateways import schemes
from motcua.monitoring.models import Entered, EnteredRevision
from motcua.monitoring.queries.land import land
from motcua.monitoring.rules.index766 import Component, in_force
from motcua.monitoring.rules.scopes import AgencyNode


@dataclass(frozen=True, slots=True)
class Value:
    """What a figure says or said, by whom and since when; ``until`` None: it still does."""

    numerator: int
    denominator: int
    source: str
    told_on: date | None
    by: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class OutsideFigure:
    """One figure with what it said before, latest first."""

    id: int
    component: str
    name: Text
    agency: AgencyNode
    first: date
    last: date
    value: Value
    before: tuple[Value, ...]


def may_enter(actor: Actor) -> bool:
    """Whether there is an agency for which the actor may enter figures."""
    if not any(post.role in ENTERING for post in actor.posts):
        return False
    return any(enters(actor, one.path) for one in land().by_identifier.values())


def enterable_agencies(actor: Actor) -> tuple[AgencyNode, ...]:
    """The agencies for which the actor may enter figures, by identifier; raises ``NotFound`` without any."""
    if not may_enter(actor):
        raise NotFound
    found = [one for one in land().by_identifier.values() if enters(actor, one.path)]
    return tuple(sorted(found, key=lambda one: one.identifier))


def outside_components(on: date) -> tuple[Component, ...]:
    """The components of the index in force on a day that no data here counts."""
    return tuple(one for one in in_force(schemes(), on).components if not one.definition)


def outside_figures(on: date, *, limit: int = 200, actor: Actor) -> tuple[OutsideFigure, ...]:
    """Figures of such components for the actor's agencies, latest period first. Raises ``NotFound``."""
    agencies = {one.identifier: one for one in enterable_agencies(actor)}
    names = {one.key: one.name for one in outside_components(on)}
    rows = Entered.objects.select_related("entered_by").filter(component__in=sorted(names))
    found = [row for row in rows.order_by("-last", "-first", "scope", "component") if row.scope in agencies]
    found = found[:limit]
    before: dict[int, list[Value]] = {row.pk: [] for row in found}
    for old in EnteredRevision.objects.select_related("entered_by").filter(figure__in=found).order_by("-pk"):
        before[old.figure_id].append(_value(old, old.entered_at, old.replaced_at))
    return tuple(
        OutsideFigure(
            row.pk, row.component, names[row.component], agencies[row.scope], row.first, row.last,
            _value(row, row.imported_at, None), tuple(before[row.pk]),
        )
        for row in found
    )  # fmt: skip


def _value(row: Entered | EnteredRevision, since: datetime, until: datetime | None) -> Value:
    by = row.entered_by.get_full_name() if row.entered_by else ""
    return Value(row.numerator, row.denominator, row.source, row.told_on, by, since, until)
