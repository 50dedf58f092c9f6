"""The facts of other systems' dossiers as the definitions want them: with the level and limit of the day."""

from collections.abc import Iterable, Iterator
from itertools import islice
from uuid import UUID

from motcua.catalogue.queries import Offered, Terms, offered_on, terms_of
from motcua.catalogue.rules.limits import longest_end
from motcua.core.actor import SYSTEM
from motcua.core.periods import local_day
from motcua.dossiers import queries as dossiers
from motcua.monitoring.rules.facts import ROOT_STEP, Facts
from motcua.monitoring.rules.offers import effective_level

_CHUNK = 2000


def facts_of_batch(batch: str) -> list[Facts]:
    """The present facts of the records that a batch brought."""
    return list(_with_terms(dossiers.batch_facts(UUID(batch), actor=SYSTEM)))


def facts_of_procedures(codes: Iterable[str]) -> Iterator[Facts]:
    """The present facts of all records of some procedures, streamed."""
    return _with_terms(dossiers.records_of_procedures(sorted(set(codes)), actor=SYSTEM))


def all_records() -> Iterator[Facts]:
    """The present facts of all records, streamed."""
    return _with_terms(dossiers.all_record_facts(actor=SYSTEM))


def _with_terms(found: Iterable[dossiers.RecordFacts]) -> Iterator[Facts]:
    known: dict[str, Terms] = {}
    offered: dict[tuple[str, str], tuple[Offered, ...]] = {}
    source = iter(found)
    while chunk := list(islice(source, _CHUNK)):
        known |= terms_of({one.procedure_code for one in chunk} - known.keys())
        for one in chunk:
            here = (one.procedure_code, one.agency_path)
            if here not in offered:
                offered[here] = known[one.procedure_code].offered_to(one.agency_path)
            yield _facts(one, known[one.procedure_code], offered[here])


def _facts(found: dossiers.RecordFacts, terms: Terms, services: tuple[Offered, ...]) -> Facts:
    limit, level = None, ""
    if found.received_at is not None:
        offered = offered_on(services, local_day(found.received_at))
        level = effective_level(offered.level, offered.level_declared) if offered else ""
        end = longest_end(terms.times, found.received_at) if found.due_at is None else None
        limit = int((end - found.received_at).total_seconds()) // 60 if end else None
    return Facts(
        code=found.code,
        procedure=found.procedure_code,
        agency_id=found.agency_id,
        agency=found.agency,
        root=found.agency_path[:ROOT_STEP],
        place=found.place_code or "",
        channel=found.channel,
        filed_by=found.filed_by,
        level=level,
        status=found.status,
        received_at=found.received_at,
        due_at=found.due_at,
        finished_at=found.finished_at,
        returned_at=found.returned_at,
        supplements=found.supplements,
        supplement_requested_at=found.supplement_requested_at,
        paused_minutes=found.paused_minutes,
        visits=found.visits,
        e_result=found.e_result,
        fee=found.fee,
        fee_bearing=terms.bears_fee,
        paid_online=found.paid_online,
        digitised=found.digitised,
        reused=found.reused,
        from_store=found.from_store,
        vneid=found.vneid,
        synced=found.synced,
        due_moves=False,
        limit_minutes=limit,
    )
