"""Dossiers in a line each, in words: the step now, who has it, the dates, how early or late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.core.texts import Text
from motcua.dossiers.queries import DossierLine, DossierView, StepNow
from motcua.dossiers.queries.views import StepView
from motcua.dossiers.rules.status import Status
from motcua.process.queries.standing import Spans
from motcua.process.rules.clock import Unit
from motcua.web import words


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step of a line. ``late``: how late, "" when it is not."""

    step: StepNow
    holder: str
    post: str
    late: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as ``desk/_lines.html`` shows it."""

    line: DossierLine
    href: str
    steps: tuple[ShownStep, ...]
    ended: Text  # what came of it, where no step is open any more
    left: str
    tone: str


def post_name(role: str) -> str:
    """The post to which a step belongs."""
    return {
        "desk": _("Desk officer"),
        "specialist": _("Specialist"),
        "signatory": _("Signatory"),
        "leader": _("Leader"),
        "applicant": _("Applicant"),
    }.get(role, role)


def holder(step: StepNow, line: DossierLine) -> tuple[str, str]:
    """Who has a step now, and in which post; the applicant while it waits for the applicant."""
    if step.kind == "confirm" or (step.waiting and line.status == Status.SUPPLEMENT):
        return _("The applicant"), ""
    if step.assignee:
        return step.assignee, post_name(step.role)
    return post_name(step.role), _("assigned to nobody")


def standing(line: DossierLine) -> tuple[str, str]:
    """(words, tone) for how early or late a dossier is; both empty before its clock starts."""
    if not line.unit:
        return "", ""
    if line.minutes is None:
        return (_("Late"), "danger") if line.late else ("", "")
    return words.left_words(line.minutes, line.unit, stopped=line.stopped, paused=line.paused, late=line.late)


def shown(lines: Iterable[DossierLine], places: dict[str, dict[str, str]] | None = None) -> list[ShownLine]:
    """Lines in words; ``places``: what the address of a dossier keeps of the list it stands in."""
    found = []
    for line in lines:
        left, tone = standing(line)
        kept = (places or {}).get(line.code)
        href = reverse("desk:dossier", args=[line.code]) + (f"?{urlencode(kept)}" if kept else "")
        steps = tuple(_step(step, line) for step in line.steps)
        ended = line.outcome_text if line.outcome_text.vi else line.status_text
        found.append(ShownLine(line, href, steps, ended, left, tone))
    return found


def _step(step: StepNow, line: DossierLine) -> ShownStep:
    who, post = holder(step, line)
    late = words.late_words(step.minutes, line.unit or "working_hours") if step.late else ""
    return ShownStep(step, who, post, late)


def late_steps(view: DossierView, now: datetime) -> dict[int, str]:
    """How late each late step of a dossier is, by its id."""
    late = [step for step in view.steps if step.late or step.closed_late]
    moments = [now, *(m for s in late for m in (s.due_at, s.closed_at or now))]
    spans = Spans({s.agency.id: s.agency.path for s in late}, moments if late else ())
    unit = Unit(view.clock.unit) if view.clock else Unit.WORKING_HOURS
    return {
        s.id: words.late_words(spans.minutes(s.agency.id, unit, s.due_at, s.closed_at or now), unit.value)
        for s in late
    }


@dataclass(frozen=True, slots=True)
class SentBack:
    """What was sent back and is not through yet. ``mending``: nobody has worked on it since."""

    step: StepView
    reason: str
    mending: bool


def sent_back(view: DossierView) -> SentBack | None:
    """The last step that sent a dossier back, while what it led to is still open; else None."""
    refused = [s for s in view.steps if s.outcome == "rejected" and s.closed_at]
    last = max(refused, key=lambda s: (s.closed_at, s.id), default=None)
    again = [s for s in view.steps if last and s.state in {"open", "waiting"} and s.round > last.round]
    if last is None or not again:
        return None
    mending = any(s.opened_at == last.closed_at for s in again)
    return SentBack(last, str(last.findings.get("reason", "")), mending)
