"""What a board page shows: figures of a scope, the rows right below it, the way back up."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from motcua.core.actor import Actor
from motcua.core.periods import Period
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.monitoring.access import may_open
from motcua.monitoring.queries.answers import RateRow, RatesAnswer
from motcua.monitoring.queries.land import land as load_land
from motcua.monitoring.queries.rates import several
from motcua.monitoring.queries.targets import NearestTargets, known_targets
from motcua.monitoring.rules.definition import Counted, Definition
from motcua.monitoring.rules.definitions import ON_BOARD, causes_of
from motcua.monitoring.rules.definitions import definition as find
from motcua.monitoring.rules.scopes import (
    BLOCKS,
    NATIONAL,
    WHOLE,
    By,
    Land,
    Scope,
    UnknownScope,
    UnknownSplit,
    parse_by,
    parse_scope,
)
from motcua.monitoring.rules.targets import Target

SMALLEST_SHOWN = 5  # public pages do not show a place, procedure or lower agency with fewer dossiers
MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class Step:
    """A link of the way from the nation down to the scope, or to a row below it."""

    scope: str
    name: Text


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A row as a board shows it: counts are hidden (``small``) where they could point to persons."""

    scope: str
    name: Text
    numerator: int
    denominator: int
    excluded: int
    rate: Decimal | None
    target: Decimal | None
    small: bool


@dataclass(frozen=True, slots=True)
class Cause:
    """What most of the dossiers that miss have in common, with how many and of how many."""

    definition: Definition
    count: int
    misses: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One definition in one scope: its own row, the rows of the split, and the nation's."""

    definition: Definition
    period: Period
    row: BoardRow
    national: BoardRow
    rows: tuple[BoardRow, ...]
    left_out: int  # rows not shown because there are too many
    target: Target | None
    opens: bool  # the actor may open it into its dossiers
    causes: Mapping[str, Cause]  # what most misses of a row come from, by its scope
    whys: tuple[Cause, ...] = ()  # all that the misses of its own row come from, most first


@dataclass(frozen=True, slots=True)
class Board:
    """A page of figures."""

    period: Period
    scope: str
    name: Text
    by: str
    way: tuple[Step, ...]  # from the nation to the scope, both included
    figures: tuple[Figure, ...]


def board(
    period: Period, scope: str, by: str | None, *, actor: Actor, definition: str | None = None
) -> Board:
    """All figures of a scope (or one of them), split; raises ``NotFound`` for what there is not.

    The number of queries depends neither on the dossiers nor on the definitions.
    """
    try:
        here, split = parse_scope(scope), parse_by(by)
        land = load_land()
        wanted = [find(definition)] if definition else list(ON_BOARD)
        if any(one.is_cause for one in wanted):  # a count of misses, no rate
            raise NotFound
        names = [one.identifier for one in wanted]
        why = [cause.identifier for one in wanted for cause in causes_of(one.identifier)]
        found = several([*names, *why], period, by, scope, land=land, actor=actor)
    except (UnknownScope, UnknownSplit) as unknown:
        raise NotFound from unknown
    targets = known_targets()
    told = {answer.definition.identifier: answer for answer in found}
    figures = tuple(_figure(told, name, here, split, land, actor, targets) for name in names)
    name = figures[0].row.name
    way = (*_way(here, land, name),)
    return Board(period, str(here), name, split or "", way, figures)


def _causes(told: Mapping[str, RatesAnswer], name: str) -> dict[str, Cause]:
    """The largest cause of each row of a figure; of equal ones the first."""
    own = {row.scope: row.denominator - row.numerator for row in told[name].rows}
    largest: dict[str, Cause] = {}
    for one in causes_of(name):
        for row in told[one.identifier].rows:
            before = largest.get(row.scope)
            if row.numerator and (before is None or row.numerator > before.count):
                largest[row.scope] = Cause(one, row.numerator, own.get(row.scope, 0))
    return largest


def _whys(told: Mapping[str, RatesAnswer], name: str, own: RateRow) -> tuple[Cause, ...]:
    """Everything that the misses of one row have in common, most first; causes may overlap."""
    found = []
    for one in causes_of(name):
        row = told[one.identifier].row(own.scope)
        if row and row.numerator:
            found.append(Cause(one, row.numerator, own.denominator - own.numerator))
    return tuple(sorted(found, key=lambda cause: -cause.count))


def _figure(
    told: Mapping[str, RatesAnswer],
    name: str,
    scope: Scope,
    by: By | None,
    land: Land,
    actor: Actor,
    targets: tuple[Target, ...],
) -> Figure:
    answer, first = told[name], {NATIONAL, str(scope)}
    rows = [row for row in answer.rows if row.scope not in first and _right_below(row.scope, scope, by, land)]
    kept = sorted(rows, key=lambda r: (-r.denominator, r.scope))[:MOST_ROWS]
    shown = [row for row in rows if row in kept] if len(rows) > MOST_ROWS else rows
    own = next(row for row in answer.rows if row.scope == str(scope))
    hide = not may_open(actor) and answer.definition.rolled
    return Figure(
        definition=answer.definition,
        period=answer.period,
        row=_row(own, hide, land),
        national=_row(answer.rows[0], hide, land),
        rows=tuple(_row(row, hide, land) for row in shown),
        left_out=len(rows) - len(shown),
        target=NearestTargets(answer.definition.rule, answer.period.last, land, targets).of(str(scope)),
        opens=may_open(actor) and answer.definition.counts is not Counted.PROCEDURES,
        causes=_causes(told, name),
        whys=() if hide and _row(own, hide, land).small else _whys(told, name, own),
    )


def _row(row: RateRow, hide: bool, land: Land) -> BoardRow:
    small = hide and 0 < row.denominator + row.excluded < SMALLEST_SHOWN and not _large(row.scope, land)
    return BoardRow(
        row.scope,
        row.name,
        0 if small else row.numerator,
        0 if small else row.denominator,
        0 if small else row.excluded,
        None if small else row.rate,
        row.target,
        small,
    )


def _large(scope: str, land: Land) -> bool:
    """The nation, the blocks and the roots are always shown."""
    return scope == NATIONAL or scope in BLOCKS or scope in land.roots()


def _right_below(row: str, scope: Scope, by: By | None, land: Land) -> bool:
    """Of agencies and places only the next level down is shown; one drills from there."""
    if by is By.AGENCY:
        depth = len(land.lineage(land.by_identifier[row].id))
        if scope.kind == "agency":
            return depth == len(land.lineage(land.by_identifier[scope.value].id)) + 1
        return depth == 1 if scope.kind in {"national", "block"} else True
    if by is By.PLACE:
        parent = land.places[code].parent if (code := row.partition(":")[2]) in land.places else ""
        if scope.kind == "place":
            return parent == scope.value
        return not parent if scope.kind == "national" else True
    return True


def _way(scope: Scope, land: Land, name: Text) -> list[Step]:
    """The nation, the block and the agencies (or the places) above, and the scope itself."""
    way = [Step(NATIONAL, WHOLE)]
    if scope.kind == "agency":
        line = land.lineage(land.by_identifier[scope.value].id)
        block = next(iter(land.scopes(By.BLOCK, agency_id=line[0].id, procedure="", place="")), "")
        way += [Step(block, BLOCKS[block])] if block else []
        way += [Step(node.identifier, node.name) for node in line]
    elif scope.kind == "place":
        above = reversed(land.around(scope.value))
        way += [Step(f"place:{code}", land.places[code].name) for code in above if code in land.places]
    elif scope.kind != "national":
        way.append(Step(str(scope), name))
    return way
