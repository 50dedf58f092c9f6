"""Where a rate is going: months, the straight line through them, the distance to a target and when it is met.

The line is ordinary least squares over the months that have something to divide by; it is a reckoning, shown
as such, never a promise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
FEWEST = 4  # months; of fewer nothing is said
FARTHEST = 120  # months ahead; beyond it is "not in ten years"


@dataclass(frozen=True, slots=True)
class MonthRate:
    """One month; ``rate`` per cent, None where there is nothing to divide by."""

    first: date
    numerator: int
    denominator: int
    rate: Decimal | None


@dataclass(frozen=True, slots=True)
class Trajectory:
    """Months oldest first, and what follows from them.

    ``pace``: points a month, None of too few months. ``distance``: points still missing to the target
    (negative where it is passed). ``reached_on``: first day of the month in which the line meets it; None
    when the line does not rise, or not within ten years.
    """

    months: tuple[MonthRate, ...]
    pace: Decimal | None
    target: Decimal | None
    distance: Decimal | None
    reached_on: date | None


def trajectory(months: Sequence[MonthRate], target: Decimal | None) -> Trajectory:
    """The course of a rate against a target (per cent), if there is one."""
    known = [(place, one.rate) for place, one in enumerate(months) if one.rate is not None]
    last = known[-1][1] if known else None
    distance = None if target is None or last is None else target - last
    if len(known) < FEWEST:
        return Trajectory(tuple(months), None, target, distance, None)
    slope, level = _line(known)
    pace = slope.quantize(CENT, rounding=ROUND_HALF_UP)
    reached = None
    if distance is not None and target is not None and distance > 0 and slope > 0:
        place = ((target - level) / slope).to_integral_value(rounding=ROUND_CEILING)
        ahead = max(int(place) - (len(months) - 1), 1)
        reached = months_later(months[-1].first, ahead) if ahead <= FARTHEST else None
    return Trajectory(tuple(months), pace, target, distance, reached)


def _line(known: Sequence[tuple[int, Decimal]]) -> tuple[Decimal, Decimal]:
    """Slope and level (at place 0) of the straight line through the points."""
    count = Decimal(len(known))
    mean_x = sum((Decimal(x) for x, _ in known), Decimal(0)) / count
    mean_y = sum((y for _, y in known), Decimal(0)) / count
    above = sum(((x - mean_x) * (y - mean_y) for x, y in known), Decimal(0))
    below = sum(((x - mean_x) ** 2 for x, _ in known), Decimal(0))
    slope = above / below
    return slope, mean_y - slope * mean_x


def months_later(first: date, count: int) -> date:
    """The first day of the month so many months later."""
    months = first.year * 12 + first.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)
