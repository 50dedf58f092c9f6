"""The rates: from the rollups, or recounted from the dossiers themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from motcua.catalogue import queries as catalogue
from motcua.core.actor import SYSTEM, Actor
from motcua.core.periods import Period
from motcua.core.texts import Text
from motcua.monitoring.queries.answers import RatesAnswer, in_order, make_row
from motcua.monitoring.queries.dossiers import all_facts
from motcua.monitoring.queries.land import land as load_land
from motcua.monitoring.queries.offers import offers, used_services
from motcua.monitoring.queries.petitions import petition_facts_of
from motcua.monitoring.queries.sums import cells as read_cells
from motcua.monitoring.queries.targets import known_targets
from motcua.monitoring.rules.counting import OUT, Counts, measured_factor, verdict
from motcua.monitoring.rules.definition import Counted, Definition, Factor, Hit
from motcua.monitoring.rules.definitions import definition as find
from motcua.monitoring.rules.facts import handling_minutes
from motcua.monitoring.rules.offered import Offer, sum_offers
from motcua.monitoring.rules.scopes import (
    BLOCKS,
    NATIONAL,
    WHOLE,
    By,
    Cell,
    Land,
    Scope,
    UnknownScope,
    parse_by,
    parse_scope,
    sum_cells,
)
from motcua.monitoring.rules.targets import Target, target_for

Found = TypeVar("Found", Cell, Offer)


def rates(
    definition: str,
    period: Period,
    by: str | None = None,
    scope: str = NATIONAL,
    *,
    actor: Actor,
    recount: bool = False,
) -> RatesAnswer:
    """One definition over a period: the national row, the scope's row, then its split.

    Public figures: every actor sees the same counts. ``recount`` reads every dossier instead of the
    rollups. Raises ``UnknownDefinition``, ``UnknownScope``, ``UnknownSplit``.
    """
    return several((definition,), period, by, scope, land=load_land(), actor=actor, recount=recount)[0]


def several(
    definitions: Sequence[str],
    period: Period,
    by: str | None,
    scope: str,
    *,
    land: Land,
    actor: Actor,
    recount: bool = False,
) -> tuple[RatesAnswer, ...]:
    """The same for several definitions, in a number of queries that does not grow with them."""
    wanted = [find(one) for one in definitions]
    split, here = parse_by(by), parse_scope(scope)
    check_scope(here, land)
    asked = Asked(period, split, here, land, recount)
    sums = {**_dossier_sums(asked, _with_factors(wanted)), **_offer_sums(asked, wanted)}
    names = names_of({key for one in sums.values() for key in one}, period, land)
    targets = known_targets()
    return tuple(_answer(one, asked, sums, names, targets) for one in wanted)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of all definitions alike."""

    period: Period
    by: By | None
    scope: Scope
    land: Land
    recount: bool


Sums = dict[str, Counts]


def _with_factors(wanted: Iterable[Definition]) -> list[Definition]:
    """The definitions, and those whose rates are factors of theirs."""
    asked = list(wanted)
    names = dict.fromkeys(f.name for d in asked for f in d.factors)
    return asked + [d for d in map(find, names) if d not in asked]


def _answer(
    definition: Definition,
    asked: Asked,
    sums: dict[str, Sums],
    names: dict[str, Text],
    targets: tuple[Target, ...],
) -> RatesAnswer:
    own = sums[definition.identifier]
    rows = (
        make_row(
            definition,
            key,
            names[key],
            own[key],
            _factors(definition, sums, key),
            target_for(definition.rule, key, asked.period.last, targets),
        )
        for key in _order(own, asked.scope)
    )
    return RatesAnswer(definition, asked.period, tuple(rows))


def _factors(definition: Definition, sums: dict[str, Sums], key: str) -> tuple[Factor, ...]:
    """The factors of a row: as counted in the same scope, else as assumed."""
    counted = ((f, sums[f.name].get(key, Counts())) for f in definition.factors)
    return tuple(measured_factor(f, c.numerator, c.denominator) for f, c in counted)


def check_scope(scope: Scope, land: Land) -> None:
    """Raise ``UnknownScope`` for an agency or place that is not known."""
    if scope.kind == "agency" and scope.value not in land.by_identifier:
        raise UnknownScope(scope=str(scope))
    if scope.kind == "place" and scope.value not in land.places:
        raise UnknownScope(scope=str(scope))


