"""The PDF of a slip, for those who may see its dossier; made at the first view if the worker has not yet."""

from datetime import datetime

from motcua.agencies.queries import agency_by_id
from motcua.catalogue.queries import revision_pack
from motcua.core.actor import Actor
from motcua.core.refusals import NotFound
from motcua.documents import operations as documents
from motcua.documents.queries import SlipRef, slips_of
from motcua.dossiers.access import note_read
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import slip_words as words
from motcua.dossiers.queries.files import seen_dossier
from motcua.dossiers.queries.slips import may_read
from motcua.process.queries import StepRow


def slip_pdf(*, code: str, key: str, actor: Actor, now: datetime) -> bytes:
    """A slip of a dossier by its key, the same bytes every time; ``NotFound`` for others.

    The control slip of a dossier on its way is set anew each time and says until when it is written.
    """
    dossier, steps = seen_dossier(code, actor)
    slip = next((s for s in slips_of(code) if s.key == key), None)
    if slip is None or not may_read(slip, dossier, actor):
        raise NotFound
    note_read(actor, dossier, (s.agency_id for s in steps), kind="slip", code=code, subject=f"{code}/{key}")
    if slip.running:
        return _so_far(slip, dossier, steps, now)
    return documents.slip_file(token=slip.token)


def _so_far(slip: SlipRef, dossier: Dossier, steps: tuple[StepRow, ...], now: datetime) -> bytes:
    agency = agency_by_id(slip.agency_id)
    fields = {
        **words.head_words(agency, slip.form, "", slip.issued_at),
        **words.control_words(dossier, revision_pack(dossier.revision_id), steps, as_of=now),
        "number": slip.number,
    }
    title = f"{slip.title.vi} {slip.number}"
    return documents.set_slip(slip.form, fields, title=title, agency_name=agency.name.vi, now=slip.issued_at)


def filed_pdf(*, code: str, actor: Actor) -> bytes:
    """The acknowledgement that a request has come in: the same words every time, from what was filed."""
    dossier, steps = seen_dossier(code, actor)
    note_read(actor, dossier, (s.agency_id for s in steps), kind="slip", code=code, subject=f"{code}/filed")
    pack = revision_pack(dossier.revision_id)
    fields = words.filed_words(dossier, pack, steps)
    return documents.set_slip(
        "filed", fields, title=f"Giấy xác nhận đã nộp hồ sơ {code}", agency_name=fields["agency_name"],
        now=dossier.submitted_at, address=fields["track_url"],
    )  # fmt: skip
