"""A draft's task list, and where one goes next."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.catalogue.rules.form import AnswerLine
from motcua.core.refusals import Refusal
from motcua.dossiers.operations import AnswersRefused
from motcua.dossiers.queries import DraftView
from motcua.web.fields import FieldFault


def _papers_done(view: DraftView) -> bool:
    return all(p.paper_id or p.definition.later_allowed for p in view.papers)


def _states() -> dict[str, tuple[str, str]]:
    return {
        "completed": (_("Completed"), ""),
        "in_progress": (_("In progress"), "info"),
        "not_started": (_("Not started yet"), "info"),
        "cannot_start_yet": (_("Cannot start yet"), ""),
        "may_follow": (_("May follow later"), "info"),
        "not_needed": (_("None needed"), ""),
        "problem": (_("There is a problem"), "danger"),
    }


def _task(title: str, href: str, state: str, hint: str = "") -> dict[str, str]:
    status, tone = _states()[state]
    return {"title": title, "href": href, "hint": hint, "status": status, "tone": tone}


def _agency_task(view: DraftView, language: str) -> dict[str, str]:
    where = view.agency.name.to(language) if view.agency else ""
    state = "completed" if view.agency else "not_started"
    return _task(_("The agency that decides"), reverse("citizen:agency", args=[view.id]), state, where)


def tasks_of(view: DraftView, language: str) -> list[dict[str, str]]:
    """The lines of the task list, for ``components/_task_list.html``."""
    lines = [] if view.pack.agency_from else [_agency_task(view, language)]
    for page in view.pages:
        address = reverse("citizen:page", args=[view.id, page.key])
        lines.append(_task(page.title.to(language), address, page.state))
    lines.append(_task(_("Papers"), reverse("citizen:papers", args=[view.id]), _papers_state(view)))
    last = reverse("citizen:check", args=[view.id]) if view.complete else ""
    state = "not_started" if view.complete else "cannot_start_yet"
    return [*lines, _task(_("Check your answers and file"), last, state)]


def _papers_state(view: DraftView) -> str:
    """How far the papers are; before the questions are answered nobody knows what is needed."""
    if not view.papers:
        return "not_needed" if view.answered else "cannot_start_yet"
    if all(p.paper_id for p in view.papers):
        return "completed"
    return "may_follow" if _papers_done(view) else "not_started"


@dataclass(frozen=True, slots=True)
class Part:
    """Where a page stands. ``more``: it goes on with the part before, as an answer asks for it."""

    number: int
    of: int
    more: bool


def _starts(view: DraftView) -> list[int]:
    """Where a part begins: a page that everybody is asked. Pages of some answers belong to the one before,
    so that the number of parts is the same on the whole walk."""
    return [n for n, page in enumerate(view.form.pages) if n == 0 or not page.show_if]


def _before(view: DraftView) -> int:
    return 0 if view.pack.agency_from else 1  # the agency is chosen first


def part_of(view: DraftView, key: str) -> Part:
    """Which part of how many a page belongs to."""
    starts, keys = _starts(view), [page.key for page in view.form.pages]
    place = keys.index(key) if key in keys else 0
    number = sum(start <= place for start in starts)
    return Part(_before(view) + number, _all(view), place not in starts)


def _all(view: DraftView) -> int:
    return _before(view) + len(_starts(view)) + bool(view.pack.papers)


def done_of(view: DraftView) -> tuple[int, int]:
    """(parts completed, parts in all), without the last one."""
    part = {page.key: part_of(view, page.key).number for page in view.pages}
    left = {part[page.key] for page in view.pages if page.state != "completed"}
    done = len(set(part.values()) - left) + (_before(view) if view.agency else 0)
    papers = bool(view.pack.papers) and not left and _papers_done(view)
    return done + papers, _all(view)


def next_url(view: DraftView, *, after_papers: bool = False) -> str:
    """Where one goes on: the first part that is not done, else the check page."""
    if view.agency is None and not view.pack.agency_from:
        return reverse("citizen:agency", args=[view.id])
    for page in view.pages:
        if page.state != "completed":
            return reverse("citizen:page", args=[view.id, page.key])
    if view.papers and not _papers_done(view) and not after_papers:
        return reverse("citizen:papers", args=[view.id])
    return reverse("citizen:check" if view.complete else "citizen:tasks", args=[view.id])


def back_url(view: DraftView, page_key: str = "") -> str:
    """Back: to the check page when all is there, else to the page before, else to the task list."""
    if view.complete:
        return reverse("citizen:check", args=[view.id])
    keys = [p.key for p in view.pages]
    place = keys.index(page_key) if page_key in keys else 0
    if place:
        return reverse("citizen:page", args=[view.id, keys[place - 1]])
    return reverse("citizen:tasks", args=[view.id])


def _row(line: AnswerLine, address: str, language: str) -> dict[str, str]:
    said = {"key": line.label.to(language), "value": line.value.to(language)}
    return {**said, "href": f"{address}#{line.key}"}


def answer_groups(view: DraftView, language: str) -> list[dict[str, Any]]:
    """The check page: (title, rows with Change links) for each page of the form."""
    groups = []
    computed = {q.key for _page, q in view.form.questions() if q.calculated}
    done = {p.key for p in view.pages if p.state == "completed"}
    said = [line for line in view.lines if line.key not in computed and line.page_key in done]
    for key, found in groupby(said, lambda line: line.page_key):
        lines = list(found)
        address = reverse("citizen:page", args=[view.id, key])
        rows = [_row(line, address, language) for line in lines]
        groups.append({"title": lines[0].page_title.to(language), "rows": rows})
    return groups


def faults_of_refusal(refusal: Refusal, language: str) -> list[FieldFault]:
    """The error summary of a refused filing: each answer that is not right, else the cause."""
    if isinstance(refusal, AnswersRefused):
        return [FieldFault("", e.message.to(language)) for e in refusal.errors]
    target = "declared" if refusal.code == "declaration_needed" else ""
    return [FieldFault(target, f"{refusal.cause.to(language)} {refusal.next_step.to(language)}".strip())]
