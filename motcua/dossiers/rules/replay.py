"""A dossier's state folded from its events alone: the legal clock can be checked from the log."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from motcua.dossiers.rules.status import DECIDED, Status
from motcua.process.rules.clock import Countable, Interval, Unit, due_after, minutes_of


@dataclass(frozen=True, slots=True)
class Replayed:
    """What the events say of a dossier."""

    status: Status = Status.NEW
    outcome: str = ""
    supplements: int = 0
    received_at: datetime | None = None
    amount: int = 0
    unit: str = ""
    pauses: tuple[Interval, ...] = ()
    finished_at: datetime | None = None
    returned_at: datetime | None = None

    def due_at(self, calendar: Countable) -> datetime | None:
        """The due date, from the start, the limit and the pauses; None before valid intake."""
        if self.received_at is None:
            return None
        return due_after(
            calendar,
            started_at=self.received_at,
            minutes=minutes_of(self.amount, Unit(self.unit)),
            pauses=self.pauses,
        )


def _pauses(state: Replayed, paused: bool, at: datetime) -> tuple[Interval, ...]:
    """The pauses after an event that says whether the clock stands still."""
    standing = bool(state.pauses) and state.pauses[-1].until_at is None
    if paused and not standing:
        return (*state.pauses, Interval(at, None))
    if standing and not paused:
        return (*state.pauses[:-1], Interval(state.pauses[-1].from_at, at))
    return state.pauses


def _one(state: Replayed, kind: str, at: datetime, data: Mapping[str, Any]) -> Replayed:
    state = replace(
        state,
        status=Status(data["status"]),
        outcome=str(data.get("outcome", state.outcome)),
        pauses=_pauses(state, bool(data.get("paused")), at),
    )
    if state.finished_at is None and state.status in DECIDED:
        state = replace(state, finished_at=at)
    match kind:
        case "dossier.received":
            return replace(state, received_at=at, amount=int(data["amount"]), unit=str(data["unit"]))
        case "dossier.supplement_requested":
            return replace(state, supplements=state.supplements + 1)
        case "dossier.returned":
            return replace(state, returned_at=at)
    return state


def replay(events: Iterable[tuple[str, datetime, Mapping[str, Any]]]) -> Replayed:
    """Fold (kind, at, data) in order of the stream; every event carries the status after it."""
    state = Replayed()
    for kind, at, data in events:
        state = _one(state, kind, at, data)
    return state
