"""Lists of dossiers: one's own, and the public look-up."""

import base64
import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet

from motcua.agencies.queries import agencies_by_id
from motcua.catalogue.queries import revision_names
from motcua.core.actor import Actor
from motcua.core.pages import Page
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.queries.naming import with_names
from motcua.dossiers.queries.tracking import holders_of
from motcua.dossiers.queries.views import DossierItem, DraftItem, TrackView
from motcua.dossiers.rules.status import DECIDED, STATUS_TEXTS, TERMINAL, Status
from motcua.dossiers.sealed import last4_index
from motcua.process.queries import clock_of, references_to_confirm, steps_of
from motcua.process.queries.standing import promises

MOST_OPEN = 500  # own undecided dossiers that are looked through for what waits
MOST_NAMED = 3
UNASKED = TERMINAL | {Status.NEW}  # in these nobody waits for the applicant to confirm a draft


class BadCursor(Refusal):
    """The cursor was not made by this list."""

    code = "bad_cursor"
    cause = Text("Con trỏ trang không hợp lệ.", "The page cursor is not valid.")
    next_step = Text("Bắt đầu lại từ trang đầu.", "Start again from the first page.")
    status = 422


def cursor_of(*parts: object) -> str:
    """The place after which a list goes on, as one opaque word."""
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def parts_of(cursor: str) -> list[object]:
    """What ``cursor_of`` was given; raises ``BadCursor``."""
    try:
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, UnicodeDecodeError):
        raise BadCursor from None
    if not isinstance(parts, list):
        raise BadCursor
    return parts


def name_of(dossier: Dossier | Draft) -> Text:
    """The name of the procedure, of a row with its revision and procedure."""
    procedure = dossier.revision.procedure
    return Text(procedure.name_vi, procedure.name_en)


def _before_id(after: str | None) -> int | None:
    if not after:
        return None
    parts = parts_of(after)
    if len(parts) != 1 or not isinstance(parts[0], int):
        raise BadCursor
    return parts[0]


def _own_rows(actor: Actor) -> list[QuerySet[Dossier]]:
    """What the actor filed and what is about them, newest first: each an index scan that stops early, where
    one condition with “or” would read all that is there."""
    every = Dossier.objects.order_by("-id")
    filed = every.filter(filed_by_user_id=actor.user_id, mandate=None).exclude(filed_by="officer")
    # in the place of a business: what is the business's
    rows = [] if actor.mandate_id is not None else [filed]
    return rows if actor.person_id is None else [*rows, every.filter(applicant_id=actor.person_id)]


def _own_ids(actor: Actor, before: int | None, limit: int) -> list[int]:
    """Ids, newest first."""
    found: set[int] = set()
    for rows in _own_rows(actor):
        rows = rows if before is None else rows.filter(id__lt=before)
        found.update(rows.values_list("pk", flat=True)[:limit])
    return sorted(found, reverse=True)[:limit]


def dossiers_of(actor: Actor, *, limit: int = 20, after: str | None = None) -> Page[DossierItem]:
    """Dossiers that the actor filed or that are about the actor's person, newest first."""
    if not actor.is_person:
        return Page(())
    ids = _own_ids(actor, _before_id(after), limit + 1)
    return Page(_items(ids[:limit]), cursor_of(ids[limit - 1]) if len(ids) > limit else None)


class _Line(NamedTuple):
    """A line of one's dossiers, as it is read."""

    code: str
    revision_id: int
    agency_id: int
    status: int
    submitted_at: datetime
    due_at: datetime | None
    supplements: int


def _items(ids: Iterable[int]) -> tuple[DossierItem, ...]:
    rows = Dossier.objects.filter(pk__in=list(ids)).order_by("-id")
    found = [_Line(*row) for row in rows.values_list(*_Line._fields)]
    agencies = agencies_by_id({d.agency_id for d in found})
    names = revision_names({d.revision_id for d in found})
    promised = promises(d.code for d in found if d.due_at is not None)
    to_confirm = references_to_confirm(d.code for d in found if d.status not in UNASKED)
    return tuple(
        DossierItem(
            d.code, names[d.revision_id], d.status, STATUS_TEXTS[Status(d.status)], d.submitted_at, d.due_at,
            agencies[d.agency_id].name, _todo(d, to_confirm), d.status == Status.NEW and d.supplements > 0,
            promised.get(d.code),
        )
        for d in found
    )  # fmt: skip


def _todo(dossier: _Line, to_confirm: Collection[str]) -> str:
    """What the applicant has to do: answer, or look at the draft of the result; "" when nothing."""
    if dossier.status == Status.SUPPLEMENT:
        return "supplement"
    return "confirm" if dossier.code in to_confirm else ""


def waiting_for(actor: Actor) -> tuple[DossierItem, ...]:
    """Own dossiers in which something is asked of the applicant, newest first."""
    open_: dict[str, tuple[int, int]] = {}
    for rows in _own_rows(actor) if actor.is_person else []:
        left = rows.exclude(status__in=DECIDED).values_list("code", "pk", "status")[:MOST_OPEN]
        open_ |= {code: (pk, status) for code, pk, status in left}
    to_confirm = references_to_confirm(open_)
    asked = (pk for code, (pk, s) in open_.items() if s == Status.SUPPLEMENT or code in to_confirm)
    return _items(asked)


def open_of(actor: Actor, procedure_code: str) -> tuple[DossierItem, ...]:
    """Requests of the actor's own person for a procedure that nobody has decided, newest first, a few."""
    if actor.person_id is None:
        return ()
    rows = Dossier.objects.filter(applicant_id=actor.person_id, procedure_code=procedure_code)
    found = rows.exclude(status__in=DECIDED).order_by("-id").values_list("pk", flat=True)
    return _items(found[:MOST_NAMED])


def drafts_of(actor: Actor, *, limit: int = 10) -> tuple[DraftItem, ...]:
    """The actor's unfiled drafts, last saved first."""
    if actor.user_id is None:
        return ()
    rows = Draft.objects.filter(user_id=actor.user_id, dossier__isnull=True)
    rows = rows.filter(mandate_id=actor.mandate_id) if actor.mandate_id else rows.filter(mandate=None)
    rows = with_names(rows).defer("answers_sealed").order_by("-saved_at", "id")[:limit]
    return tuple(DraftItem(str(d.pk), d.procedure_code, name_of(d), d.saved_at) for d in rows)


def track(code: str, last4: str, *, now: datetime) -> TrackView | None:
    """Status by code and last four digits; the same work for a wrong code and for wrong digits."""
    wanted = last4_index(code, last4)
    row = with_names(Dossier.objects.filter(code=code, last4_index=wanted)).first()
    if row is None or len(last4) != 4:
        return None
    clock, steps = clock_of(code), [s for s in steps_of(code) if s.state in {"open", "waiting"}]
    return TrackView(
        row.code, row.procedure_code, name_of(row), row.status, STATUS_TEXTS[Status(row.status)], row.due_at,
        row.submitted_at, clock.promised_at if clock else None, bool(clock and clock.paused),
        holders_of(row, steps),
    )  # fmt: skip
