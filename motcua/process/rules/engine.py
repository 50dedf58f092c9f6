"""Moving a process on: which steps open, which are cancelled, when a join fires. Pure.

Rounds: everything starts in round 1. A rejection opens the named step in a new round (one more than any
round so far), and what follows from it opens in that round again. A join fires once in a round.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.core.expressions import truth
from motcua.process.rules.definition import Definition, StepDef, StepKind

LIVE = frozenset({"open", "waiting"})


class NoWayOn(Exception):
    """No way out of a finished step is open: a fault of the definition, named by its step."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"no condition of step “{key}” holds, so nothing follows it")


@dataclass(frozen=True, slots=True)
class StepState:
    """One step of a running process in one round: open, waiting, done or cancelled."""

    key: str
    round: int
    state: str
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """What follows: (key, round) pairs to open and to cancel; ``ended`` when nothing is left to do."""

    open: tuple[tuple[str, int], ...] = ()
    cancel: tuple[tuple[str, int], ...] = ()
    ended: bool = False


def step_facts(definition: Definition, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts with every step and finding named: null where nothing is known yet."""
    known = facts.get("steps", {})
    steps = {
        s.key: {"outcome": "", **{f.key: None for f in s.findings}, **known.get(s.key, {})}
        for s in definition.steps
    }
    return {**facts, "steps": steps}


def ways(definition: Definition, step: StepDef, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The steps to which a finished step leads; raises ``NoWayOn`` and ``ExpressionFault``."""
    full = step_facts(definition, facts)
    targets = tuple(dict.fromkeys(e.to for e in step.next if truth(e.when, full)))
    if step.next and not targets:
        raise NoWayOn(step.key)
    return targets


def _latest(states: Sequence[StepState]) -> dict[str, StepState]:
    latest: dict[str, StepState] = {}
    for state in states:
        if state.key not in latest or latest[state.key].round < state.round:
            latest[state.key] = state
    return latest


def after_completion(
    definition: Definition, states: Sequence[StepState], key: str, facts: Mapping[str, Any]
) -> Move:
    """What follows when step ``key`` is done (its latest round); its state may still say open."""
    latest = _latest(states)
    done = latest.get(key, StepState(key, 1, "open"))
    latest[key] = StepState(key, done.round, "done", done.outcome)
    step = definition.step(key)
    if step.kind == StepKind.RETURN:
        return Move(cancel=_live(latest), ended=True)
    opened: dict[str, int] = {}
    cancelled: set[str] = set()
    for target in ways(definition, step, facts):
        if definition.step(target).join == "any" and _unfired(latest, target, done.round):
            opened[target] = done.round
            cancelled |= _only_lead_to(definition, latest, target)
    live = {k for k, s in latest.items() if s.state in LIVE} - cancelled | set(opened)
    opened |= _joins(definition, latest, live, facts)
    gone = tuple(sorted((k, latest[k].round) for k in cancelled))
    return Move(tuple((k, opened[k]) for k in (s.key for s in definition.steps) if k in opened), gone)


def after_rejection(
    definition: Definition, states: Sequence[StepState], key: str, facts: Mapping[str, Any]
) -> Move:
    """What follows when step ``key`` rejects: its ``on_reject`` opens in a new round, all live steps end."""
    del facts
    latest = _latest(states)
    latest.pop(key, None)
    back = definition.step(key).on_reject
    if not back:
        raise NoWayOn(key)
    return Move(((back, 1 + max((s.round for s in states), default=0)),), _live(latest))


def _live(latest: Mapping[str, StepState]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((s.key, s.round) for s in latest.values() if s.state in LIVE))


def _unfired(latest: Mapping[str, StepState], target: str, round_: int) -> bool:
    return target not in latest or latest[target].round < round_


def _only_lead_to(definition: Definition, latest: Mapping[str, StepState], target: str) -> set[str]:
    """Live steps from which every way to an end passes through ``target``."""
    ends = {s.key for s in definition.steps if s.kind == StepKind.RETURN}
    return {
        k
        for k, state in latest.items()
        if state.state in LIVE and k != target
        and target in definition.reachable(k)
        and not (definition.reachable(k, without=target) & ends)
    }  # fmt: skip


def _joins(
    definition: Definition, latest: Mapping[str, StepState], live: set[str], facts: Mapping[str, Any]
) -> dict[str, int]:
    """Joins of all branches that fire now: led to, and nothing live can still reach them."""
    opened: dict[str, int] = {}
    for join in (s for s in definition.steps if s.join == "all"):
        before = [
            latest[s.key].round
            for s in definition.steps
            if s.key in latest and latest[s.key].state == "done" and any(e.to == join.key for e in s.next)
            and join.key in ways(definition, s, facts)
        ]  # fmt: skip
        round_ = max(before, default=0)
        waiting = any(join.key in definition.reachable(k) for k in (live | set(opened)) - {join.key})
        if round_ and _unfired(latest, join.key, round_) and not waiting:
            opened[join.key] = round_
    return opened
