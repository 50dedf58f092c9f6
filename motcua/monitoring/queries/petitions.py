"""The facts of petitions as the definitions want them."""

from collections.abc import Iterable, Iterator

from motcua.core.actor import SYSTEM
from motcua.monitoring.rules.facts import ROOT_STEP, UNKNOWN, Facts, PetitionSide
from motcua.voice import queries as voice
from motcua.voice.rules.petitions import deadline


def petition_facts_of(codes: Iterable[str] | None = None) -> Iterator[Facts]:
    """The present facts of some petitions (None: of all), streamed; a withdrawn one counts nowhere."""
    return (_facts(found) for found in voice.petition_facts(codes, actor=SYSTEM))


def _facts(found: voice.PetitionFacts) -> Facts:
    side = PetitionSide(
        conduct=found.kind == "conduct",
        course=found.course,
        owed_at=deadline(found.course),
        disliked=found.dislikes > found.likes,
        repeated=found.repeated,
    )
    return Facts(
        code=found.code,
        procedure=found.procedure,
        agency_id=found.agency_id,
        agency=found.agency,
        root=found.agency_path[:ROOT_STEP],
        place=found.place_code or "",
        channel=None,
        filed_by="",
        level="",
        status=UNKNOWN,
        received_at=None if found.withdrawn else found.received_at,
        petition=side,
    )
