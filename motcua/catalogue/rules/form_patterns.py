"""The limits of one plain value: patterns that Python and JSON Schema read alike, lengths, real days."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

END = r"(?![\s\S])"  # the very end: "$" would let a last line break pass
# marks that nobody sees and that turn or split what others read: never part of an answer
_UNSEEN = r"\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_CONTROL = r"\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff"
_ONE_LINE = rf"[^{_CONTROL}{_UNSEEN}]"
_LINES = rf"[^\u0000-\u0009\u000b-\u001f\u007f-\u009f\ud800-\udfff{_UNSEEN}]"
_SYMBOLS = "\u2190-\u2bff\ufe00-\ufe0f\ufffc-\uffff\U00010000-\U0010ffff"  # arrows, signs, emoji
_NAME = rf"[^{_CONTROL}{_UNSEEN}{_SYMBOLS}0-9<>{{}}\[\]|\\/@#$%^&*=+~_\"!?;:()]"
_LABEL = "[A-Za-z0-9-]{1,63}"
PATTERNS: Mapping[str, str] = {
    "text": rf"^(?=[\s\S]*\S){_ONE_LINE}*{END}",
    "long_text": rf"^(?=[\s\S]*\S){_LINES}*{END}",
    "full_name": rf"^(?=[\s\S]*\S){_NAME}*{END}",
    "personal_number": rf"^[0-9]{{12}}{END}",
    "date": rf"^(?:19|20|21)[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}{END}",
    "partial_date": rf"^(?:19|20|21)[0-9]{{2}}(?:-(?:0[1-9]|1[0-2]))?{END}",
    "phone": rf"^\+?[0-9]{{8,15}}{END}",
    "email": rf"^[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL}){{1,4}}{END}",
    "commune": rf"^[0-9]{{5}}{END}",
    "country": rf"^[A-Z]{{2}}{END}",
}  # fmt: skip
LENGTHS: Mapping[str, int] = {"text": 200, "long_text": 2000, "full_name": 100, "email": 254}
NUMBERS: Mapping[str, tuple[int, int]] = {"number": (0, 1_000_000_000), "money": (0, 1_000_000_000_000)}
_HIDDEN = re.compile(f"[{_UNSEEN}]")


def seen(text: str) -> str:
    """The text without marks that nobody sees: who cannot see them cannot mend them either."""
    return _HIDDEN.sub("", text)


def composed(value: Any) -> Any:
    """Text in composed form (NFC), as all names are kept; anything else as it is."""
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def real_day(value: Any) -> bool:
    """True for the ISO text of a day of the calendar, 1900 to 2199."""
    if not isinstance(value, str) or not re.match(PATTERNS["date"], value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def day(value: str) -> str:
    """``2026-07-10`` as ``10/07/2026``."""
    year, month, date_ = value[:10].split("-")
    return f"{date_}/{month}/{year}"
