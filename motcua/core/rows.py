"""Inserting rows by a statement that is made once for each model.

On the path of every filing the ORM's compiler costs more than the database; the fields still say how
their values are kept, so JSON, times and defaults come out as with ``Model.save``.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import (
    AutoField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    UUIDField,
)

M = TypeVar("M", bound=Model)


@cache
def _fields(model: type[Model]) -> tuple["Field[Any, Any]", ...]:
    return tuple(f for f in model._meta.local_concrete_fields if not isinstance(f, AutoField))


@cache
def _statement(model: type[Model], source: str) -> str:
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(str(f.column)) for f in _fields(model))
    marks = ", ".join(["%s"] * len(_fields(model)))
    values = f"SELECT {marks} FROM {source}" if source else f"VALUES ({marks})"  # noqa: S608 - ours
    table, key = quoted(model._meta.db_table), quoted(str(model._meta.pk.column))
    return f"INSERT INTO {table} ({names}) {values} RETURNING {key}"


def insert(row: M, *, source: str = "") -> M:
    """Insert a new row and give it its key. Raises ``IntegrityError`` as ``save`` does.

    ``source``: a relation of one row to select the values from (PostgreSQL evaluates it before the row
    gets its number), never anything that came from outside.
    """
    model = type(row)
    values = [f.get_db_prep_save(f.pre_save(row, True), connection) for f in _fields(model)]
    with connection.cursor() as cursor:
        cursor.execute(_statement(model, source), values)
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias
    return row


_PLAIN = (CharField, BooleanField, IntegerField, ForeignKey)  # kept as they are on both databases


def _kept_as(field: "Field[Any, Any]") -> Callable[[Any], Any] | None:
    """How a value of this field is handed to the driver; None: as it is."""
    if isinstance(field, DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, DateField):
        return connection.ops.adapt_datefield_value
    if isinstance(field, UUIDField):
        return None if connection.features.has_native_uuid_field else (lambda value: value.hex)
    if isinstance(field, _PLAIN):
        return None
    raise TypeError(f"{field}: rows in bulk hold plain values only")


@cache
def _many(model: type[Model], unique: str) -> str:
    quoted = connection.ops.quote_name
    sql = _statement(model, "").partition(" RETURNING ")[0]
    if not unique:
        return sql
    others = [quoted(str(f.column)) for f in _fields(model) if f.name != unique]
    new = ", ".join(f"{name} = EXCLUDED.{name}" for name in others)
    return f"{sql} ON CONFLICT ({quoted(unique)}) DO UPDATE SET {new}"


def _value(row: Model, name: str, keep: Callable[[Any], Any] | None) -> Any:
    value = getattr(row, name)
    return value if keep is None or value is None else keep(value)


def insert_many(rows: Sequence[Model], *, unique: str = "") -> None:
    """Insert rows of one model, many times faster than ``bulk_create``; their keys stay unset.

    With ``unique`` (a unique field) a row that is there takes the new values and keeps its key.
    Fields without plain values (JSON, bytes) are refused with ``TypeError``.
    """
    if not rows:
        return
    model = type(rows[0])
    columns = [(f.attname, _kept_as(f)) for f in _fields(model)]
    if connection.vendor == "postgresql" and unique:
        rows = sorted(rows, key=lambda row: str(getattr(row, unique)))  # locks in one order
    values = [[_value(row, name, keep) for name, keep in columns] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(_many(model, unique), values)
