"""Independent assessments come in whole, from files or drafts; agencies answer each recommendation once."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from motcua.agencies.queries import AgencyRef, agencies_by_identifier
from motcua.core.actor import Actor
from motcua.core.canonical import digest
from motcua.core.refusals import NotFound
from motcua.core.tables import Problem
from motcua.events.operations import append
from motcua.voice.access import answers_advice, records_assessments
from motcua.voice.models import Assessment, Recommendation
from motcua.voice.rules.assessment_checks import checked_record
from motcua.voice.rules.assessments import (
    AlreadyAnswered,
    Answer,
    AssessmentRefused,
    ReasonForRefusal,
    Record,
    as_facts,
    kept_record,
)

MOST_BYTES = 1_000_000  # of a file


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of a file: the assessment's code; ``new``, ``changed`` or ``unchanged``."""

    code: str
    state: str


def import_assessment(*, path: Path, figures: Collection[str], actor: Actor, now: datetime) -> str:
    """Read one file (TOML); answers ``new``, ``changed`` or ``unchanged``. Raises as ``bring_assessment``."""
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    return bring_assessment(content=content, name=path.name, figures=figures, actor=actor, now=now).state


def bring_assessment(
    *, content: bytes, name: str, figures: Collection[str], actor: Actor, now: datetime
) -> Brought:
    """Keep the assessment of a file (TOML); ``figures`` are the definitions that this site knows.

    Raises ``AssessmentRefused`` with every fault, ``AlreadyAnswered`` when an answered recommendation would
    change under its answer; nothing is kept then.
    """
    data = _opened(content, name)
    record = checked_record(data, name, figures)
    with transaction.atomic():
        state = keep_assessment(record, as_facts(data), name, actor=actor, now=now)
    return Brought(record.code, state)


def _opened(content: bytes, name: str) -> dict[str, Any]:
    if len(content) > MOST_BYTES:
        raise AssessmentRefused([Problem(name, "larger than 1 MB", "lớn hơn 1 MB")])
    try:
        return tomllib.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as why:  # no TOML, no UTF-8, or a number of thousands of digits
        found = Problem(name, f"this is no TOML file in UTF-8: {why}", f"không phải tệp TOML mã UTF-8: {why}")
        raise AssessmentRefused([found]) from why


def keep_assessment(
    record: Record, facts: dict[str, Any], name: str, *, actor: Actor, now: datetime, only_new: bool = False
) -> str:
    """Inside the caller's transaction: keep a checked record; two at once come in one after the other.

    Answers ``new``, ``changed`` or ``unchanged``. Raises ``AssessmentRefused``, ``AlreadyAnswered``.
    """
    agencies, before = _around(record, name, actor)
    kept = {
        "subject": record.subject, "repeats": before, "facts": facts, "digest": digest(facts),
        "made_on": date.fromisoformat(record.last), "brought_at": now,
    }  # fmt: skip
    rows = Assessment.objects.select_for_update()
    row, made = rows.get_or_create(code=record.code, defaults=kept)
    if not made:
        _check_there(row, record, name, only_new)
        if row.digest == kept["digest"]:
            return "unchanged"
        _check_answered(row, record)
        for key, value in kept.items():
            setattr(row, key, value)
        row.save()
    state = "new" if made else "changed"
    _ask(row, record, agencies)
    said = {"code": record.code, "subject": record.subject, "file": name, "state": state}
    append(
        stream=f"assessment:{record.code}", kind="voice.assessment_imported", data=said, actor=actor, now=now
    )
    return state


def _around(record: Record, name: str, actor: Actor) -> tuple[dict[str, AgencyRef], Assessment | None]:
    """The agencies that a record names and the one that it repeats; refuses what does not fit."""
    named = {record.subject, *(a.agency for a in record.advice)}
    agencies = agencies_by_identifier(named)
    found = [
        Problem(name, f"agency “{one:.60}” is not known", f"không có cơ quan “{one:.60}”")
        for one in named - agencies.keys()
    ]
    subject = agencies.get(record.subject)
    if subject and not records_assessments(actor, subject.path):
        found.append(
            Problem(
                name,
                f"“subject”: your post does not let you record {record.subject}: that is for the "
                "controller or inspector there, or for an agency above; never for its own leader",
                f"“subject”: bạn không được ghi nhận đánh giá {record.subject}: đó là việc của cán bộ "
                "kiểm soát, thanh tra ở đó hoặc của cơ quan cấp trên, không phải của chính lãnh đạo ở đó",
            )
        )
    before = Assessment.objects.filter(code=record.repeats).first() if record.repeats else None
    if record.repeats:
        found += _repeating(record, before, name)
    if found:
        raise AssessmentRefused(found)
    return agencies, before


