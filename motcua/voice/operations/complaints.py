"""Complaints against a decision on a dossier: filed, accepted or not, settled by a leader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.core.actor import Actor
from motcua.core.periods import local_day
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.dossiers.queries import own_matter
from motcua.events.operations import append
from motcua.voice.access import decides
from motcua.voice.gateways import complaint_terms
from motcua.voice.models import Complaint
from motcua.voice.operations.attachments import take_along
from motcua.voice.operations.clocks import days_later, new_code
from motcua.voice.operations.telling import tell
from motcua.voice.rules.complaints import (
    AGAINST,
    STATES,
    AgainstUnknown,
    ComplaintAct,
    ComplaintState,
    after,
)
from motcua.voice.rules.petitions import MOST_ANSWER, written

OFFICERS = frozenset(ComplaintAct) - {ComplaintAct.WITHDRAW}


@dataclass(frozen=True, slots=True)
class ComplaintFiled:
    """Its code, and the day by which it is accepted or not."""

    code: str
    accept_due_at: datetime


@transaction.atomic
def file_complaint(
    *,
    dossier: str,
    against: str,
    words: str,
    wanted: str = "",
    attachments: Sequence[str] = (),
    actor: Actor,
    now: datetime,
) -> ComplaintFiled:
    """Complain about one's own dossier; ``attachments``: handles of files that were kept for it.

    Raises ``NotFound``, ``AgainstUnknown``, ``WordsNeeded``, ``TooManyFiles``, ``AttachmentGone``.
    """
    matter = own_matter(dossier, actor=actor)
    if actor.user_id is None:
        raise NotFound
    if against not in AGAINST:
        raise AgainstUnknown(known=", ".join(AGAINST))
    terms = complaint_terms(local_day(now))
    row = Complaint.objects.create(
        code=new_code("KN", now), dossier=matter.code, agency_id=matter.agency.id, against=against,
        words=written(words), wanted=wanted.replace("\x00", "").strip()[:2000], author_id=actor.user_id,
        state=ComplaintState.FILED, filed_at=now, accept_due_at=days_later(now, terms.accept_days),
    )  # fmt: skip
    take_along(attachments, actor=actor, complaint=row)
    _log(row, "filed", actor, now)
    return ComplaintFiled(row.code, row.accept_due_at)


@transaction.atomic
def handle_complaint(*, code: str, act: str, words: str = "", actor: Actor, now: datetime) -> None:
    """One act of a signatory or leader of its agency; every decision has words.

    Raises ``NotFound``, ``ComplaintActRefused``, ``WordsNeeded``.
    """
    row = Complaint.objects.select_for_update().filter(code=code).first()
    if row is None or act not in OFFICERS or not decides(actor, row.agency_id):
        raise NotFound
    which = ComplaintAct(act)
    state = after(row.state, which)
    if which is ComplaintAct.ACCEPT:
        terms = complaint_terms(local_day(row.filed_at))
        row.accepted_at, row.decide_due_at = now, days_later(now, terms.decide_days)
    else:
        row.decision, row.ended_at = written(words, most=MOST_ANSWER), now
        row.decided_by_id = actor.user_id
    row.state = state
    row.save()
    _log(row, which.value, actor, now)
    said = STATES[state]
    tell(
        key=f"complaint:{row.code}:{act}", user_id=row.author_id, agency_id=row.agency_id, code=row.code,
        news=Text(f"Khiếu nại: {said.vi}", f"Your complaint: {said.en}"), words=row.decision,
        path=f"/khieu-nai/{row.code}/", now=now,
    )  # fmt: skip


@transaction.atomic
def withdraw_complaint(*, code: str, actor: Actor, now: datetime) -> None:
    """Its author takes it back. Raises ``NotFound``, ``ComplaintActRefused``."""
    row = Complaint.objects.select_for_update().filter(code=code, author_id=actor.user_id).first()
    if row is None or actor.user_id is None:
        raise NotFound
    row.state, row.ended_at = after(row.state, ComplaintAct.WITHDRAW), now
    row.save(update_fields=["state", "ended_at"])
    _log(row, "withdrawn", actor, now)


def _log(row: Complaint, what: str, actor: Actor, now: datetime) -> None:
    data = {"code": row.code, "dossier": row.dossier, "state": row.state}
    append(stream=f"complaint:{row.code}", kind=f"complaint.{what}", data=data, actor=actor, now=now)
