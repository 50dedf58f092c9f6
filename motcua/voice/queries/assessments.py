"""Independent assessments as anybody reads them: they are published records."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from motcua.agencies.queries import AgencyRef, agencies_by_id, agencies_by_identifier
from motcua.core.actor import Actor
from motcua.core.periods import local_day
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.voice.access import answers_advice
from motcua.voice.models import Assessment, Recommendation
from motcua.voice.rules.assessments import (
    Advice,
    Answer,
    Compared,
    Criterion,
    Record,
    compare,
    dropped,
    kept_record,
    total_of,
)


@dataclass(frozen=True, slots=True)
class AssessmentItem:
    """A line of the list."""

    code: str
    title: Text
    subject: AgencyRef
    assessor: str
    made_on: date  # the last day of the survey
    published_on: date
    open: int  # recommendations without an answer
    repeats: str


@dataclass(frozen=True, slots=True)
class AdviceView:
    """A recommendation and its answer; ``waits`` days without one."""

    advice: Advice
    agency: AgencyRef
    answer: Answer | None
    reason: str
    answered_at: datetime | None
    waits: int
    may_answer: bool
    moved: Compared | None  # the criterion that it comes from, where the next assessment judged it again


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """One assessment beside the one that it repeats."""

    record: Record
    subject: AgencyRef
    made_on: date
    before: str  # code of the one that it repeats
    after: str  # code of the next one, if there is one
    criteria: tuple[Compared, ...]
    dropped: tuple[Criterion, ...]
    total: Decimal | None  # the weighted mean in per cent, where all weights and scores are there
    advice: tuple[AdviceView, ...]


def _record(row: Assessment) -> Record:
    return kept_record(row.facts, row.code)


def assessments(*, actor: Actor, limit: int = 100) -> tuple[AssessmentItem, ...]:
    """All of them, the latest first; anybody may read them."""
    rows = list(
        Assessment.objects.select_related("repeats")
        .prefetch_related("recommendations")
        .order_by("-made_on", "-id")[:limit]
    )
    agencies = agencies_by_identifier({row.subject for row in rows})
    return tuple(
        AssessmentItem(
            row.code, record.title, agencies[row.subject], record.assessor, row.made_on,
            local_day(row.brought_at), sum(not r.answer for r in row.recommendations.all()), record.repeats,
        )
        for row, record in ((row, _record(row)) for row in rows)
    )  # fmt: skip


def assessment(code: str, *, actor: Actor, now: datetime) -> AssessmentView:
    """One of them; raises ``NotFound``."""
    row = Assessment.objects.select_related("repeats").filter(code=code).first()
    if row is None:
        raise NotFound
    record, before = _record(row), _record(row.repeats) if row.repeats else None
    following = row.repeated_by.order_by("made_on", "id").first()
    later = compare(_record(following), record) if following else ()
    return AssessmentView(
        record=record,
        subject=agencies_by_identifier({row.subject})[row.subject],
        made_on=row.made_on,
        before=record.repeats,
        after=following.code if following else "",
        criteria=compare(record, before),
        dropped=dropped(record, before),
        total=total_of(record),
        advice=_advice(row, record, {one.criterion.key: one for one in later}, actor, now),
    )


def _advice(
    row: Assessment, record: Record, later: dict[str, Compared], actor: Actor, now: datetime
) -> tuple[AdviceView, ...]:
    kept: dict[int, Recommendation] = {r.number: r for r in row.recommendations.order_by("number")}
    agencies = agencies_by_id({r.agency_id for r in kept.values()})
    waits = (local_day(now) - local_day(row.brought_at)).days
    return tuple(
        AdviceView(
            one, agencies[mine.agency_id], Answer(mine.answer) if mine.answer else None, mine.reason,
            mine.answered_at, 0 if mine.answer else waits,
            not mine.answer and answers_advice(actor, agencies[mine.agency_id].path),
            later.get(one.criterion),
        )
        for one, mine in ((one, kept[one.number]) for one in record.advice)
    )  # fmt: skip
