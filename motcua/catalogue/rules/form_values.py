"""Is a value an answer? The same limits as in the JSON Schema, with words that say how to mend it."""

import re
from collections.abc import Mapping
from typing import Any

from motcua.catalogue.rules.form_kinds import KINDS, communes_in
from motcua.catalogue.rules.form_model import LISTED, FieldError, Question
from motcua.catalogue.rules.form_patterns import LENGTHS, NUMBERS, PATTERNS, composed, real_day
from motcua.core.texts import Text
from motcua.people.rules import IMPOSSIBLE_PLACE, check_personal_number

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
    "country": Text(
        "Mục “{label}”: ghi tên nước như trong danh sách, ví dụ Việt Nam, Lào, Hàn Quốc.",
        "“{label}”: write the name of a country of the list, such as Viet Nam, Laos, South Korea.",
    ),
    "lookup": Text(
        "Mục “{label}”: không tìm thấy trong danh sách. Ghi một phần của tên rồi chọn.",
        "“{label}”: not found in the list. Write a part of the name, then choose.",
    ),
    "number": Text(
        "Mục “{label}”: ghi số từ {least} đến {most}.",
        "“{label}”: write a number from {least} to {most}.",
    ),
    "money": Text("Mục “{label}”: ghi số tiền bằng đồng.", "“{label}”: write an amount in đồng."),
    "yes_no": Text("Mục “{label}”: chọn Có hoặc Không.", "“{label}”: choose yes or no."),
    "statement": Text("Đánh dấu vào ô “{label}”.", "Tick the box “{label}”."),
    "choice": Text("Mục “{label}”: chọn một trong các ô.", "“{label}”: choose one of the answers."),
    "group": Text(
        "Mục “{label}”: kê từ {least} đến {most} mục.",
        "“{label}”: give {least} to {most} entries.",
    ),
    **{name: kind.wrong for name, kind in KINDS.items()},
}  # fmt: skip
FUTURE = Text("Mục “{label}”: ngày này chưa tới.", "“{label}”: this date is in the future.")
CHECK_NUMBER = Text(
    "Xem lại số; nếu số ghi đúng như giấy tờ thì cứ đi tiếp.",
    "Check the number; if it stands so in the papers, go on.",
)
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
    low, high = 0, LENGTHS.get(q.type, 0)
    if q.type in NUMBERS:
        low, high = NUMBERS[q.type]
    elif q.type == "group":
        low, high = 1, MOST_ENTRIES
    elif q.type == "choices":
        low, high = 1, len(q.options)
    return (q.least if q.least is not None else low), (q.most if q.most is not None else high)


def well_formed(q: Question, value: Any) -> bool:
    """Has the value the shape that the schema asks for (null left aside)?"""
    kind, (low, high) = q.type, bounds(q)
    if kind in KINDS:
        return KINDS[kind].fits(q, value)
    if kind == "date":
        return real_day(value)
    if kind == "choice" or (kind in LISTED and q.options):
        return isinstance(value, str) and value in {o.key for o in q.options}
    if kind in PATTERNS:
        fits = isinstance(value, str) and (kind not in LENGTHS or len(value) <= high)
        return fits and bool(re.match(PATTERNS[kind], value))
    if kind in NUMBERS:
        whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        return whole and not isinstance(value, bool) and low <= value <= high
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
    if q.not_future and today and last > today[: len(last)]:
        return words(FUTURE, q)
    known = (facts.get("lookup") or {}).get("commune")
    if known is not None and any(code not in known for code in communes_in(q, value)):
        return words(WRONG[q.type], q)
    return None


def doubts(q: Question, value: Any) -> tuple[Text, ...]:
    """What is odd about an acceptable value: told, never refused (domain.md §10)."""
    if q.type != "personal_number" or str(value).startswith(IMPOSSIBLE_PLACE):  # the demo's own
        return ()
    return tuple(
        Text(f"{q.label.vi}: {text.vi} {CHECK_NUMBER.vi}", f"{q.label.en}: {text.en} {CHECK_NUMBER.en}")
        for text in check_personal_number(str(value)).warnings
    )


def tidied(q: Question, value: Any) -> Any:
    """An acceptable value as it is kept: composed text, whole numbers, rounded degrees."""
    if q.type in NUMBERS:
        return int(value)
    tidy = KINDS[q.type].tidy(value) if q.type in KINDS else composed(value)
    return tidy if well_formed(q, tidy) else value


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
    return tidied(q, value)


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
