"""What every operation on a dossier does: hold it, ask the rules, keep the change, tell the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.catalogue.queries import revision_pack
from motcua.catalogue.rules.pack import Pack, grounds_on
from motcua.core.actor import Actor
from motcua.core.periods import local_day
from motcua.core.refusals import NotFound, Refusal
from motcua.core.texts import Text
from motcua.dossiers.access import may_see
from motcua.dossiers.models import Decision, Dossier
from motcua.dossiers.queries.case import case_of, dossier_facts
from motcua.dossiers.queries.slip_forms import general_grounds
from motcua.dossiers.rules.actions import Case, check
from motcua.dossiers.rules.status import Action, Status, after
from motcua.events.operations import append
from motcua.process.queries import StepRow, clock_of, steps_of

STREAM = "dossier:{code}"


class ReasonNeeded(Refusal):
    """A decision without a reason is no decision."""

    code = "reason_needed"
    cause = Text("Chưa ghi lý do.", "No reason was given.")
    next_step = Text(
        "Ghi rõ lý do, để ai đọc cũng hiểu.", "Write the reason so that whoever reads it understands."
    )
    status = 422


@dataclass(slots=True)
class Held:
    """A dossier held for change in the running transaction."""

    dossier: Dossier
    pack: Pack
    steps: tuple[StepRow, ...]
    case: Case
    actor: Actor

    @property
    def code(self) -> str:
        """The dossier's code, also the reference of its process."""
        return self.dossier.code


def hold_unchecked(code: str, actor: Actor) -> Held:
    """Lock a dossier for one who may see it; ``NotFound`` for strangers."""
    dossier = (
        Dossier.objects.select_for_update(of=("self",)).select_related("agency").filter(code=code).first()
    )
    if dossier is None:
        raise NotFound
    steps = steps_of(code)
    if not may_see(actor, dossier, (s.agency_id for s in steps)):
        raise NotFound
    return Held(dossier, revision_pack(dossier.revision_id), steps, case_of(dossier, steps, actor), actor)


def hold(code: str, action: Action, actor: Actor) -> Held:
    """Lock a dossier and raise whatever stands against the action; ``NotFound`` for strangers."""
    held = hold_unchecked(code, actor)
    check(action, held.case, actor)
    return held


def facts_of(held: Held, now: datetime) -> dict[str, Any]:
    """The facts that CEL conditions of the pack may use."""
    return dossier_facts(held.dossier, held.steps, now)


def move_to(held: Held, action: Action) -> None:
    """Set the status that the transition table gives."""
    held.dossier.status = after(Status(held.dossier.status), action)


def keep(held: Held, kind: str, data: Mapping[str, Any], now: datetime) -> None:
    """Save the dossier and append its event: the last thing an operation does."""
    dossier = held.dossier
    dossier.changed_at = now
    dossier.save()
    clock = clock_of(dossier.code)
    append(
        stream=STREAM.format(code=dossier.code),
        kind=kind,
        data={
            "code": dossier.code,
            "status": int(dossier.status),
            "outcome": dossier.outcome,
            "due_at": dossier.due_at.isoformat() if dossier.due_at else None,
            "paused": clock is not None and clock.paused,
            **data,
        },
        actor=held.actor,
        now=now,
    )


def user_of(actor: Actor) -> int:
    """The account that acts; ``NotFound`` for the platform and the public, who decide nothing."""
    if actor.user_id is None:
        raise NotFound
    return actor.user_id


def clause_of(held: Held, *, clause: str, ground: str, now: datetime) -> str:
    """The clause that was typed, else that of the published ground of this key, in force today."""
    today = local_day(now)
    published = {g.key: g.clause for g in (*general_grounds(today), *grounds_on(held.pack, today))}
    return clause.strip() or published.get(ground, "")


def decide(
    held: Held, kind: str, *, reason: str, clause: str, now: datetime, new_due_at: datetime | None = None
) -> None:
    """Keep a written decision; raises ``ReasonNeeded``."""
    if not reason.strip():
        raise ReasonNeeded
    Decision.objects.create(
        dossier=held.dossier, kind=kind, reason=reason.strip()[:4000], clause=clause.strip()[:300],
        new_due_at=new_due_at, by_id=user_of(held.actor), at=now,
    )  # fmt: skip
