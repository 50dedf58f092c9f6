"""``pack check``: the examples end as they say, and together they reach everything."""

import random
from collections.abc import Iterator, Mapping
from typing import Any

from motcua.catalogue.rules.check_mutants import mutants
from motcua.catalogue.rules.form import Question, pages_of
from motcua.catalogue.rules.form_judging import named_day, visible
from motcua.catalogue.rules.form_kinds import KINDS
from motcua.catalogue.rules.level import BLOCKERS
from motcua.catalogue.rules.pack import (
    Example,
    Pack,
    PackFault,
    fee_of,
    limit_rule_of,
    papers_of,
    result_fields_of,
    settled,
)
from motcua.catalogue.rules.pack_reading import parse_pack
from motcua.catalogue.rules.playing import ExampleFault, NoWayOn, Played, facts_of, play
from motcua.core.expressions import ExpressionFault, references, truth
from motcua.core.tables import Problem

FEWEST_EXAMPLES = 1
FULL_EXPECTATION = ("fee", "limit", "due", "papers", "steps", "clocks", "result")
TRIES = 300


def check_files(files: Mapping[str, str], *, coverage: bool = False) -> tuple[Problem, ...]:
    """Every fault of a pack's files; with ``coverage`` also what its examples do not reach."""
    try:
        pack = parse_pack(files)
    except PackFault as fault:
        return fault.problems
    found = [*_blockers(pack), *ignored_answers(pack), *examples_problems(pack), *robustness_problems(pack)]
    return tuple(found + (list(coverage_problems(pack)) if coverage else []))


def _blockers(pack: Pack) -> Iterator[Problem]:
    for blocker in pack.blockers:
        if blocker.code not in BLOCKERS:
            yield Problem("procedure.toml blockers", f"“{blocker.code}” is not one of {', '.join(BLOCKERS)}")


def ignored_answers(pack: Pack) -> Iterator[Problem]:
    """Yes/no questions of the process to which a “no” changes nothing, and of which the pack does not say so.

    A draft that is attested not to be right must not go on as if it were.
    """
    read = set().union(*(references(source) for source in _sources(pack)))
    for step in pack.process.steps:
        for finding in step.findings:
            asked = finding.type == "yes_no" and finding.required and not finding.no
            if asked and f"steps.{step.key}.{finding.key}" not in read:
                yield Problem(
                    f"process.toml steps[{step.key}] {finding.key}",
                    "nothing follows from a “no”: say no = “stops” (an attestation) or no = “noted”",
                )


def _sources(pack: Pack) -> Iterator[str]:
    """Every expression of a pack that may read what a step found."""
    yield from (source for _, source in pack.conditions())
    yield from (edge.when for step in pack.process.steps for edge in step.next if edge.when)
    yield from (field.value for field in (pack.result.fields if pack.result else ()) if field.value)
    yield from (rule.each for rule in pack.fees if rule.each)


def examples_problems(pack: Pack) -> list[Problem]:
    """Where an example does not end as it says, or says too little to notice a change."""
    found = []
    if len(pack.examples) < FEWEST_EXAMPLES:
        found.append(Problem("examples", "there is no example"))
    for example in pack.examples:
        found += _example_problems(pack, example)
    return found


def _example_problems(pack: Pack, example: Example) -> list[Problem]:
    place = f"examples/{example.name}.toml"
    try:
        played = play(pack, example)
    except (ExampleFault, ExpressionFault, NoWayOn) as fault:
        return [Problem(place, str(fault))]
    return [Problem(place, text) for text in differences(example, played)]


def differences(example: Example, played: Played) -> Iterator[str]:
    """What came out otherwise than the example says."""
    for key, wanted in example.expect.items():
        got = played.seen.get(key)
        if got != wanted:
            yield f"expects {key} = {wanted!r}, but the pack gives {got!r}"
    for key in ("exit", "errors"):
        if key in played.seen and key not in example.expect:
            yield f"ends with {key} {played.seen[key]!r}, which the example does not expect"
    for key in ("warnings", "notes", "live"):
        if played.seen.get(key) and key not in example.expect:
            yield f"has {key} {played.seen[key]!r}, which the example does not expect"
    if example.expect.get("outcome") == "granted":
        for key in FULL_EXPECTATION:
            if key in played.seen and key not in example.expect:
                yield f"must say what to expect of “{key}” (it is {played.seen[key]!r})"


