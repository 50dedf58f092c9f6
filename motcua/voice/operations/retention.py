"""What was settled long ago loses words, names, accounts, files and news; its moments stay, so counts do.

The event log is only ever added to: it keeps code, state and moment of each event, and the number of the
account that acted; it never held words, names, addresses or files.
"""

from datetime import datetime, time

from django.db import transaction

from motcua.core.actor import SYSTEM
from motcua.core.periods import VIETNAM, local_day
from motcua.events.operations import append
from motcua.voice.gateways import retention_of
from motcua.voice.models import Attachment, Complaint, Petition, Rating, Reaction
from motcua.voice.operations.attachments import forget_attachments
from motcua.voice.operations.petitions import told
from motcua.voice.operations.telling import forget_told
from motcua.voice.rules.petitions import State
from motcua.voice.rules.retention import settled_before


def strip_old_petitions(*, now: datetime, limit: int = 200) -> int:
    """Strip petitions that were settled long enough ago; how many. Published titles and answers stay.

    The dossier's code stays with it, since the dossier is counted with it, and so do its likes as numbers.
    """
    rows = Petition.objects.filter(ended_at__lt=_before("petition", now), stripped_at=None)
    keys = list(rows.order_by("ended_at", "pk").values_list("pk", flat=True)[:limit])
    return sum(_petition(key, now) for key in keys)


def strip_old_complaints(*, now: datetime, limit: int = 200) -> int:
    """Strip complaints that were settled long enough ago; how many."""
    rows = Complaint.objects.filter(ended_at__lt=_before("complaint", now), stripped_at=None)
    keys = list(rows.order_by("ended_at", "pk").values_list("pk", flat=True)[:limit])
    return sum(_complaint(key, now) for key in keys)


def strip_old_ratings(*, now: datetime, limit: int = 200) -> int:
    """Take the words, and the answer to them, from ratings that were given long enough ago; how many.

    Whether one was satisfied, and the ticked reason, stay: they are counted, and are nobody's words.
    """
    rows = Rating.objects.filter(given_at__lt=_before("rating", now)).exclude(words="", answer="")
    codes = list(rows.order_by("given_at", "pk").values_list("dossier", flat=True)[:limit])
    return sum(_rating(code) for code in codes)


def _before(kind: str, now: datetime) -> datetime:
    on = local_day(now)
    return datetime.combine(settled_before(on, retention_of(kind, on)), time.min, VIETNAM)


@transaction.atomic
def _petition(key: int, now: datetime) -> int:
    row = Petition.objects.select_for_update().filter(pk=key, stripped_at=None).first()
    if row is None:
        return 0
    if row.state != State.PUBLISHED:
        row.title, row.answer, row.consent = "", "", False  # what was not published no longer can be
    row.words = row.name = row.email = row.question = row.more = ""
    row.author, row.stripped_at = None, now
    row.save()
    Reaction.objects.filter(petition=row).delete()
    forget_attachments(Attachment.objects.filter(petition=row))
    forget_told(row.code)
    told(row, "stripped", SYSTEM, now)
    return 1


@transaction.atomic
def _complaint(key: int, now: datetime) -> int:
    row = Complaint.objects.select_for_update().filter(pk=key, stripped_at=None).first()
    if row is None:
        return 0
    row.words = row.wanted = row.decision = ""
    row.author, row.stripped_at = None, now
    row.save()
    forget_attachments(Attachment.objects.filter(complaint=row))
    forget_told(row.code)
    data = {"code": row.code, "dossier": row.dossier, "state": row.state}
    append(stream=f"complaint:{row.code}", kind="complaint.stripped", data=data, actor=SYSTEM, now=now)
    return 1


@transaction.atomic
def _rating(code: str) -> int:
    forget_told(code)
    return Rating.objects.filter(dossier=code).update(words="", answer="")
