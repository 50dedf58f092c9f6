"""Answers as people read them, in both languages."""

from collections.abc import Mapping
from typing import Any

from motcua.catalogue.rules.form_kinds import said
from motcua.catalogue.rules.form_model import BLANK, LISTED, Question
from motcua.catalogue.rules.form_patterns import day
from motcua.core.number_words import in_english, in_vietnamese
from motcua.core.texts import Text

UNKNOWN = Text("Không biết", "Not known")


def _same(value: str) -> Text:
    return Text(value, value)


def spoken(q: Question, value: Any, lookup: Mapping[str, Any]) -> Text:
    """One answer; an empty text where there is none (``lookup`` gives names of codes)."""
    if value is None:
        return UNKNOWN if q.unknown and q.required else BLANK
    several = said(q, value, lookup)
    if several is not None:
        return several
    if q.type == "date":
        return _same(day(value))
    if q.type in {"yes_no", "statement"} or isinstance(value, bool):
        return Text("Có", "Yes") if value else Text("Không", "No")
    if q.type == "choice" or (q.type in LISTED and q.options):
        return next((o.label for o in q.options if o.key == value), _same(str(value)))
    if q.type == "group":
        return _entries(q, value, lookup)
    if q.type == "money":
        return money(value)
    named = (lookup.get(q.type) or {}).get(value) if isinstance(lookup.get(q.type), Mapping) else None
    return named if isinstance(named, Text) else _same(str(named or value))


def money(value: int) -> Text:
    """An amount of đồng in figures and in words, as official papers write it."""
    figures = f"{value:,}"
    return Text(
        f"{figures.replace(',', '.')} đồng ({in_vietnamese(value)} đồng)",
        f"{figures} đồng ({in_english(value)} đồng)",
    )


def _entries(q: Question, value: Any, lookup: Mapping[str, Any]) -> Text:
    lines = []
    for entry in value:
        parts = [spoken(s, entry.get(s.key), lookup) for s in q.questions if s.stored]
        parts = [p for p in parts if p.vi]
        lines.append(Text(", ".join(p.vi for p in parts), ", ".join(p.en for p in parts)))
    if len(lines) < 2:
        return lines[0] if lines else BLANK
    return Text(_numbered([line.vi for line in lines]), _numbered([line.en for line in lines]))


def _numbered(lines: list[str]) -> str:
    """One entry a line, so that entries do not run together."""
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
