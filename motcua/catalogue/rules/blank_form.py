"""The paper twin of a form: the same questions, with room to write instead of fields."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from motcua.catalogue.rules.form_model import LISTED, Form, Question
from motcua.catalogue.rules.pack_model import Pack
from motcua.core.texts import Text

ROWS = 4  # of a group, on paper
IF_SO = Text("Chỉ trả lời nếu đúng với lựa chọn ở trên.", "Answer only if your answer above asks for it.")
YES_NO = (Text("Có", "Yes"), Text("Không", "No"))
UNKNOWN = Text("Không biết", "I do not know")
NOTES = {
    "choices": Text("Có thể đánh dấu nhiều ô.", "You may tick several boxes."),
    "partial_date": Text(
        "Ghi phần bạn biết: năm, hoặc tháng và năm, hoặc đủ ngày.",
        "Write what you know: the year, month and year, or the whole date.",
    ),
    "file": Text("Đánh dấu nếu nộp kèm.", "Tick if you add it."),
    "money": Text("Ghi bằng số và bằng chữ.", "In figures and in words."),
}
# how much room an answer needs on paper: boxes for each digit, a date, lines, or choices to tick
ROOM = {
    "personal_number": "digits", "date": "date", "period": "period", "yes_no": "ticks", "choice": "ticks",
    "choices": "ticks", "statement": "tick", "long_text": "lines", "note": "note", "group": "table",
    "partial_date": "date", "address": "address", "map_point": "point", "file": "tick",
}  # fmt: skip


_SIMPLE = re.compile(r"(?:answers|entry)\.(\w+) (==|!=) ('[\w-]+'|true|false)")


def if_so(show_if: str, questions: Sequence[Question]) -> Text:
    """When a question is answered, in words: by the choice that asks for it, where one choice does."""
    simple = _SIMPLE.fullmatch(show_if.strip())
    asking = next((q for q in questions if simple and q.key == simple[1]), None)
    if simple is None or asking is None:
        return IF_SO
    wanted = simple[3].strip("'")
    named = {"true": YES_NO[0], "false": YES_NO[1], **{o.key: o.label for o in asking.options}}
    if wanted not in named:
        return IF_SO
    choice = named[wanted]
    if simple[2] == "!=":
        return Text(f"Bỏ qua nếu bạn chọn “{choice.vi}”.", f"Leave it out if you chose “{choice.en}”.")
    return Text(f"Chỉ trả lời nếu bạn chọn “{choice.vi}”.", f"Answer only if you chose “{choice.en}”.")


def blank_fields(pack: Pack, second: str = "") -> dict[str, Any]:
    """What the template of the blank form prints; ``second`` is a language put below the Vietnamese."""
    return {
        "name": _both(pack.name, second),
        "code": pack.code,
        "sections": list(_sections(pack.form, second)),
        "papers": [
            {"name": _both(p.name, second), "note": _both(p.note, second), "sometimes": bool(p.required_when)}
            for p in pack.papers
        ],
    }


def _sections(form: Form, second: str) -> Iterator[dict[str, Any]]:
    for page in form.pages:
        asked = [q for q in page.questions if q.asked or not q.stored]
        if asked:
            yield {
                "title": _both(page.title, second),
                "hint": _both(IF_SO, second) if page.show_if else {},
                "questions": [_question(q, second, asked) for q in asked],
            }


def _question(q: Question, second: str, beside: Sequence[Question]) -> dict[str, Any]:
    asked_if = if_so(q.show_if, beside) if q.show_if else None
    hints = [h for h in (asked_if, q.hint, NOTES.get(q.type)) if h is not None and h.vi]
    ticks = YES_NO if q.type == "yes_no" else tuple(o.label for o in q.options if q.type not in LISTED)
    return {
        "label": _both(q.label, second),
        "hint": _both(Text(" ".join(h.vi for h in hints), " ".join(h.en for h in hints)), second),
        "room": ROOM.get(q.type, "line"),
        "ticks": [_both(t, second) for t in (*ticks, *((UNKNOWN,) if q.unknown else ()))],
        "columns": [_both(part.label, second) for part in q.questions if part.asked],
        "rows": min(ROWS, q.most or ROWS),
    }


def _both(text: Text, second: str) -> dict[str, str]:
    below = text.to(second) if second and second != "vi" else ""
    return {"vi": text.vi, "second": below if below != text.vi else ""}
