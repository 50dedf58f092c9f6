"""Keeping who looked at whose data, and putting it under the log's roots."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from motcua.core.actor import SYSTEM, Actor, Reading
from motcua.core.locks import Lock
from motcua.events.operations import append
from motcua.events.queries import newest_in
from motcua.events.rules import leaf, merkle_root
from motcua.reads.models import Read
from motcua.reads.queries import content_of
from motcua.reads.rules import SEALED, STREAM, key_of, mark

BATCH = 10_000  # rows under one root; what is left waits for the next turn


def log_reads(*, actor: Actor, readings: Sequence[Reading], via: str, now: datetime) -> None:
    """Keep what one answer shows of other people, in one statement; before the answer leaves.

    No lock is taken: rows of several readers are written side by side, their order is settled later.
    """
    if not readings:
        return
    if actor.user_id is None:
        raise ValueError("only accounts are shown other people's data")
    key = key_of(settings.KEYS.seal)
    posts = " ".join(sorted(f"{p.agency}:{p.role}" for p in actor.posts))
    rows = [
        Read(
            at=now, user_id=actor.user_id, posts=posts, kind=r.kind, subject=r.subject[:60],
            dossier=r.dossier[:40], listed=f" {' '.join(r.listed)} " if r.listed else "", via=via[:120],
            why=r.why[:40],
        )
        for r in readings
    ]  # fmt: skip
    for row in rows:
        row.mark = mark(key, content_of(row))
    Read.objects.bulk_create(rows)


def seal_reads(*, now: datetime) -> int:
    """Put the rows that stand under no root yet under one, and the root into the log; returns how many.

    Rows are taken by what they lack, not by their number: a row whose transaction ended late is taken
    by the next turn, and none is passed over.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(Lock.READ_SEAL)])
        rows = list(Read.objects.filter(batch__isnull=True).order_by("pk").values_list("pk", "mark")[:BATCH])
        if not rows:
            return 0
        before = newest_in(STREAM)
        batch = before.sequence + 1 if before else 1
        keys = [pk for pk, _ in rows]
        for start in range(0, len(keys), 500):
            Read.objects.filter(pk__in=keys[start : start + 500]).update(batch=batch)
        root = merkle_root([leaf(pk, made) for pk, made in rows])
        data = {"batch": batch, "count": len(rows), "first": keys[0], "last": keys[-1], "root": root}
        append(stream=STREAM, kind=SEALED, data=data, actor=SYSTEM, now=now)
    return len(rows)
