"""The result of a dossier is made, numbered, signed and kept; one that errs is replaced by a new one."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from motcua.agencies.queries import agency_by_id
from motcua.catalogue.rules.pack import valid_until
from motcua.core.actor import Actor
from motcua.core.periods import local_day
from motcua.core.refusals import NotFound
from motcua.documents import operations as documents
from motcua.documents.queries import issued
from motcua.dossiers.operations.common import Held, decide, hold, keep
from motcua.dossiers.queries.files import fields_of, printed_fields
from motcua.dossiers.rules.correcting import changes
from motcua.dossiers.rules.status import Action


def _issue(
    held: Held, fields: Mapping[str, Any], valid_until_on: date | None, now: datetime
) -> documents.Issued:
    result = held.pack.result
    if result is None or held.actor.user_id is None:
        raise NotFound
    return documents.issue(
        reference=held.code,
        template=result.template,
        fields=fields,
        title=result.title,
        agency_id=held.dossier.agency_id,
        book=f"{agency_by_id(held.dossier.agency_id).identifier}/{held.dossier.procedure_code}",
        number_suffix=result.number_suffix,
        valid_until_on=valid_until_on,
        signer_user_id=held.actor.user_id,
        signer_name=held.actor.name,
        actor=held.actor,
        now=now,
    )


def issue_result(held: Held, *, now: datetime) -> documents.Issued:
    """Make, number, sign and keep the result of a dossier; its actor is the signatory."""
    fields = fields_of(held.dossier, held.steps, held.pack, signer=held.actor.name, now=now)
    until = valid_until(held.pack.result, local_day(now)) if held.pack.result else None
    return _issue(held, fields, until, now)


@transaction.atomic
def correct_result(
    *, code: str, corrections: Mapping[str, Any], reason: str, actor: Actor, now: datetime
) -> None:
    """Put a result with other words, a number of its own and a new signature in the place of one that errs.

    The old document stays to be checked and says which one stands in its place; the last day of validity
    stays what it was; nothing of the dossier's own life changes. ``corrections``: new values by the key of
    the result's field. How an agency corrects its papers is local [M]: who signs may, who drafted may not.
    """
    held = hold(code, Action.CORRECT_RESULT, actor)
    old = issued(held.dossier.result_token)
    if held.pack.result is None:
        raise NotFound
    fields = printed_fields(held.dossier, held.steps, held.pack, old, signer=actor.name)
    made = changes(held.pack.result, fields, corrections)
    decide(held, "correct", reason=reason, clause="", now=now)
    new = _issue(held, {**fields, **made}, old.valid_until_on, now)
    documents.replace(token=old.token, by=new.token, changes=made, actor=actor, now=now)
    held.dossier.result_token = new.token
    told = {"token": new.token, "number": new.number, "corrects": old.number, "fields": sorted(made)}
    keep(held, "dossier.result_corrected", told, now)
