"""Inserting one row by a statement that is made once for each model.

On the path of every filing the ORM's compiler costs more than the database; the fields still say how
their values are kept, so JSON, times and defaults come out as with ``Model.save``.
"""

from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import AutoField, Field, Model

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
