"""Reads whose SQL the ORM makes once a process; afterwards only the values change.

On the path of every call the ORM's compiler costs several times what the database does. The query is still
written, and its columns still converted, by the ORM.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

Value = str | int | date | datetime | UUID
_FIRST = datetime(9990, 1, 1)  # noqa: DTZ001 - a marker; nothing is ever asked for this moment


def _adapted(value: Value) -> Any:
    """A value as the database's driver gets it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _marker(kind: type[Value], number: int) -> Value:
    """A value of that kind which nobody uses, another one for each place."""
    if kind is str:
        return f"\ue000{number}\ue000"
    if kind is UUID:
        return UUID(int=0xE000 << 96 | number)
    if kind is int:
        return 1_900_000_000 + number
    moment = _FIRST + timedelta(days=number)
    if kind is datetime:
        from django.utils import timezone

        return timezone.make_aware(moment)
    return moment.date()


class Kept:
    """``Kept(build, str, date)``: ``build`` makes a queryset of values of these kinds.

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
        return list(self._results(values, tuples=True))

    def objects(self, *values: Value) -> list[Any]:
        """The same as objects of the model, for a queryset without ``values_list``.

        What ``select_related`` joins comes with them; what ``prefetch_related`` names does not.
        """
        found = list(self._results(values, tuples=False))
        compiler = self._made[0]
        klass, select = compiler.klass_info, compiler.select
        first, last = klass["select_fields"][0], klass["select_fields"][-1] + 1
        names = [column[0].target.attname for column in select[first:last]]
        related = get_related_populators(klass, select, connection.alias)  # type: ignore[call-arg]
        made = []
        for row in found:
            one = klass["model"].from_db(connection.alias, names, row[first:last])
            for populator in related:
                populator.populate(row, one)
            for name, place in compiler.annotation_col_map.items():
                setattr(one, name, row[place])
            made.append(one)
        return made

    def _results(self, values: tuple[Value, ...], *, tuples: bool) -> Iterable[Any]:
        compiler, sql, params, places = self._made
        given = [_adapted(value) for value in values]
        filled = [
            old if place is None else type(old)(given[place]) if isinstance(old, int) else given[place]
            for old, place in zip(params, places, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql, filled)
            found = cursor.fetchall()
        found_rows: Iterable[Any] = compiler.results_iter(results=[found], tuple_expected=tuples)
        return found_rows


def prefetch(row: Model, parts: Mapping[str, list[Any]]) -> None:
    """Leave rows that hang on another where ``prefetch_related`` leaves them."""
    cache: dict[str, QuerySet[Any]] = {}
    for name, found in parts.items():
        manager = getattr(row, name)
        rows = manager.get_queryset()
        rows._result_cache, rows._prefetch_done = found, True
        cache[name] = rows
    row._prefetched_objects_cache = {**getattr(row, "_prefetched_objects_cache", {}), **cache}  # type: ignore[attr-defined]
