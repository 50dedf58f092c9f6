"""The result of a dossier is made, numbered, signed and kept."""

from datetime import datetime

from motcua.agencies.queries import agency_by_id
from motcua.catalogue.rules.pack import valid_until
from motcua.core.periods import local_day
from motcua.core.refusals import NotFound
from motcua.documents import operations as documents
from motcua.dossiers.operations.common import Held
from motcua.dossiers.queries.files import fields_of


def issue_result(held: Held, *, now: datetime) -> documents.Issued:
    """Make, number, sign and keep the result of a dossier; its actor is the signatory."""
    result = held.pack.result
    if result is None or held.actor.user_id is None:
        raise NotFound
    return documents.issue(
        reference=held.code,
        template=result.template,
        fields=fields_of(held.dossier, held.steps, held.pack, signer=held.actor.name, now=now),
        title=result.title,
        agency_id=held.dossier.agency_id,
        book=f"{agency_by_id(held.dossier.agency_id).identifier}/{held.dossier.procedure_code}",
        number_suffix=result.number_suffix,
        valid_until_on=valid_until(result, local_day(now)),
        signer_user_id=held.actor.user_id,
        signer_name=held.actor.name,
        actor=held.actor,
        now=now,
    )
