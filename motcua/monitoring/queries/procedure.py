"""What the public page of a procedure shows of its dossiers."""

from dataclasses import dataclass
from decimal import Decimal

from motcua.core.actor import Actor
from motcua.core.periods import Period
from motcua.core.texts import Text
from motcua.monitoring.queries.board import SMALLEST_SHOWN
from motcua.monitoring.queries.rates import totals_of
from motcua.monitoring.rules.counting import Counts, rate_of
from motcua.monitoring.rules.definitions import definition

ONLINE, ON_TIME = "online_2022", "on_time_766"


@dataclass(frozen=True, slots=True)
class ProcedureFigure:
    """One rate of a procedure, per cent with two decimals (None: nothing to divide by), and its counts."""

    definition: str
    name: Text
    rate: Decimal | None
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class ProcedureFigures:
    """Dossiers received in a period; ``small``: some, but too few for a public page, so nothing is told."""

    period: Period
    received: int
    small: bool
    figures: tuple[ProcedureFigure, ...]


def procedure_figures(code: str, period: Period, *, actor: Actor) -> ProcedureFigures:
    """Received, filed online and ended on time in a period, for the procedure's public page.

    The page is everybody's, so the same is told to every actor: fewer than five dossiers are not.
    """
    wanted = [definition(ONLINE), definition(ON_TIME)]
    sums = totals_of(wanted, period, code)
    received = sums.get(ONLINE, Counts()).denominator
    if received < SMALLEST_SHOWN:
        return ProcedureFigures(period, 0, small=received > 0, figures=())
    figures = []
    for one in wanted:
        counts = sums.get(one.identifier, Counts())
        small = 0 < counts.denominator < SMALLEST_SHOWN
        if not small:
            rate = rate_of(counts.numerator, counts.denominator, one.factors)
            figures.append(
                ProcedureFigure(one.identifier, one.name, rate, counts.numerator, counts.denominator)
            )
    return ProcedureFigures(period, received, small=False, figures=tuple(figures))
