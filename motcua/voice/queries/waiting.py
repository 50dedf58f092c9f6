"""How much of what people and assessors said waits in a tree of agencies; counts, no words of anybody."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from motcua.core.actor import Actor
from motcua.core.refusals import NotFound
from motcua.voice.access import oversees
from motcua.voice.models import Complaint, Petition, Recommendation
from motcua.voice.rules.complaints import ComplaintState
from motcua.voice.rules.petitions import State


@dataclass(frozen=True, slots=True)
class WaitingAt:
    """Open and late petitions and complaints of one agency."""

    agency_id: int
    petitions: int
    petitions_late: int
    complaints: int
    complaints_late: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits at each agency of a tree that has something, and recommendations without an answer."""

    agencies: tuple[WaitingAt, ...]
    recommendations: int


def waiting_below(path: str, *, actor: Actor, now: datetime) -> Waiting:
    """Of the agency with that tree path and all below; ``NotFound`` unless the actor leads there or above.

    Late: the answer (766 5.2), or the acceptance or decision of a complaint, is owed since a moment past.
    """
    if not oversees(actor, path):
        raise NotFound
    here = Q(agency__path__startswith=path)
    petitions = _by_agency(Petition.objects.filter(here, state=State.RECEIVED), Q(answer_due_at__lt=now))
    overdue = Q(state=ComplaintState.FILED, accept_due_at__lt=now) | Q(
        state=ComplaintState.ACCEPTED, decide_due_at__lt=now
    )
    open_ = (ComplaintState.FILED, ComplaintState.ACCEPTED)
    complaints = _by_agency(Complaint.objects.filter(here, state__in=open_), overdue)
    nothing = (0, 0)
    return Waiting(
        tuple(
            WaitingAt(one, *petitions.get(one, nothing), *complaints.get(one, nothing))
            for one in sorted({*petitions, *complaints})
        ),
        Recommendation.objects.filter(here, answer="").count(),
    )


def _by_agency(rows: QuerySet[Any], late: Q) -> dict[int, tuple[int, int]]:
    """How many, and how many late, by agency."""
    found = rows.order_by().values("agency_id").annotate(all=Count("pk"), late=Count("pk", filter=late))
    return {row["agency_id"]: (row["all"], row["late"]) for row in found}
