"""Numbers of dossiers: gapless for each agency and day."""

from typing import Any

from django.db import connection


def next_number(agency: str, on: Any) -> int:
    """The next number of an agency's day; a rollback gives it back, so codes stay gapless."""
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO dossiers_dossiercounter (agency, "on", last) VALUES (%s, %s, 1) '
            'ON CONFLICT (agency, "on") DO UPDATE SET last = dossiers_dossiercounter.last + 1 RETURNING last',
            [agency, on],
        )
        return int(cursor.fetchone()[0])
