"""How much of what people and assessors said waits in a tree of agencies; counts, no words of anybody."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from motcua.core.actor import Actor
from motcua.core.refusals import NotFound
from motcua.voice.access import oversees
from motcua.voice.models import Complaint, Petition, Recommendation
from motcua.voice.rules.complaints import ComplaintState
from motcua.voice.rules.petitions import State


@dataclass(frozen=True, slots=True)
class Waiting:
    """Open and late petitions and complaints, and recommendations without an answer."""

    petitions: int
    petitions_late: int
    complaints: int
    complaints_late: int
    recommendations: int


def waiting_below(path: str, *, actor: Actor, now: datetime) -> Waiting:
    """Of the agency with that tree path and all below; ``NotFound`` unless the actor leads there or above.

    Late: the answer (766 5.2), or the acceptance or decision of a complaint, is owed since a moment past.
    """
    if not oversees(actor, path):
        raise NotFound
    here = Q(agency__path__startswith=path)
    petitions = Petition.objects.filter(here, state=State.RECEIVED).aggregate(
        all=Count("pk"), late=Count("pk", filter=Q(answer_due_at__lt=now))
    )
    overdue = Q(state=ComplaintState.FILED, accept_due_at__lt=now) | Q(
        state=ComplaintState.ACCEPTED, decide_due_at__lt=now
    )
    complaints = Complaint.objects.filter(
        here, state__in=(ComplaintState.FILED, ComplaintState.ACCEPTED)
    ).aggregate(all=Count("pk"), late=Count("pk", filter=overdue))
    asked = Recommendation.objects.filter(here, answer="").count()
    return Waiting(petitions["all"], petitions["late"], complaints["all"], complaints["late"], asked)
