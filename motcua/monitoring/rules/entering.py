"""A figure whose data is elsewhere, typed in on a page: read whole, or every fault by its field."""

import re
from collections.abc import Container, Mapping
from datetime import date

from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.monitoring.rules.entered import EnteredFigure

LONGEST_SOURCE = 500
_WHOLE = re.compile(r"[0-9]{1,15}|[0-9]{1,3}(\.[0-9]{3}){1,4}")  # 1.200 as it is written here
_FAULTS = {
    "component": Text("Chọn thành phần.", "Choose a component."),
    "agency": Text("Chọn cơ quan của bạn hoặc cơ quan trực thuộc.", "Choose your agency or one below it."),
    "first": Text("Ghi ngày đầu kỳ, ví dụ 1 6 2026.", "Write the first day, for example 1 6 2026."),
    "last": Text("Ghi ngày cuối kỳ, không trước ngày đầu.", "Write the last day, not before the first."),
    "numerator": Text("Ghi số nguyên, ví dụ 12.", "Write a whole number, for example 12."),
    "denominator": Text("Ghi số nguyên, ví dụ 40.", "Write a whole number, for example 40."),
    "more": Text("Tử số không được lớn hơn mẫu số.", "The numerator cannot be larger than the denominator."),
    "source": Text("Ghi nguồn số liệu (5–500 ký tự).", "Write where it is from (5–500 characters)."),
    "told_on": Text("Ghi ngày của nguồn, trước ngày mai.", "Write the day of the source, not a later one."),
    "over": Text("Kỳ số liệu chưa kết thúc.", "This period is not over yet."),
}  # fmt: skip


class FigureRefused(Refusal):
    """Something of the form is wrong; ``faults`` say what, by the name of the field."""

    code = "figure_refused"
    cause = Text("Có ô chưa đúng, nên chưa lưu.", "Some fields are not right, so nothing was saved.")
    next_step = Text("Sửa các ô được nêu rồi lưu lại.", "Mend the fields that are named, then save again.")
    status = 422

    def __init__(self, faults: Mapping[str, Text]) -> None:
        self.faults = dict(faults)
        super().__init__()


class FigureSigned(Refusal):
    """The index of this month was signed; its figures stay as they were signed."""

    code = "figure_signed"
    cause = Text(
        "Chỉ số tháng này của cơ quan đã được ký xác nhận, nên số liệu giữ nguyên.",
        "The agency's index of this month was signed, so its figures stay as they are.",
    )
    next_step = Text(
        "Kiểm tra lại kỳ số liệu; sai sót trong tháng đã ký ghi vào báo cáo kỳ sau.",
        "Check the period; what was wrong in a signed month is told in the next report.",
    )


def read_typed(
    typed: Mapping[str, str], *, components: Container[str], agencies: Container[str], today: date
) -> tuple[EnteredFigure, date]:
    """The figure of a form, and the day of its source; raises ``FigureRefused``."""
    faults = [name for name, known in (("component", components), ("agency", agencies))
              if typed.get(name, "") not in known]  # fmt: skip
    first, last, told = (_day(typed.get(name, "")) for name in ("first", "last", "told_on"))
    faults += ["first"] if first is None else []
    faults += ["last"] if last is None or (first and last < first) else []
    faults += ["told_on"] if told is None or told > today else []
    counts = {name: _count(typed.get(name, "")) for name in ("numerator", "denominator")}
    faults += [name for name, count in counts.items() if count is None]
    source = typed.get("source", "").replace("\x00", "").strip()
    faults += [] if 5 <= len(source) <= LONGEST_SOURCE else ["source"]
    found = {name: _FAULTS[name] for name in faults}
    above, below = counts["numerator"] or 0, counts["denominator"] or 0
    if "numerator" not in found and "denominator" not in found and above > below:
        found["numerator"] = _FAULTS["more"]
    if last and "last" not in found and last >= today:
        found["last"] = _FAULTS["over"]
    if found or first is None or last is None or told is None:
        raise FigureRefused(found)
    return EnteredFigure(typed["component"], typed["agency"], first, last, above, below, source), told


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _count(text: str) -> int | None:
    typed = text.strip()
    if not _WHOLE.fullmatch(typed) or len(typed) > 20:
        return None
    return int(typed.replace(".", ""))
