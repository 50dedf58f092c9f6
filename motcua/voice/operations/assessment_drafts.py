"""An assessment typed in by officers: begun, filled part by part, published in one step or dropped."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from motcua.agencies.queries import AgencyRef, agencies_by_identifier, identifiers
from motcua.core.actor import Actor
from motcua.core.canonical import digest
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.events.operations import append
from motcua.voice.access import records_assessments
from motcua.voice.models import Assessment, AssessmentDraft
from motcua.voice.operations.assessments import keep_assessment
from motcua.voice.rules import assessment_drafts as drafting
from motcua.voice.rules.assessment_checks import checked_record
from motcua.voice.rules.assessment_drafts import CRITERIA, GENERAL, DraftChanged, PieceRefused
from motcua.voice.rules.assessment_slots import Kind
from motcua.voice.rules.assessments import as_table

_TAKEN = Text("Mã này đã có: chọn mã khác", "This code is taken: choose another")


def start_assessment(*, typed: Mapping[str, str], actor: Actor, now: datetime) -> int:
    """Begin a draft; the criteria of the one that it repeats are taken over. Returns its number.

    Raises ``PieceRefused`` with a fault for each field.
    """
    piece, agency, before = _general(typed, actor)
    criteria = before.facts.get(CRITERIA, []) if before else []
    try:
        with transaction.atomic():
            row = AssessmentDraft.objects.create(
                code=piece["code"], agency_id=agency.id, facts={**piece, CRITERIA: criteria},
                started_by_id=actor.user_id, changed_at=now,
            )  # fmt: skip
            _log(row, "begun", actor, now)
    except IntegrityError:
        raise PieceRefused({"code": _TAKEN}) from None
    return row.pk


def _general(typed: Mapping[str, str], actor: Actor) -> tuple[dict[str, Any], AgencyRef, Assessment | None]:
    """The general part, its agency and the one that it repeats; each as far as the actor may."""
    subject, repeats, code = (typed.get(key, "").strip() for key in ("subject", "repeats", "code"))
    known = {
        name: one
        for name, one in agencies_by_identifier({subject}).items()
        if records_assessments(actor, one.path)
    }
    before = Assessment.objects.filter(code=repeats, subject=subject).first() if repeats else None
    allowed = {Kind.AGENCY: known, Kind.BEFORE: {repeats} if before else ()}
    faults: dict[str, Text] = {}
    piece: dict[str, Any] = {}
    try:
        piece = drafting.read_piece(GENERAL, typed, allowed)
    except PieceRefused as refusal:
        faults = refusal.faults
    if "repeats" in faults:
        faults["repeats"] = Text(
            "Chọn một lần đánh giá của chính cơ quan này", "Choose one of this very agency"
        )
    if "code" not in faults and Assessment.objects.filter(code=code).exists():
        faults["code"] = _TAKEN
    if faults:
        raise PieceRefused(faults)
    return piece, known[subject], before


def _locked(draft_id: int, actor: Actor) -> AssessmentDraft:
    row = (
        AssessmentDraft.objects.select_for_update(of=("self",))
        .select_related("agency")
        .filter(pk=draft_id)
        .first()
    )
    if row is None or not records_assessments(actor, row.agency.path):
        raise NotFound
    return row


def _open(draft_id: int, actor: Actor) -> AssessmentDraft:
    row = _locked(draft_id, actor)
    if row.assessment_id is not None:
        raise NotFound
    return row


def _unchanged(seen: str, now_there: Any) -> None:
    if seen != digest(now_there):
        raise DraftChanged


def save_general(*, draft_id: int, seen: str, typed: Mapping[str, str], actor: Actor, now: datetime) -> None:
    """Keep the general part; ``seen`` is the digest of what the form was made of.

    Raises ``NotFound``, ``DraftChanged``, ``PieceRefused``.
    """
    try:
        with transaction.atomic():
            row = _open(draft_id, actor)
            _unchanged(seen, drafting.general_of(row.facts))
            piece, agency, _ = _general(typed, actor)
            lists = {part: drafting.entries(row.facts, part) for part in drafting.LISTS}
            row.code, row.agency_id = piece["code"], agency.id
            _save(row, {**piece, **lists}, GENERAL, actor, now)
    except IntegrityError:
        raise PieceRefused({"code": _TAKEN}) from None


@transaction.atomic
def save_entry(
    *, draft_id: int, part: str, place: int | None, seen: str, typed: Mapping[str, str],
    figures: Collection[str], actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """Change an entry of a list (``place`` from 1) or add one (None).

    Raises ``NotFound``, ``DraftChanged``, ``PieceRefused``.
    """
    row = _open(draft_id, actor)
    _unchanged(seen, drafting.entry(row.facts, part, place))
    allowed: dict[Kind, Collection[str]] = {
        Kind.AGENCY: identifiers(), Kind.FIGURE: figures,
        Kind.CRITERION: [one["key"] for one in drafting.entries(row.facts, CRITERIA)],
    }  # fmt: skip
    piece = drafting.read_piece(part, typed, allowed)
    _save(row, drafting.put_entry(row.facts, part, place, piece), part, actor, now)


@transaction.atomic
def remove_entry(*, draft_id: int, part: str, place: int, seen: str, actor: Actor, now: datetime) -> None:
    """Take an entry out. Raises ``NotFound``, ``DraftChanged``, ``CriterionInUse``."""
    row = _open(draft_id, actor)
    _unchanged(seen, drafting.entry(row.facts, part, place))
    _save(row, drafting.take_entry(row.facts, part, place), part, actor, now)


@transaction.atomic
def drop_draft(*, draft_id: int, actor: Actor, now: datetime) -> None:
    """Throw a draft away. Raises ``NotFound``."""
    row = _open(draft_id, actor)
    _log(row, "dropped", actor, now)
    row.delete()


@transaction.atomic
def publish_draft(*, draft_id: int, seen: str, figures: Collection[str], actor: Actor, now: datetime) -> str:
    """Publish a draft whole; returns the code, the second time too.

    Raises ``NotFound``, ``DraftChanged``, ``AssessmentRefused`` with every fault.
    """
    row = _locked(draft_id, actor)
    if row.assessment_id is not None:
        return row.code
    _unchanged(seen, row.facts)
    record = checked_record(as_table(row.facts), row.code, figures)
    keep_assessment(record, row.facts, row.code, actor=actor, now=now, only_new=True)
    row.assessment = Assessment.objects.get(code=record.code)
    row.save(update_fields=["assessment"])
    return record.code


def _save(row: AssessmentDraft, facts: dict[str, Any], part: str, actor: Actor, now: datetime) -> None:
    row.facts, row.changed_at = facts, now
    row.save()
    _log(row, "changed", actor, now, part=part)


def _log(row: AssessmentDraft, what: str, actor: Actor, now: datetime, **more: str) -> None:
    data = {"draft": row.pk, "code": row.code, "agency": row.agency_id, **more}
    kind = f"voice.assessment_draft_{what}"
    append(stream=f"assessment-draft:{row.pk}", kind=kind, data=data, actor=actor, now=now)
