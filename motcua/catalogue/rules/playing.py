"""Playing a worked example by the rules alone: no database, no clock, a working week without holidays."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from motcua.catalogue.rules.form import Question, exit_for, settle, shown, validate_answers
from motcua.catalogue.rules.form_judging import visible
from motcua.catalogue.rules.pack import (
    Doing,
    Example,
    Pack,
    fee_for,
    limit_rule_for,
    papers_for,
    result_fields,
    settled,
    valid_until,
)
from motcua.core.expressions import truth
from motcua.core.periods import VIETNAM
from motcua.core.working_time import ALL_DAY, Calendar
from motcua.process.rules.attesting import denied
from motcua.process.rules.clock import Unit, minutes_of
from motcua.process.rules.definition import Limit, StepDef, StepKind
from motcua.process.rules.engine import (
    LIVE,
    Move,
    NoWayOn,
    StepState,
    after_completion,
    after_rejection,
    step_facts,
)

ENDINGS = {"refuse": "refused", "decline": "declined", "withdraw": "withdrawn", "stop": "stopped"}
AGENCY = {"name": "Ủy ban nhân dân xã Mẫu", "place": "xã Mẫu", "identifier": "H43.00"}


class ExampleFault(Exception):
    """The example does something that the pack does not allow at that point."""


@dataclass(slots=True)
class Played:
    """What happened; ``covered`` names every step, way, condition value, paper, fee, limit, exit reached."""

    seen: dict[str, Any] = field(default_factory=dict)
    covered: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Run:
    pack: Pack
    facts: dict[str, Any]
    played: Played
    states: list[StepState] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    clocks: dict[str, str] = field(default_factory=dict)
    outcome: str = ""


def due_at(start: str, limit: Limit) -> str:
    """When a limit that starts at a local moment ends, in a plain working week."""
    unit = Unit(limit.unit)
    week = ALL_DAY if unit.counts_all_time else Calendar(None)
    moment = datetime.fromisoformat(start).replace(tzinfo=VIETNAM)
    due = week.add_minutes(moment, minutes_of(limit.amount, unit))
    return due.replace(tzinfo=None).isoformat(timespec="seconds")


def facts_of(pack: Pack, example: Example) -> dict[str, Any]:
    """The facts of an example when it is filed."""
    return {
        "answers": dict(example.answers),
        "dossier": {
            "channel": example.channel,
            "filed_by": example.filed_by,
            "procedure": pack.code,
            "filed_at": f"{example.start}+07:00",
        },
        "service": {"agency": AGENCY["identifier"], "level": "full"},
        "steps": {},
        "today": example.start[:10],
    }


def play(pack: Pack, example: Example) -> Played:
    """Play an example; raises ``ExampleFault``, ``ExpressionFault`` and ``NoWayOn``."""
    facts, played = facts_of(pack, example), Played()
    leaving = exit_for(pack.form, example.answers, facts)
    _conditions(pack, settle(pack.form, facts), played, ("page", "question", "exit"))
    if leaving is not None:
        played.seen = {"exit": leaving.key}
        played.covered.add(f"exit {leaving.key}")
        return played
    cleaned = validate_answers(pack.form, example.answers, facts)
    facts["answers"] = cleaned.values
    _checks(pack, facts, played)
    errors = [e.pointer for e in cleaned.errors]
    if not errors:
        needed = [p.key for p in papers_for(pack, facts) if not p.later_allowed]
        errors = [f"/papers/{key}" for key in needed if key not in example.papers]
    if errors:
        played.seen = {"errors": sorted(errors)}
        return played
    run = _Run(pack, facts, played)
    _go(run, example)
    _look(run, example, [w.pointer for w in cleaned.warnings])
    return played


def _conditions(pack: Pack, known: Mapping[str, Any], played: Played, places: tuple[str, ...]) -> None:
    for place, when in pack.conditions():
        if place.startswith(places):
            played.covered.add(f"{place} = {truth(when, known)}")


def _checks(pack: Pack, facts: Mapping[str, Any], played: Played) -> None:
    known = settle(pack.form, facts)
    for q in visible(pack.form, known):
        value = known["answers"].get(q.key)
        if value is not None:
            played.covered |= _passed(q, q.key, known)
        for entry in value if q.questions and value else ():
            inside = {**known, "entry": entry}
            for part in q.questions:
                here = truth(part.show_if, inside)
                played.covered |= {f"question {q.key}.{part.key} = {here}"} if part.show_if else set()
                if here and entry.get(part.key) is not None:
                    played.covered |= _passed(part, f"{q.key}.{part.key}", inside)


def _passed(q: Question, name: str, known: Mapping[str, Any]) -> set[str]:
    return {f"check {n} of {name} = {truth(c.when, known)}" for n, c in enumerate(q.checks, 1)}


def _go(run: _Run, example: Example) -> None:
    _carry_out(run, Move(((run.pack.process.first.key, 1),)))
    for doing in example.does:
        if run.outcome and not any(s.state in LIVE for s in run.states):
            raise ExampleFault(f"“{doing.step}” comes after the end")
        if doing.step in ENDINGS:
            _end(run, doing.step)
            continue
        _complete(run, doing)


def _end(run: _Run, how: str) -> None:
    """A written decision: everything open ends; one after handling is still handed over by the desk."""
    run.outcome = ENDINGS[how]
    run.states = [StepState(s.key, s.round, "cancelled") if s.state in LIVE else s for s in run.states]
    if how == "decline":
        last = next(s for s in run.pack.process.steps if s.kind == StepKind.RETURN)
        _carry_out(run, Move(((last.key, 1),)))


def _complete(run: _Run, doing: Doing) -> None:
    process = run.pack.process
    live = next((s for s in reversed(run.states) if s.key == doing.step and s.state in LIVE), None)
    if live is None:
        raise ExampleFault(f"step “{doing.step}” is not open at that point")
    step = process.step(doing.step)
    _check_findings(step, doing)
    run.states[run.states.index(live)] = StepState(live.key, live.round, "done", doing.outcome)
    if doing.outcome == "rejected":
        run.played.covered.add(f"rejection of {step.key}")
        _carry_out(run, after_rejection(process, run.states, step.key, run.facts))
        return
    run.facts["steps"] = {
        **run.facts["steps"],
        step.key: {**doing.findings, "outcome": doing.outcome or "done"},
    }
    _note_ways(run, step)
    move = after_completion(process, run.states, step.key, run.facts)
    _carry_out(run, move)
    if move.ended:
        run.outcome = run.outcome or "granted"


def _note_ways(run: _Run, step: StepDef) -> None:
    known = step_facts(run.pack.process, run.facts)
    for edge in step.next:
        holds = truth(edge.when, known)
        if edge.when:
            run.played.covered.add(f"way {step.key} to {edge.to} = {holds}")
        if holds:
            run.played.covered.add(f"way {step.key} to {edge.to}")


def _check_findings(step: StepDef, doing: Doing) -> None:
    given = doing.findings
    against = denied(step, given) if step.kind == StepKind.HANDLE else None
    if (against is not None) != (step.kind == StepKind.HANDLE and doing.outcome == "rejected"):
        raise ExampleFault(f"step “{step.key}” goes back exactly when an attestation is not given")
    known = {f.key: f for f in step.findings}
    for key in given:
        if key not in known:
            raise ExampleFault(f"step “{step.key}” has no finding “{key}”")
    for finding in step.findings:
        value = given.get(finding.key)
        if finding.required and value is None:
            raise ExampleFault(f"step “{step.key}” needs the finding “{finding.key}”")
        if finding.options and value is not None and value not in {o.key for o in finding.options}:
            raise ExampleFault(f"“{value}” is no choice of the finding “{finding.key}”")


def _carry_out(run: _Run, move: Move) -> None:
    gone = set(move.cancel)
    run.states = [
        StepState(s.key, s.round, "cancelled") if (s.key, s.round) in gone else s for s in run.states
    ]
    for key, round_ in move.open:
        step = run.pack.process.step(key)
        run.states.append(StepState(key, round_, "waiting" if step.kind == StepKind.CONFIRM else "open"))
        run.passed.append(key if round_ == 1 else f"{key} {round_}")
        run.played.covered.add(f"step {key}")
        if step.limit or step.share:
            told = f"{step.limit.amount} {step.limit.unit}" if step.limit else f"{step.share} of the whole"
            run.clocks[key] = told + (" (pauses)" if step.pauses else "")


def _look(run: _Run, example: Example, warnings: list[str]) -> None:
    """Everything that an example may expect, as plain values."""
    pack, known = run.pack, settled(run.pack, run.facts)
    fee, limit = fee_for(pack, run.facts), limit_rule_for(pack, run.facts)
    papers = [p.key for p in papers_for(pack, run.facts)]
    run.played.covered |= {f"fee {fee.key}", f"limit {limit.key}", *(f"paper {p}" for p in papers)}
    _conditions(pack, known, run.played, ("paper", "fee", "limit"))
    run.played.seen = {
        "outcome": run.outcome,
        "fee": "unknown" if fee.amount is None else fee.amount,
        "limit": f"{limit.limit.amount} {limit.limit.unit}",
        "due": due_at(example.start, limit.limit),
        "papers": papers,
        "steps": run.passed,
        "clocks": run.clocks,
        "live": [s.key for s in run.states if s.state in LIVE],
        "warnings": warnings,
        "notes": [q.key for q in visible(pack.form, known) if q.type == "note" and shown(q, known)],
    }
    if pack.result is not None and any(_signed(pack, s) for s in run.states):
        _conditions(pack, known, run.played, ("result",))
        fields = result_fields(pack, {**run.facts, "agency": AGENCY})
        last = valid_until(pack.result, date.fromisoformat(example.start[:10]))
        fields["valid_until_on"] = last.isoformat() if last else None
        run.played.seen["result"] = {k: v for k, v in fields.items() if v not in (None, "", [])}


def _signed(pack: Pack, state: StepState) -> bool:
    return state.state == "done" and pack.process.step(state.key).kind == StepKind.SIGN


__all__ = ["ExampleFault", "NoWayOn", "Played", "due_at", "facts_of", "play"]
