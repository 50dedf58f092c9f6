"""What a browser sends under a name: lists of strings, of any kind."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from motcua.catalogue.rules.form_patterns import seen

Raw = Mapping[str, Sequence[str]]
YES = frozenset({"yes", "true", "1", "on"})
NO = frozenset({"no", "false", "0"})
DIGITS = re.compile(r"[0-9]{1,18}")
NO_DAY = "?"  # not a date: refused with the words for dates


def first(raw: Raw, name: str) -> str:
    """The last text sent under a name, trimmed; "" when there is none (or it is no text)."""
    sent: Any = raw.get(name, "")
    if isinstance(sent, (list, tuple)):
        sent = sent[-1] if sent else ""
    return seen(sent).strip() if isinstance(sent, str) else ""


def every(raw: Raw, name: str) -> list[str]:
    """All texts sent under a name, each once, in their order."""
    sent: Any = raw.get(name, ())
    if isinstance(sent, str):
        sent = [sent]
    texts = [t.strip() for t in sent if isinstance(t, str)] if isinstance(sent, (list, tuple)) else []
    return list(dict.fromkeys(t for t in texts if t))


def day_of(raw: Raw, name: str) -> str | None:
    """The three boxes of a date as ISO text; one text under the name itself serves as well."""
    parts = [first(raw, f"{name}-{part}") for part in ("year", "month", "day")]
    if not any(parts):
        return first(raw, name) or None
    if not all(DIGITS.fullmatch(p) and len(p) <= 4 for p in parts):
        return NO_DAY
    return f"{int(parts[0]):04d}-{int(parts[1]):02d}-{int(parts[2]):02d}"


def boxes(value: str, name: str) -> dict[str, list[str]]:
    """The boxes that show a day, a month or a year again."""
    parts = zip(("year", "month", "day"), value.split("-"), strict=False)
    return {f"{name}-{part}": [str(int(text))] for part, text in parts}
