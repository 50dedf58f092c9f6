"""All dossiers of an agency by what they wait for, whoever has them; and finding one among all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet

from motcua.core.actor import Actor, Reading, Role
from motcua.core.firsts import Key, capped_counts, first_ids
from motcua.core.folding import words
from motcua.core.periods import end_of, local_day
from motcua.core.references import dossier_codes
from motcua.dossiers.access import WORKING
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.lines import DossierLine, lines_of
from motcua.dossiers.queries.lists import BadCursor, cursor_of, parts_of
from motcua.dossiers.queries.naming import with_names
from motcua.dossiers.rules.status import TERMINAL, Status
from motcua.people.queries import person_id_by_index
from motcua.process.queries import COUNT_CAP
from motcua.process.queries.standing import asks_applicant, asks_others, late_step, stands_still

RUNNING = (Status.RECEIVED, Status.IN_PROCESS, Status.FINANCIAL)
OPEN = tuple(s for s in Status if s not in TERMINAL)
UNDATED = (Status.NEW, Status.SUPPLEMENT)  # may have no date yet: before it is received
WHOLE_LANES = ("open", "new", "today", "overdue", "late_step", "citizen", "asked", "return")
_STATUSES = {"new": (Status.NEW,), "return": (Status.PROCESSED,), "citizen": (Status.SUPPLEMENT,)}
LONGEST = 60  # characters of a search that are looked at
CODE = OuterRef("code")
Rows = QuerySet[Dossier, Any]


@dataclass(frozen=True, slots=True)
class Whole:
    """One page of an agency's dossiers, by date; counts of all lanes are capped (999+)."""

    items: tuple[DossierLine, ...]
    next: str | None
    counts: dict[str, int]
    lane: str


@dataclass(frozen=True, slots=True)
class Found:
    """Dossiers that a search found, newest first; ``by`` is number, code, name, or "" for no search."""

    items: tuple[DossierLine, ...]
    next: int | None
    by: str


def whole_agencies(actor: Actor) -> tuple[int, ...]:
    """Ids of the agencies all of whose dossiers the actor may see: as ``dossiers.access.works_there``."""
    return actor.agency_ids(*WORKING, Role.LEADER)


def _scopes(agency_ids: tuple[int, ...]) -> list[Rows]:
    """What each agency decides, and what it takes in for others; a dossier stands in one of them."""
    every = Dossier.objects.all()
    others = every.exclude(receiving=F("agency")).exclude(agency_id__in=agency_ids)
    return [every.filter(agency_id=a) for a in agency_ids] + [
        others.filter(receiving_id=a) for a in agency_ids
    ]


def _parts(scope: Rows, statuses: Iterable[Status]) -> list[Rows]:
    """One scan for each status, apart for those without a date."""
    dated = [scope.filter(status=s, due_at__isnull=False) for s in statuses]
    return dated + [scope.filter(status=s, due_at__isnull=True) for s in statuses if s in UNDATED]


def _in_lane(scope: Rows, lane: str, now: datetime) -> list[Rows]:
    running = [scope.filter(status=s) for s in RUNNING]
    if lane == "today":
        return [r.filter(due_at__gte=now, due_at__lt=end_of(local_day(now))) for r in running]
    if lane == "overdue":
        return [r.filter(due_at__lt=now).exclude(stands_still(CODE)) for r in running]
    if lane == "late_step":
        return [p.filter(late_step(CODE, now)) for p in _parts(scope, OPEN)]
    if lane == "asked":
        return [p.filter(asks_others(CODE)) for p in _parts(scope, (*RUNNING, Status.SUPPLEMENT))]
    if lane == "citizen":
        asked = scope.filter(asks_applicant(CODE), status=Status.IN_PROCESS)
        return [*_parts(scope, _STATUSES[lane]), asked]
    return _parts(scope, _STATUSES.get(lane, OPEN))


def _lane(agency_ids: tuple[int, ...], lane: str, now: datetime) -> list[Rows]:
    return [part for scope in _scopes(agency_ids) for part in _in_lane(scope, lane, now)]


def _key(after: str) -> Key:
    parts = parts_of(after)
    try:
        due, pk = parts
        return (datetime.fromisoformat(str(due)) if due else None, int(str(pk)))
    except ValueError:
        raise BadCursor from None


def place_of(line: DossierLine) -> str:
    """The place of a dossier in a list of its agency, as a cursor."""
    return cursor_of(line.due_at.isoformat() if line.due_at else None, line.id)


