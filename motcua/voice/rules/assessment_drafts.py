"""An assessment while it is typed in: what each form asks, what is still open, how its parts fit together.

A draft is the table of a file (``as_facts``) that may lack things; ``checked_record`` judges the whole of it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from motcua.core.refusals import NotFound, Refusal
from motcua.core.texts import Text
from motcua.voice.rules.assessment_checks import MOST_NUMBER, is_plain
from motcua.voice.rules.assessment_slots import FORMS, Kind, Need, Slot, as_day, read_slot

Facts = dict[str, Any]
GENERAL, CRITERIA, FINDINGS, ADVICE = FORMS
LISTS = (CRITERIA, FINDINGS, ADVICE)
FEW = 200  # entries of a list


class PieceRefused(Refusal):
    """A form cannot be kept; ``faults`` say why, by the key of the field."""

    code = "piece_refused"
    cause = Text("Có ô chưa đúng.", "Some fields are not right.")
    next_step = Text("Sửa rồi lưu lại.", "Mend them, then save again.")
    status = 422

    def __init__(self, faults: Mapping[str, Text]) -> None:
        self.faults = dict(faults)
        super().__init__()


class DraftChanged(Refusal):
    """Somebody else (or another tab) changed this part since it was opened; nothing is written over."""

    code = "draft_changed"
    cause = Text(
        "Phần này đã được sửa ở nơi khác sau khi bạn mở.",
        "This part was changed elsewhere since you opened it.",
    )
    next_step = Text(
        "Mở lại bản soạn trong thẻ khác, so với phần bạn đã gõ rồi lưu ở đó.",
        "Open the draft again in another tab, compare it with what you typed, and save there.",
    )


class CriterionInUse(Refusal):
    """A criterion with a finding or a recommendation is not taken out under them."""

    code = "criterion_in_use"
    cause = Text("Tiêu chí này đã có phát hiện hoặc khuyến nghị.", "This criterion has a finding or advice.")
    next_step = Text("Bỏ những mục đó trước.", "Take those out first.")


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """What is missing before publication: in which form, at which entry of a list (None for the list)."""

    part: str
    place: int | None
    label: Text


def read_piece(part: str, typed: Mapping[str, str], allowed: Mapping[Kind, Collection[str]]) -> Facts:
    """What was typed into a form, as the file has it; blanks are left out.

    ``allowed`` are the values that choices may have. Raises ``PieceRefused`` with every fault.
    """
    found: Facts = {}
    faults: dict[str, Text] = {}
    for slot in FORMS[part]:
        text = typed.get(slot.key, "").replace("\r\n", "\n").strip()
        value, fault = read_slot(slot, text, allowed)
        if not is_plain(text):
            fault = Text("Có ký tự điều khiển: gõ lại", "Holds a control sign: type it anew")
        if fault:
            faults[slot.key] = fault
        elif value is not None:
            _put(found, slot.key, value)
    faults = {**_order(typed, faults), **faults}
    if faults:
        raise PieceRefused(faults)
    return found


def _put(found: Facts, key: str, value: Any) -> None:
    outer, _, inner = key.partition(".")
    if inner:
        found.setdefault(outer, {})[inner] = value
    else:
        found[key] = value


def _order(typed: Mapping[str, str], faults: Mapping[str, Text]) -> dict[str, Text]:
    """Two days in order; a figure with its days."""
    found: dict[str, Text] = {}
    late = Text("Ngày cuối phải không trước ngày đầu", "The last day is not to be before the first")
    for first, last in (("from", "to"), ("figure.from", "figure.to")):
        days = [as_day(typed.get(key, "")) for key in (first, last)]
        if days[0] and days[1] and days[1] < days[0]:
            found[last] = late
    named = bool(typed.get("figure.definition", "").strip())
    for key in ("figure.from", "figure.to"):
        if named and not typed.get(key) and key not in faults:
            found[key] = Text("Nhập ngày của chỉ số", "Enter the day of the figure")
        if not named and typed.get(key):
            found["figure.definition"] = Text(
                "Chọn chỉ số, hoặc xóa ngày", "Choose the figure, or clear its days"
            )
    return found


def shown(part: str, piece: Mapping[str, Any]) -> dict[str, str]:
    """A form's texts out of what was kept: ``read_piece`` undone; days as ISO text."""
    return {slot.key: _text(_at(piece, slot.key)) for slot in FORMS[part]}


def _at(piece: Mapping[str, Any], key: str) -> Any:
    outer, _, inner = key.partition(".")
    value = piece.get(outer)
    return (value or {}).get(inner) if inner else value


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("day", ""))
    return "" if value is None else str(value)


def general_of(facts: Facts) -> Facts:
    """The part of a draft that is no list."""
    return {key: value for key, value in facts.items() if key not in LISTS}


def entries(facts: Facts, part: str) -> list[Facts]:
    """A list of a draft, in order; raises ``NotFound`` for what is no list."""
    if part not in LISTS:
        raise NotFound
    return list(facts.get(part, []))


