"""What every reading of the index of Decision 766 shares: its scheme, answers and counts."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from motcua.core.actor import Actor
from motcua.core.periods import Period
from motcua.core.refusals import NotFound
from motcua.monitoring.gateways import schemes
from motcua.monitoring.models import Entered
from motcua.monitoring.queries.answers import RatesAnswer
from motcua.monitoring.queries.rates import several
from motcua.monitoring.rules.definitions import definition as find
from motcua.monitoring.rules.index766 import Counted, Scheme, in_force
from motcua.monitoring.rules.scopes import Land


def scheme_of(period: Period, revision: int | None) -> Scheme:
    """The scheme in force on the last day, or that of a revision; ``NotFound`` for one there is not."""
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


def answers_of(
    scheme: Scheme, period: Period, by: str | None, scope: str, land: Land, actor: Actor
) -> tuple[RatesAnswer, ...]:
    """The answers of all definitions that the scheme counts by, for a scope and its split."""
    names = [one.definition for one in scheme.components if one.definition]
    return several(names, period, by, scope, land=land, actor=actor)


def counted_of(
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


def dossiers_of(answers: Iterable[RatesAnswer], scope: str) -> int:
    """Dossiers received, by the figure that counts them all."""
    row = next((a.row(scope) for a in answers if a.definition.identifier == "on_time_766"), None)
    return row.denominator + row.excluded if row else 0
