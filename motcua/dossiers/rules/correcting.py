"""Correcting a result that was issued with a slip of the pen: which values may change, and into what."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.catalogue.rules.pack import ResultDef
from motcua.core.refusals import Refusal
from motcua.core.texts import Text

MOST_LETTERS = 500
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WRITTEN = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")


class NothingCorrected(Refusal):
    """A correction changes something."""

    code = "nothing_corrected"
    cause = Text("Chưa có nội dung nào được sửa.", "Nothing has been changed.")
    next_step = Text("Ghi lại cho đúng ít nhất một nội dung.", "Write at least one of the values anew.")
    status = 422


class NotCorrectable(Refusal):
    """The result has no such value, or its pack does not let it be corrected."""

    code = "not_correctable"
    cause = Text(
        "Nội dung “{name}” không đính chính được.", "The value “{name}” cannot be corrected in this way."
    )
    next_step = Text("Thu hồi kết quả và giải quyết lại.", "Revoke the result and decide anew.")
    status = 422


class CorrectionRefused(Refusal):
    """A corrected value cannot stand in the place of the old one."""

    code = "correction_refused"
    cause = Text("“{label_vi}” chưa ghi đúng.", "“{label_en}” is not written right.")
    next_step = Text(
        "Không để trống; ngày ghi theo dạng ngày/tháng/năm.", "Leave nothing empty; dates are day/month/year."
    )
    status = 422


@dataclass(frozen=True, slots=True)
class Correctable:
    """One value of an issued result that may be corrected, as it stands."""

    key: str
    label: Text
    value: str  # a day as ISO text
    day: bool


def correctable(result: ResultDef, fields: Mapping[str, Any]) -> tuple[Correctable, ...]:
    """The values with a label in the pack that say something, in the pack's order."""
    said = ((f, fields.get(f.key)) for f in result.fields if f.label.vi)
    return tuple(
        Correctable(f.key, f.label, str(value), bool(_DAY.fullmatch(str(value))))
        for f, value in said
        if isinstance(value, str | int | date) and not isinstance(value, bool) and str(value)
    )


def _written(value: object, one: Correctable) -> str:
    text = " ".join(str(value).split()) if isinstance(value, str) else ""
    day = _WRITTEN.fullmatch(text)
    if one.day and day:
        text = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    try:
        good = bool(text) and len(text) <= MOST_LETTERS and (not one.day or bool(date.fromisoformat(text)))
    except ValueError:
        good = False
    if not good:
        raise CorrectionRefused(name=one.key, label_vi=one.label.vi, label_en=one.label.en)
    return text


def changes(
    result: ResultDef, fields: Mapping[str, Any], wanted: Mapping[str, object]
) -> dict[str, str | int]:
    """What ``wanted`` changes in ``fields``, by key; a value that stays as it was is no change.

    Raises ``NotCorrectable``, ``CorrectionRefused``, ``NothingCorrected``.
    """
    known = {one.key: one for one in correctable(result, fields)}
    made: dict[str, str | int] = {}
    for key, value in wanted.items():
        if key not in known:
            raise NotCorrectable(name=str(key)[:60])
        text = _written(value, known[key])
        if text != known[key].value:
            number = isinstance(fields[key], int) and text.isdecimal()
            made[key] = int(text) if number else text
    if not made:
        raise NothingCorrected
    return made
