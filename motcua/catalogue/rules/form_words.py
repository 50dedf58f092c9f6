"""Answers as people read them, in both languages."""

from collections.abc import Mapping
from typing import Any

from motcua.catalogue.rules.form_model import BLANK, Question
from motcua.core.texts import Text

UNKNOWN = Text("Không biết", "Not known")


def day(value: str) -> str:
    """``2026-07-10`` as ``10/07/2026``."""
    year, month, date = value[:10].split("-")
    return f"{date}/{month}/{year}"


def _same(value: str) -> Text:
    return Text(value, value)


def spoken(q: Question, value: Any, lookup: Mapping[str, Any]) -> Text:
    """One answer; an empty text where there is none (``lookup`` gives names of codes)."""
    if value is None:
        return UNKNOWN if q.unknown and q.required else BLANK
    if q.type == "date":
        return _same(day(value))
    if q.type == "period":
        return Text(
            f"từ {day(value['from'])} đến {day(value['to'])}", f"{day(value['from'])} to {day(value['to'])}"
        )
    if q.type in {"yes_no", "statement"} or isinstance(value, bool):
        return Text("Có", "Yes") if value else Text("Không", "No")
    if q.type == "choice":
        return next((o.label for o in q.options if o.key == value), _same(str(value)))
    if q.type == "group":
        return _entries(q, value, lookup)
    if q.type == "money":
        return Text(f"{value:,}".replace(",", ".") + " đồng", f"{value:,} đồng")
    named = (lookup.get(q.type) or {}).get(value) if isinstance(lookup.get(q.type), Mapping) else None
    return named if isinstance(named, Text) else _same(str(named or value))


def _entries(q: Question, value: Any, lookup: Mapping[str, Any]) -> Text:
    lines = []
    for entry in value:
        parts = [spoken(s, entry.get(s.key), lookup) for s in q.questions if s.stored]
        parts = [p for p in parts if p.vi]
        lines.append(Text(", ".join(p.vi for p in parts), ", ".join(p.en for p in parts)))
    return Text("; ".join(line.vi for line in lines), "; ".join(line.en for line in lines))
