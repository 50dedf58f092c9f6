"""The code book of an outside index: its dimensions, parts and subjects."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.core.texts import Text


@dataclass(frozen=True, slots=True)
class Part:
    """A sub-dimension: its code, the code of its dimension, its name."""

    code: str
    dimension: str
    name: Text


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a score is about: a province as it was, and the one that took over since July 2025."""

    code: str
    name: Text
    successor: str
    successor_name: str


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that the codes of an index mean; all in the order in which they are published."""

    dimensions: Mapping[str, Text]
    parts: Mapping[str, Part]
    subjects: Mapping[str, Subject]

    def parts_of(self, dimension: str) -> tuple[str, ...]:
        """Codes of the parts of a dimension."""
        return tuple(p.code for p in self.parts.values() if p.dimension == dimension)


def _name(row: Mapping[str, Any]) -> Text:
    return Text(row["name_vi"], row["name_en"])


def read_book(data: Mapping[str, Any]) -> Book:
    """A book from its table (``data/papi.toml``)."""
    return Book(
        dimensions={row["code"]: _name(row) for row in data["dimensions"]},
        parts={row["code"]: Part(row["code"], row["dimension"], _name(row)) for row in data["parts"]},
        subjects={
            row["code"]: Subject(row["code"], _name(row), row["successor"], row["successor_name"])
            for row in data["provinces"]
        },
    )
