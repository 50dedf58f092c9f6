"""Ending an online service: the next revision has no pack; what runs goes on by its own revision."""

from datetime import datetime, timedelta

from django.db import transaction

from motcua.catalogue.models import Procedure, Revision, Service
from motcua.catalogue.operations.records import Change, keep
from motcua.catalogue.queries.procedures import RevisionRef, current_revision
from motcua.catalogue.rules.facts import from_record
from motcua.core.actor import Actor
from motcua.core.periods import local_day
from motcua.core.refusals import NotFound, Refusal
from motcua.core.texts import Text


class NothingToClose(Refusal):
    """The procedure has no online service."""

    code = "nothing_to_close"
    cause = Text("Thủ tục {code} không có dịch vụ trực tuyến.", "Procedure {code} has no online service.")
    next_step = Text("Kiểm tra lại mã thủ tục.", "Check the code of the procedure.")


@transaction.atomic
def close_service(*, code: str, reason: str, actor: Actor, now: datetime) -> RevisionRef:
    """Close the current revision and open one without a pack, as information only.

    Nobody can file any more; dossiers that run stay with the revision that they were filed on. The
    services end with yesterday. Raises NotFound, NothingToClose.
    """
    procedure = Procedure.objects.select_for_update().filter(code=code).first()
    if procedure is None:
        raise NotFound()
    current = Revision.objects.filter(procedure=procedure, closed_at__isnull=True).first()
    if current is None or not current.pack:
        raise NothingToClose(code=code)
    Service.objects.filter(procedure=procedure, valid_to__isnull=True).update(
        level="information", blockers=[], valid_to=local_day(now) - timedelta(days=1)
    )
    best = next(name for name in ("record", "pack", "list") if name in procedure.sources)
    facts = from_record(procedure.sources[best])
    keep([Change(facts, best, pack={}, note=reason[:300])], actor=actor, now=now)
    return current_revision(code)
