"""Search of the catalogue by everyday words, with and without diacritics (at most three queries)."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from motcua.catalogue.models import Procedure, SearchEntry, Service
from motcua.catalogue.queries.services import RANK, highest
from motcua.catalogue.rules.search import (
    COMMON,
    Candidate,
    Question,
    Synonym,
    Term,
    ask,
    asked_for,
    rarest,
    score,
)
from motcua.core.actor import Actor
from motcua.core.folding import nfc
from motcua.core.pages import Page
from motcua.core.texts import Text

MOST_CANDIDATES = 120  # of which the order is found; who wants more of a vague question has to say more
MOST_MATCHED = 300  # titles that FTS5 is made to rank
MOST_FILTERED = 1_000  # where a filter takes away most of them
MOST_LETTERS = 300
_CODE = re.compile(r"^\d\.\d{0,6}$")


@dataclass(frozen=True, slots=True)
class ProcedureItem:
    """One line of a list of procedures. ``level_declared`` None: nobody declared one."""

    code: str
    name: Text
    agency_name: str
    agency_code: str
    field: str
    level: str
    level_declared: str | None


class Row(NamedTuple):
    """What a line needs of a procedure."""

    code: str
    id: int
    name_vi: str
    name_en: str
    agency_name: str
    agency_code: str
    field: str


_COLUMNS = tuple(f"procedure__{name}" for name in Row._fields)


def search(
    q: str,
    *,
    agency: str = "",
    field: str = "",
    level: str = "",
    limit: int = 20,
    after: str | None = None,
    actor: Actor,
) -> Page[ProcedureItem]:
    """Procedures that answer ``q``, the best first; without ``q`` all of them by code.

    ``agency`` and ``field`` as published, ``level`` information, partial or full. ``after`` is the
    ``next`` of the page before; a cursor that is not ours starts anew.
    """
    limit = max(1, min(limit, 100))
    text = nfc(q.replace("\x00", " ")[:MOST_LETTERS])
    question = ask(text, synonyms())
    if not question.readings or _CODE.match(text):
        return _by_code(text, agency, field, level, limit, after)
    ranked = _ranked(question, agency, field, level)
    start = next((i + 1 for i, row in enumerate(ranked) if row.code == after), 0)
    items = _items(ranked[start : start + limit])
    return Page(items, items[-1].code if start + limit < len(ranked) else None)


def _by_code(
    text: str, agency: str, field: str, level: str, limit: int, after: str | None
) -> Page[ProcedureItem]:
    rows = Procedure.objects.filter(_level(level), code__startswith=text)
    rows = rows.filter(agency_code=agency) if agency else rows
    rows = rows.filter(field=field) if field else rows
    rows = rows.filter(code__gt=after[:20].replace("\x00", "")) if after else rows
    columns = [name.removeprefix("procedure__") for name in _COLUMNS]
    found = _items([Row(*row) for row in rows.order_by("code").values_list(*columns)[: limit + 1]])
    return Page(found[:limit], found[limit - 1].code if len(found) > limit else None)


def _level(level: str) -> Q:
    """Procedures whose best service has this level; no service at all counts as information."""
    if level not in RANK:
        return Q()
    higher = [name for name, rank in RANK.items() if rank > RANK[level]]
    condition = ~Q(pk__in=Service.objects.filter(level__in=higher).values("procedure"))
    if level == "information":
        return condition
    return condition & Q(pk__in=Service.objects.filter(level=level).values("procedure"))


def _ranked(question: Question, agency: str, field: str, level: str) -> list[Row]:
    """The candidates in their final order: score, then shorter title, then code."""
    rows = _candidates(question, MOST_FILTERED if agency or field or level in RANK else MOST_CANDIDATES)
    rows = rows.filter(procedure__agency_code=agency) if agency else rows
    rows = rows.filter(procedure__field=field) if field else rows
    rows = rows.filter(procedure__in=Procedure.objects.filter(_level(level))) if level in RANK else rows
    found = rows.order_by("id").values_list("title", "title_marked", "prior", *_COLUMNS)
    return [Row(*row[3:]) for row in sorted(found, key=lambda row: _place(question, *row[:4]))]


def _place(question: Question, title: str, marked: str, prior: float, code: str) -> tuple[float, int, str]:
    return -score(question, Candidate(code, title, marked, prior)), len(title), code


def _candidates(question: Question, most: int) -> QuerySet[SearchEntry]:
    """Entries whose title, or else whose body, holds what was asked, by the database's own index.

    Only the likeliest ``most`` by title, and a quarter of that by body, are taken. Words are letters and
    digits only, so no operator of either query language can come through.
    """
    terms = asked_for(question)
    both = [t for t in terms if "0" in t[0]] or terms
    whole = [_every_word(question, reading.folded) for reading in question.readings]
    if connection.vendor == "postgresql":
        parts = [
            _by_vector("title_vector", both, most),
            _by_all("title_vector", [r.folded for r in question.readings], most // 2),
            _by_all(
                "body_vector", [[p for p, _ in r.pairs] or r.folded for r in question.readings], most // 4
            ),
            _by_either_vector(whole, most // 4),
        ]
    else:
        terms = rarest(question, terms, _frequencies(terms), MOST_MATCHED)
        parts = [
            _by_fts5("terms", terms, most),
            _by_fts5("body", both, most // 4),
            _by_either_column(whole, most // 4),
        ]
    selects = [f"SELECT id FROM ({sql}) AS part{i}" for i, (sql, _) in enumerate(parts)]  # noqa: S608
    union = " UNION ".join(selects)
    chosen = RawSQL(union, [value for _, values in parts for value in values])  # noqa: S611 - words are parameters
    return SearchEntry.objects.filter(id__in=chosen)


def _frequencies(terms: Sequence[Term]) -> dict[str, int]:
    """In how many titles each term stands; FTS5 reads every match to rank it, so common terms are dear."""
    places = ", ".join("%s" for _ in terms)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT term, doc FROM catalogue_search_vocab WHERE col = 'terms' AND term IN ({places})",  # noqa: S608
            [term for term, _, _ in terms],
        )
        return dict(cursor.fetchall())


def _by_fts5(column: str, terms: Sequence[Term], most: int) -> tuple[str, list[object]]:
    any_of = " OR ".join(f"{word}*" if prefix else word for word, _, prefix in terms)
    sql = "SELECT rowid AS id FROM catalogue_search WHERE catalogue_search MATCH %s ORDER BY rank LIMIT %s"
    return sql, [f"{{{column}}} : ({any_of})", most]


def _every_word(question: Question, folded: Sequence[str]) -> list[tuple[str, bool]]:
    """The words of a reading, each once, and whether it is the last one, which may be unfinished."""
    telling = [w for w in folded if w not in COMMON] or folded
    return [(w, w == question.prefix and len(w) > 1) for w in dict.fromkeys(telling)]


def _by_either_column(readings: Sequence[Sequence[tuple[str, bool]]], most: int) -> tuple[str, list[object]]:
    """Entries that hold every word of a reading, some in the title and some in the body (FTS5)."""
    asked = (" AND ".join(f"{w}*" if prefix else w for w, prefix in words) for words in readings)
    sql = (
        "SELECT entry.id FROM catalogue_search JOIN catalogue_searchentry entry "
        "ON entry.id = catalogue_search.rowid WHERE catalogue_search MATCH %s "
        "ORDER BY length(entry.title), entry.id LIMIT %s"
    )
    return sql, [" OR ".join(f"({part})" for part in asked), most]


def _by_either_vector(readings: Sequence[Sequence[tuple[str, bool]]], most: int) -> tuple[str, list[object]]:
    """Entries that hold every word of a reading, some in the title and some in the body (PostgreSQL)."""
    word = "(title_vector @@ %s::tsquery OR body_vector @@ %s::tsquery)"
    asked = " OR ".join(f"({' AND '.join(word for _ in words)})" for words in readings)
    values = [f"{w}:*" if prefix else w for words in readings for w, prefix in words for _ in range(2)]
    sql = f"SELECT id FROM catalogue_searchentry WHERE {asked} ORDER BY length(title), id LIMIT %s"  # noqa: S608
    return sql, [*values, most]


def _by_all(column: str, readings: Sequence[Sequence[str]], most: int) -> tuple[str, list[object]]:
    """Entries that hold every term of a reading, in whatever order."""
    every = " | ".join(f"({' & '.join(dict.fromkeys(terms))})" for terms in readings)
    sql = (
        f"SELECT id FROM catalogue_searchentry WHERE {column} @@ %s::tsquery "  # noqa: S608 - the column is ours
        "ORDER BY length(title), id LIMIT %s"
    )
    return sql, [every, most]


def _by_vector(column: str, terms: Sequence[Term], most: int) -> tuple[str, list[object]]:
    """Ranks by the weight of the terms held; pairs where there are any, as words alone are common."""
    weighed = [(f"{word}:*" if prefix else word, value) for word, value, prefix in terms]
    rank = " + ".join(f"({column} @@ %s::tsquery)::int * %s" for _ in weighed)
    sql = (
        f"SELECT id FROM catalogue_searchentry WHERE {column} @@ %s::tsquery "  # noqa: S608 - the column is ours
        f"ORDER BY {rank} DESC, length(title), id LIMIT %s"
    )
    return sql, [" | ".join(w for w, _ in weighed), *(part for pair in weighed for part in pair), most]


def _items(found: Sequence[Row]) -> tuple[ProcedureItem, ...]:
    """Lines of a list, with the best derived and declared level of each (one query)."""
    levels: dict[int, list[tuple[str, str]]] = {}
    services = Service.objects.filter(procedure__in=[row.id for row in found]).order_by("id")
    for procedure, level, declared in services.values_list("procedure_id", "level", "level_declared"):
        levels.setdefault(procedure, []).append((level, declared))
    return tuple(_item(row, levels.get(row.id, [])) for row in found)


def _item(row: Row, levels: Sequence[tuple[str, str]]) -> ProcedureItem:
    declared = [d for _, d in levels if d]
    return ProcedureItem(
        code=row.code,
        name=Text(row.name_vi, row.name_en),
        agency_name=row.agency_name,
        agency_code=row.agency_code,
        field=row.field,
        level=highest(level for level, _ in levels),
        level_declared=highest(declared) if declared else None,
    )


@cache
def synonyms() -> tuple[Synonym, ...]:
    """Everyday phrases and their official terms (synonyms.toml), read once a process."""
    file = Path(__file__).resolve().parent.parent / "synonyms.toml"
    rows = tomllib.loads(file.read_text("utf-8"))["synonym"]
    return tuple(Synonym(tuple(row["phrases"]), tuple(row["terms"])) for row in rows)
