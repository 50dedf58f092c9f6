"""Folding of Vietnamese text, the same for every database (SQLite's own does not fold đ)."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^0-9a-z]+")


def nfc(text: str) -> str:
    """Compose to NFC and collapse white space: how names are stored."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def lower(text: str) -> str:
    """NFC, lower case, marks kept: for exact-mark comparison."""
    return nfc(text).lower()


def fold(text: str) -> str:
    """NFC, lower case, marks stripped, đ→d; single spaces: for search without diacritics."""
    decomposed = unicodedata.normalize("NFD", nfc(text).lower().replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """Folded words of letters and digits, in order."""
    return [w for w in _NOT_WORD.split(fold(text)) if w]
