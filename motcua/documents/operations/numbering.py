"""Numbers of documents: one book an agency, kind and year, without gaps."""

from django.db import connection

from motcua.documents.models import NumberBook


def next_number(book: str) -> int:
    """The next number of a book; the row stays locked until the transaction ends, so none is lost."""
    table = connection.ops.quote_name(NumberBook._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (book, last) VALUES (%s, 1) "  # noqa: S608 - our own table name
            f"ON CONFLICT (book) DO UPDATE SET last = {table}.last + 1 RETURNING last",
            [book],
        )
        return int(cursor.fetchone()[0])
