"""Services of a scope against a target, by unit and by level, each opening into its services."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from motcua.catalogue import queries as catalogue
from motcua.core.actor import SYSTEM, Actor
from motcua.core.periods import Period
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.core.written import Cell, Part, Table, Written
from motcua.monitoring.access import may_open
from motcua.monitoring.queries.land import land as load_land
from motcua.monitoring.queries.rates import check_scope, names_of
from motcua.monitoring.queries.sums import Question, read
from motcua.monitoring.queries.targets import NearestTargets, known_targets
from motcua.monitoring.rules.counting import Counts
from motcua.monitoring.rules.cubes import SERVICE
from motcua.monitoring.rules.definition import Definition
from motcua.monitoring.rules.definitions import definition as find
from motcua.monitoring.rules.offers import effective_level
from motcua.monitoring.rules.reaching import REACHES, Reach, Standing, reach_of, tally
from motcua.monitoring.rules.reporting import note_of
from motcua.monitoring.rules.scopes import NATIONAL, Land, Scope, UnknownScope, parse_scope

BY = ("online_emc", "online_2022")
LEVELS = {"full": Text("toàn trình", "full"), "partial": Text("một phần", "partial")}
MOST = 200


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit right below the scope, or a level of service, with how many services stand how."""

    scope: str
    name: Text
    counts: Counter[Reach]

    @property
    def all(self) -> int:
        """All its services."""
        return self.counts.total()


@dataclass(frozen=True, slots=True)
class Service:
    """One service with its names."""

    standing: Standing
    agency: str
    agency_name: Text
    name: Text


@dataclass(frozen=True, slots=True)
class Reached:
    """A whole answer; ``services`` only those of the asked state, at most ``MOST``."""

    definition: Definition
    scope: str
    name: Text
    whole: Unit
    units: tuple[Unit, ...]
    levels: tuple[Unit, ...]
    services: tuple[Service, ...]
    left_out: int


Came = dict[tuple[str, int], Counts]


def _came(wanted: Definition, period: Period, land: Land) -> Came:
    """What was counted, by procedure and agency."""
    asked = Question((wanted,), period, SERVICE, ("agency", "procedure"), Scope(NATIONAL), land)
    came: Came = {}
    for cell in read(asked).get(wanted.identifier, []):
        pair = (cell.procedure, cell.agency_id)
        came[pair] = came.get(pair, Counts()) + cell.counts
    return came


def _standings(wanted: Definition, period: Period, here: Scope, land: Land, hide: bool) -> list[Standing]:
    offered = {
        (s.procedure_code, s.agency_id): level
        for s in catalogue.all_services(period.last, actor=SYSTEM)
        if s.agency_id in land.agencies and (level := effective_level(s.level, s.level_declared)) in LEVELS
    }
    came, targets = (
        _came(wanted, period, land),
        NearestTargets(wanted.rule, period.last, land, known_targets()),
    )
    inside, trees = _inside(here, land), dict[int, frozenset[int]]()
    found = []
    for (procedure, agency_id), level in sorted(offered.items()):
        if agency_id not in inside:
            continue
        if agency_id not in trees:
            trees[agency_id] = land.subtree(land.agencies[agency_id].identifier)
        # a province offers, its communes handle: what comes below and is no service of its own counts here
        below = (b for b in trees[agency_id] if b == agency_id or (procedure, b) not in offered)
        counts = sum((came.get((procedure, b), Counts()) for b in below), Counts())
        nearest = targets.of_agency(agency_id)
        target = nearest.percent if nearest else None
        reach = reach_of(counts, target, hide=hide)
        found.append(Standing(procedure, agency_id, level, counts, target, reach))
    return found


def _inside(here: Scope, land: Land) -> frozenset[int]:
    if here.kind == "agency":
        return land.subtree(here.value)
    if here.kind == "block":
        return land.block(here.value)
    if here.kind == "national":
        return frozenset(land.agencies)
    raise UnknownScope(scope=str(here))


def _groups(here: Scope, land: Land, inside: frozenset[int]) -> dict[int, str]:
    """For each agency the one right below the scope that it belongs to; the scope's own agency is itself."""
    depth = len(land.lineage(land.by_identifier[here.value].id)) if here.kind == "agency" else 0
    lines = {agency_id: land.lineage(agency_id) for agency_id in inside}
    return {a: line[min(depth, len(line) - 1)].identifier for a, line in lines.items()}


def reached(
    definition: str, period: Period, scope: str, state: str = "", *, actor: Actor, most: int = MOST
) -> Reached:
    """Services that reach the target, miss it, have no dossiers.

    Raises ``NotFound`` for a form or a scope that there is not.
    """
    if definition not in BY:
        raise NotFound
    wanted, land = find(definition), load_land()
    try:
        here = parse_scope(scope)
        check_scope(here, land)
        inside = _inside(here, land)
    except UnknownScope as unknown:
        raise NotFound from unknown
    found = _standings(wanted, period, here, land, hide=not may_open(actor))
    group = _groups(here, land, inside)
    by_unit, names = tally(found, group), names_of({*group.values(), str(here)}, period, land)
    listed = sorted((one for one in found if one.reach == state), key=lambda one: one.rate or Decimal(0))
    whole = Counter(one.reach for one in found)
    return Reached(
        wanted, str(here), names[str(here)], Unit(str(here), names[str(here)], whole),
        tuple(Unit(key, names[key], by_unit[key]) for key in sorted(by_unit)),
        tuple(
            Unit(level, name, Counter(one.reach for one in found if one.level == level))
            for level, name in LEVELS.items()
        ),
        _named(listed[:most], period, land), max(0, len(listed) - most),
    )  # fmt: skip


def _named(found: list[Standing], period: Period, land: Land) -> tuple[Service, ...]:
    names = names_of({f"procedure:{one.procedure}" for one in found}, period, land)
    return tuple(
        Service(
            one, land.agencies[one.agency_id].identifier, land.agencies[one.agency_id].name,
            names[f"procedure:{one.procedure}"],
        )
        for one in found
    )  # fmt: skip


def written_reach(found: Reached, period: Period) -> Written:
    """The tables of the page as a document."""
    days = f"{period.first:%d/%m/%Y} – {period.last:%d/%m/%Y}"
    title = Text("Dịch vụ đạt, chưa đạt, không có hồ sơ", "Services reaching, missing, without dossiers")
    shown = [reach for reach in Reach if found.whole.counts[reach] or reach in _ALWAYS]
    head = (Text("Dịch vụ", "Services"), *(REACHES[reach] for reach in shown))

    def table(caption: Text, first: Text, units: tuple[Unit, ...]) -> Table:
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (one.name, one.all, *(one.counts[reach] for reach in shown)) for one in units
        )
        return Table(caption, (first, *head), rows)

    unit, level = Text("Đơn vị", "Unit"), Text("Mức độ", "Level")
    by_unit, by_level = Text("Theo đơn vị", "By unit"), Text("Theo mức độ", "By level")
    return Written(
        title,
        Text(f"{found.name.vi}, {days}", f"{found.name.en or found.name.vi}, {days}"),
        period.last,
        (
            Part(by_unit, table=table(by_unit, unit, (*found.units, found.whole))),
            Part(by_level, table=table(by_level, level, found.levels)),
        ),
        (note_of(found.definition),),
    )


_ALWAYS = (Reach.REACHING, Reach.MISSING, Reach.WITHOUT)
