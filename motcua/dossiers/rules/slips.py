"""What slips there are, which form a pack asks for, and the words on them that follow from a case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.core.formal import moment_words
from motcua.core.texts import Text

RECEIPT, REQUEST, REFUSAL, APOLOGY, CONTROL, BOOK = "01", "02", "03", "04", "05", "06"
INTERNAL = frozenset({CONTROL})  # it names officers and travels inside the agencies
KIND_NAMES = {2: "bản điện tử", 1: "bản sao", 0: "bản chính"}  # of a paper (domain.md §2)
UNITS = {
    "working_days": "ngày làm việc", "working_hours": "giờ làm việc", "days": "ngày", "hours": "giờ",
}  # fmt: skip
PAUSES = {"supplement": "chờ bổ sung", "consultation": "chờ ý kiến cơ quan khác"}


@dataclass(frozen=True, slots=True)
class SlipForm:
    """A form as slips.toml has it: its layout, its title, and the suffix of its numbers."""

    form: str
    title: Text
    suffix: str
    line: str
    source: str
    mark: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """How one complains against a refusal: lines with ``{head}``, in force from a day until another."""

    key: str
    since: date
    until: date
    lines: tuple[Text, ...]
    head: Text
    source: str
    mark: str

    def told(self, agency: Text) -> tuple[Text, ...]:
        """The lines for an agency whose decision it is."""
        head = Text(self.head.vi.format(agency=agency.vi), self.head.en.format(agency=agency.to("en")))
        return tuple(Text(t.vi.format(head=head.vi), t.en.format(head=head.en)) for t in self.lines)


def complaint_on(rules: Iterable[Complaint], day: date) -> Complaint | None:
    """The way to complain in force on a day, or None where the data names none."""
    return next((r for r in rules if r.since <= day <= r.until), None)


def form_for(kind: str, *, receipt: str, refusal: str) -> str:
    """The form of a slip: the field's own where the pack names one (``[slips]``), else the general one."""
    return {RECEIPT: receipt, REFUSAL: refusal}.get(kind, "") or kind


def limit_words(amount: int, unit: str) -> str:
    """ "03 ngày làm việc": official papers write a number below ten with a zero."""
    return f"{amount:02d} {UNITS[unit]}"


def outcome_words(due: datetime, done: datetime | None) -> str:
    """How a step of the control slip ended: before, at or after its time, by the minute."""
    if done is None:
        return "đang thực hiện"
    if done.replace(second=0, microsecond=0) == due.replace(second=0, microsecond=0):
        return "đúng hạn"
    return "trước hạn" if done < due else "quá hạn"


def pause_words(pauses: Iterable[tuple[datetime, datetime | None, str]]) -> list[str]:
    """The pauses of a clock as the control slip lists them."""
    return [
        f"từ {moment_words(start)} đến {moment_words(end) if end else '…'} ({PAUSES.get(reason, reason)})"
        for start, end, reason in pauses
    ]


def person_facts(known: Mapping[str, Any]) -> dict[str, str]:
    """What a slip says of the applicant beside the name, from answers by the data they stand for."""
    names = {
        "phone": "person.phone", "email": "person.email", "personal_number": "person.personal_number",
    }  # fmt: skip
    address = str(known.get("person.residence") or known.get("person.address_line") or "")
    return {"address": address, **{name: str(known.get(source) or "") for name, source in names.items()}}
