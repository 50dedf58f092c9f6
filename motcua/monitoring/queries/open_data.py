"""Open data: the figures of a month by agency, without personal data and small numbers; for everybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from motcua.core.actor import Actor
from motcua.core.periods import Period
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.monitoring.models import Standing
from motcua.monitoring.queries.answers import RatesAnswer
from motcua.monitoring.queries.land import land as load_land
from motcua.monitoring.queries.rates import several
from motcua.monitoring.rules.definition import Definition
from motcua.monitoring.rules.definitions import DEFINITIONS
from motcua.monitoring.rules.scopes import NATIONAL, Land
from motcua.monitoring.rules.suppression import hidden

COLUMNS = (
    "month", "agency", "name", "definition", "revision", "numerator", "denominator", "excluded", "rate",
    "suppressed",
)  # fmt: skip
PUBLISHED = tuple(d for d in DEFINITIONS if not d.measured)
MOST_MONTHS = 120


@dataclass(frozen=True, slots=True)
class OpenRow:
    """One agency in one figure of a month; ``suppressed`` rows tell no counts."""

    month: str
    agency: str
    name: Text
    definition: Definition
    numerator: int | None
    denominator: int | None
    excluded: int | None
    rate: Decimal | None
    suppressed: bool

    def as_record(self) -> dict[str, object]:
        """Plain values by column."""
        return {
            "month": self.month,
            "agency": self.agency,
            "name": self.name.vi,
            "definition": self.definition.identifier,
            "revision": self.definition.revision,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "excluded": self.excluded,
            "rate": None if self.rate is None else float(self.rate),
            "suppressed": self.suppressed,
        }


def open_months(today: date, *, actor: Actor) -> tuple[date, ...]:
    """First days of the months that are over and in which something was received, newest first."""
    first = Standing.objects.filter(received_on__isnull=False).order_by("received_on", "pk").first()
    if first is None or first.received_on is None:
        return ()
    found: list[date] = []
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    while month >= first.received_on.replace(day=1) and len(found) < MOST_MONTHS:
        found.append(month)
        month = (month - timedelta(days=1)).replace(day=1)
    return tuple(found)


def open_rows(month: date, today: date, *, actor: Actor) -> Iterator[OpenRow]:
    """Every agency and figure of a month; raises ``NotFound`` for a month that is not published."""
    if month not in open_months(today, actor=actor):
        raise NotFound
    last = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    land = load_land()
    names = [one.identifier for one in PUBLISHED]
    answers = several(names, Period(month, last), "agency", NATIONAL, land=land, actor=actor)
    return (row for answer in answers for row in _rows(answer, month, land))


def _rows(answer: RatesAnswer, month: date, land: Land) -> Iterator[OpenRow]:
    counted = [row for row in answer.rows if row.scope in land.by_identifier]
    not_told = frozenset[str]()
    if answer.definition.rolled:
        parents = {row.scope: _parent(row.scope, land) for row in counted}
        not_told = hidden({row.scope: row.denominator + row.excluded for row in counted}, parents)
    for row in (answer.rows[0], *counted):
        small = row.scope in not_told
        yield OpenRow(
            month=f"{month:%Y-%m}",
            agency=row.scope,
            name=row.name,
            definition=answer.definition,
            numerator=None if small else row.numerator,
            denominator=None if small else row.denominator,
            excluded=None if small else row.excluded,
            rate=None if small else row.rate,
            suppressed=small,
        )


def _parent(scope: str, land: Land) -> str:
    line = land.lineage(land.by_identifier[scope].id)
    return line[-2].identifier if len(line) > 1 else ""