def _dossier_sums(asked: Asked, wanted: Iterable[Definition]) -> dict[str, Sums]:
    mine = [d for d in wanted if d.rolled]
    if not mine:
        return {}
    if asked.recount:
        cells = {d.identifier: recounted(d, asked.period) for d in mine}
        whole = {key: sum_cells(found, None, asked.land)[""] for key, found in cells.items()}
        cells = {key: _pick(found, asked.scope, asked.land) for key, found in cells.items()}
    else:
        cells = read_cells(mine, asked.period, asked.by, asked.scope, asked.land)
        whole = {} if asked.scope.kind == "national" else _totals(mine, asked)
    sums = {d.identifier: sum_cells(cells.get(d.identifier, []), asked.by, asked.land) for d in mine}
    return {key: _shown(asked, found, whole.get(key)) for key, found in sums.items()}


def _totals(wanted: list[Definition], asked: Asked) -> dict[str, Counts]:
    found = read_cells(wanted, asked.period, None, Scope("national"), asked.land)
    return {key: sum_cells(rows, None, asked.land)[""] for key, rows in found.items()}


def _offer_sums(asked: Asked, wanted: Iterable[Definition]) -> dict[str, Sums]:
    sums: dict[str, Sums] = {}
    for definition in wanted:
        if definition.rolled:
            continue
        if definition.hit is Hit.USED and _by_roots(asked):
            cells = used_services(asked.period, asked.land)
            whole = sum_cells(cells, None, asked.land)[""]
            inside = _pick(cells, asked.scope, asked.land)
            sums[definition.identifier] = _shown(asked, sum_cells(inside, asked.by, asked.land), whole)
            continue
        found = offers(definition, asked.period, asked.land, recount=asked.recount)
        here, hit = _pick(found, asked.scope, asked.land), definition.hit
        split = sum_offers(here, asked.by, asked.land, hit)
        national = asked.scope.kind == "national"
        whole = split[""] if national else sum_offers(found, None, asked.land, hit)[""]
        sums[definition.identifier] = _shown(asked, split, whole)
    return sums


def _by_roots(asked: Asked) -> bool:
    """True where agencies below the roots need not be told apart."""
    wide = asked.scope.kind in {"national", "block"} and asked.by in {None, By.BLOCK}
    return wide and not asked.recount


def _shown(asked: Asked, split: Sums, whole: Counts | None) -> Sums:
    """The rows of an answer: the split, the scope and the nation."""
    total = split.pop("")
    shown = {**_empty(asked.by, asked.scope, asked.land), **split, str(asked.scope): total}
    national = total if asked.scope.kind == "national" else whole or Counts()
    return {**shown, NATIONAL: national}


def _empty(by: By | None, scope: Scope, land: Land) -> dict[str, Counts]:
    """Rows that are shown even when nothing was counted: blocks, and the roots of the agencies."""
    if scope.kind != "national":
        return {}
    if by is By.BLOCK:
        return {key: Counts() for key in BLOCKS}
    if by is By.AGENCY:
        return {root: Counts() for root in land.roots()}
    return {}


def totals_of(wanted: Iterable[Definition], period: Period, procedure: str) -> dict[str, Counts]:
    """The whole country's counts of one procedure, by definition, from the rollups; one query."""
    nowhere = Land((), ())  # a procedure's own cube knows no agency
    found = read_cells(list(wanted), period, None, Scope("procedure", procedure), nowhere)
    return {key: sum_cells(rows, None, nowhere)[""] for key, rows in found.items()}


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
    """The counts of every dossier (or petition) by itself: the path that does not touch the rollups."""
    cells: dict[tuple[int, str, str], Counts] = {}
    for facts in all_facts() if definition.counts is Counted.DOSSIERS else petition_facts_of():
        if facts.received_at is None or not period.contains(facts.received_at):
            continue
        v = verdict(definition, facts, period.last)
        if v == OUT:
            continue
        hit = handling_minutes(facts) * v.denominator if definition.measured else v.numerator
        key = (facts.agency_id, facts.procedure, facts.place)
        cells[key] = cells.get(key, Counts()) + Counts(hit, v.denominator, v.excluded)
    return [Cell(*key, counts) for key, counts in cells.items() if counts]


def names_of(sums: Iterable[str], period: Period, land: Land) -> dict[str, Text]:
    """Names of scopes, by scope, as on the period's last day."""
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


def scope_name(scope: str, period: Period, land: Land) -> Text:
    """The name of one scope that is known to be one."""
    return names_of({scope}, period, land)[scope]


def _procedure_names(on: date) -> dict[str, Text]:
    return {row.code: Text(row.name_vi, "") for row in catalogue.all_procedures(on, actor=SYSTEM)}


def _order(sums: Sums, scope: Scope) -> list[str]:
    first = [NATIONAL] if scope.kind == "national" else [NATIONAL, str(scope)]
    return first + [key for key in in_order(sums) if key not in first]
