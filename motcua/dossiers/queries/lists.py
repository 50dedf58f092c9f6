"""Lists of dossiers: one's own, and the public look-up."""

import base64
import json
from datetime import datetime

from motcua.agencies.queries import agencies_by_id
from motcua.core.actor import Actor
from motcua.core.pages import Page
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.queries.naming import with_names
from motcua.dossiers.queries.views import DossierItem, DraftItem, TrackView
from motcua.dossiers.rules.status import STATUS_TEXTS, Status
from motcua.dossiers.sealed import last4_index
from motcua.process.queries import references_to_confirm


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


def _own_ids(actor: Actor, before: int | None, limit: int) -> list[int]:
    """Ids, newest first. Two index scans that stop early: one condition with “or” reads all that is there."""
    every = Dossier.objects.order_by("-id").values_list("pk", flat=True)
    every = every if before is None else every.filter(id__lt=before)
    own = every.filter(filed_by_user_id=actor.user_id, mandate=None).exclude(filed_by="officer")
    # in the place of a business: what is the business's
    found = set() if actor.mandate_id is not None else set(own[:limit])
    if actor.person_id is not None:
        found.update(every.filter(applicant_id=actor.person_id)[:limit])
    return sorted(found, reverse=True)[:limit]


def dossiers_of(actor: Actor, *, limit: int = 20, after: str | None = None) -> Page[DossierItem]:
    """Dossiers that the actor filed or that are about the actor's person, newest first."""
    if not actor.is_person:
        return Page(())
    ids = _own_ids(actor, _before_id(after), limit + 1)
    rows = with_names(Dossier.objects.filter(pk__in=ids)).defer("answers_sealed")
    found = list(rows.order_by("-id"))
    agencies = agencies_by_id({d.agency_id for d in found})
    to_confirm = references_to_confirm(d.code for d in found)
    items = tuple(
        DossierItem(
            d.code, name_of(d), d.status, STATUS_TEXTS[Status(d.status)], d.submitted_at, d.due_at,
            agencies[d.agency_id].name, d.status == Status.SUPPLEMENT or d.code in to_confirm,
        )
        for d in found[:limit]
    )  # fmt: skip
    return Page(items, cursor_of(found[limit - 1].pk) if len(found) > limit else None)


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
    return TrackView(
        row.code,
        row.procedure_code,
        name_of(row),
        row.status,
        STATUS_TEXTS[Status(row.status)],
        row.due_at,
        row.submitted_at,
    )
