"""The way of a dossier between agencies."""

from datetime import datetime

from django.db import transaction

from motcua.agencies.queries import agency_by_id
from motcua.catalogue.queries import service_for
from motcua.core.actor import Actor
from motcua.core.periods import local_day
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.dossiers.operations.common import decide, hold, keep, move_to
from motcua.dossiers.operations.submitting import NotOffered
from motcua.dossiers.rules.status import Action
from motcua.process import operations as process


class AlreadyThere(Refusal):
    """The dossier is with that agency."""

    code = "already_with_agency"
    cause = Text("Hồ sơ đang do chính cơ quan này giải quyết.", "The dossier is with this agency already.")
    next_step = Text("Chọn cơ quan khác.", "Choose another agency.")
    status = 422


@transaction.atomic
def transfer(*, code: str, agency: str, reason: str, actor: Actor, now: datetime) -> None:
    """Give a dossier to the agency whose it is; its code, its clock and who received it stay.

    Raises ``NotOffered`` where that agency does not offer the procedure, ``AlreadyThere``, ``ReasonNeeded``.
    """
    held = hold(code, Action.TRANSFER, actor)
    dossier = held.dossier
    service = service_for(dossier.procedure_code, agency, on=local_day(now))
    if service is None:
        raise NotOffered(procedure=dossier.procedure_code)
    if service.agency_id == dossier.agency_id:
        raise AlreadyThere
    decide(held, "transfer", reason=reason, clause="", now=now)
    process.move_steps(reference=code, from_agency_id=dossier.agency_id, to_agency_id=service.agency_id)
    before = agency_by_id(dossier.agency_id).identifier
    dossier.agency_id = service.agency_id
    move_to(held, Action.TRANSFER)
    keep(
        held, "dossier.transferred", {"from": before, "to": service.agency, "place": service.place_code}, now
    )
