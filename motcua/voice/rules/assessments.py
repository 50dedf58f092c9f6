"""An independent assessment as a record: assessor, method, sample, criteria, findings, recommendations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from motcua.core.refusals import Refusal
from motcua.core.tables import Problem, Table
from motcua.core.texts import Text


class Answer(StrEnum):
    """What the agency says to a recommendation."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


ANSWERS = {
    Answer.ACCEPTED: Text("Chấp nhận", "Accepted"),
    Answer.REFUSED: Text("Không chấp nhận", "Refused"),
}


class AssessmentRefused(Refusal):
    """What was brought is no complete assessment; ``problems`` are all its faults, each with its place."""

    code = "assessment_refused"
    next_step = Text(
        "Chưa có gì được lưu. Sửa những chỗ này rồi nhập lại.",
        "Nothing was kept. Mend these places, then bring it in again.",
    )
    status = 422

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        self.cause = Text(*("; ".join(p.to(language) for p in self.problems) for language in ("vi", "en")))
        super().__init__()


class AlreadyAnswered(Refusal):
    """A recommendation is answered once; what was answered does not change under the answer."""

    code = "already_answered"
    cause = Text("Khuyến nghị số {number} đã được trả lời.", "Recommendation {number} was answered.")
    next_step = Text("Ghi ý kiến mới ở lần đánh giá sau.", "Say more at the next assessment.")


class ReasonForRefusal(Refusal):
    """Who refuses a recommendation says why; who accepts it says what will be done."""

    code = "reason_needed"
    cause = Text("Chưa ghi lý do hoặc việc sẽ làm.", "The reason, or what will be done, is missing.")
    next_step = Text("Viết một câu rồi gửi lại.", "Write a sentence and send again.")
    status = 422


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is judged, on a scale from 0 to ``most``; ``weight`` beside the others', if given."""

    key: str
    name: Text
    most: int
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one criterion, with the evidence; ``figure`` is one of this site's, if named."""

    criterion: str
    score: Decimal | None
    words: Text
    evidence: Text
    definition: str
    first: str  # ISO days of the figure's period, or ""
    last: str


@dataclass(frozen=True, slots=True)
class Advice:
    """A recommendation: to which agency, from which finding."""

    number: int
    criterion: str
    agency: str
    words: Text


@dataclass(frozen=True, slots=True)
class Record:
    """A whole assessment."""

    code: str
    subject: str
    title: Text
    assessor: str
    independence: Text
    method: Text
    sample: Text
    size: int
    first: str
    last: str
    repeats: str
    source: str
    criteria: tuple[Criterion, ...]
    findings: tuple[Finding, ...]
    advice: tuple[Advice, ...]


def _said(t: Table, key: str) -> Text:
    """A text that may lack its English: the Vietnamese is read then."""
    return t.both(key, english=False)


def _criterion(t: Table) -> Criterion:
    return Criterion(
        t.text("key", required=True),
        _said(t, "name"),
        t.number("most", required=True) or 0,
        t.decimal("weight"),
    )


def _finding(t: Table) -> Finding:
    figure = t.table("figure")
    found = Finding(
        t.text("criterion", required=True), t.decimal("score"), _said(t, "words"), _said(t, "evidence"),
        figure.text("definition"), figure.day("from"), figure.day("to"),
    )  # fmt: skip
    figure.done()
    return found


def _advice(t: Table) -> Advice:
    return Advice(
        t.number("number", required=True) or 0, t.text("criterion"), t.text("agency", required=True),
        _said(t, "words"),
    )  # fmt: skip


