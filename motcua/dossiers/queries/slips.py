"""The slips of a dossier as a list."""

from motcua.core.actor import Actor
from motcua.documents.queries import SlipRef, slips_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.slip_views import SlipView
from motcua.dossiers.rules.slips import INTERNAL


def may_read(slip: SlipRef, dossier: Dossier, actor: Actor) -> bool:
    """Whether one who may see the dossier may read the slip: internal ones are for officers only."""
    own = actor.person_id is not None and actor.person_id == dossier.applicant_id
    filed = actor.user_id == dossier.filed_by_user_id and dossier.filed_by != Dossier.FiledBy.OFFICER
    return slip.kind not in INTERNAL or (actor.is_officer and not own and not filed)


def slip_views(dossier: Dossier, actor: Actor) -> tuple[SlipView, ...]:
    """Those that the actor may read, oldest first; the caller has checked that the dossier may be seen."""
    return tuple(
        SlipView(
            s.key, s.kind, s.form, s.title, s.number, s.issued_at, s.corrects, s.corrected_by, s.running,
            s.kind in INTERNAL,
        )
        for s in slips_of(dossier.code)
        if may_read(s, dossier, actor)
    )  # fmt: skip
