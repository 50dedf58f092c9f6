"""An independent assessment as a record: assessor, method, sample, criteria, findings, recommendations."""

from collections.abc import Mapping
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
    """The file is no complete assessment; every fault is named."""

    code = "assessment_refused"
    cause = Text("{name}: {why}", "{name}: {why}")
    next_step = Text("Sửa tệp rồi nhập lại.", "Mend the file, then import it again.")
    status = 422


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
    """What is judged, on a scale from 0 to ``most``."""

    key: str
    name: Text
    most: int


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


def _criterion(t: Table) -> Criterion:
    return Criterion(t.text("key", required=True), t.both("name"), t.number("most", required=True) or 0)


def _finding(t: Table) -> Finding:
    figure = t.table("figure")
    found = Finding(
        t.text("criterion", required=True), t.decimal("score"), t.both("words"), t.both("evidence"),
        figure.text("definition"), figure.day("from"), figure.day("to"),
    )  # fmt: skip
    figure.done()
    return found


def _advice(t: Table) -> Advice:
    return Advice(
        t.number("number", required=True) or 0, t.text("criterion"), t.text("agency", required=True),
        t.both("words"),
    )  # fmt: skip


def read_record(data: Any, name: str) -> Record:
    """An assessment from its table; raises ``AssessmentRefused`` with every fault and its place."""
    found: list[Problem] = []
    t = Table(data, name, found)
    record = Record(
        t.text("code", required=True), t.text("subject", required=True), t.both("title"),
        t.text("assessor", required=True), t.both("independence"), t.both("method"), t.both("sample"),
        t.number("size", required=True) or 0, t.day("from"), t.day("to"), t.text("repeats"),
        t.text("source", required=True), tuple(_criterion(c) for c in t.tables("criteria")),
        tuple(_finding(f) for f in t.tables("findings", name="criterion")),
        tuple(_advice(a) for a in t.tables("recommendations", name="number")),
    )  # fmt: skip
    t.done()
    found += [Problem(name, words) for words in _faults(record)]
    if found:
        raise AssessmentRefused(name=name, why="; ".join(str(one) for one in sorted(set(found))))
    return record


def _faults(record: Record) -> list[str]:
    """What does not fit together."""
    most = {c.key: c.most for c in record.criteria}
    numbers = [a.number for a in record.advice]
    told = [f.criterion for f in record.findings]
    named = {*told, *(a.criterion for a in record.advice if a.criterion)}
    faults = [f"criterion “{key}” is not among the criteria" for key in sorted(named - most.keys())]
    faults += [f"criterion “{k}” comes twice" for k in most if [c.key for c in record.criteria].count(k) > 1]
    faults += [f"two findings for criterion “{k}”" for k in sorted(set(told)) if told.count(k) > 1]
    faults += [f"criterion “{c.key}” needs “most” above 0" for c in record.criteria if c.most <= 0]
    faults += [
        f"score {f.score} of “{f.criterion}” is not within 0 and {most[f.criterion]}"
        for f in record.findings
        if f.score is not None and f.criterion in most and not 0 <= f.score <= most[f.criterion]
    ]
    faults += [f"recommendation {n} comes twice" for n in sorted(set(numbers)) if numbers.count(n) > 1]
    faults += ["“from” and “to” are days, in order"] if not "" < record.first <= record.last else []
    return faults + (["“code” and “repeats” are the same"] if record.code == record.repeats else [])


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


def compare(now: Record, before: Record | None) -> tuple[Compared, ...]:
    """Each criterion of the newer one beside the older, on the same scale of a hundred."""
    findings = {f.criterion: f for f in now.findings}
    old = {f.criterion: f for f in before.findings} if before else {}
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
