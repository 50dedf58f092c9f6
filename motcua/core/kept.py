"""Reads whose SQL the ORM makes once a process; afterwards only the values change.

On the path of every call the ORM's compiler costs several times what the database does. The query is still
written, and its columns still converted, by the ORM.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple
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


class _Made(NamedTuple):
    """What is made once: the compiler, its SQL, its values, for each whose it is (None: the query's own), and
    what makes values of the model's kinds out of the columns.
    """

    compiler: Any
    sql: str
    params: list[Any]
    places: list[int | None]
    converters: Any


class Kept:
    """``Kept(build, str, date)``: ``build`` makes a queryset of values of these kinds.

    Each value must come into the SQL as it is given (no ``in``, no ``contains``, no arithmetic, no ``None``).
    """

    def __init__(self, build: Callable[..., "QuerySet[Any, Any]"], *kinds: type[Value]) -> None:
        self._build, self._kinds = build, kinds

    @cached_property
    def _made(self) -> _Made:
        markers = [_marker(kind, number) for number, kind in enumerate(self._kinds)]
        compiler = self._build(*markers).query.get_compiler(connection.alias)
        sql, params = compiler.as_sql()
        keys = [_adapted(marker) for marker in markers]
        places = [keys.index(p) if p in keys else None for p in params]
        if set(range(len(keys))) - set(places):
            raise TypeError("a value of a kept query does not come into its SQL as it was given")
        columns = [column[0] for column in compiler.select[: compiler.col_count]]
        return _Made(compiler, sql, list(params), places, compiler.get_converters(columns))

    @cached_property
    def _shape(self) -> tuple[type[Model], int, int, list[str], list[Any]]:
        """Of objects: the model, its first and last column, its attributes, what makes the joined ones."""
        compiler = self._made.compiler
        klass, select = compiler.klass_info, compiler.select
        first, last = klass["select_fields"][0], klass["select_fields"][-1] + 1
        names = [column[0].target.attname for column in select[first:last]]
        related = get_related_populators(klass, select, connection.alias)  # type: ignore[call-arg]
        return klass["model"], first, last, names, related

    def rows(self, *values: Value) -> list[tuple[Any, ...]]:
        """The rows for these values, in the order of the kinds."""
        return [tuple(row) for row in self._results(values)]

    def objects(self, *values: Value) -> list[Any]:
        """The same as objects of the model, for a queryset without ``values_list``.

        What ``select_related`` joins comes with them; what ``prefetch_related`` names does not.
        """
        model, first, last, names, related = self._shape
        made = []
        for row in self._results(values):
            one = model.from_db(connection.alias, names, row[first:last])
            for populator in related:
                populator.populate(row, one)
            for name, place in self._made.compiler.annotation_col_map.items():
                setattr(one, name, row[place])
            made.append(one)
        return made

    def _results(self, values: tuple[Value, ...]) -> Iterable[Any]:
        made = self._made
        given = [_adapted(value) for value in values]
        filled = [
            old if place is None else type(old)(given[place]) if isinstance(old, int) else given[place]
            for old, place in zip(made.params, made.places, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(made.sql, filled)
            found: Iterable[Any] = cursor.fetchall()
        if made.converters:
            found = made.compiler.apply_converters(found, made.converters)
        return found


def prefetch(row: Model, parts: Mapping[str, list[Any]]) -> None:
    """Leave rows that hang on another where ``prefetch_related`` leaves them."""
    cache: dict[str, QuerySet[Any]] = {}
    for name, found in parts.items():
        manager = getattr(row, name)
        rows = manager.get_queryset()
        rows._result_cache, rows._prefetch_done = found, True
        cache[name] = rows
    row._prefetched_objects_cache = {**getattr(row, "_prefetched_objects_cache", {}), **cache}  # type: ignore[attr-defined]
