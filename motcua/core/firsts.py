"""The first rows of a list that is gathered from several parts, and how many there are of each list.

Every part is one scan of an index that ends early; one condition with “or” would read all that is there.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import RawSQL

Key = tuple[datetime | None, int]  # the place of a row: its date and its id; without a date it comes first
M = TypeVar("M", bound=Model)


def beyond(rows: "QuerySet[M]", key: Key | None, *, back: bool = False) -> "QuerySet[M]":
    """Those rows that come after a key, or before it."""
    if key is None:
        return rows
    due, pk = key
    if due is None and back:
        return rows.filter(due_at__isnull=True, pk__lt=pk)
    if due is None:
        return rows.filter(Q(due_at__isnull=True, pk__gt=pk) | Q(due_at__isnull=False))
    if back:
        return rows.filter(Q(due_at__lt=due) | Q(due_at=due, pk__lt=pk) | Q(due_at__isnull=True))
    return rows.filter(Q(due_at__gt=due) | Q(due_at=due, pk__gt=pk))


def first_ids(
    parts: "Iterable[QuerySet[Any]]", limit: int, *, after: Key | None = None, back: bool = False
) -> "RawSQL | list[int]":
    """Ids of the first rows by ``due_at`` and id over all parts, as a subquery; ``back``: the last ones.

    In each part either every row has a date or none has: then each ends early.
    """
    keys = ("-due_at", "-pk") if back else ("due_at", "pk")
    pieces: list[str] = []
    params: list[Any] = []
    for part in parts:
        rows = beyond(part, after, back=back).order_by(*keys).values("id", "due_at")[:limit]
        try:
            sql, values = rows.query.sql_with_params()
        except EmptyResultSet:  # narrowed to nothing
            continue
        pieces.append(f"SELECT id, due_at FROM ({sql}) AS part_{len(pieces)}")  # noqa: S608 - from the ORM
        params.extend(values)
    if not pieces:
        return []
    order = "due_at IS NULL, due_at DESC, id DESC" if back else "due_at IS NOT NULL, due_at, id"
    every = " UNION ALL ".join(pieces)
    firsts = f"SELECT id FROM (SELECT id, due_at FROM ({every}) AS parts ORDER BY {order} LIMIT %s) AS firsts"  # noqa: S608
    return RawSQL(firsts, (*params, limit))  # noqa: S611 - from the ORM


def capped_counts(lists: "Mapping[str, Iterable[QuerySet[Any]]]", cap: int) -> dict[str, int]:
    """How many rows each list has over all of its parts, ``cap`` at most, in one statement."""
    sums: list[str] = []
    params: list[Any] = []
    for parts in lists.values():
        counts = ["0"]
        for rows in parts:
            try:
                sql, values = rows.order_by().values("pk")[:cap].query.sql_with_params()
            except EmptyResultSet:
                continue
            counts.append(f"(SELECT COUNT(*) FROM ({sql}) AS held)")  # noqa: S608 - from the ORM
            params.extend(values)
        sums.append(" + ".join(counts))
    if not params:
        return dict.fromkeys(lists, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(sums), params)
        row = cursor.fetchone()
    return {name: min(count, cap) for name, count in zip(lists, row, strict=True)}
