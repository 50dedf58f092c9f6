"""Procedures by words of which some stand only beside the title, by each database's own index."""

from collections.abc import Sequence

from django.db import connection

from motcua.catalogue.queries.shelf import Stamp
from motcua.catalogue.rules.asking import COMMON, Question, Reading

Words = list[tuple[str, bool]]  # a folded word, and whether it is the last one, which may be unfinished
MOST_READINGS = 5
_NEWEST = "SELECT 0 AS part, id, title_marked FROM catalogue_searchentry ORDER BY id DESC LIMIT 1"


def in_title_or_body(question: Question, most: int) -> tuple[Stamp | None, list[int]]:
    """The catalogue's stamp, and entries that hold every telling word of a reading, the shortest title first.

    Words are letters and digits only, so no operator of either query language can come through.
    """
    readings = [_words(question, reading) for reading in question.readings[:MOST_READINGS]]
    sql, asked = _by_vector(readings) if connection.vendor == "postgresql" else _by_fts5(readings)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM ({_NEWEST}) AS newest UNION ALL SELECT 1, id, '' FROM ({sql}) AS found",  # noqa: S608
            [asked, most],
        )
        rows = cursor.fetchall()
    stamp = next(((id, title) for part, id, title in rows if part == 0), None)
    return stamp, [id for part, id, _ in rows if part == 1]


def _words(question: Question, reading: Reading) -> Words:
    telling = [w for w in reading.folded if w not in COMMON] or reading.folded
    return [(w, w == question.prefix and len(w) > 1) for w in dict.fromkeys(telling)]


def _by_fts5(readings: Sequence[Words]) -> tuple[str, str]:
    asked = (" AND ".join(f"{w}*" if prefix else w for w, prefix in words) for words in readings)
    sql = (
        "SELECT entry.id FROM catalogue_search JOIN catalogue_searchentry entry "
        "ON entry.id = catalogue_search.rowid WHERE catalogue_search MATCH %s "
        "ORDER BY length(title), entry.id LIMIT %s"
    )
    return sql, " OR ".join(f"({part})" for part in asked)


def _by_vector(readings: Sequence[Words]) -> tuple[str, str]:
    asked = (" & ".join(f"{w}:*" if prefix else w for w, prefix in words) for words in readings)
    sql = "SELECT id FROM catalogue_search_whole(%s::tsquery, %s) AS id"
    return sql, " | ".join(f"({part})" for part in asked)