def record_of(data: Any, name: str) -> tuple[Record, list[Problem]]:
    """An assessment from its table, and what is no such table in it; what fits together is not asked."""
    found: list[Problem] = []
    t = Table(data, name, found)
    record = Record(
        t.text("code", required=True), t.text("subject", required=True), _said(t, "title"),
        t.text("assessor", required=True), _said(t, "independence"), _said(t, "method"), _said(t, "sample"),
        t.number("size", required=True) or 0, t.day("from"), t.day("to"), t.text("repeats"),
        t.text("source", required=True), tuple(_criterion(c) for c in t.tables("criteria")),
        tuple(_finding(f) for f in t.tables("findings", name="criterion")),
        tuple(_advice(a) for a in t.tables("recommendations", name="number")),
    )  # fmt: skip
    t.done()
    return record, found


def kept_record(facts: Mapping[str, Any], code: str) -> Record:
    """An assessment from its kept facts: they were checked when they came."""
    return record_of(as_table(facts), code)[0]


@dataclass(frozen=True, slots=True)
class Compared:
    """A criterion now and at the assessment that this one repeats; in per cent of the scale."""

    criterion: Criterion
    now: Finding | None
    before: Finding | None
    share: Decimal | None
    share_before: Decimal | None
    known_before: bool

    @property
    def change(self) -> Decimal | None:
        """Points of a hundred gained; None where one of the two is not there."""
        if self.share is None or self.share_before is None:
            return None
        return self.share - self.share_before


def share_of(finding: Finding | None, most: int) -> Decimal | None:
    """A score in per cent of its scale, two decimals."""
    if finding is None or finding.score is None:
        return None
    return (100 * finding.score / most).quantize(Decimal("0.01"))


def by_criterion(record: Record) -> dict[str, Finding]:
    """The finding that counts for each criterion: the one with a score, else the first."""
    found: dict[str, Finding] = {}
    for one in record.findings:
        known = found.get(one.criterion)
        if known is None or (known.score is None and one.score is not None):
            found[one.criterion] = one
    return found


def total_of(record: Record) -> Decimal | None:
    """The weighted mean of all criteria, per cent; None without weights, or where one has no score."""
    findings = by_criterion(record)
    parts = [(c.weight, share_of(findings.get(c.key), c.most)) for c in record.criteria]
    weights = sum((w for w, _ in parts if w), Decimal(0))
    if not weights or any(w is None or share is None for w, share in parts):
        return None
    whole = sum((w * share for w, share in parts if w is not None and share is not None), Decimal(0))
    return (whole / weights).quantize(Decimal("0.01"))


def compare(now: Record, before: Record | None) -> tuple[Compared, ...]:
    """Each criterion of the newer one beside the older, on the same scale of a hundred."""
    findings = by_criterion(now)
    old = by_criterion(before) if before else {}
    scales = {c.key: c.most for c in before.criteria} if before else {}
    return tuple(
        Compared(
            c, findings.get(c.key), old.get(c.key), share_of(findings.get(c.key), c.most),
            share_of(old.get(c.key), scales[c.key]) if c.key in scales else None, c.key in scales,
        )
        for c in now.criteria
    )  # fmt: skip


def dropped(now: Record, before: Record | None) -> tuple[Criterion, ...]:
    """Criteria of the older one that the newer does not judge any more."""
    kept = {c.key for c in now.criteria}
    return tuple(c for c in before.criteria if c.key not in kept) if before else ()


def as_facts(data: Mapping[str, Any]) -> dict[str, Any]:
    """The table of a file as JSON keeps it: days as ISO text."""

    def plain(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {str(k): plain(v) for k, v in value.items()}
        if isinstance(value, list):
            return [plain(v) for v in value]
        return {"day": value.isoformat()} if isinstance(value, date) else value

    return {str(k): plain(v) for k, v in data.items()}


def as_table(facts: Mapping[str, Any]) -> dict[str, Any]:
    """``as_facts`` undone."""

    def back(value: Any) -> Any:
        if isinstance(value, Mapping):
            return (
                date.fromisoformat(value["day"])
                if set(value) == {"day"}
                else {k: back(v) for k, v in value.items()}
            )
        return [back(v) for v in value] if isinstance(value, list) else value

    return {k: back(v) for k, v in facts.items()}
