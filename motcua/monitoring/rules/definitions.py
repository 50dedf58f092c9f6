"""The registry: every rate that this site can show, with its rule in words and as predicates.

Sources: domain.md §3–§4; Decision 766/QD-TTg by the public transcription of its formula document.
"""

from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.monitoring.rules.definition import Counted, Definition
from motcua.monitoring.rules.definitions_catalogue import (
    COMPLETE_766,
    PAYABLE_ONLINE_766,
    PUBLIC_ON_TIME_766,
    PUBLISHED_ON_TIME_766,
)
from motcua.monitoring.rules.definitions_causes import CAUSES
from motcua.monitoring.rules.definitions_handling import (
    AVERAGE_TIME_766,
    DIGITISED_766,
    E_RESULT_766,
    ON_TIME_766,
    ON_TIME_766_WIDER,
    PAID_ONLINE_766,
    POPULATION_DATA_766,
    REUSED_766,
    SHARED_766,
    SYNCED_766,
)
from motcua.monitoring.rules.definitions_online import (
    FULL_SHARE,
    ONLINE_766,
    ONLINE_2022,
    ONLINE_EMC,
    ONLINE_FULL_766,
    ONLINE_HELPED,
    ONLINE_PROVINCIAL,
    ONLINE_SELF,
    ONLINE_TYPED,
    PARTIAL_SHARE,
    PROVISION,
    SERVICES_WITH_DOSSIERS,
)
from motcua.monitoring.rules.definitions_voice import (
    PETITIONS_CONDUCT_766,
    PETITIONS_ON_TIME_766,
    PETITIONS_ON_TIME_766_ALL,
    PETITIONS_SATISFIED_766,
    SATISFIED_766,
)
from motcua.monitoring.rules.facts import Facts

DEFINITIONS: tuple[Definition, ...] = (
    PROVISION,
    SERVICES_WITH_DOSSIERS,
    ONLINE_EMC,
    ONLINE_2022,
    ONLINE_766,
    ON_TIME_766,
    FULL_SHARE,
    PARTIAL_SHARE,
    ONLINE_PROVINCIAL,
    ONLINE_FULL_766,
    ONLINE_SELF,
    ONLINE_HELPED,
    ONLINE_TYPED,
    AVERAGE_TIME_766,
    PAID_ONLINE_766,
    E_RESULT_766,
    DIGITISED_766,
    REUSED_766,
    SHARED_766,
    POPULATION_DATA_766,
    SYNCED_766,
    COMPLETE_766,
    PUBLISHED_ON_TIME_766,
    PUBLIC_ON_TIME_766,
    PAYABLE_ONLINE_766,
    PETITIONS_CONDUCT_766,
    PETITIONS_ON_TIME_766,
    PETITIONS_SATISFIED_766,
    SATISFIED_766,
)
ON_BOARD = DEFINITIONS[:6]  # five to eight figures a page; the others have pages of their own
# counted along, shown only where they are asked for
OTHER_REVISIONS = (ON_TIME_766_WIDER, PETITIONS_ON_TIME_766_ALL)
BY_IDENTIFIER = {d.identifier: d for d in DEFINITIONS}
_EVERY = (*DEFINITIONS, *OTHER_REVISIONS, *(one for causes in CAUSES.values() for one in causes))
_ASKED = {name: d for d in _EVERY for name in (d.identifier, f"{d.rule}@{d.revision}")}
BY_DOSSIER = tuple(d for d in _EVERY if d.counts is Counted.DOSSIERS)
BY_PETITION = tuple(d for d in _EVERY if d.counts is Counted.PETITIONS)
ROLLED = (*BY_DOSSIER, *BY_PETITION)


def counting(facts: Facts) -> tuple[Definition, ...]:
    """The definitions that count a case: a dossier's or a petition's."""
    return BY_DOSSIER if facts.petition is None else BY_PETITION


class UnknownDefinition(Refusal):
    """There is no rate under this identifier."""

    code = "unknown_definition"
    cause = Text("Không có chỉ số “{identifier}”.", "There is no definition “{identifier}”.")
    next_step = Text("Chọn một trong: {known}.", "Choose one of: {known}.")
    status = 422


def definition(identifier: str) -> Definition:
    """The definition of that identifier, in its revision in force; raises ``UnknownDefinition``.

    ``identifier@2`` asks for a revision by its number.
    """
    found = _ASKED.get(identifier)
    if found is None:
        raise UnknownDefinition(identifier=identifier, known=", ".join(BY_IDENTIFIER))
    return found


def known_figures() -> frozenset[str]:
    """The identifiers of all definitions, for who names one as evidence."""
    return frozenset(BY_IDENTIFIER)


def revisions_of(one: Definition) -> tuple[Definition, ...]:
    """Every revision of a rule but this one, by number."""
    found = (d for d in _EVERY if d.rule == one.rule and d is not one)
    return tuple(sorted(found, key=lambda d: d.revision))


def causes_of(identifier: str) -> tuple[Definition, ...]:
    """Why dossiers miss a figure, each counted like a rate; none for figures whose causes are not kept."""
    return CAUSES.get(identifier, ())
