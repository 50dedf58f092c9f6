"""What a search needs at hand in each process: the titles of the catalogue, and the synonym file."""

import tomllib
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from motcua.catalogue.models import SearchEntry
from motcua.catalogue.rules.asking import Book, Synonym, book_of, one_tone_place
from motcua.catalogue.rules.titles import Title, Titles

Stamp = tuple[int, str]  # the newest entry: each change of a procedure makes a new one
_COLUMNS = ("id", "procedure__code", "title", "title_marked", "terms", "prior")
_NARROWED = ("procedure__agency_code", "procedure__field", "procedure__audience")


class Shelf:
    """The titles as they were last read; read anew when the catalogue has changed since."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._titles: Titles | None = None

    def titles(self, stamp: Stamp | None = None) -> Titles:
        """The titles at hand; read from the database where there are none, or none of this ``stamp``."""
        held = self._titles
        if held is not None and (stamp is None or held.stamp == stamp):
            return held
        with self._lock:
            if self._titles is None or (stamp is not None and self._titles.stamp != stamp):
                self._titles = self._read()
            return self._titles

    def clear(self) -> None:
        """Forget the titles (for tests, whose databases come and go)."""
        with self._lock:
            self._titles = None

    @staticmethod
    def _read() -> Titles:
        found = SearchEntry.objects.order_by("id").values_list(*_COLUMNS, *_NARROWED)
        rows = [Title(*row) for row in found]
        stamp = (rows[-1].id, rows[-1].marked) if rows else None
        titles = [replace(row, marked=one_tone_place(row.marked)) for row in rows]
        return Titles(titles, synonyms(), shorts(), stamp)


SHELF = Shelf()


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).resolve().parent.parent / "synonyms.toml").read_text("utf-8"))


@cache
def shorts() -> tuple[tuple[str, str], ...]:
    """Abbreviations and what they stand for (synonyms.toml), read once a process."""
    return tuple(sorted(_file()["abbreviations"].items()))


@cache
def synonyms() -> tuple[Synonym, ...]:
    """Everyday phrases and their official terms (synonyms.toml), read once a process."""
    rows = _file()["synonym"]
    return tuple(
        Synonym(
            tuple(row["phrases"]),
            tuple(row["terms"]),
            row["owner"],
            row["from"],
            row.get("until", date.max),
        )
        for row in rows
    )


@lru_cache(maxsize=8)
def book_on(day: date | None) -> Book:
    """The synonyms that count on a day; without a day those that have no end."""
    if day is None:
        return book_of([s for s in synonyms() if s.until == date.max])
    return book_of([s for s in synonyms() if s.since <= day <= s.until])
