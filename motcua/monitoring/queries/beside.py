"""Own measures that bear on what an outside index asks people about."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from motcua.core.actor import Actor
from motcua.core.periods import Period, local_day
from motcua.monitoring.queries.land import land
from motcua.monitoring.queries.rates import several
from motcua.monitoring.rules.definition import Definition
from motcua.monitoring.rules.scopes import NATIONAL

BESIDE = ("online_2022", "online_emc", "on_time_766")
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Measure:
    """A rate of this site, per cent; None where there is nothing to divide by."""

    definition: Definition
    rate: Decimal | None
    numerator: int
    denominator: int


def platform_measures(now: datetime, *, actor: Actor) -> tuple[Measure, ...]:
    """Filed online, handled fully online and ended on time, over the last twelve months, all of the site."""
    today = local_day(now)
    answers = several(BESIDE, Period(today - _YEAR, today), None, NATIONAL, land=land(), actor=actor)
    rows = [(answer.definition, answer.rows[0]) for answer in answers]
    return tuple(Measure(one, row.rate, row.numerator, row.denominator) for one, row in rows)
