"""Lists of dossiers: one's own, an officer's work, and the public look-up."""

import base64
import json
from collections.abc import Iterable
from datetime import datetime

from motcua.agencies.queries import agencies_by_id
from motcua.catalogue.queries import revision_pack
from motcua.core.actor import Actor, Reading
from motcua.core.pages import Page
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.queries.reading import AD_HOC
from motcua.dossiers.queries.views import DossierItem, DraftItem, TrackView, Worklist, WorklistItem
from motcua.dossiers.rules.status import STATUS_TEXTS, Status
from motcua.dossiers.sealed import last4_index
from motcua.process.queries import (
    LANES,
    StepRow,
    lane_counts,
    references_to_confirm,
    work,
)


class BadCursor(Refusal):
    """The cursor was not made by this list."""

    code = "bad_cursor"
    cause = Text("Con trỏ trang không hợp lệ.", "The page cursor is not valid.")
    next_step = Text("Bắt đầu lại từ trang đầu.", "Start again from the first page.")
    status = 422


def _cursor(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def _parts(cursor: str) -> list[object]:
    try:
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, UnicodeDecodeError):
        raise BadCursor from None
    if not isinstance(parts, list):
        raise BadCursor
    return parts


def _name(dossier: Dossier | Draft) -> Text:
    procedure = dossier.revision.procedure
    return Text(procedure.name_vi, procedure.name_en)


def _before_id(after: str | None) -> int | None:
    if not after:
        return None
    parts = _parts(after)
    if len(parts) != 1 or not isinstance(parts[0], int):
        raise BadCursor
    return parts[0]


def dossiers_of(actor: Actor, *, limit: int = 20, after: str | None = None) -> Page[DossierItem]:
    """Dossiers that the actor filed or that are about the actor's person, newest first."""
    if not actor.is_person:
        return Page(())
    rows = Dossier.objects.filter(filed_by_user_id=actor.user_id, mandate=None).exclude(filed_by="officer")
    if actor.mandate_id is not None:  # in the place of a business: what is the business's
        rows = Dossier.objects.filter(applicant_id=actor.person_id)
    elif actor.person_id is not None:
        rows = rows | Dossier.objects.filter(applicant_id=actor.person_id)
    before = _before_id(after)
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(rows.select_related("revision__procedure").order_by("-id")[: limit + 1])
    agencies = agencies_by_id({d.agency_id for d in found})
    to_confirm = references_to_confirm(d.code for d in found)
    items = tuple(
        DossierItem(
            d.code, _name(d), d.status, STATUS_TEXTS[Status(d.status)], d.submitted_at, d.due_at,
            agencies[d.agency_id].name, d.status == Status.SUPPLEMENT or d.code in to_confirm,
        )
        for d in found[:limit]
    )  # fmt: skip
    return Page(items, _cursor(found[limit - 1].pk) if len(found) > limit else None)


def drafts_of(actor: Actor, *, limit: int = 10) -> tuple[DraftItem, ...]:
    """The actor's unfiled drafts, last saved first."""
    if actor.user_id is None:
        return ()
    rows = Draft.objects.filter(user_id=actor.user_id, dossier__isnull=True)
    rows = rows.filter(mandate_id=actor.mandate_id) if actor.mandate_id else rows.filter(mandate=None)
    rows = rows.select_related("revision__procedure").order_by("-saved_at", "id")[:limit]
    return tuple(DraftItem(str(d.pk), d.procedure_code, _name(d), d.saved_at) for d in rows)


def worklist(
    *, actor: Actor, lane: str = "all", limit: int = 50, after: str | None = None, now: datetime
) -> Worklist:
    """An officer's work by deadline; constant in the number of dossiers (keyset, capped counts)."""
    lane = lane if lane in LANES else "all"
    key = None
    if after:
        parts = _parts(after)
        try:
            key = (datetime.fromisoformat(str(parts[0])), int(str(parts[1])))
        except (ValueError, IndexError):
            raise BadCursor from None
    steps = work(actor=actor, lane=lane, now=now, limit=limit, after=key)
    shown, more = steps[:limit], len(steps) > limit
    _note(shown, actor)
    following = _cursor(shown[-1].due_at.isoformat(), shown[-1].id) if more else None
    counts = lane_counts(actor=actor, now=now)
    return Worklist(_items(shown, now), following, counts, lane)


def next_work(*, actor: Actor, but: str, now: datetime) -> WorklistItem | None:
    """What an officer has to do first, by deadline, of all but one dossier; None when nothing waits."""
    found = work(actor=actor, lane="all", now=now, limit=2, after=None)
    first = [step for step in found if step.reference != but][:1]
    _note(first, actor)
    return next(iter(_items(first, now)), None)


def _note(steps: Iterable[StepRow], actor: Actor) -> None:
    """A list shows names: its reader, and whose dossiers it showed."""
    codes = tuple(sorted({step.reference for step in steps}))
    if codes:
        actor.note(Reading("list", "", why="work list", listed=codes))


def _items(steps: Iterable[StepRow], now: datetime) -> tuple[WorklistItem, ...]:
    steps = tuple(steps)
    rows = Dossier.objects.filter(code__in={s.reference for s in steps}).select_related("revision__procedure")
    dossiers = {d.code: d for d in rows.order_by("id")}
    agencies = agencies_by_id({s.agency_id for s in steps})
    items = []
    for step in steps:
        dossier = dossiers[step.reference]
        names = {s.key: s.name for s in revision_pack(dossier.revision_id).process.steps}
        items.append(
            WorklistItem(
                dossier.code, dossier.procedure_code, _name(dossier), dossier.applicant_name, step.key,
                names.get(step.key, AD_HOC), step.kind, step.due_at,
                step.state == "open" and step.due_at < now, dossier.status,
                STATUS_TEXTS[Status(dossier.status)], dossier.channel, agencies[step.agency_id].name,
                step.assignee_name, step.state == "waiting", step.near_due,
            )
        )  # fmt: skip
    return tuple(items)


def track(code: str, last4: str, *, now: datetime) -> TrackView | None:
    """Status by code and last four digits; the same work for a wrong code and for wrong digits."""
    wanted = last4_index(code, last4)
    row = Dossier.objects.select_related("revision__procedure").filter(code=code, last4_index=wanted).first()
    if row is None or len(last4) != 4:
        return None
    return TrackView(
        row.code, row.procedure_code, _name(row), row.status, STATUS_TEXTS[Status(row.status)], row.due_at
    )
