"""What follows a completed or a rejected step. Pure: states in, a move out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.core.expressions import holds
from motcua.process.rules.definition import Definition, Edge, StepDef

LIVE = {"open", "waiting"}


@dataclass(frozen=True, slots=True)
class StepState:
    """One step as it stands: open, waiting, done or cancelled."""

    key: str
    round: int
    state: str
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """What to open and to cancel, as (key, round); ``ended`` when nothing is left to do."""

    open: tuple[tuple[str, int], ...]
    cancel: tuple[tuple[str, int], ...]
    ended: bool


def _round_of(states: Sequence[StepState], key: str) -> int:
    return max((s.round for s in states if s.key == key), default=0)


def _live(states: Sequence[StepState], key: str) -> bool:
    return any(s.key == key and s.state in LIVE for s in states)


def _fired(states: Sequence[StepState], key: str, round_: int) -> bool:
    """True when the step has been opened in this round already (a join fires once)."""
    return any(s.key == key and s.round >= round_ and s.state != "cancelled" for s in states)


def _may_open(
    definition: Definition, step: StepDef, states: Sequence[StepState], pending: Sequence[str], round_: int
) -> bool:
    if _live(states, step.key) or step.key in pending or _fired(states, step.key, round_):
        return False
    if step.join == "all":  # wait while anything that is open can still lead here
        live = {s.key for s in states if s.state in LIVE} | set(pending)
        return not any(step.key in definition.after(k) for k in live if k != step.key)
    return True


def _losers(definition: Definition, step: StepDef, states: Sequence[StepState]) -> Iterator[tuple[str, int]]:
    """Open steps that lead only to a join that has just fired at its first arrival."""
    if step.join != "any" or len(definition.before(step.key)) < 2:
        return
    beyond = definition.after(step.key) | {step.key}
    for state in states:
        ahead = definition.after(state.key)
        if state.state in LIVE and step.key in ahead and _only_through(definition, state.key, step.key, beyond):
            yield state.key, state.round


def _only_through(definition: Definition, start: str, gate: str, beyond: frozenset[str]) -> bool:
    todo, seen = [start], set()
    while todo:
        here = todo.pop()
        for edge in definition.step(here).next:
            if edge.to == gate or edge.to in seen:
                continue
            if edge.to in beyond:
                return False
            seen.add(edge.to)
            todo.append(edge.to)
    return True


def _waiting_joins(definition: Definition, states: Sequence[StepState], key: str) -> Iterator[Edge]:
    """Edges of other finished steps into a join that waited for all: it may be free to fire now."""
    done = {s.key for s in states if s.state == "done" and s.key != key}
    for finished in sorted(done):
        for edge in definition.step(finished).next:
            if definition.step(edge.to).join == "all":
                yield edge


def after_completion(
    definition: Definition, states: Sequence[StepState], key: str, facts: Mapping[str, Any]
) -> Move:
    """What opens and is cancelled when step ``key`` (already done in ``states``) has been completed.

    Every edge whose condition holds opens its target in parallel; a join waits for all that can still
    reach it, or fires at the first arrival and cancels the rest. Raises ``ExpressionFault``.
    """
    round_ = _round_of(states, key)
    opened: list[str] = []
    cancel: list[tuple[str, int]] = []
    for edge in (*definition.step(key).next, *_waiting_joins(definition, states, key)):
        if edge.when and not holds(edge.when, facts):
            continue
        target = definition.step(edge.to)
        if _may_open(definition, target, states, opened, round_):
            opened.append(target.key)
            cancel.extend(_losers(definition, target, states))
    left = [s for s in states if s.state in LIVE and (s.key, s.round) not in cancel]
    rounds = tuple((k, max(round_, _round_of(states, k) + (1 if _round_of(states, k) else 0))) for k in opened)
    return Move(rounds, tuple(dict.fromkeys(cancel)), not opened and not left)


def after_rejection(
    definition: Definition, states: Sequence[StepState], key: str, facts: Mapping[str, Any]
) -> Move:
    """Step ``key`` was rejected: its ``on_reject`` step comes again, everything open is cancelled."""
    back = definition.step(key).on_reject
    cancel = tuple((s.key, s.round) for s in states if s.state in LIVE)
    return Move(((back, _round_of(states, back) + 1),), cancel, False)
