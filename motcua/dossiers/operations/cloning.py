"""A new request with the answers of an earlier one."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction

from motcua.agencies.queries import agency_by_id
from motcua.catalogue.queries import current_revision, revision_pack
from motcua.catalogue.rules.form_model import Form
from motcua.core.actor import Actor
from motcua.core.refusals import NotFound
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.drafts import DraftRef, choose_agency, start_draft
from motcua.dossiers.operations.submitting import NotOffered
from motcua.dossiers.queries.case import case_of
from motcua.dossiers.sealed import unseal_answers


@transaction.atomic
def clone(*, code: str, actor: Actor, now: datetime) -> DraftRef:
    """Begin a request on the current revision with the answers of an earlier dossier of the actor's own.

    Nothing counts as completed: every page is looked through again. Papers are not taken over, they may
    have expired. Answers that the current form no longer asks are left behind, and those that are true of
    one time only (``fresh``: the nights of a stay). The agency
    is kept while it offers the service. Raises ``NotFound``, ``NotOffered``.
    """
    dossier = Dossier.objects.prefetch_related("decisions").filter(code=code).first()
    if dossier is None or not case_of(dossier, (), actor).is_applicant:
        raise NotFound
    revision = current_revision(dossier.procedure_code)
    pack = revision_pack(revision.id) if revision.has_pack else None
    form = pack.form if pack else Form()
    known = {q.key for _, q in form.questions() if q.asked and not q.fresh}
    answers = unseal_answers(dossier.answers_sealed, f"dossier:{dossier.code}")
    ref = start_draft(
        procedure_code=dossier.procedure_code,
        filed_by=dossier.filed_by,
        prefill={key: value for key, value in answers.items() if key in known},
        actor=actor,
        now=now,
    )
    if pack is None or not pack.agency_from:
        with suppress(NotOffered):  # the agency of then decides again, if it still does
            agency = agency_by_id(dossier.agency_id).identifier
            choose_agency(draft_id=ref.id, agency=agency, actor=actor, now=now)
    return ref
