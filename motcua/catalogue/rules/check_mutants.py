"""Small changes of a pack (a fee, a limit, a condition), to see whether its examples notice them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from motcua.catalogue.rules.form import Question
from motcua.catalogue.rules.pack import Pack


def mutants(pack: Pack) -> Iterator[tuple[str, Pack]]:
    """The pack with one fee, time limit, validity or condition changed, each with its name."""
    for i, fee in enumerate(pack.fees):
        amount = 0 if fee.amount is None else fee.amount + 1000
        yield f"amount of fee {fee.key}", _at(pack, "fees", i, amount=amount)
        if fee.each:
            yield f"number of fee {fee.key}", _at(pack, "fees", i, each="")
        if fee.when:
            yield f"condition of fee {fee.key}", _at(pack, "fees", i, when=_not(fee.when))
    for i, rule in enumerate(pack.limits):
        limit = replace(rule.limit, amount=rule.limit.amount + 1)
        yield f"amount of limit {rule.key}", _at(pack, "limits", i, limit=limit)
        unit = "days" if rule.limit.unit != "days" else "working_days"
        yield f"unit of limit {rule.key}", _at(pack, "limits", i, limit=replace(rule.limit, unit=unit))
        if rule.when:
            yield f"condition of limit {rule.key}", _at(pack, "limits", i, when=_not(rule.when))
    for i, paper in enumerate(pack.papers):
        other = _not(paper.required_when or "true")
        yield f"condition of paper {paper.key}", _at(pack, "papers", i, required_when=other)
    yield from _form_mutants(pack)
    yield from _process_mutants(pack)
    yield from _result_mutants(pack)


def _not(when: str) -> str:
    return f"!({when})"


def _at(pack: Pack, name: str, index: int, **change: Any) -> Pack:
    items = list(getattr(pack, name))
    items[index] = replace(items[index], **change)
    changes: dict[str, Any] = {name: tuple(items)}
    return replace(pack, **changes)


def _changed(q: Question) -> Iterator[tuple[str, Question]]:
    if q.show_if:
        yield f"condition of question {q.key}", replace(q, show_if=_not(q.show_if))
    for i, check in enumerate(q.checks):
        checks = (*q.checks[:i], replace(check, when=_not(check.when)), *q.checks[i + 1 :])
        yield f"check {i + 1} of question {q.key}", replace(q, checks=checks)
        checks = (*q.checks[:i], replace(check, soft=not check.soft), *q.checks[i + 1 :])
        yield f"softness of check {i + 1} of question {q.key}", replace(q, checks=checks)
    for i, exit_ in enumerate(q.exits):
        exits = (*q.exits[:i], replace(exit_, when=_not(exit_.when)), *q.exits[i + 1 :])
        yield f"exit {exit_.key}", replace(q, exits=exits)
    for i, part in enumerate(q.questions):
        for name, other in _changed(part):
            inside = (*q.questions[:i], other, *q.questions[i + 1 :])
            yield f"{name} in {q.key}", replace(q, questions=inside)


def _form_mutants(pack: Pack) -> Iterator[tuple[str, Pack]]:
    form = pack.form
    for i, q in enumerate(form.eligibility):
        for name, other in _changed(q):
            eligibility = (*form.eligibility[:i], other, *form.eligibility[i + 1 :])
            yield name, replace(pack, form=replace(form, eligibility=eligibility))
    for p, page in enumerate(form.pages):
        pages = [replace(page, show_if=_not(page.show_if))] if page.show_if else []
        names = [f"condition of page {page.key}"] if page.show_if else []
        for i, q in enumerate(page.questions):
            for name, other in _changed(q):
                pages.append(replace(page, questions=(*page.questions[:i], other, *page.questions[i + 1 :])))
                names.append(name)
        for name, changed in zip(names, pages, strict=True):
            every = (*form.pages[:p], changed, *form.pages[p + 1 :])
            yield name, replace(pack, form=replace(form, pages=every))


def _process_mutants(pack: Pack) -> Iterator[tuple[str, Pack]]:
    steps = pack.process.steps
    for i, step in enumerate(steps):
        changed = []
        if step.limit:
            longer = replace(step.limit, amount=step.limit.amount + 1)
            changed.append((f"limit of step {step.key}", replace(step, limit=longer)))
        if step.share:
            changed.append((f"share of step {step.key}", replace(step, share=step.share / 2)))
        for e, edge in enumerate(step.next):
            if edge.when:
                ways = (*step.next[:e], replace(edge, when=_not(edge.when)), *step.next[e + 1 :])
                changed.append((f"way {step.key} to {edge.to}", replace(step, next=ways)))
        for name, other in changed:
            process = replace(pack.process, steps=(*steps[:i], other, *steps[i + 1 :]))
            yield name, replace(pack, process=process)


def _result_mutants(pack: Pack) -> Iterator[tuple[str, Pack]]:
    if pack.result is None:
        return
    if pack.result.valid_months:
        longer = replace(pack.result, valid_months=pack.result.valid_months + 1)
        yield "validity", replace(pack, result=longer)
    fields = pack.result.fields
    for i, field in enumerate(fields):
        for c, case in enumerate(field.cases):
            if case.when:
                cases = (*field.cases[:c], replace(case, when=_not(case.when)), *field.cases[c + 1 :])
                changed = (*fields[:i], replace(field, cases=cases), *fields[i + 1 :])
                result = replace(pack.result, fields=changed)
                yield f"case {c + 1} of result {field.key}", replace(pack, result=result)
