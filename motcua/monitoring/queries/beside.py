"""Own measures that bear on what an outside index asks people about."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from motcua.core.actor import Actor
from motcua.core.folding import fold
from motcua.core.periods import Period, local_day
from motcua.core.references import block_of
from motcua.core.texts import Text
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


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of a scope; ``name`` None: all of the site."""

    scope: str
    name: Text | None
    measures: tuple[Measure, ...]


def platform_measures(province: str, now: datetime, *, actor: Actor) -> Measures:
    """Filed online, handled fully online and ended on time, over the last twelve months.

    Of the agency at the head of the province of that name (an outside index names provinces, not
    agencies); where this site has none such, of all of the site.
    """
    today, here = local_day(now), land()
    roots = [here.by_identifier[one] for one in sorted(here.roots()) if block_of(one) == "local"]
    own = next((one for one in roots if fold(one.name.vi).endswith(" " + fold(province))), None)
    scope = own.identifier if own else NATIONAL
    answers = several(BESIDE, Period(today - _YEAR, today), None, scope, land=here, actor=actor)
    rows = [(answer.definition, answer.row(scope) or answer.rows[0]) for answer in answers]
    found = tuple(Measure(one, row.rate, row.numerator, row.denominator) for one, row in rows)
    return Measures(scope, own.name if own else None, found)
