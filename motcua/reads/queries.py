"""Who looked at whose data, and the proof that nobody changed it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db.models import QuerySet

from motcua.core.actor import Actor
from motcua.core.periods import start_of
from motcua.core.refusals import NotFound
from motcua.events.queries import stream_events
from motcua.events.rules import leaf, merkle_root
from motcua.reads.models import Read
from motcua.reads.rules import STREAM, filed_on, key_of, mark

MOST_PROBLEMS = 100
CHUNK = 2000


@dataclass(frozen=True, slots=True)
class ReadView:
    """One look: who (account, posts then held), what, when, by which page or call, and why.

    ``listed`` counts the dossiers of a list; ``dossier`` is empty there.
    """

    id: int
    at: datetime
    user_id: int
    posts: tuple[str, ...]
    kind: str
    subject: str
    dossier: str
    listed: int
    via: str
    why: str


@dataclass(frozen=True, slots=True)
class ReadsReport:
    """What ``verify_reads`` found; ``waiting`` rows stand under no root yet."""

    problems: tuple[str, ...]
    reads: int
    batches: int
    waiting: int


def content_of(row: Read) -> dict[str, object]:
    """The content of a row as it is marked."""
    return {
        "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"), "user": row.user_id,
        "posts": row.posts, "kind": row.kind, "subject": row.subject, "dossier": row.dossier,
        "listed": row.listed, "via": row.via, "why": row.why,
    }  # fmt: skip


def _view(row: Read) -> ReadView:
    return ReadView(
        row.pk, row.at, row.user_id, tuple(row.posts.split()), row.kind, row.subject, row.dossier,
        len(row.listed.split()), row.via, row.why,
    )  # fmt: skip


def _narrowed(
    rows: "QuerySet[Read]", user_id: int | None, since: datetime | None, until: datetime | None
) -> "QuerySet[Read]":
    if user_id is not None:
        rows = rows.filter(user_id=user_id)
    if since is not None:
        rows = rows.filter(at__gte=since)
    return rows if until is None else rows.filter(at__lt=until)


def reads(
    *, actor: Actor, dossier: str = "", paper: str = "", user_id: int | None = None,
    since: datetime | None = None, until: datetime | None = None, limit: int = 200,
) -> tuple[ReadView, ...]:  # fmt: skip
    """Looks at a dossier (its papers, drafts and results, and lists that showed it) or at a paper, or
    those of an account; newest first, at most ``limit``; ``since`` ≤ at < ``until``.

    Only the platform itself asks so far (``NotFound`` for everybody else).
    """
    if actor.kind != "system":
        raise NotFound
    rows = _narrowed(Read.objects.all(), user_id, since, until)
    if paper:
        rows = rows.filter(kind="paper", subject=paper)
    found = list((rows.filter(dossier=dossier) if dossier else rows).order_by("-at", "-pk")[:limit])
    if dossier and not paper:
        lists = rows.filter(kind="list", listed__contains=f" {dossier} ")
        filed = filed_on(dossier)
        if filed is not None:  # no list can show it before it was filed
            lists = lists.filter(at__gte=start_of(filed))
        found += lists.order_by("-at", "-pk")[:limit]
    found.sort(key=lambda row: (row.at, row.pk), reverse=True)
    return tuple(_view(row) for row in found[:limit])


def _unmarked(rows: Iterable[Read], key: bytes) -> list[str]:
    return [
        f"read {row.pk}: its content was changed after it was written, or it is forged"
        for row in rows
        if mark(key, content_of(row)) != row.mark
    ]


def verify_reads() -> ReadsReport:
    """Check every mark, every root that the log holds, and that no row stands under a root of its own."""
    key, problems, seen = key_of(settings.KEYS.seal), list[str](), 0
    known: set[int] = set()
    for event in stream_events(STREAM):
        batch, told = int(event.data["batch"]), event.data
        rows = list(Read.objects.filter(batch=batch).order_by("pk"))
        seen, known = seen + len(rows), known | {batch}
        problems += _unmarked(rows, key)
        if len(rows) != told["count"]:
            problems.append(f"batch {batch}: {told['count']} reads were sealed, {len(rows)} are there")
        elif merkle_root([leaf(r.pk, r.mark) for r in rows]) != told["root"]:
            problems.append(f"batch {batch}: the reads are not those that were sealed")
    newest = max(known, default=0)
    stray = Read.objects.filter(batch__gt=newest).order_by("pk").values_list("pk", flat=True)
    problems += [f"read {pk}: stands under a root that the log does not know" for pk in stray[:MOST_PROBLEMS]]
    waiting = Read.objects.filter(batch__isnull=True).order_by("pk")
    count = 0
    for row in waiting.iterator(chunk_size=CHUNK):
        count += 1
        problems += _unmarked((row,), key)
    return ReadsReport(tuple(problems[:MOST_PROBLEMS]), seen + count, len(known), count)
