"""Is a value an answer? The same limits as in the JSON Schema, with words that say how to mend it."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from motcua.catalogue.rules.form_model import FieldError, Question
from motcua.core.texts import Text

END = r"(?![\s\S])"  # the very end: "$" would let a last line break pass
_ONE_LINE = r"[^\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]"
_LINES = r"[^\u0000-\u0009\u000b-\u001f\u007f-\u009f\ud800-\udfff]"
_NAME = r"[^\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff0-9<>{}\[\]|\\/@#$%^&*=+~_\"!?;:()]"
_LABEL = "[A-Za-z0-9-]{1,63}"
PATTERNS: Mapping[str, str] = {
    "text": rf"^(?=[\s\S]*\S){_ONE_LINE}*{END}",
    "long_text": rf"^(?=[\s\S]*\S){_LINES}*{END}",
    "full_name": rf"^(?=[\s\S]*\S){_NAME}*{END}",
    "personal_number": rf"^[0-9]{{12}}{END}",
    "date": rf"^(?:19|20|21)[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}{END}",
    "phone": rf"^\+?[0-9]{{8,15}}{END}",
    "email": rf"^[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL}){{1,4}}{END}",
    "commune": rf"^[0-9]{{5}}{END}",
    "country": rf"^[A-Z]{{2}}{END}",
}  # fmt: skip
LENGTHS: Mapping[str, int] = {"text": 200, "long_text": 2000, "full_name": 100, "email": 254}
NUMBERS: Mapping[str, tuple[int, int]] = {"number": (0, 1_000_000_000), "money": (0, 1_000_000_000_000)}
MOST_ENTRIES, LONGEST_LIST = 20, 50  # entries of a group: usually, and at most
MISSING = Text("Bạn chưa trả lời mục “{label}”.", "You have not answered “{label}”.")
SOFT = Text(
    "Bạn để trống mục “{label}”. Bạn có thể đi tiếp; cơ quan có thể phải hỏi lại.",
    "You left “{label}” empty. You may go on; the office may have to ask you.",
)
WRONG: Mapping[str, Text] = {
    "text": Text(
        "Mục “{label}”: viết trên một dòng, không quá {most} ký tự.",
        "“{label}”: write one line of at most {most} characters.",
    ),
    "long_text": Text(
        "Mục “{label}”: viết không quá {most} ký tự.", "“{label}”: write at most {most} characters."
    ),
    "full_name": Text(
        "Mục “{label}”: viết họ, chữ đệm, tên như trong giấy tờ, chỉ gồm chữ.",
        "“{label}”: write the full name as on the papers, letters only.",
    ),
    "personal_number": Text(
        "Mục “{label}”: số định danh cá nhân gồm đúng 12 chữ số.",
        "“{label}”: a personal number has exactly 12 digits.",
    ),
    "date": Text(
        "Mục “{label}”: ngày này không có thật. Ghi ngày, tháng, năm, ví dụ 27 3 1990.",
        "“{label}”: this is not a real date. Write day, month and year, such as 27 3 1990.",
    ),
    "phone": Text(
        "Mục “{label}”: ghi số điện thoại, ví dụ 0912345678 hoặc +84912345678.",
        "“{label}”: write a telephone number such as 0912345678 or +84912345678.",
    ),
    "email": Text(
        "Mục “{label}”: ghi địa chỉ thư điện tử, ví dụ ten@vidu.vn.",
        "“{label}”: write an e-mail address such as name@example.vn.",
    ),
    "commune": Text(
        "Mục “{label}”: chọn xã, phường trong danh sách.",
        "“{label}”: choose a commune of the list.",
    ),
    "country": Text("Mục “{label}”: chọn nước trong danh sách.", "“{label}”: choose a country of the list."),
    "number": Text(
        "Mục “{label}”: ghi số từ {least} đến {most}.",
        "“{label}”: write a number from {least} to {most}.",
    ),
    "money": Text("Mục “{label}”: ghi số tiền bằng đồng.", "“{label}”: write an amount in đồng."),
    "yes_no": Text("Mục “{label}”: chọn Có hoặc Không.", "“{label}”: choose yes or no."),
    "statement": Text("Đánh dấu vào ô “{label}”.", "Tick the box “{label}”."),
    "choice": Text("Mục “{label}”: chọn một trong các ô.", "“{label}”: choose one of the answers."),
    "period": Text(
        "Mục “{label}”: ghi ngày bắt đầu và ngày kết thúc; ngày kết thúc không trước ngày bắt đầu.",
        "“{label}”: give the first and the last day; the last day is not before the first.",
    ),
    "group": Text(
        "Mục “{label}”: kê từ {least} đến {most} mục.",
        "“{label}”: give {least} to {most} entries.",
    ),
}  # fmt: skip
FUTURE = Text("Mục “{label}”: ngày này chưa tới.", "“{label}”: this date is in the future.")
NOT_ASKED = Text("Biểu mẫu không có mục này.", "The form has no such question.")
NOT_OBJECT = Text("Các câu trả lời phải là một đối tượng JSON.", "The answers must be a JSON object.")
UNCHECKABLE = Text(
    "Không kiểm tra được mục “{label}”. Hãy báo cho bộ phận một cửa.",
    "“{label}” could not be checked. Please tell the one-stop desk.",
)


def words(text: Text, q: Question) -> Text:
    """A message about a question, with its label and limits."""
    low, high = bounds(q)
    return Text(
        text.vi.format(label=q.label.vi, least=low, most=high),
        text.en.format(label=q.label.en, least=low, most=high),
    )


def bounds(q: Question) -> tuple[int, int]:
    """Smallest and greatest number, number of entries, or number of characters."""
    if q.type in NUMBERS:
        low, high = NUMBERS[q.type]
    else:
        low, high = (
            (1 if q.type == "group" else 0),
            (MOST_ENTRIES if q.type == "group" else LENGTHS.get(q.type, 0)),
        )
    return (q.least if q.least is not None else low), (q.most if q.most is not None else high)


def real_day(value: Any) -> bool:
    """True for the ISO text of a day of the calendar, 1900 to 2199."""
    if not isinstance(value, str) or not re.match(PATTERNS["date"], value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _period(value: Any) -> bool:
    if not isinstance(value, dict) or set(value) != {"from", "to"}:
        return False
    return real_day(value["from"]) and real_day(value["to"])


def well_formed(q: Question, value: Any) -> bool:
    """Has the value the shape that the schema asks for (null left aside)?"""
    kind, (low, high) = q.type, bounds(q)
    if kind == "date":
        return real_day(value)
    if kind == "period":
        return _period(value)
    if kind in PATTERNS:
        fits = isinstance(value, str) and (kind not in LENGTHS or len(value) <= high)
        return fits and bool(re.match(PATTERNS[kind], value))
    if kind in NUMBERS:
        whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        return whole and not isinstance(value, bool) and low <= value <= high
    if kind == "choice":
        return isinstance(value, str) and value in {o.key for o in q.options}
    if kind == "statement":
        return value is True
    return isinstance(value, bool)


def value_error(q: Question, value: Any, facts: Mapping[str, Any]) -> Text | None:
    """What is wrong with a value that is not null, or None (groups: see ``checked``)."""
    if not well_formed(q, value):
        return words(WRONG[q.type], q)
    if q.type == "period" and value["to"] < value["from"]:
        return words(WRONG["period"], q)
    today = str(facts.get("today", ""))
    last = value["to"] if q.type == "period" else value
    if q.not_future and today and last > today:
        return words(FUTURE, q)
    known = (facts.get("lookup") or {}).get(q.type)
    if known is not None and value not in known:
        return words(WRONG[q.type], q)
    return None


def checked(q: Question, value: Any, facts: Mapping[str, Any], errors: list[FieldError], at: str = "") -> Any:
    """The value where it is acceptable, else null; errors are added with their pointers."""
    pointer, field = f"{at}/{q.key}", f"{at}/{q.key}".strip("/").replace("/", "-")
    if value is None or not q.asked:
        return None
    if q.type == "group":
        return _entries(q, value, facts, errors, pointer)
    message = value_error(q, value, facts)
    if message is not None:
        errors.append(FieldError(pointer, field, message))
        return None
    return int(value) if q.type in NUMBERS else value


def _entries(
    q: Question, value: Any, facts: Mapping[str, Any], errors: list[FieldError], pointer: str
) -> list[dict[str, Any]] | None:
    low, high = bounds(q)
    if (
        not isinstance(value, list)
        or not low <= len(value) <= high
        or not all(isinstance(v, dict) for v in value)
    ):
        errors.append(FieldError(pointer, q.key, words(WRONG["group"], q)))
        return None
    entries = []
    for index, entry in enumerate(value):
        at = f"{pointer}/{index}"
        known = {s.key for s in q.questions}
        errors += [FieldError(f"{at}/{k}"[:200], q.key, NOT_ASKED) for k in entry if k not in known]
        entries.append({s.key: checked(s, entry.get(s.key), facts, errors, at) for s in q.questions})
    return entries
