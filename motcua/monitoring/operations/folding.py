"""Sums of many tallies, kept ready: the cubes, and joining tallies of one cell into one row."""

from datetime import datetime
from itertools import islice

from django.db import connection, transaction
from django.db.models import Count, Max, Min, Sum

from motcua.monitoring.models import Cube, Folded, Tally
from motcua.monitoring.operations.counting import KIND, alone
from motcua.monitoring.rules.cubes import KINDS, CubeKind
from motcua.monitoring.rules.definitions import ROLLED
from motcua.monitoring.rules.profile import stamp

STEP = 200_000  # tallies folded at a time
_SUMS = ("numerator", "denominator", "excluded")
_CELL = ("received_on", "since_on", *KIND, "profile_id")
# the first day of the day, month or year in which a dossier was received, and the last one
# first and last day of the day, month or year in which a dossier was received
_RECEIVED = "t.received_on"
_MONTH, _YEAR = f"date_trunc('month', {_RECEIVED})", f"date_trunc('year', {_RECEIVED})"
_POSTGRESQL = {
    "d": (_RECEIVED, _RECEIVED),
    "m": (f"{_MONTH}::date", f"({_MONTH} + interval '1 month - 1 day')::date"),
    "y": (f"{_YEAR}::date", f"({_YEAR} + interval '1 year - 1 day')::date"),
}
_SQLITE = {
    "d": (_RECEIVED, _RECEIVED),
    "m": tuple(f"date({_RECEIVED}, 'start of month'{end})" for end in ("", ", '+1 month', '-1 day'")),
    "y": tuple(f"date({_RECEIVED}, 'start of year'{end})" for end in ("", ", '+1 year', '-1 day'")),
}


def folded(now: datetime) -> Folded:
    """The row that says how far the cubes go; made when there is none."""
    row = Folded.objects.order_by("pk").first()
    return row or Folded.objects.create(last_id=0, registry=stamp(ROLLED), built_at=now)


def fold(*, now: datetime) -> int:
    """Add the tallies that came since to the cubes; returns how many. No answer changes by it."""
    done = 0
    while True:
        with transaction.atomic():
            alone()
            row = folded(now)
            newest = Tally.objects.filter(pk__gt=row.last_id).order_by("pk")[:STEP].aggregate(last=Max("pk"))
            if newest["last"] is None:
                return done
            done += Tally.objects.filter(pk__gt=row.last_id, pk__lte=newest["last"]).count()
            _add_to_cubes(row.last_id, newest["last"])
            Folded.objects.filter(pk=row.pk).update(last_id=newest["last"])


def _add_to_cubes(after: int, last: int) -> None:
    with connection.cursor() as cursor:
        for kind in KINDS:
            for grain in kind.grains:
                cursor.execute(_statement(kind, grain), [after, last, *kind.only])


def _statement(kind: CubeKind, grain: str) -> str:
    """One upsert for a kind and grain; every name in it is ours, every value a parameter."""
    dialect = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
    later = "GREATEST" if connection.vendor == "postgresql" else "MAX"
    start, end = dialect[grain]
    only = f"AND j.definition IN ({', '.join(['%s'] * len(kind.only))})" if kind.only else ""
    root = "t.root" if kind.by_root else "''"
    agency = "t.agency_id" if kind.by_agency else "0"
    place = "t.place" if kind.by_agency else "''"
    procedure = "t.procedure" if kind.by_procedure else "''"
    return f"""
        INSERT INTO monitoring_cube (kind, grain, definition, revision, start, since_on, root, agency,
                                     procedure, place, reason, numerator, denominator, excluded)
        SELECT '{kind.name}', '{grain}', j.definition, j.revision, {start}, {later}(t.since_on, {end}),
               {root}, {agency}, {procedure}, {place}, j.reason,
               SUM(CASE WHEN j.measured THEN t.minutes * j.denominator ELSE t.count * j.numerator END),
               SUM(t.count * j.denominator), SUM(t.count * j.excluded)
        FROM monitoring_tally t JOIN monitoring_judgement j ON j.profile_id = t.profile_id
        WHERE t.id > %s AND t.id <= %s {only}
        GROUP BY 3, 4, 5, 6, 7, 8, 9, 10, 11
        ON CONFLICT (kind, grain, definition, revision, start, root, agency, procedure, place,
                     since_on, reason)
        DO UPDATE SET numerator = monitoring_cube.numerator + EXCLUDED.numerator,
                      denominator = monitoring_cube.denominator + EXCLUDED.denominator,
                      excluded = monitoring_cube.excluded + EXCLUDED.excluded"""  # noqa: S608


def compact(*, now: datetime) -> int:
    """Join folded tallies of one cell into one row and drop empty ones; returns the rows saved."""
    saved = 0
    with transaction.atomic():
        alone()
        old = Tally.objects.filter(pk__lte=folded(now).last_id)
        cells = old.values(*_CELL).annotate(
            rows=Count("id"), keep=Min("id"), n=Sum("count"), m=Sum("minutes"), last=Max("id")
        )
        crowded = cells.filter(rows__gt=1).order_by(*_CELL).iterator()
        while chunk := list(islice(crowded, 1000)):
            for cell in chunk:
                same = old.filter(**{name: cell[name] for name in _CELL})
                gone, _ = same.exclude(pk=cell["keep"]).delete()
                if cell["n"] or cell["m"]:
                    Tally.objects.filter(pk=cell["keep"]).update(count=cell["n"], minutes=cell["m"])
                else:
                    gone += Tally.objects.filter(pk=cell["keep"]).delete()[0]
                saved += gone
        Cube.objects.filter(**dict.fromkeys(_SUMS, 0)).delete()
    return saved
