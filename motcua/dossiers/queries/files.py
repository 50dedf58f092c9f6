"""Files of a dossier for those who may see it: papers, the draft, the result."""

from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.agencies.queries import agency_by_id
from motcua.catalogue.queries import revision_pack
from motcua.catalogue.rules.pack import Pack, result_fields
from motcua.core.actor import Actor
from motcua.core.refusals import NotFound
from motcua.documents import queries as documents
from motcua.documents.operations import render_draft
from motcua.documents.queries import PaperRef
from motcua.dossiers.access import may_handle, may_see, note_read
from motcua.dossiers.models import Dossier, DossierPaper
from motcua.dossiers.queries.case import dossier_facts
from motcua.dossiers.queries.naming import with_places
from motcua.process.queries import StepRow, steps_of

DRAFT_STEPS = frozenset({"confirm", "sign"})


def fields_of(
    dossier: Dossier, steps: tuple[StepRow, ...], pack: Pack, *, signer: str, now: datetime
) -> dict[str, Any]:
    """The values that a result's template prints."""
    agency = agency_by_id(dossier.agency_id)
    facts = dossier_facts(dossier, steps, now)
    facts["agency"] = {"name": agency.name.vi, "place": agency.serves_name, "identifier": agency.identifier}
    facts["signer"] = {"name": signer}
    return result_fields(pack, with_places(pack.form, facts["answers"], facts))


def printed_fields(
    dossier: Dossier, steps: tuple[StepRow, ...], pack: Pack, of: documents.IssuedRef, *, signer: str
) -> dict[str, Any]:
    """What an issued result prints: as on the day it was issued, with what was corrected since."""
    fields = fields_of(dossier, steps, pack, signer=signer, now=of.issued_at)
    return {**fields, **documents.changes_of(of.token)}


def seen_dossier(code: str, actor: Actor) -> tuple[Dossier, tuple[StepRow, ...]]:
    """A dossier and its steps for one who may see it; ``NotFound`` for others."""
    dossier = Dossier.objects.filter(code=code).first()
    steps = steps_of(code) if dossier else ()
    if dossier is None or not may_see(actor, dossier, (s.agency_id for s in steps)):
        raise NotFound
    return dossier, steps


def draft_pdf(code: str, *, actor: Actor, now: datetime) -> bytes:
    """The result as it would look, marked as a draft; the applicant gets it once it was sent to confirm."""
    dossier, steps = seen_dossier(code, actor)
    pack = revision_pack(dossier.revision_id)
    result = pack.result
    sent = any(s.kind in DRAFT_STEPS and s.state != "cancelled" for s in steps)
    at = [s.agency_id for s in steps]
    if result is None or not (sent or may_handle(actor, dossier, at)):
        raise NotFound
    note_read(actor, dossier, at, kind="draft", code=code)
    return render_draft(
        template=result.template,
        fields=fields_of(dossier, steps, pack, signer="", now=now),
        title=result.title,
        agency_name=agency_by_id(dossier.agency_id).name.vi,
        now=now,
    )


def result_pdf(code: str, *, actor: Actor) -> bytes:
    """The signed result, byte for byte; ``NotFound`` before there is one."""
    dossier, steps = seen_dossier(code, actor)
    if not dossier.result_token:
        raise NotFound
    note_read(actor, dossier, (s.agency_id for s in steps), kind="result", code=code)
    return documents.issued_bytes(dossier.result_token)


def paper_seen(paper_id: UUID | str, *, actor: Actor) -> tuple[PaperRef, bytes]:
    """A paper for those who see a dossier that it belongs to; one of no dossier for its owner only.

    ``NotFound`` otherwise: who brought a paper as an officer sees it as long as the dossier.
    """
    ref = documents.paper(paper_id)
    rows = list(DossierPaper.objects.filter(paper_id=ref.id).select_related("dossier").order_by("pk"))
    if not rows:
        documents.paper_for(paper_id, actor=actor)
        return ref, documents.paper_bytes(paper_id)
    for dossier in (row.dossier for row in rows):
        at = [s.agency_id for s in steps_of(dossier.code)]
        if may_see(actor, dossier, at):
            content = documents.paper_bytes(paper_id)
            note_read(actor, dossier, at, kind="paper", code=dossier.code, subject=ref.id)
            return ref, content
    raise NotFound