def entry(facts: Facts, part: str, place: int | None) -> Facts | list[Facts]:
    """What a form is about: an entry (from 1), or the whole list where one is added; ``NotFound``."""
    there = entries(facts, part)
    if place is None:
        return there
    if not 0 < place <= len(there):
        raise NotFound
    return there[place - 1]


def put_entry(facts: Facts, part: str, place: int | None, piece: Facts) -> Facts:
    """The draft with an entry changed or (None) added. Raises ``NotFound``, ``PieceRefused``."""
    there, old = entries(facts, part), entry(facts, part, place)
    was = old if isinstance(old, dict) else {}
    others = [one for number, one in enumerate(there, 1) if number != place]
    first = FORMS[part][0].key
    if len(others) >= FEW:
        raise PieceRefused({first: Text(f"Đã có {FEW} mục", f"There are {FEW} entries already")})
    if part == ADVICE:
        piece = {"number": was.get("number") or _next_number(there), **piece}
    elif part == CRITERIA and any(one[first] == piece[first] for one in others):
        raise PieceRefused({first: Text("Ký hiệu này đã có: chọn ký hiệu khác", "There is one already")})
    elif part == FINDINGS and piece.get("score") and _scored(others, piece[first]):
        words = Text(
            "Phát hiện khác của tiêu chí này đã có điểm: để trống ô này, hoặc bỏ điểm ở đó",
            "Another finding of this criterion has the score: leave this blank, or clear it there",
        )
        raise PieceRefused({"score": words})
    changed = {**facts, part: [*there[: place - 1], piece, *there[place:]] if place else [*there, piece]}
    if part == CRITERIA and was and was["key"] != piece["key"]:
        changed = _renamed(changed, was["key"], piece["key"])
    _scores_fit(changed, part, piece)
    return changed


def _scored(findings: list[Facts], criterion: str) -> bool:
    return any(one.get("score") and one["criterion"] == criterion for one in findings)


def _next_number(there: list[Facts]) -> int:
    number = max((int(one["number"]) for one in there), default=0) + 1
    if number > MOST_NUMBER:
        raise PieceRefused({"agency": Text("Hết số cho khuyến nghị", "No number is left")})
    return number


def _renamed(facts: Facts, old: str, new: str) -> Facts:
    lists = {
        part: [
            {**one, "criterion": new} if one.get("criterion") == old else one for one in entries(facts, part)
        ]
        for part in (FINDINGS, ADVICE)
    }
    return {**facts, **lists}


def _scores_fit(facts: Facts, part: str, piece: Facts) -> None:
    """A score lies within the scale of its criterion, whichever of the two was changed."""
    key = piece.get("key" if part == CRITERIA else "criterion")
    most = next((c["most"] for c in entries(facts, CRITERIA) if c["key"] == key), None)
    scores = (f.get("score") for f in entries(facts, FINDINGS) if f["criterion"] == key)
    score = next((one for one in scores if one), None)
    if part != ADVICE and most is not None and score is not None and Decimal(score) > most:
        field = "most" if part == CRITERIA else "score"
        words = Text(f"Điểm {score} vượt thang {most}", f"Score {score} is above the scale of {most}")
        raise PieceRefused({field: words})


def take_entry(facts: Facts, part: str, place: int) -> Facts:
    """The draft without an entry. Raises ``NotFound``, ``CriterionInUse``."""
    there, old = entries(facts, part), entry(facts, part, place)
    used = {one.get("criterion") for one in (*entries(facts, FINDINGS), *entries(facts, ADVICE))}
    if part == CRITERIA and isinstance(old, dict) and old["key"] in used:
        raise CriterionInUse
    return {**facts, part: [*there[: place - 1], *there[place:]]}


def open_points(facts: Facts) -> tuple[OpenPoint, ...]:
    """All that is missing before publication, in the order of the forms."""
    found = [OpenPoint(GENERAL, None, label) for label in _blank(GENERAL, facts)]
    for part in LISTS:
        for place, one in enumerate(entries(facts, part), 1):
            found += [OpenPoint(part, place, label) for label in _blank(part, one)]
        if part != ADVICE and not entries(facts, part):
            found.append(OpenPoint(part, None, _NONE[part]))
    weights = [bool(one.get("weight")) for one in entries(facts, CRITERIA)]
    if any(weights):
        unweighted = [place for place, has in enumerate(weights, 1) if not has]
        found += [OpenPoint(CRITERIA, place, Text("Trọng số", "Weight")) for place in unweighted]
    return tuple(found)


_NONE = {
    CRITERIA: Text("Ít nhất một tiêu chí", "One criterion at least"),
    FINDINGS: Text("Ít nhất một phát hiện", "One finding at least"),
}


def _blank(part: str, piece: Mapping[str, Any]) -> list[Text]:
    slots: tuple[Slot, ...] = FORMS[part]
    return [s.label for s in slots if s.need != Need.NEVER and not _text(_at(piece, s.key))]