def targets(pack: Pack) -> set[str]:
    """Everything that the examples of a pack have to reach together."""
    wanted = {f"{place} = {value}" for place, _ in pack.conditions() for value in (True, False)}
    wanted |= {f"paper {p.key}" for p in pack.papers} | {f"fee {f.key}" for f in pack.fees}
    wanted |= {f"limit {r.key}" for r in pack.limits} | {f"step {s.key}" for s in pack.process.steps}
    for _, q in pack.form.questions():
        wanted |= {f"exit {e.key}" for e in q.exits}
        wanted |= {f"{name} = {value}" for name in _conditions_of(q) for value in (True, False)}
    for step in pack.process.steps:
        wanted |= {f"rejection of {step.key}"} if step.on_reject else set()
        for edge in step.next:
            wanted.add(f"way {step.key} to {edge.to}")
            wanted |= {f"way {step.key} to {edge.to} = {v}" for v in (True, False)} if edge.when else set()
    return wanted


def _conditions_of(q: Question) -> Iterator[str]:
    """The names of a question's checks, and of all conditions inside a group."""
    yield from (f"check {n} of {q.key}" for n, _ in enumerate(q.checks, 1))
    for part in q.questions:
        yield from [f"question {q.key}.{part.key}"] if part.show_if else []
        yield from (f"check {n} of {q.key}.{part.key}" for n, _ in enumerate(part.checks, 1))


def coverage_problems(pack: Pack) -> Iterator[Problem]:
    """What no example reaches."""
    reached: set[str] = set()
    for example in pack.examples:
        try:
            reached |= play(pack, example).covered
        except (ExampleFault, ExpressionFault, NoWayOn):
            continue
    for target in sorted(targets(pack) - reached):
        yield Problem("coverage", f"no example reaches: {target}")


def robustness_problems(pack: Pack) -> list[Problem]:
    """Conditions that break on some answers (such as a comparison with an answer that is not there)."""
    chance, found = random.Random(766), []  # noqa: S311 the same tries every time
    for _ in range(TRIES):
        answers, channel = _some_answers(pack, chance), chance.choice((1, 2, 3))
        some = Example("", pack.name, answers, channel, "self", "2026-07-06T08:00:00", (), (), {})
        try:
            known = settled(pack, facts_of(pack, some))  # once: settling is most of the work
            pages_of(pack.form, known)
            _name_days(pack, known)
            for ask in (fee_of, limit_rule_of, papers_of, result_fields_of):
                ask(pack, known)
        except ExpressionFault as fault:
            found.append(Problem("conditions", f"break on some answers: {fault}"))
    return list(dict.fromkeys(found))


def _name_days(pack: Pack, known: Mapping[str, Any]) -> None:
    """Every message that names a day, where its check fails; raises ``ExpressionFault`` where it is none."""
    for q in visible(pack.form, known):
        for check in q.checks if known["answers"].get(q.key) is not None else ():
            if check.day and _fails(check.when, known):
                named_day(check, known)


def _fails(condition: str, known: Mapping[str, Any]) -> bool:
    try:
        return not truth(condition, known)
    except ExpressionFault:  # of an answer that is not there yet: nothing is said
        return False


def _some_answers(pack: Pack, chance: random.Random) -> dict[str, Any]:
    asked = (q for _, q in pack.form.questions() if q.asked)
    return {q.key: some_value(q, chance) for q in asked if chance.random() < 0.8}


def some_value(q: Question, chance: random.Random) -> Any:
    """One acceptable value of a question."""
    day = f"{chance.randint(1950, 2025)}-0{chance.randint(1, 9)}-{chance.randint(10, 28)}"
    simple: dict[str, Any] = {
        "yes_no": chance.random() < 0.5, "statement": True, "date": day, "money": 1000,
        "number": chance.randint(q.least or 1, q.most or 9),
        "personal_number": f"{chance.randint(0, 10**12 - 1):012d}", "phone": "0912345678",
        "email": "a@b.vn", "commune": "22738", "country": "VN",
    }  # fmt: skip
    if q.type in KINDS:
        return KINDS[q.type].example(q, chance)
    if q.options:
        return chance.choice([o.key for o in q.options])
    if q.type == "group":
        return [{s.key: some_value(s, chance) for s in q.questions} for _ in range(chance.randint(1, 3))]
    return simple.get(q.type, "Chữ")


def unseen_changes(pack: Pack) -> tuple[str, ...]:
    """Names of the small changes that no example notices (there should be none)."""
    return tuple(name for name, other in mutants(pack) if not is_noticed(other))


def is_noticed(changed: Pack) -> bool:
    """Does any example end otherwise than it says?"""
    return any(_example_problems(changed, example) for example in changed.examples)
