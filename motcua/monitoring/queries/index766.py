"""The index of Decision 766 of a scope: points, change, peers, what costs most and what causes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from motcua.core.actor import Actor, Role
from motcua.core.periods import Period
from motcua.core.references import block_of
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.monitoring.access import may_open
from motcua.monitoring.models import SignOff
from motcua.monitoring.queries.board import SMALLEST_SHOWN
from motcua.monitoring.queries.index766_list import index_list
from motcua.monitoring.queries.index766_parts import answers_of, before, counted_of, is_month, scheme_of
from motcua.monitoring.queries.land import land as load_land
from motcua.monitoring.queries.rates import several
from motcua.monitoring.rules.definitions import definition as find
from motcua.monitoring.rules.index766 import (
    Cause,
    Peers,
    Scheme,
    Score,
    Scored,
    among,
    causes,
    costs,
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
    scheme, land = scheme_of(period, revision), load_land()
    try:
        answers = answers_of(scheme, period, None, scope, land, actor)
        earlier = answers_of(scheme, before(period), None, scope, land, actor)
    except UnknownScope as unknown:
        raise NotFound from unknown
    row = answers[0].row(scope) or answers[0].rows[0]
    told = None if may_open(actor) or scope in {NATIONAL, *BLOCKS, *land.roots()} else SMALLEST_SHOWN
    counted = counted_of(scheme, answers, scope, period, told)
    now = score(scheme, counted)
    return Index(
        scope=row.scope,
        name=row.name,
        period=period,
        score=now,
        before=score(scheme, counted_of(scheme, earlier, scope, before(period), told)),
        before_period=before(period),
        peers=_peers(scheme, period, row.scope, land, actor),
        costs=_costs(now, period, scope, land, actor),
        wished=what_if(scheme, counted, wished) if wished else None,
        signed=_signed(row.scope, period, land),
        may_sign=may_sign(row.scope, period, land, actor),
    )


def _peers(scheme: Scheme, period: Period, scope: str, land: Land, actor: Actor) -> Peers | None:
    """Among roots of the same block with enough dossiers."""
    if scope not in land.roots():
        return None
    rows = index_list(period, revision=scheme.number, actor=actor)
    fair = [r for r in rows if block_of(r.scope) == block_of(scope) and (r.dossiers or 0) >= ENOUGH]
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
