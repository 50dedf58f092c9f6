"""The draft of a result that its applicant looks at before it is signed: how long, and what silence means."""

from dataclasses import dataclass

from motcua.catalogue.queries import revision_pack
from motcua.catalogue.rules.pack import Pack
from motcua.core.actor import Actor
from motcua.core.refusals import NotFound
from motcua.dossiers.access import filed_or_asked
from motcua.dossiers.models import Dossier


@dataclass(frozen=True, slots=True)
class DraftRule:
    """``agrees``: no answer in time counts as agreement."""

    amount: int
    unit: str
    agrees: bool


def draft_rule_of(pack: Pack) -> DraftRule | None:
    """What a procedure says of the draft; None where its process has no such step."""
    step = next((s for s in pack.process.steps if s.kind == "confirm"), None)
    if step is None:
        return None
    amount, unit = (step.limit.amount, str(step.limit.unit)) if step.limit else (1, "days")
    return DraftRule(amount, unit, step.silence == "agree")


def draft_rule(code: str, *, actor: Actor) -> DraftRule | None:
    """The same for a dossier, by the pack it was filed under; raises ``NotFound`` for others."""
    dossier = Dossier.objects.filter(code=code).first()
    if dossier is None or not filed_or_asked(actor, dossier):
        raise NotFound
    return draft_rule_of(revision_pack(dossier.revision_id))
