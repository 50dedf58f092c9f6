"""Published lists to choose from by words: their entries, and what a few typed words mean."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache

from motcua.catalogue.rules.form_model import Option, Question
from motcua.core.folding import fold, lower
from motcua.core.tables import Problem, Table
from motcua.core.texts import Text

LISTS = "lists/"
MOST_LISTED = 2_000  # entries of one list
COUNTRIES = "countries"


def read_list(text: str, place: str, problems: list[Problem]) -> tuple[Option, ...]:
    """The entries of a list file: ``code = ["Vietnamese", "English", "other names" …]``."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        problems.append(Problem(place, f"is not readable TOML: {error}"))
        return ()
    table = Table(data, place, problems)
    table.both("title"), table.text("source", required=True), table.day("valid_from")
    entries: Mapping[str, object] = table.get("entries", dict, {}, required=True)
    table.done()
    found = []
    for code, names in entries.items():
        texts = [n.strip() for n in names if isinstance(n, str)] if isinstance(names, list) else []
        if len(texts) < 2 or not all(texts) or len(texts) != len(names if isinstance(names, list) else ()):
            problems.append(Problem(f"{place} {code}", "needs its name in Vietnamese and in English"))
            continue
        found.append(Option(code, Text(texts[0], texts[1]), also=tuple(texts[2:])))
    if not 1 <= len(found) <= MOST_LISTED:
        problems.append(Problem(place, f"a list has 1 to {MOST_LISTED} entries"))
    return tuple(found)


@lru_cache(maxsize=64)
def _folded(options: tuple[Option, ...]) -> tuple[tuple[Option, frozenset[str], str], ...]:
    """Each entry with its folded names, and all of them in one text."""
    found = []
    for option in options:
        names = [fold(n) for n in (option.label.vi, option.label.en, *option.also)]
        found.append((option, frozenset(names), " | ".join(names)))
    return tuple(found)


def matches(q: Question, text: str) -> tuple[Option, ...]:
    """The entries that typed words may mean: a whole name first, else every name that holds all words."""
    wanted = fold(text)
    if not wanted:
        return ()
    exact = lower(text)
    marked = [o for o in q.options if exact in map(lower, (o.label.vi, o.label.en, *o.also))]
    if len(marked) == 1:  # marks count where they tell two names apart
        return tuple(marked)
    listed = _folded(q.options)
    whole = tuple(o for o, names, _all in listed if wanted in names)
    if whole:
        return whole
    parts = wanted.split()
    return tuple(o for o, _names, joined in listed if all(part in joined for part in parts))


def resolved(q: Question, text: str) -> str:
    """The code that typed words mean when they mean one entry only; else the text unchanged."""
    if any(o.key == text for o in q.options):
        return text
    found = matches(q, text[:200])
    return found[0].key if len(found) == 1 else text
