"""The index of Decision 766 of a scope: points, change, peers, what costs most and what causes it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from motcua.core.actor import Actor, Role
from motcua.core.periods import Period
from motcua.core.references import block_of
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.monitoring.access import may_open
from motcua.monitoring.gateways import schemes
from motcua.monitoring.models import Entered, SignOff
from motcua.monitoring.queries.answers import RatesAnswer
from motcua.monitoring.queries.board import SMALLEST_SHOWN
from motcua.monitoring.queries.land import land as load_land
from motcua.monitoring.queries.rates import several
from motcua.monitoring.rules.definitions import definition as find
from motcua.monitoring.rules.index766 import (
    Cause,
    Counted,
    Peers,
    Scheme,
    Score,
    Scored,
    among,
    causes,
    costs,
    in_force,
    score,
    what_if,
)
from motcua.monitoring.rules.scopes import BLOCKS, NATIONAL, Land, UnknownScope

ENOUGH = 30  # dossiers of an agency that is a fair peer
MOST_COSTS = 5


@dataclass(frozen=True, slots=True)
class Cost:
    """A component that loses points, and the procedures that cause it."""

    scored: Scored
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """What the head of a unit signed for a month, as it stood then."""

    month: date
    agrees: bool
    reason: str
    points: Decimal
    possible: Decimal
    signed_at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Index:
    """The index of one scope and period."""

    scope: str
    name: Text
    period: Period
    score: Score
    before: Score
    before_period: Period
    peers: Peers | None
    costs: tuple[Cost, ...]
    wished: Score | None  # what if
    signed: Signed | None  # of the month, where the period is one
    may_sign: bool

    def as_record(self) -> dict[str, Any]:
        """Plain JSON: every component with its counts, rate and points."""
        band = self.score.band
        return {
            "scope": self.scope,
            "from": self.period.first.isoformat(),
            "to": self.period.last.isoformat(),
            "revision": self.score.scheme.number,
            "points": float(self.score.points),
            "possible": float(self.score.possible),
            "of_hundred": None if self.score.of_hundred is None else float(self.score.of_hundred),
            "band": band.name.en if band else None,
            "components": [_record(one) for one in self.score.scored],
        }


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A ministry or province in the list of all."""

    scope: str
    name: Text
    score: Score
    dossiers: int


def _record(one: Scored) -> dict[str, Any]:
    counted = one.counted
    return {
        "key": one.component.key,
        "definition": one.component.definition or None,
        "maximum": float(one.component.points),
        "numerator": counted.numerator if counted else None,
        "denominator": counted.denominator if counted else None,
        "rate": None if counted is None or counted.rate is None else float(counted.rate),
        "points": None if one.points is None else float(one.points),
        "source": counted.source if counted else "",
    }


def index_766(
    period: Period,
    scope: str,
    *,
    wished: Mapping[str, Decimal] | None = None,
    revision: int | None = None,
    actor: Actor,
) -> Index:
    """The index of a scope; raises ``NotFound`` for a scope or revision that there is not."""
    scheme, land = _scheme(period, revision), load_land()
    try:
        answers = _answers(scheme, period, None, scope, land, actor)
        earlier = _answers(scheme, before(period), None, scope, land, actor)
    except UnknownScope as unknown:
        raise NotFound from unknown
    row = answers[0].row(scope) or answers[0].rows[0]
    told = None if may_open(actor) or scope in {NATIONAL, *BLOCKS, *land.roots()} else SMALLEST_SHOWN
    counted = _counted(scheme, answers, scope, period, told)
    now = score(scheme, counted)
    return Index(
        scope=row.scope,
        name=row.name,
        period=period,
        score=now,
        before=score(scheme, _counted(scheme, earlier, scope, before(period), told)),
        before_period=before(period),
        peers=_peers(scheme, period, row.scope, land, actor),
        costs=_costs(now, period, scope, land, actor),
        wished=what_if(scheme, counted, wished) if wished else None,
        signed=_signed(row.scope, period, land),
        may_sign=may_sign(row.scope, period, land, actor),
    )


def index_list(period: Period, *, revision: int | None = None, actor: Actor) -> tuple[IndexRow, ...]:
    """Every ministry and province with its index, most points in a hundred first, then by identifier."""
    scheme, land = _scheme(period, revision), load_land()
    answers = _answers(scheme, period, "agency", NATIONAL, land, actor)
    rows = [_list_row(scheme, answers, root, land, period) for root in sorted(land.roots())]
    known = [row for row in rows if row.score.possible]
    return tuple(sorted(known, key=lambda row: (-(row.score.of_hundred or 0), row.scope)))


def index_below(period: Period, scope: str, *, actor: Actor) -> tuple[IndexRow, ...]:
    """The agencies right below an agency, as ``index_list``; counts that point to persons stay untold.

    Empty for a scope that is no agency.
    """
    scheme, land = _scheme(period, None), load_land()
    here = land.by_identifier.get(scope)
    if here is None:
        return ()
    depth = len(land.lineage(here.id)) + 1
    below = [n for n in land.agencies.values() if n.path.startswith(here.path)]
    names = sorted(n.identifier for n in below if len(land.lineage(n.id)) == depth)
    answers = _answers(scheme, period, "agency", scope, land, actor)
    told = None if may_open(actor) else SMALLEST_SHOWN
    rows = [_list_row(scheme, answers, name, land, period, told) for name in names]
    known = [row for row in rows if row.score.possible]
    return tuple(sorted(known, key=lambda row: (-(row.score.of_hundred or 0), row.scope)))


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
        score(scheme, _counted(scheme, answers, root, period, least)),
        _dossiers(answers, root),
    )


