"""The rates: from the rollups, or recounted from the dossiers themselves."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q, Sum

from motcua.catalogue import queries as catalogue
from motcua.core.actor import SYSTEM, Actor
from motcua.core.periods import Period
from motcua.core.texts import Text
from motcua.monitoring.models import Tally
from motcua.monitoring.queries.answers import RatesAnswer, in_order, make_row
from motcua.monitoring.queries.dossiers import all_facts
from motcua.monitoring.queries.land import land as load_land
from motcua.monitoring.queries.offers import offers
from motcua.monitoring.rules.counting import Counts, verdict
from motcua.monitoring.rules.definition import Counted, Definition
from motcua.monitoring.rules.definitions import definition as find
from motcua.monitoring.rules.scopes import (
    BLOCKS,
    NATIONAL,
    WHOLE,
    By,
    Cell,
    Land,
    Offer,
    Scope,
    UnknownScope,
    parse_by,
    parse_scope,
    sum_cells,
    sum_offers,
)

Found = TypeVar("Found", Cell, Offer)
_COLUMN = {By.BLOCK: "agency_id", By.AGENCY: "agency_id", By.PROCEDURE: "procedure", By.PLACE: "place"}


def rates(
    definition: str,
    period: Period,
    by: str | None = None,
    scope: str = NATIONAL,
    *,
    actor: Actor,
    recount: bool = False,
    land: Land | None = None,
) -> RatesAnswer:
    """One definition over a period: the national row, the scope's row, then its split.

    Public figures: every actor sees the same counts. ``recount`` reads every dossier instead of the
    rollups. ``land`` may be given by a page that asks for several definitions. Raises
    ``UnknownDefinition``, ``UnknownScope``, ``UnknownSplit``.
    """
    wanted, split, here = find(definition), parse_by(by), parse_scope(scope)
    land = land or load_land()
    check_scope(here, land)
    sums = _sums(wanted, period, split, here, land, recount=recount)
    names = _names(sums, split, period, land)
    rows = [make_row(wanted, period, key, names[key], sums[key]) for key in _order(sums, names, here)]
    return RatesAnswer(wanted, period, tuple(rows))


def check_scope(scope: Scope, land: Land) -> None:
    """Raise ``UnknownScope`` for an agency or place that is not known."""
    if scope.kind == "agency" and scope.value not in land.by_identifier:
        raise UnknownScope(scope=str(scope))
    if scope.kind == "place" and scope.value not in land.places:
        raise UnknownScope(scope=str(scope))


def _sums(
    definition: Definition, period: Period, by: By | None, scope: Scope, land: Land, *, recount: bool
) -> dict[str, Counts]:
    if definition.counts is Counted.DOSSIERS:
        cells = recounted(definition, period) if recount else None
        whole = sum_cells(_pick(cells, Scope("national"), land), None, land) if cells is not None else {
            "": _total(definition, period)
        }  # fmt: skip
        part = cells and _pick(cells, scope, land)
        split = sum_cells(part if part is not None else _cells(definition, period, by, scope, land), by, land)
    else:
        found = offers(definition, period, land, recount=recount)
        whole = sum_offers(found, None, land)
        split = sum_offers(_pick(found, scope, land), by, land)
    total = split.pop("")
    sums = {**_empty(by, scope, land), **split}
    return {**sums, str(scope): total, NATIONAL: whole[""]}


def _empty(by: By | None, scope: Scope, land: Land) -> dict[str, Counts]:
    """Rows that are shown even when nothing was counted: blocks, and the roots of the agencies."""
    if scope.kind != "national":
        return {}
    if by is By.BLOCK:
        return {key: Counts() for key in BLOCKS}
    if by is By.AGENCY:
        return {root: Counts() for root in land.roots()}
    return {}


def _tallies(definition: Definition, period: Period) -> Any:
    return Tally.objects.filter(
        definition=definition.identifier,
        revision=definition.revision,
        received_on__range=(period.first, period.last),
        since_on__lte=period.last,
    )


def _total(definition: Definition, period: Period) -> Counts:
    names = ("numerator", "denominator", "excluded")
    found = _tallies(definition, period).aggregate(**{name: Sum(name) for name in names})
    return Counts(*(found[name] or 0 for name in names))


def _cells(definition: Definition, period: Period, by: By | None, scope: Scope, land: Land) -> Iterable[Cell]:
    """Sums from the rollups, grouped by what the split needs only."""
    column = _COLUMN[by] if by else "agency_id"
    rows = (
        _tallies(definition, period)
        .filter(inside(scope, land))
        .values(column)
        .annotate(n=Sum("numerator"), d=Sum("denominator"), e=Sum("excluded"))
        .order_by(column)
    )
    for row in rows:
        counts = Counts(row["n"], row["d"], row["e"])
        if counts:
            yield Cell(row.get("agency_id", 0), row.get("procedure", ""), row.get("place", ""), counts)


def inside(scope: Scope, land: Land) -> Q:
    """The condition on rows with ``agency``, ``place`` and ``procedure`` for a scope."""
    if scope.kind == "block":
        return Q(agency_id__in=sorted(land.block(scope.value)))
    if scope.kind == "agency":
        return Q(agency__path__startswith=land.by_identifier[scope.value].path)
    if scope.kind == "place":
        return Q(place__in=sorted(land.within(scope.value)))
    return Q(procedure=scope.value) if scope.kind == "procedure" else Q()


def _pick(found: Iterable[Found], scope: Scope, land: Land) -> list[Found]:
    """Those inside a scope."""
    if scope.kind == "national":
        return list(found)
    if scope.kind == "procedure":
        return [f for f in found if f.procedure == scope.value]
    if scope.kind == "place":
        places = land.within(scope.value)
        return [f for f in found if f.place in places]
    agencies = land.block(scope.value) if scope.kind == "block" else land.subtree(scope.value)
    return [f for f in found if f.agency_id in agencies]


def recounted(definition: Definition, period: Period) -> list[Cell]:
    """The counts of every dossier by itself: the path that does not touch the rollups."""
    cells: dict[tuple[int, str, str], Counts] = {}
    for facts in all_facts():
        if facts.received_at is None or not period.contains(facts.received_at):
            continue
        v = verdict(definition, facts, period.last)
        key = (facts.agency_id, facts.procedure, facts.place)
        cells[key] = cells.get(key, Counts()) + Counts(v.numerator, v.denominator, v.excluded)
    return [Cell(*key, counts) for key, counts in cells.items()]


def _names(sums: Iterable[str], by: By | None, period: Period, land: Land) -> dict[str, Text]:
    procedures = _procedure_names(period.last) if any(key.startswith("procedure:") for key in sums) else {}
    names: dict[str, Text] = {}
    for key in sums:
        kind, _, value = key.partition(":")
        if key == NATIONAL:
            names[key] = WHOLE
        elif key in BLOCKS:
            names[key] = BLOCKS[key]
        elif kind == "procedure":
            names[key] = procedures.get(value, Text(value, value))
        elif kind == "place":
            names[key] = land.places[value].name if value in land.places else Text(value, value)
        else:
            names[key] = land.by_identifier[key].name
    return names


def _procedure_names(on: date) -> dict[str, Text]:
    return {row.code: Text(row.name_vi, "") for row in catalogue.all_procedures(on, actor=SYSTEM)}


def _order(sums: dict[str, Counts], names: dict[str, Text], scope: Scope) -> list[str]:
    first = [NATIONAL] if scope.kind == "national" else [NATIONAL, str(scope)]
    return first + [key for key in in_order(names) if key not in first]
