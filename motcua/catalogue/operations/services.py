"""Services that agencies offer, and stubs for codes that nobody has imported yet."""

from datetime import date, datetime

from django.db import transaction

from motcua.agencies.queries import agency as agency_named
from motcua.catalogue.models import Procedure, Revision, SearchEntry, Service
from motcua.catalogue.queries.procedures import revision_pack
from motcua.catalogue.queries.services import ServiceRef, service_for
from motcua.catalogue.rules.indexing import entry_of
from motcua.catalogue.rules.level import AgencyFacts, level_of
from motcua.core.actor import Actor
from motcua.core.folding import nfc
from motcua.core.references import PROCEDURE_CODE
from motcua.core.refusals import NotFound, Refusal
from motcua.core.texts import Text
from motcua.events.operations import append


class NotOffered(Refusal):
    """A procedure without a pack cannot be offered online."""

    code = "no_pack"
    cause = Text(
        "Thủ tục {code} chưa có gói thủ tục nên chưa thể cung cấp trực tuyến.",
        "Procedure {code} has no pack and so cannot be offered online.",
    )
    next_step = Text("Công bố gói thủ tục trước.", "Publish its pack first.")


class BadCode(Refusal):
    """The text is no procedure code."""

    code = "bad_procedure_code"
    cause = Text("“{code}” không phải mã thủ tục.", "“{code}” is not a procedure code.")
    next_step = Text("Mã có dạng 1.004873.", "A code looks like 1.004873.")
    status = 422


@transaction.atomic
def offer(
    *,
    procedure_code: str,
    agency: str,
    from_on: date,
    to_on: date | None = None,
    level_declared: str = "",
    declared_source: str = "",
    eligible_full: bool | None = None,
    facts: AgencyFacts | None = None,
    actor: Actor,
    now: datetime,
) -> ServiceRef:
    """Offer a procedure online at an agency from a day on; the level is derived, never given.

    The same (procedure, agency, first day) again replaces that row. Refuses a procedure without a pack.
    """
    procedure = Procedure.objects.filter(code=procedure_code).first()
    if procedure is None:
        raise NotFound()
    open_one = Revision.objects.filter(procedure=procedure, closed_at__isnull=True)
    current = open_one.values("id", "pack").first()
    if current is None or not current["pack"]:
        raise NotOffered(code=procedure_code)
    level = level_of(revision_pack(current["id"]), facts or AgencyFacts())
    values = {
        "level": level.level,
        "blockers": list(level.blockers),
        "level_declared": level_declared,
        "declared_source": declared_source,
        "eligible_full": eligible_full,
        "valid_to": to_on,
    }
    Service.objects.update_or_create(
        procedure=procedure, agency_id=agency_named(agency).id, valid_from=from_on, defaults=values
    )
    found = service_for(procedure_code, agency, on=from_on)
    if found is None:
        raise NotFound()
    told = {"agency": agency, "level": level.level, "from_on": from_on.isoformat()}
    append(stream=f"procedure:{procedure_code}", kind="service.offered", data=told, actor=actor, now=now)
    return found


@transaction.atomic
def ensure_stub(code: str, *, name: str = "", source: str = "", actor: Actor, now: datetime) -> bool:
    """Make sure that a procedure exists under ``code``; True when a stub had to be made.

    A stub has no revision; an import or a publication under its code completes it.
    """
    if not PROCEDURE_CODE.match(code):
        raise BadCode(code=code[:40])
    values = {"name_vi": nfc(name)[:1000] or code, "stub": True, "source": source[:200]}
    procedure, made = Procedure.objects.get_or_create(code=code, defaults=values)
    if made:
        entry = entry_of(code=code, name_vi=procedure.name_vi, extra=())
        SearchEntry.objects.create(procedure=procedure, **entry)
        append(stream=f"procedure:{code}", kind="procedure.stub_made", data={}, actor=actor, now=now)
    return made
