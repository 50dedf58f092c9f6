"""What an issued result says and may be corrected in, for those who handle its dossier."""

from datetime import datetime

from motcua.catalogue.queries import revision_pack
from motcua.core.actor import Actor
from motcua.core.refusals import NotFound
from motcua.documents.queries import issued
from motcua.dossiers.access import may_handle, note_read
from motcua.dossiers.queries.files import fields_of, printed_fields, seen_dossier
from motcua.dossiers.rules.correcting import Correctable, correctable


def correctable_values(code: str, *, actor: Actor) -> tuple[Correctable, ...]:
    """The values of a dossier's result as printed; ``NotFound`` for others and where there is none."""
    dossier, steps = seen_dossier(code, actor)
    pack, at = revision_pack(dossier.revision_id), [s.agency_id for s in steps]
    if pack.result is None or not dossier.result_token or not may_handle(actor, dossier, at):
        raise NotFound
    note_read(actor, dossier, at, kind="result", code=code)
    fields = printed_fields(dossier, steps, pack, issued(dossier.result_token), signer="")
    return correctable(pack.result, fields)


def draft_values(code: str, *, actor: Actor, now: datetime) -> tuple[Correctable, ...]:
    """What the draft of a dossier's result says, for those who make, attest or sign it.

    ``NotFound`` for others; nothing where the procedure makes no document.
    """
    dossier, steps = seen_dossier(code, actor)
    pack, at = revision_pack(dossier.revision_id), [s.agency_id for s in steps]
    if not may_handle(actor, dossier, at):
        raise NotFound
    note_read(actor, dossier, at, kind="draft", code=code)
    if pack.result is None:
        return ()
    return correctable(pack.result, fields_of(dossier, steps, pack, signer="", now=now))
