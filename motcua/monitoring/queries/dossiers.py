"""The facts of dossiers as the definitions want them."""

from collections.abc import Container, Iterable, Iterator
from itertools import chain, islice

from motcua.core.actor import SYSTEM
from motcua.dossiers.queries import DossierFacts, dossier_facts_of, facts_of_many
from motcua.dossiers.queries import all_facts as facts_of_all
from motcua.monitoring.queries.records import all_records
from motcua.monitoring.rules.exporting import Value, row_of
from motcua.monitoring.rules.facts import ROOT_STEP, Facts
from motcua.voice.queries import unhappy_codes

_CHUNK = 2000


def _facts(found: DossierFacts, unhappy: Container[str]) -> Facts:
    return Facts(
        code=found.code,
        procedure=found.procedure_code,
        agency_id=found.agency_id,
        agency=found.agency,
        root=found.agency_path[:ROOT_STEP],
        place=found.place_code or "",
        channel=found.channel,
        filed_by=found.filed_by,
        level=found.level or "",
        status=found.status,
        received_at=found.received_at,
        due_at=found.due_at,
        finished_at=found.finished_at,
        returned_at=found.returned_at,
        supplements=found.supplements,
        supplement_requested_at=found.supplement_requested_at,
        paused_minutes=found.paused_minutes,
        visits=found.visits,
        paper_result=found.paper_result,
        e_result=found.e_result,
        fee=found.fee,
        digitised=found.digitised,
        unhappy=found.code in unhappy,
    )


def facts_of(code: str) -> Facts:
    """The present facts of one dossier; raises ``NotFound``."""
    return _facts(dossier_facts_of(code, actor=SYSTEM), unhappy_codes([code]))


def facts_of_codes(codes: Iterable[str]) -> list[Facts]:
    """The present facts of some dossiers, each once; unknown codes are passed over."""
    wanted = list(codes)
    unhappy = unhappy_codes(wanted)
    return [_facts(found, unhappy) for found in facts_of_many(wanted, actor=SYSTEM)]


def all_facts() -> Iterator[Facts]:
    """The present facts of all dossiers, streamed: those handled here, then other systems' records."""
    return chain(_own(), all_records())


def _own() -> Iterator[Facts]:
    source = facts_of_all(actor=SYSTEM)
    while chunk := list(islice(source, _CHUNK)):
        unhappy = unhappy_codes(found.code for found in chunk)
        yield from (_facts(found, unhappy) for found in chunk)


def fact_rows() -> Iterator[tuple[Value, ...]]:
    """Every received dossier as a row of ``rules.exporting.COLUMNS``, streamed."""
    return (row_of(facts) for facts in all_facts() if facts.received_at is not None)
