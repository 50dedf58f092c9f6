"""When a result is due at the latest, before anybody has received the request."""

from dataclasses import dataclass
from datetime import datetime

from motcua.catalogue.queries import revision_pack
from motcua.catalogue.rules.pack import longest_limit_for
from motcua.core.actor import Actor
from motcua.core.refusals import NotFound
from motcua.dossiers.access import filed_or_asked
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.case import dossier_facts
from motcua.process.queries import due_in, steps_of
from motcua.process.rules.clock import Unit


@dataclass(frozen=True, slots=True)
class Expected:
    """The longest term that the case may get, and when it ends if the desk receives it at its last moment.

    No moment once that last one has passed without a receipt.
    """

    amount: int
    unit: str
    at_latest: datetime | None


def expected(code: str, *, actor: Actor, now: datetime) -> Expected | None:
    """For who filed it or is its applicant; None once it was received or refused. Raises ``NotFound``."""
    dossier = Dossier.objects.select_related("agency").filter(code=code).first()
    if dossier is None or not filed_or_asked(actor, dossier):
        raise NotFound
    steps = steps_of(code)
    intake = next((s for s in steps if s.kind == "intake" and s.state == "open"), None)
    if intake is None or dossier.received_at is not None:
        return None
    rule = longest_limit_for(revision_pack(dossier.revision_id), dossier_facts(dossier, steps, now))
    unit, late = Unit(rule.limit.unit), now > intake.due_at
    ends = due_in(
        agency_id=dossier.agency_id, amount=rule.limit.amount, unit=unit, start=intake.due_at
    )  # fmt: skip
    return Expected(rule.limit.amount, unit.value, None if late else ends)
