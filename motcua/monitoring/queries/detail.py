"""The dossiers behind a figure, found by the same definition that counted them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from motcua.core.actor import Actor
from motcua.core.periods import Period
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.monitoring.access import may_open, visible_paths
from motcua.monitoring.models import Standing
from motcua.monitoring.queries.land import land as load_land
from motcua.monitoring.queries.rates import check_scope, inside, names_of
from motcua.monitoring.rules.counting import Counts, Key
from motcua.monitoring.rules.definition import Counted, Definition
from motcua.monitoring.rules.definitions import definition as find
from motcua.monitoring.rules.predicates import REASONS, Reason
from motcua.monitoring.rules.records import from_record
from motcua.monitoring.rules.scopes import Land, Scope, parse_scope

WHICH = ("numerator", "denominator", "excluded")
_CHUNK = 500
_MOST_READ = 20_000  # rows looked at for one page; the cursor goes on from there


@dataclass(frozen=True, slots=True)
class DetailItem:
    """One dossier behind a count. ``in_numerator`` as at the period's end."""

    code: str
    procedure: str
    agency: str
    agency_name: Text
    received_on: date
    in_numerator: bool
    reason: Text | None  # why it is left out


@dataclass(frozen=True, slots=True)
class DetailPage:
    """A page of dossiers in the order of reception; ``next`` continues it, None at the end."""

    definition: Definition
    period: Period
    scope: str
    scope_name: Text
    which: str
    items: tuple[DetailItem, ...]
    next: str | None


def detail(
    definition: str,
    scope: str,
    period: Period,
    which: str = "denominator",
    *,
    actor: Actor,
    limit: int = 50,
    after: str | None = None,
) -> DetailPage:
    """The dossiers behind the numerator, the denominator or the exclusions of a figure.

    Only dossiers of agencies in the trees of the actor's posts; ``NotFound`` for everyone else, for
    an unknown ``which`` and for a cursor that is none. Services open into the online dossiers that
    make a service count; procedures into none.
    """
    wanted, here = find(definition), parse_scope(scope)
    if not may_open(actor) or not _opens(wanted, which):
        raise NotFound
    land = load_land()
    check_scope(here, land)
    rows = _rows(period, here, land, actor)
    name = names_of({str(here)}, period, land)[str(here)]
    items: list[DetailItem] = []
    position = _cursor(after)
    for seen, row in enumerate(_after(rows, position)):
        if len(items) == limit or seen == _MOST_READ:
            return DetailPage(
                wanted, period, scope, name, which, tuple(items), f"{position[0]}.{position[1]}"
            )
        position = (row.received_on or date.min, row.pk)
        item = _item(row, wanted, which, period.last, land)
        if item is not None:
            items.append(item)
    return DetailPage(wanted, period, scope, name, which, tuple(items), None)


def _opens(definition: Definition, which: str) -> bool:
    """Dossiers stand behind counts of dossiers, and behind the services that have some."""
    if which not in WHICH or definition.counts is Counted.PROCEDURES:
        return False
    return definition.counts is Counted.DOSSIERS or which == "numerator"


def _rows(period: Period, scope: Scope, land: Land, actor: Actor) -> QuerySet[Standing]:
    own = reduce(or_, (Q(agency__path__startswith=path) for path in visible_paths(actor)))
    return Standing.objects.filter(own, inside(scope, land), received_on__range=(period.first, period.last))


def _cursor(after: str | None) -> tuple[date, int]:
    if not after:
        return date.min, 0
    day, _, row = after.partition(".")
    try:
        return date.fromisoformat(day), int(row)
    except ValueError:
        raise NotFound from None


def _after(rows: QuerySet[Standing], position: tuple[date, int]) -> Iterator[Standing]:
    while True:
        day, row = position
        later = Q(received_on__gt=day) | Q(received_on=day, pk__gt=row)
        chunk = list(rows.filter(later).order_by("received_on", "pk")[:_CHUNK])
        yield from chunk
        if len(chunk) < _CHUNK:
            return
        position = (chunk[-1].received_on or date.min, chunk[-1].pk)


def _item(row: Standing, definition: Definition, which: str, to: date, land: Land) -> DetailItem | None:
    counts, reason = standing_of(from_record(row.cells), _counted_by(definition), to)
    wanted = {
        "numerator": counts.numerator,
        "denominator": counts.denominator,
        "excluded": counts.excluded,
    }
    if not wanted[which] or row.received_on is None:
        return None
    agency = land.agencies[row.agency_id]
    return DetailItem(
        code=row.dossier,
        procedure=row.procedure,
        agency=agency.identifier,
        agency_name=agency.name,
        received_on=row.received_on,
        in_numerator=bool(counts.numerator),
        reason=REASONS[Reason(reason)] if reason else None,
    )


def _counted_by(definition: Definition) -> str:
    """Services with dossiers open into the online dossiers of the 2022 form."""
    return "online_2022" if definition.counts is Counted.SERVICES else definition.identifier


def standing_of(cells: dict[Key, Counts], identifier: str, to: date) -> tuple[Counts, str]:
    """What a dossier's cells say for one figure and the last day of a period; and why it is left out."""
    total, reason = Counts(), ""
    for key, counts in cells.items():
        if key.definition == identifier and key.since_on <= to:
            total = total + counts
            reason = key.reason if counts.excluded > 0 else reason
    return total, reason
