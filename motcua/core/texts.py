"""Bilingual words that business rules speak in, without any web framework."""

from dataclasses import dataclass
from typing import Literal

Locale = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages of the site; Vietnamese is the first language."""

    vi: str
    en: str

    def to(self, locale: str) -> str:
        """Return the English text for a locale that starts with ``en``, else the Vietnamese one."""
        return (self.en or self.vi) if locale.startswith("en") else self.vi

    def fill(self, **values: object) -> "Text":
        """Return the text with ``{name}`` places filled in both languages."""
        return Text(self.vi.format(**values), self.en.format(**values))
