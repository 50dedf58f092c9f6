"""The index of Decision 766 of many: all ministries and provinces, or the agencies right below one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from motcua.core.actor import Actor
from motcua.core.periods import Period
from motcua.core.texts import Text
from motcua.monitoring.access import may_open
from motcua.monitoring.queries.answers import RatesAnswer
from motcua.monitoring.queries.board import SMALLEST_SHOWN
from motcua.monitoring.queries.index766_parts import answers_of, counted_of, dossiers_of, scheme_of
from motcua.monitoring.queries.land import land as load_land
from motcua.monitoring.rules.index766 import Scheme, Score, score
from motcua.monitoring.rules.scopes import NATIONAL, Land
from motcua.monitoring.rules.suppression import hidden


@dataclass(frozen=True, slots=True)
class IndexRow:
    """An agency in a list; ``dossiers`` None: so few that they could point to persons."""

    scope: str
    name: Text
    score: Score
    dossiers: int | None


def index_list(period: Period, *, revision: int | None = None, actor: Actor) -> tuple[IndexRow, ...]:
    """Every ministry and province with its index, most points in a hundred first, then by identifier."""
    scheme, land = scheme_of(period, revision), load_land()
    answers = answers_of(scheme, period, "agency", NATIONAL, land, actor)
    rows = [_list_row(scheme, answers, root, land, period) for root in sorted(land.roots())]
    known = [row for row in rows if row.score.possible]
    return tuple(sorted(known, key=lambda row: (-(row.score.of_hundred or 0), row.scope)))


def index_below(period: Period, scope: str, *, actor: Actor) -> tuple[IndexRow, ...]:
    """The agencies right below an agency, as ``index_list``; counts that point to persons stay untold.

    Empty for a scope that is no agency.
    """
    scheme, land = scheme_of(period, None), load_land()
    here = land.by_identifier.get(scope)
    if here is None:
        return ()
    depth = len(land.lineage(here.id)) + 1
    below = [n for n in land.agencies.values() if n.path.startswith(here.path)]
    names = sorted(n.identifier for n in below if len(land.lineage(n.id)) == depth)
    answers = answers_of(scheme, period, "agency", scope, land, actor)
    told = None if may_open(actor) else SMALLEST_SHOWN
    rows = [_list_row(scheme, answers, name, land, period, told) for name in names]
    if told is not None:
        rows = _untold(rows, here.identifier, dossiers_of(answers, here.identifier))
    known = [row for row in rows if row.score.possible]
    return tuple(sorted(known, key=lambda row: (-(row.score.of_hundred or 0), row.scope)))


def _untold(rows: Sequence[IndexRow], above: str, whole: int) -> list[IndexRow]:
    """The rows without numbers of dossiers that are small, or that would give a small one away."""
    counts = {above: whole} | {row.scope: row.dossiers or 0 for row in rows}
    parents = {above: ""} | {row.scope: above for row in rows}
    kept = hidden(counts, parents)
    return [replace(row, dossiers=None) if row.scope in kept else row for row in rows]


def _list_row(
    scheme: Scheme,
    answers: Sequence[RatesAnswer],
    root: str,
    land: Land,
    period: Period,
    least: int | None = None,
) -> IndexRow:
    return IndexRow(
        root,
        land.by_identifier[root].name,
        score(scheme, counted_of(scheme, answers, root, period, least)),
        dossiers_of(answers, root),
    )
