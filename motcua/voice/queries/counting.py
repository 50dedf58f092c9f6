"""Petitions as figures count them: no words, no names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from motcua.core.actor import Actor
from motcua.core.refusals import NotFound
from motcua.voice.models import Petition
from motcua.voice.queries.petitions import course_of
from motcua.voice.rules.petitions import Course, State


@dataclass(frozen=True, slots=True)
class PetitionFacts:
    """Facts of one petition."""

    code: str
    kind: str
    agency_id: int
    agency: str
    agency_path: str
    place_code: str | None
    procedure: str
    received_at: datetime
    course: Course
    likes: int
    dislikes: int
    repeated: bool

    @property
    def withdrawn(self) -> bool:
        """Taken back by its author: counted nowhere."""
        return self.course.state is State.WITHDRAWN


def petition_facts(codes: Iterable[str] | None = None, *, actor: Actor) -> Iterator[PetitionFacts]:
    """Facts of some petitions (None: of all), oldest first, streamed; only for the platform itself."""
    if actor.kind != "system":
        raise NotFound
    rows = Petition.objects.select_related("agency__serves").order_by("pk")
    if codes is not None:
        rows = rows.filter(code__in=sorted(set(codes)))
    again = Petition.objects.filter(repeats__in=rows.values("pk")).order_by("pk")
    repeated = set(again.values_list("repeats_id", flat=True))
    return (_facts(row, row.pk in repeated) for row in rows.iterator(chunk_size=1000))


def _facts(row: Petition, repeated: bool) -> PetitionFacts:
    return PetitionFacts(
        code=row.code,
        kind=row.kind,
        agency_id=row.agency_id,
        agency=row.agency.identifier,
        agency_path=row.agency.path,
        place_code=row.agency.serves.code if row.agency.serves else None,
        procedure=row.procedure,
        received_at=row.received_at,
        course=course_of(row),
        likes=row.likes,
        dislikes=row.dislikes,
        repeated=repeated,
    )
