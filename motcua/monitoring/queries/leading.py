"""What a leader sees first: figures against targets, last year and peers; what is overdue; what waits."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from motcua.core.actor import Actor, Role
from motcua.core.periods import Period, local_day
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.monitoring.models import Signal, SignOff
from motcua.monitoring.queries.board import Board, Figure, board
from motcua.monitoring.queries.land import land as load_land
from motcua.monitoring.queries.rates import several
from motcua.monitoring.rules.definitions import ON_BOARD
from motcua.monitoring.rules.index766 import Peers
from motcua.monitoring.rules.peers import rank_of
from motcua.monitoring.rules.scopes import AgencyNode, Land
from motcua.monitoring.rules.trajectory import months_later
from motcua.voice.queries import Waiting, waiting_below

OVERDUE = "on_time_766~open"
BEGINNING = date(2011, 1, 1)  # nothing is counted before


@dataclass(frozen=True, slots=True)
class LedFigure:
    """One figure, the same months a year before (None: nothing was counted then), and its rank."""

    figure: Figure
    year_before: tuple[int, int] | None  # numerator, denominator
    peers: Peers | None


@dataclass(frozen=True, slots=True)
class Behind:
    """A unit with dossiers that are overdue today and not done."""

    scope: str
    name: Text
    count: int


@dataclass(frozen=True, slots=True)
class Leading:
    """The leaders' board of one agency."""

    board: Board
    agency: AgencyNode
    others: tuple[AgencyNode, ...]  # further agencies that the actor leads
    figures: tuple[LedFigure, ...]
    overdue: int
    behind: tuple[Behind, ...]  # itself and right below, most first
    since: Period  # of the overdue ones
    unsigned: date | None  # month whose index its leader has neither signed nor explained
    signals: int  # questions to the agency without an answer
    waiting: Waiting
    names: Mapping[int, Text]  # of the agencies at which something waits


def leading(period: Period, scope: str, *, actor: Actor, now: datetime) -> Leading:
    """The board of an agency that the actor leads (``""``: the first), or of one below it.

    Queries do not grow with the dossiers or the units. Raises ``NotFound`` for whoever does not lead.
    """
    land = load_land()
    led = [land.agencies[i] for i in actor.agency_ids(Role.LEADER) if i in land.agencies]
    here = land.by_identifier.get(scope) if scope else next(iter(led), None)
    if here is None or not any(here.path.startswith(one.path) for one in led):
        raise NotFound
    today = local_day(now)
    shown = board(period, here.identifier, "agency", actor=actor)
    since = Period(BEGINNING, max(today, BEGINNING))
    behind = _behind(here, since, land, actor)
    waiting = waiting_below(here.path, actor=actor, now=now)
    return Leading(
        board=shown,
        agency=here,
        others=tuple(one for one in led if one != here),
        figures=_figures(shown, here, land, actor),
        overdue=sum(one.count for one in behind),
        behind=behind,
        since=since,
        unsigned=_unsigned(here, today, actor),
        signals=Signal.objects.filter(agency_id=here.id, answered_at__isnull=True).count(),
        waiting=waiting,
        names={one.agency_id: land.agencies[one.agency_id].name for one in waiting.agencies},
    )


def _figures(shown: Board, here: AgencyNode, land: Land, actor: Actor) -> tuple[LedFigure, ...]:
    names = [one.identifier for one in ON_BOARD]
    before = several(names, _year_before(shown.period), None, here.identifier, land=land, actor=actor)
    above = land.lineage(here.id)[0].identifier
    around = "national" if above == here.identifier else above
    peers = several(names, shown.period, "agency", around, land=land, actor=actor)
    found = []
    for figure, then, all_ in zip(shown.figures, before, peers, strict=True):
        row = then.row(here.identifier)
        earlier = (row.numerator, row.denominator) if row and row.denominator else None
        found.append(LedFigure(figure, earlier, rank_of(here.identifier, all_.rows, land)))
    return tuple(found)


def _year_before(period: Period) -> Period:
    """The same days of the year before; 29 February becomes the 28th."""

    def back(day: date) -> date:
        year = day.year - 1
        return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))

    return Period(back(period.first), back(period.last))


def _behind(here: AgencyNode, since: Period, land: Land, actor: Actor) -> tuple[Behind, ...]:
    """Overdue today, by the unit right below under which they are, or the agency itself."""
    (answer,) = several((OVERDUE,), since, "agency", here.identifier, land=land, actor=actor)
    depth = len(land.lineage(here.id))
    below = {
        row.scope: row
        for row in answer.rows
        if row.numerator
        and row.scope in land.by_identifier
        and len(land.lineage(land.by_identifier[row.scope].id)) == depth + 1
        and land.by_identifier[row.scope].path.startswith(here.path)
    }
    own = answer.row(here.identifier)
    rest = (own.numerator if own else 0) - sum(row.numerator for row in below.values())
    found = [Behind(row.scope, row.name, row.numerator) for row in below.values()]
    if rest:
        found.append(Behind(here.identifier, here.name, rest))
    return tuple(sorted(found, key=lambda one: (-one.count, one.scope)))


def _unsigned(here: AgencyNode, today: date, actor: Actor) -> date | None:
    """Last month, while the agency's own leader has said nothing of its index."""
    month = months_later(today.replace(day=1), -1)
    if here.id not in actor.agency_ids(Role.LEADER):
        return None
    return None if SignOff.objects.filter(agency_id=here.id, month=month).exists() else month