def _order(dossier: Dossier) -> tuple[bool, datetime | None, int]:
    return (dossier.due_at is not None, dossier.due_at, dossier.pk)


def whole_agency(
    *, actor: Actor, lane: str = "open", limit: int = 50, after: str | None = None, now: datetime
) -> Whole:
    """One lane of all dossiers of the actor's agencies, by date; constant in the number of dossiers.

    ``overdue``: the date has passed, no decision yet, the clock does not stand still; ``late_step``: the
    step that is open now is beyond its own time; ``citizen``: a supplement or a draft to confirm;
    ``asked``: a question to another agency.
    """
    lane = lane if lane in WHOLE_LANES else "open"
    agency_ids = whole_agencies(actor)
    ids = first_ids(_lane(agency_ids, lane, now), limit + 1, after=_key(after) if after else None)
    rows = with_names(Dossier.objects.filter(pk__in=ids)).defer("answers_sealed")
    found = sorted(rows, key=_order)
    items = lines_of(found[:limit], now)
    _note(items, actor, "whole agency")
    counts = capped_counts({n: _lane(agency_ids, n, now) for n in WHOLE_LANES}, COUNT_CAP)
    return Whole(items, place_of(items[-1]) if len(found) > limit else None, counts, lane)


def _note(items: Iterable[DossierLine], actor: Actor, why: str) -> None:
    """A list shows names: its reader, and whose dossiers it showed."""
    codes = tuple(sorted(item.code for item in items))
    if codes:
        actor.note(Reading("list", "", why=why, listed=codes))


def whole_beside(
    *, actor: Actor, lane: str, at: str, but: str, now: datetime
) -> tuple[DossierLine | None, DossierLine | None]:
    """The dossiers right before and right after a place of a lane of the actor's agencies, but one."""
    lanes = _lane(whole_agencies(actor), lane if lane in WHOLE_LANES else "open", now)
    parts, found = [part.exclude(code=but) for part in lanes], []
    for back in (True, False):
        ids = first_ids(parts, 1, after=_key(at), back=back)
        rows = with_names(Dossier.objects.filter(pk__in=ids)).defer("answers_sealed")
        found.append(next(iter(lines_of(rows.order_by("id"), now)), None))
    _note([line for line in found if line is not None], actor, "whole agency")
    return found[0], found[1]


def find_dossiers(
    text: str, *, number_index: str = "", actor: Actor, limit: int = 50, before: int | None = None,
    now: datetime,
) -> Found:  # fmt: skip
    """Among all dossiers of the actor's agencies, open and closed, newest first.

    By the blind index of a number (of the applicant, or as it stands in the form); else by a part of the
    reference where the text has a digit; else by the words of the applicant's name, marks left out.
    """
    by, wanted = _wanted(text[:LONGEST], number_index)
    if wanted is None:
        return Found((), None, "")
    scopes = [s if before is None else s.filter(pk__lt=before) for s in _scopes(whole_agencies(actor))]
    ids: set[int] = set()
    for scope in scopes:
        ids.update(scope.filter(wanted).order_by("-id").values_list("pk", flat=True)[: limit + 1])
    first = sorted(ids, reverse=True)[: limit + 1]
    rows = with_names(Dossier.objects.filter(pk__in=first)).defer("answers_sealed")
    items = lines_of(rows.order_by("-id")[:limit], now)
    _note(items, actor, "search")
    return Found(items, items[-1].id if len(first) > limit else None, by)


def _wanted(text: str, number_index: str) -> tuple[str, Q | None]:
    if number_index:
        person = person_id_by_index(number_index)
        own = Q(applicant_id=person) if person is not None else Q(pk__in=[])
        return "number", own | Q(number_index=number_index)
    if any(c.isdigit() for c in text):
        typed = Q(code__contains="".join(text.upper().split()))
        return "code", typed | Q(code__in=dossier_codes(text))
    named = words(text)
    wanted = Q()
    for word in named:
        wanted &= Q(applicant_folded__contains=word)
    return ("name", wanted) if named else ("", None)


def named(codes: Iterable[str], *, actor: Actor, now: datetime) -> dict[str, DossierLine]:
    """Those of some dossiers that are of the actor's agencies, by code."""
    own = whole_agencies(actor)
    seen = Q(agency_id__in=own) | Q(receiving_id__in=own)
    rows = with_names(Dossier.objects.filter(seen, code__in=sorted(set(codes)))).defer("answers_sealed")
    items = lines_of(rows.order_by("id"), now)
    _note(items, actor, "done together")
    return {item.code: item for item in items}
