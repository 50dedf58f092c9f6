"""The result of a dossier: its fields from the facts, its draft, its issue."""

from datetime import datetime
from typing import Any

from motcua.agencies.queries import agency_by_id
from motcua.catalogue.rules.pack import result_fields, valid_until
from motcua.core.periods import local_day
from motcua.core.refusals import NotFound
from motcua.documents import operations as documents
from motcua.dossiers.operations.common import Held, facts_of


def fields_of(held: Held, now: datetime) -> dict[str, Any]:
    """The values that the result's template prints."""
    agency = agency_by_id(held.dossier.agency_id)
    facts = facts_of(held, now)
    facts["agency"] = {"name": agency.name.vi, "place": agency.serves_name, "identifier": agency.identifier}
    facts["signer"] = {"name": held.actor.name}
    return result_fields(held.pack, facts)


def issue_result(held: Held, *, now: datetime) -> documents.Issued:
    """Make, number, sign and keep the result of a dossier; its actor is the signatory."""
    result = held.pack.result
    if result is None or held.actor.user_id is None:
        raise NotFound
    return documents.issue(
        reference=held.code,
        template=result.template,
        fields=fields_of(held, now),
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


def draft_of(held: Held, *, now: datetime) -> bytes:
    """The draft of the result as PDF, marked as a draft, without number or signature."""
    result = held.pack.result
    if result is None:
        raise NotFound
    return documents.render_draft(
        template=result.template, fields=fields_of(held, now), title=result.title,
        agency_name=agency_by_id(held.dossier.agency_id).name.vi, now=now,
    )  # fmt: skip