def _repeating(record: Record, before: Assessment | None, name: str) -> list[Problem]:
    code = record.repeats
    if before is None:
        words = (f"“repeats”: “{code}” is not known: bring it in first", f"“repeats”: chưa có “{code}”")
    elif before.subject != record.subject:
        words = (
            f"“repeats”: “{code}” is of another agency, {before.subject}, not of {record.subject}",
            f"“repeats”: “{code}” là của cơ quan khác, {before.subject}, không phải {record.subject}",
        )
    elif before.made_on.isoformat() >= record.last:
        words = (
            f"“repeats”: “{code}” ended on {before.made_on}, not before {record.last}",
            f"“repeats”: “{code}” kết thúc ngày {before.made_on}, không phải trước {record.last}",
        )
    else:
        return []
    return [Problem(name, *words)]


def _check_there(row: Assessment, record: Record, name: str, only_new: bool) -> None:
    code, later = record.code, row.repeated_by.order_by("made_on", "id").first()
    if only_new:
        words = (f"“code”: “{code}” is taken: choose another", f"“code”: “{code}” đã có: chọn mã khác")
    elif row.subject != record.subject:
        words = (
            f"“code”: “{code}” is an assessment of another agency, {row.subject}: choose another code",
            f"“code”: “{code}” là đánh giá của cơ quan khác, {row.subject}: chọn mã khác",
        )
    elif later is not None and later.made_on.isoformat() <= record.last:
        words = (
            f"“to”: “{later.code}”, which repeats this one, ended on {later.made_on}, not later",
            f"“to”: “{later.code}” là lần đánh giá lại, kết thúc ngày {later.made_on}, không muộn hơn",
        )
    else:
        return
    raise AssessmentRefused([Problem(name, *words)])


def _ask(row: Assessment, record: Record, agencies: dict[str, AgencyRef]) -> None:
    """The recommendations of a record; those with an answer stay."""
    row.recommendations.filter(answer="").delete()
    there = set(row.recommendations.values_list("number", flat=True))
    Recommendation.objects.bulk_create(
        Recommendation(assessment=row, number=a.number, agency_id=agencies[a.agency].id)
        for a in record.advice
        if a.number not in there
    )


def _check_answered(row: Assessment, record: Record) -> None:
    old = {a.number: a for a in kept_record(row.facts, row.code).advice}
    new = {a.number: a for a in record.advice}
    for number in row.recommendations.exclude(answer="").order_by("number").values_list("number", flat=True):
        if old.get(number) != new.get(number):
            raise AlreadyAnswered(number=number)


@transaction.atomic
def answer_recommendation(
    *, code: str, number: int, answer: str, reason: str, actor: Actor, now: datetime
) -> None:
    """Accept a recommendation (and say what will be done), or refuse it with the reason; once.

    By a leader of the agency that it asks, or of one above. Raises ``NotFound``, ``AlreadyAnswered``,
    ``ReasonForRefusal``.
    """
    whole = Assessment.objects.select_for_update().filter(code=code).first()  # a changed file waits for us
    rows = Recommendation.objects.select_for_update(of=("self",)).select_related("agency")
    row = rows.filter(assessment=whole, number=number).first() if whole else None
    if row is None or not answers_advice(actor, row.agency.path) or answer not in set(Answer):
        raise NotFound
    if row.answer:
        raise AlreadyAnswered(number=number)
    words = reason.replace("\x00", "").strip()
    if not words:
        raise ReasonForRefusal
    row.answer, row.reason, row.answered_at, row.answered_by_id = answer, words[:2000], now, actor.user_id
    row.save()
    said = {"code": code, "number": number, "answer": answer, "agency": row.agency.identifier}
    append(stream=f"assessment:{code}", kind="voice.recommendation_answered", data=said, actor=actor, now=now)
