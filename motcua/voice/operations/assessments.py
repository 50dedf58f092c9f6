"""Assessments come in as files of their assessors; agencies answer each recommendation once."""

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from motcua.agencies.queries import agencies_by_identifier
from motcua.core.actor import Actor
from motcua.core.canonical import digest
from motcua.core.refusals import NotFound
from motcua.events.operations import append
from motcua.voice.access import answers_advice
from motcua.voice.models import Assessment, Recommendation
from motcua.voice.rules.assessments import (
    AlreadyAnswered,
    Answer,
    AssessmentRefused,
    ReasonForRefusal,
    Record,
    as_facts,
    as_table,
    read_record,
)


def import_assessment(*, path: Path, actor: Actor, now: datetime) -> str:
    """Read one file (TOML); answers ``new``, ``changed`` or ``unchanged``.

    Raises ``AssessmentRefused`` with every fault, ``AlreadyAnswered`` when an answered recommendation would
    change under its answer.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise AssessmentRefused(name=path.name, why=f"{why}") from why
    record = read_record(data, path.name)
    with transaction.atomic():
        return _keep(record, as_facts(data), path.name, actor, now)


def _keep(record: Record, facts: dict[str, Any], name: str, actor: Actor, now: datetime) -> str:
    agencies = agencies_by_identifier({record.subject, *(a.agency for a in record.advice)})
    unknown = sorted({record.subject, *(a.agency for a in record.advice)} - agencies.keys())
    before = Assessment.objects.filter(code=record.repeats).first() if record.repeats else None
    if unknown or (record.repeats and before is None):
        why = [f"agency “{one}” is not known" for one in unknown]
        why += [f"“repeats”: “{record.repeats}” is not known"] if record.repeats and before is None else []
        raise AssessmentRefused(name=name, why="; ".join(why))
    row = Assessment.objects.select_for_update().filter(code=record.code).first()
    told = digest(facts)
    if row is not None and row.digest == told:
        return "unchanged"
    state = "changed" if row else "new"
    if row is not None:
        _check_answered(row, record)
    row = row or Assessment(code=record.code)
    row.subject, row.repeats, row.facts, row.digest = record.subject, before, facts, told
    row.made_on, row.brought_at = date.fromisoformat(record.last), now
    row.save()
    row.recommendations.filter(answer="").delete()
    there = set(row.recommendations.values_list("number", flat=True))
    Recommendation.objects.bulk_create(
        Recommendation(assessment=row, number=a.number, agency_id=agencies[a.agency].id)
        for a in record.advice
        if a.number not in there
    )
    said = {"code": record.code, "subject": record.subject, "file": name, "state": state}
    append(
        stream=f"assessment:{record.code}", kind="voice.assessment_imported", data=said, actor=actor, now=now
    )
    return state


def _check_answered(row: Assessment, record: Record) -> None:
    old = {a.number: a for a in read_record(as_table(row.facts), row.code).advice}
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
    rows = Recommendation.objects.select_for_update(of=("self",)).select_related("agency")
    row = rows.filter(assessment__code=code, number=number).first()
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