def _scheme(period: Period, revision: int | None) -> Scheme:
    try:
        return in_force(schemes(), period.last, revision)
    except StopIteration:
        raise NotFound from None


def before(period: Period) -> Period:
    """The period of the same length right before; the month before a whole month."""
    last = period.first - timedelta(days=1)
    if is_month(period):
        return Period(last.replace(day=1), last)
    return Period(last - (period.last - period.first), last)


def is_month(period: Period) -> bool:
    """A whole calendar month."""
    after = period.last + timedelta(days=1)
    return period.first.day == 1 and after.day == 1 and (after - period.first).days <= 31


def _answers(
    scheme: Scheme, period: Period, by: str | None, scope: str, land: Land, actor: Actor
) -> tuple[RatesAnswer, ...]:
    names = [one.definition for one in scheme.components if one.definition]
    return several(names, period, by, scope, land=land, actor=actor)


def _counted(
    scheme: Scheme, answers: Iterable[RatesAnswer], scope: str, period: Period, least: int | None = None
) -> dict[str, Counted]:
    """Rates by component: as entered for exactly these days, else as counted.

    Counts of cases below ``least`` are not told: they could point to persons.
    """
    by_definition = {answer.definition.identifier: answer.row(scope) for answer in answers}
    found: dict[str, Counted] = {}
    for one in scheme.components:
        row = by_definition.get(one.definition)
        small = least is not None and row is not None and find(one.definition).rolled
        if row is not None and not (small and 0 < row.denominator < (least or 0)):
            found[one.key] = Counted(row.numerator, row.denominator, row.rate)
    keys = {name: one.key for one in scheme.components for name in (one.key, one.definition) if name}
    entered = Entered.objects.filter(
        component__in=sorted(keys), scope=scope, first=period.first, last=period.last
    )
    for figure in entered.order_by("pk"):
        rate = Decimal(100 * figure.numerator) / figure.denominator if figure.denominator else None
        found[keys[figure.component]] = Counted(
            figure.numerator, figure.denominator, rate, source=figure.source
        )
    return found


def _dossiers(answers: Iterable[RatesAnswer], scope: str) -> int:
    """Dossiers received, by the figure that counts them all."""
    row = next((a.row(scope) for a in answers if a.definition.identifier == "on_time_766"), None)
    return row.denominator + row.excluded if row else 0


def _peers(scheme: Scheme, period: Period, scope: str, land: Land, actor: Actor) -> Peers | None:
    """Among roots of the same block with enough dossiers."""
    if scope not in land.roots():
        return None
    rows = index_list(period, revision=scheme.number, actor=actor)
    fair = [r for r in rows if block_of(r.scope) == block_of(scope) and r.dossiers >= ENOUGH]
    return among(scope, {r.scope: r.score.of_hundred for r in fair if r.score.of_hundred is not None})


def _costs(now: Score, period: Period, scope: str, land: Land, actor: Actor) -> tuple[Cost, ...]:
    """The components that cost most, each with its procedures where dossiers are counted."""
    all_ = costs(now)
    # those that cost as much as the last one go along
    least_lost = all_[MOST_COSTS - 1].lost if len(all_) > MOST_COSTS else 0
    first = [one for one in all_ if one.lost >= least_lost]
    wanted = [s for s in first if s.component.definition and find(s.component.definition).rolled]
    names = [s.component.definition for s in wanted]
    answers = several(names, period, "procedure", scope, land=land, actor=actor) if names else ()
    rows = {answer.definition.identifier: answer.rows for answer in answers}
    least = 0 if may_open(actor) else SMALLEST_SHOWN
    return tuple(
        Cost(
            one,
            causes(
                one,
                (
                    (r.scope.removeprefix("procedure:"), r.name, r.numerator, r.denominator)
                    for r in rows.get(one.component.definition, ())
                    if r.scope.startswith("procedure:") and r.denominator >= least
                ),
            ),
        )
        for one in first
    )


def _signed(scope: str, period: Period, land: Land) -> Signed | None:
    if scope not in land.by_identifier or not is_month(period):
        return None
    row = SignOff.objects.select_related("signed_by").filter(
        agency_id=land.by_identifier[scope].id, month=period.first
    ).first()  # fmt: skip
    if row is None:
        return None
    by = row.signed_by.get_full_name()
    return Signed(row.month, row.agrees, row.reason, row.points, row.possible, row.signed_at, by)


def may_sign(scope: str, period: Period, land: Land, actor: Actor) -> bool:
    """The leader of the agency itself, for a whole month."""
    if scope not in land.by_identifier or not is_month(period):
        return False
    return land.by_identifier[scope].id in actor.agency_ids(Role.LEADER)
