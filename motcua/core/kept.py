"""Reads whose SQL the ORM makes once a process; afterwards only the values change.

On the path of every call the ORM's compiler costs several times what the database does. The query is still
written, and its columns still converted, by the ORM.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet

Value = str | int | date | datetime
_FIRST = datetime(9990, 1, 1)  # noqa: DTZ001 - a marker; nothing is ever asked for this moment


def _adapted(value: Value) -> Any:
    """A value as the database's driver gets it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _marker(kind: type[Value], number: int) -> Value:
    """A value of that kind which nobody uses, another one for each place."""
    if kind is str:
        return f"\ue000{number}\ue000"
    if kind is int:
        return 1_900_000_000 + number
    moment = _FIRST + timedelta(days=number)
    if kind is datetime:
        from django.utils import timezone

        return timezone.make_aware(moment)
    return moment.date()


class Kept:
    """``Kept(build, str, date)``: ``build`` makes a ``values_list`` queryset of values of these kinds.

    Each value must come into the SQL as it is given (no ``in``, no ``contains``, no arithmetic, no ``None``).
    """

    def __init__(self, build: Callable[..., "QuerySet[Any, Any]"], *kinds: type[Value]) -> None:
        self._build, self._kinds = build, kinds

    @cached_property
    def _made(self) -> tuple[Any, str, list[Any], list[int | None]]:
        """The compiler, its SQL, its values, and for each whose value it is (None: the query's own)."""
        markers = [_marker(kind, number) for number, kind in enumerate(self._kinds)]
        compiler = self._build(*markers).query.get_compiler(connection.alias)
        sql, params = compiler.as_sql()
        keys = [_adapted(marker) for marker in markers]
        places = [keys.index(p) if p in keys else None for p in params]
        if set(range(len(keys))) - set(places):
            raise TypeError("a value of a kept query does not come into its SQL as it was given")
        return compiler, sql, list(params), places

    def rows(self, *values: Value) -> list[tuple[Any, ...]]:
        """The rows for these values, in the order of the kinds."""
        compiler, sql, params, places = self._made
        given = [_adapted(value) for value in values]
        filled = [
            old if place is None else type(old)(given[place]) if isinstance(old, int) else given[place]
            for old, place in zip(params, places, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql, filled)
            found = cursor.fetchall()
        return list(compiler.results_iter(results=[found], tuple_expected=True))
