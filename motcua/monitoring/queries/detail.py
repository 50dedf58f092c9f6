"""The dossiers behind a figure, found by the same definition that counted them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from motcua.core.actor import Actor
from motcua.core.databases import planned_by_value
from motcua.core.periods import Period
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.dossiers.queries import handled_here
from motcua.monitoring.access import may_open, visible_paths
from motcua.monitoring.models import Judgement, Standing
from motcua.monitoring.queries.land import land as load_land
from motcua.monitoring.queries.rates import check_scope, names_of
from motcua.monitoring.queries.sums import inside
from motcua.monitoring.rules.definition import Counted, Definition
from motcua.monitoring.rules.definitions import BY_PETITION
from motcua.monitoring.rules.definitions import definition as find
from motcua.monitoring.rules.facts import ROOT_STEP
from motcua.monitoring.rules.predicates import REASONS, Reason
from motcua.monitoring.rules.scopes import Land, Scope, parse_scope

WHICH = ("numerator", "denominator", "excluded")
PETITIONS = frozenset(d.identifier for d in BY_PETITION)


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
    kind: str  # dossier, petition, or record: of another system, with nothing more to open


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
    name = names_of({str(here)}, period, land)[str(here)]
    judged = _judged(_counted_by(wanted), which)
    rows = _rows(period, here, land, actor).filter(_profiled(period, judged)).filter(_later(_cursor(after)))
    with planned_by_value():
        page = list(rows.order_by("received_on", "pk")[: limit + 1])
    own = handled_here(row.code for row in page)
    items = tuple(_item(row, judged, period.last, land, own) for row in page[:limit])
    more = page[limit - 1] if len(page) > limit else None
    cursor = f"{more.received_on}.{more.pk}" if more else None
    return DetailPage(wanted, period, scope, name, which, items, cursor)


def _opens(definition: Definition, which: str) -> bool:
    """Cases stand behind counts of them, and dossiers behind the services that have some."""
    if which not in WHICH or definition.counts is Counted.PROCEDURES:
        return False
    return definition.rolled or which == "numerator"


def _rows(period: Period, scope: Scope, land: Land, actor: Actor) -> QuerySet[Standing]:
    """What may be opened; by root or agency alone, so that an index gives the first page in its order."""
    paths = visible_paths(actor)
    rows = Standing.objects.filter(inside(scope, land), received_on__range=(period.first, period.last))
    if scope.kind == "agency" and land.by_identifier[scope.value].path.startswith(paths):
        return rows
    roots = {path for path in paths if len(path) == ROOT_STEP}
    parts = tuple(path for path in paths if path not in roots)
    below = {a.id for a in land.agencies.values() if parts and a.path.startswith(parts)}
    return rows.filter(Q(root__in=sorted(roots)) | Q(agency_id__in=sorted(below)))


def _cursor(after: str | None) -> tuple[date, int]:
    if not after:
        return date.min, 0
    day, _, row = after.partition(".")
    try:
        return date.fromisoformat(day), int(row)
    except ValueError:
        raise NotFound from None


def _later(position: tuple[date, int]) -> Q:
    """After that row; the first condition follows from the other, but only it is a range of the index."""
    day, row = position
    return Q(received_on__gte=day) & (Q(received_on__gt=day) | Q(pk__gt=row))


def _judged(definition: Definition, which: str) -> dict[int, Judgement]:
    """The judgements that make a dossier stand in that count, by profile."""
    rows = Judgement.objects.filter(
        definition=definition.identifier, revision=definition.revision, **{which: 1}
    )
    return {row.profile_id: row for row in rows.order_by("pk")}


def _profiled(period: Period, judged: Iterable[int]) -> Q:
    """Rows whose profile at the period's end is one of these."""
    ids = sorted(judged)
    still = Q(turn_on__isnull=True) | Q(turn_on__gt=period.last)
    return (still & Q(profile__in=ids)) | (Q(turn_on__lte=period.last) & Q(turned__in=ids))


def _item(
    row: Standing, judged: dict[int, Judgement], to: date, land: Land, own: frozenset[str]
) -> DetailItem:
    has_turned = row.turn_on is not None and row.turn_on <= to
    judgement = judged[(row.turned_id if has_turned else row.profile_id) or 0]
    agency = land.agencies[row.agency_id]
    petition = judgement.definition in PETITIONS
    kind = "petition" if petition else "dossier" if row.code in own else "record"
    return DetailItem(
        code=row.code,
        procedure=row.procedure,
        agency=agency.identifier,
        agency_name=agency.name,
        received_on=row.received_on or date.min,
        in_numerator=bool(judgement.numerator),
        reason=REASONS[Reason(judgement.reason)] if judgement.reason else None,
        kind=kind,
    )


def _counted_by(definition: Definition) -> Definition:
    """Services with dossiers open into the online dossiers of the 2022 form."""
    return find("online_2022") if definition.counts is Counted.SERVICES else definition
