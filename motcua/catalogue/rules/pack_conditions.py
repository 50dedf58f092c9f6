"""Conditions of a pack that cannot be read, or that name something that is not there."""

from collections.abc import Iterator

from motcua.catalogue.rules.form import Question
from motcua.catalogue.rules.pack import Pack
from motcua.core.expressions import ExpressionFault, compiled, references
from motcua.core.tables import Problem

GIVEN = frozenset(
    {
        "dossier.channel", "dossier.filed_by", "dossier.procedure", "dossier.filed_at",
        "service.agency", "service.level",
        "agency.name", "agency.place", "agency.identifier", "signer.name",
    }
)  # fmt: skip


def _unreadable(source: str) -> str:
    try:
        compiled(source)
    except ExpressionFault as fault:
        return fault.cause
    return ""


def _names(pack: Pack) -> dict[str, int]:
    """``answers.<key>`` with the place of its question: a question sees earlier ones only."""
    return {f"answers.{q.key}": at for at, (_, q) in enumerate(pack.form.questions()) if q.stored}


def _check(source: str, known: set[str] | frozenset[str]) -> Iterator[str]:
    cause = _unreadable(source)
    if cause:
        yield f"{cause}: {source[:120]}"
        return
    for name in sorted(references(source)):
        stem = ".".join(name.split(".")[:3]) if name.startswith("steps.") else ".".join(name.split(".")[:2])
        if stem not in known:
            yield f"“{name}” does not exist here: {source[:120]}"


def _question(q: Question, page_if: str, before: set[str], upto: set[str]) -> Iterator[str]:
    for source in (page_if, q.show_if, q.calculated):
        if source:
            yield from _check(source, before | GIVEN)
    for source in [w for c in q.checks for w in (c.when, c.day) if w] + [e.when for e in q.exits]:
        yield from _check(source, upto | GIVEN)
    entry: set[str] = set()
    for part in q.questions:  # a question inside a group sees the entry's earlier ones
        yield from _check(part.show_if, before | GIVEN | entry) if part.show_if else ()
        entry.add(f"entry.{part.key}")
        for check in part.checks:
            for source in filter(None, (check.when, check.day)):
                yield from _check(source, before | GIVEN | entry)


def condition_problems(pack: Pack) -> list[Problem]:
    """Every condition that cannot be read or names an unknown question, step or finding."""
    places = _names(pack)
    found = []
    for at, (page_if, q) in enumerate(pack.form.questions()):
        before = {n for n, place in places.items() if place < at}
        upto = {n for n, place in places.items() if place <= at}
        found += [Problem(f"form.toml question {q.key}", m) for m in _question(q, page_if, before, upto)]
    answers = frozenset(places) | GIVEN
    for place, source in pack.conditions():
        if not place.startswith(("page", "question", "exit")):
            file = "result/result.toml" if place.startswith("result") else "procedure.toml"
            found += [Problem(f"{file} {place}", m) for m in _check(source, answers | _steps(pack))]
    for step in pack.process.steps:
        for edge in step.next:
            if edge.when:
                wrong = _check(edge.when, answers | _steps(pack))
                found += [Problem(f"process.toml steps[{step.key}] to {edge.to}", m) for m in wrong]
    for field in pack.result.fields if pack.result else ():
        if field.value:
            wrong = _check(field.value, answers | _steps(pack))
            found += [Problem(f"result/result.toml fields[{field.key}]", m) for m in wrong]
    found += _fees(pack, answers | _steps(pack))
    found += _papers(pack)
    found += _agency(pack)
    return found


def _fees(pack: Pack, known: frozenset[str]) -> Iterator[Problem]:
    for rule in pack.fees:
        for message in _check(rule.each, known) if rule.each else ():
            yield Problem(f"procedure.toml fee {rule.key} each", message)


def _agency(pack: Pack) -> Iterator[Problem]:
    question = pack.form.question(pack.agency_from) if pack.agency_from else None
    if pack.agency_from and (question is None or question.type != "commune"):
        yield Problem("procedure.toml agency_from", f"“{pack.agency_from}” is no question for a commune")


def _steps(pack: Pack) -> frozenset[str]:
    names = {f"steps.{s.key}.{f.key}" for s in pack.process.steps for f in s.findings}
    return frozenset(names | {f"steps.{s.key}.outcome" for s in pack.process.steps})


def _papers(pack: Pack) -> Iterator[Problem]:
    keys = {p.key for p in pack.papers}
    for _, q in pack.form.questions():
        if q.paper and q.paper not in keys:
            yield Problem(f"form.toml question {q.key}", f"“{q.paper}” is no paper of the procedure")
    for step in pack.process.steps:
        if step.at.startswith("answer:") and pack.form.question(step.at.removeprefix("answer:")) is None:
            yield Problem(f"process.toml steps[{step.key}]", f"“{step.at}” names no question")
