"""What the forms of an assessment ask, field by field; the keys are those of the file."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from motcua.core.texts import Text
from motcua.voice.rules.assessment_checks import MOST_LETTERS, MOST_SCALE, MOST_SIZE, PLACES, is_code

DECIMAL = re.compile(rf"\d{{1,5}}(\.\d{{1,{PLACES}}})?")
EARLIEST = date(2000, 1, 1)


class Kind(StrEnum):
    """How a field is typed; the last four are choices."""

    LINE = "line"
    WORDS = "words"
    CODE = "code"
    WHOLE = "whole"
    DECIMAL = "decimal"
    DAY = "day"
    AGENCY = "agency"
    BEFORE = "before"  # an earlier assessment
    CRITERION = "criterion"
    FIGURE = "figure"


class Need(StrEnum):
    """When a field must be filled."""

    SAVE = "save"
    PUBLISH = "publish"
    NEVER = "never"


CHOICES = (Kind.AGENCY, Kind.BEFORE, Kind.CRITERION, Kind.FIGURE)


@dataclass(frozen=True, slots=True)
class Slot:
    """One field: its key in the file, its kind, its label, when it is needed, its largest value or length."""

    key: str
    kind: Kind
    label: Text
    need: Need = Need.PUBLISH
    most: int = MOST_LETTERS
    hint: Text | None = None


def _twice(
    key: str, kind: Kind, vi: str, en: str, need: Need = Need.PUBLISH, most: int = MOST_LETTERS
) -> Any:
    """A text in both languages; the English one may stay blank: readers see the Vietnamese then."""
    return (
        Slot(f"{key}_vi", kind, Text(f"{vi} (tiếng Việt)", f"{en} (Vietnamese)"), need, most),
        Slot(f"{key}_en", kind, Text(f"{vi} (tiếng Anh, nếu có)", f"{en} (English)"), Need.NEVER, most),
    )


_KEY = Text(
    "Chữ cái, chữ số, “.”, “-”, “_”; nhiều nhất 40. Lần đánh giá lại dùng cùng ký hiệu thì được so sánh.",
    "Letters, digits, “.”, “-”, “_”; at most 40. A repeat that uses the same sign is compared.",
)
FORMS: Mapping[str, tuple[Slot, ...]] = {
    "general": (
        Slot("code", Kind.CODE, Text("Mã đánh giá", "Code of the assessment"), Need.SAVE, 40,
             Text("Ví dụ DG-H43-2026: chữ cái, chữ số, “.”, “-”, “_”; có trong địa chỉ trang.",
                  "For example DG-H43-2026: letters, digits, “.”, “-”, “_”; it stands in the address.")),
        Slot("subject", Kind.AGENCY, Text("Cơ quan được đánh giá", "Agency that is assessed"), Need.SAVE),
        *_twice("title", Kind.LINE, "Tên", "Title", Need.SAVE, 300),
        Slot("assessor", Kind.LINE, Text("Bên đánh giá", "Assessor"), most=300),
        *_twice("independence", Kind.WORDS, "Vì sao bên đánh giá độc lập", "Why the assessor is independent"),
        *_twice("method", Kind.WORDS, "Phương pháp", "Method"),
        *_twice("sample", Kind.WORDS, "Cách chọn mẫu", "How the sample was drawn"),
        Slot("size", Kind.WHOLE, Text("Cỡ mẫu", "Size of the sample"), most=MOST_SIZE),
        Slot("from", Kind.DAY, Text("Ngày đầu", "First day")),
        Slot("to", Kind.DAY, Text("Ngày cuối", "Last day")),
        Slot("repeats", Kind.BEFORE, Text("Đánh giá lại của lần", "It repeats"), Need.NEVER, hint=Text(
            "Tiêu chí của lần đó được chép sang khi bắt đầu.", "Its criteria are taken over at the start.")),
        Slot("source", Kind.LINE, Text("Nguồn (báo cáo, số, ngày)", "Source (report, its date)"), most=300),
    ),
    "criteria": (
        Slot("key", Kind.CODE, Text("Ký hiệu", "Sign"), Need.SAVE, 40, _KEY),
        *_twice("name", Kind.LINE, "Tiêu chí", "Criterion", Need.SAVE, 300),
        Slot("most", Kind.WHOLE, Text("Điểm cao nhất của thang", "Highest score of the scale"), Need.SAVE,
             MOST_SCALE),
        Slot("weight", Kind.DECIMAL, Text("Trọng số (nếu có)", "Weight (if there is one)"), Need.NEVER,
             MOST_SCALE, Text("Mọi tiêu chí đều có, hoặc không tiêu chí nào.", "For all criteria, or none.")),
    ),
    "findings": (
        Slot("criterion", Kind.CRITERION, Text("Tiêu chí", "Criterion"), Need.SAVE),
        Slot("score", Kind.DECIMAL, Text("Điểm (nếu có cho điểm)", "Score (if one was given)"),
             Need.NEVER, MOST_SCALE),
        *_twice("words", Kind.WORDS, "Phát hiện", "Finding", Need.SAVE),
        *_twice("evidence", Kind.WORDS, "Bằng chứng", "Evidence", Need.SAVE),
        Slot("figure.definition", Kind.FIGURE, Text("Chỉ số của hệ thống này làm bằng chứng (nếu có)",
             "Figure of this site that is evidence (if there is one)"), Need.NEVER),
        Slot("figure.from", Kind.DAY, Text("Chỉ số từ ngày", "Figure from"), Need.NEVER),
        Slot("figure.to", Kind.DAY, Text("Chỉ số đến ngày", "Figure until"), Need.NEVER),
    ),
    "recommendations": (
        Slot("agency", Kind.AGENCY, Text("Gửi cơ quan", "To the agency"), Need.SAVE),
        Slot("criterion", Kind.CRITERION, Text("Từ tiêu chí (nếu có)", "From criterion (if there is one)"),
             Need.NEVER),
        *_twice("words", Kind.WORDS, "Khuyến nghị", "Recommendation", Need.SAVE),
    ),
}  # fmt: skip


def read_slot(slot: Slot, text: str, allowed: Mapping[Kind, Collection[str]]) -> tuple[Any, Text | None]:
    """The value that was typed, as the file has it (None for a blank), and what is wrong with it."""
    if not text:
        missing = Text("Cần điền ô này", "Fill in this field") if slot.need == Need.SAVE else None
        return None, missing
    if slot.kind in CHOICES:
        return text, None if text in allowed.get(slot.kind, ()) else Text(
            "Chọn trong danh sách", "Choose from the list"
        )
    return _READERS[slot.kind](slot, text)


def as_day(text: str) -> date | None:
    """A day as year-month-day; None where it is none."""
    try:
        year, month, day = (int(one) for one in text.split("-"))
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _words(slot: Slot, text: str) -> tuple[Any, Text | None]:
    if len(text) > slot.most:
        return None, Text(f"Nhiều nhất {slot.most} chữ", f"At most {slot.most} letters")
    return text, None


def _code(slot: Slot, text: str) -> tuple[Any, Text | None]:
    if not is_code(text):
        return None, Text(
            "Chỉ dùng chữ cái, chữ số, “.”, “-” và “_”, nhiều nhất 40, bắt đầu bằng chữ cái hoặc chữ số",
            "Use letters, digits, “.”, “-” and “_” only, at most 40, and begin with a letter or digit",
        )
    return text, None


def _whole(slot: Slot, text: str) -> tuple[Any, Text | None]:
    digits = text.replace(" ", "")
    plain = digits.isascii() and digits.isdigit() and len(digits) <= len(str(slot.most))
    if not plain or not 0 < int(digits) <= slot.most:
        return None, Text(
            f"Nhập số nguyên từ 1 đến {slot.most}", f"Enter a whole number from 1 to {slot.most}"
        )
    return int(digits), None


def _decimal(slot: Slot, text: str) -> tuple[Any, Text | None]:
    number = text.replace(",", ".")
    too_small = slot.key == "weight" and not number.strip("0.")
    if not DECIMAL.fullmatch(number) or not number.isascii() or float(number) > slot.most or too_small:
        return None, Text(
            f"Nhập số như 3,5: nhiều nhất {slot.most}, tối đa {PLACES} chữ số thập phân",
            f"Enter a number such as 3.5: at most {slot.most}, with at most {PLACES} decimals",
        )
    return number, None


def _day(slot: Slot, text: str) -> tuple[Any, Text | None]:
    found = as_day(text)
    if found is None or found < EARLIEST:
        return None, Text("Nhập ngày có thật, ví dụ 31 8 2026", "Enter a real date, such as 31 8 2026")
    return {"day": found.isoformat()}, None


_READERS = {
    Kind.LINE: _words, Kind.WORDS: _words, Kind.CODE: _code, Kind.WHOLE: _whole, Kind.DECIMAL: _decimal,
    Kind.DAY: _day,
}  # fmt: skip
