"""The course of one figure over the months before the end of a period."""

from datetime import timedelta

from motcua.core.actor import Actor
from motcua.core.periods import Period
from motcua.core.refusals import NotFound
from motcua.monitoring.access import may_open
from motcua.monitoring.queries.land import land as load_land
from motcua.monitoring.queries.rates import several
from motcua.monitoring.queries.targets import NearestTargets, known_targets
from motcua.monitoring.rules.definitions import definition as find
from motcua.monitoring.rules.scopes import BLOCKS, NATIONAL, UnknownScope
from motcua.monitoring.rules.suppression import LEAST
from motcua.monitoring.rules.trajectory import MonthRate, Trajectory, months_later, trajectory

MONTHS = 12


def trend(definition: str, period: Period, scope: str, *, actor: Actor) -> Trajectory:
    """Twelve whole months up to the last one that the period holds, against the target on its last day.

    Months with fewer than five cases are not told to the public, save of the nation, blocks and roots.
    Raises ``UnknownDefinition``, ``NotFound``.
    """
    land, one = load_land(), find(definition)
    large = may_open(actor) or scope in {NATIONAL, *BLOCKS, *land.roots()} or not one.rolled
    after = (period.last + timedelta(days=1)).replace(day=1)
    found = []
    for back in range(MONTHS, 0, -1):
        first = months_later(after, -back)
        month = Period(first, months_later(first, 1) - timedelta(days=1))
        try:
            (answer,) = several((definition,), month, None, scope, land=land, actor=actor)
        except UnknownScope as unknown:
            raise NotFound from unknown
        row = answer.row(scope) or answer.rows[0]
        if large or not 0 < row.denominator < LEAST:
            found.append(MonthRate(first, row.numerator, row.denominator, row.rate))
        else:
            found.append(MonthRate(first, 0, 0, None))
    target = NearestTargets(one.rule, period.last, land, known_targets()).of(scope)
    return trajectory(found, target.percent if target else None)
