"""Finding signals, forgetting old ones, and the agency's answer."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count

from motcua.core.actor import SYSTEM, Actor, Role
from motcua.core.periods import local_day, start_of
from motcua.core.refusals import NotFound
from motcua.dossiers.queries import decided_before_filed, filed_from, self_filed
from motcua.events.operations import append
from motcua.monitoring.gateways import thresholds
from motcua.monitoring.models import Signal, Standing
from motcua.monitoring.rules.signals import (
    Filing,
    Found,
    SignalKind,
    Thresholds,
    bursts,
    bursts_of_places,
)
from motcua.voice.rules.petitions import written

MOST_CODES = 200
LOOK_BACK = timedelta(days=62)


def find_signals(*, now: datetime) -> int:
    """Look at the last two months, keep what is found (again: up to date), delete what is a year old."""
    today = local_day(now)
    limits, since = thresholds(today), start_of(today - LOOK_BACK)
    filings = (Filing(*row) for row in self_filed(since, actor=SYSTEM))
    placed = (
        Filing(account, agency, at, code, place)
        for place, account, agency, at, code in filed_from(since, actor=SYSTEM)
    )
    found = [*bursts(filings, limits), *bursts_of_places(placed, limits)]
    found += [*_typed(since.date(), limits), *_after(since)]
    with transaction.atomic():
        Signal.objects.filter(last__lt=today - timedelta(days=limits.kept_days)).delete()
        for one in found:
            keep_signal(found=one, now=now)
    return len(found)


def keep_signal(*, found: Found, now: datetime) -> int:
    """Keep one signal under its key; its answer stays. Returns its row."""
    values = {
        "kind": found.kind.value,
        "agency_id": found.agency_id,
        "first": found.first,
        "last": found.last,
        "count": len(found.codes),
        "codes": list(found.codes[:MOST_CODES]),
    }
    row, _ = Signal.objects.update_or_create(
        key=found.key, defaults=values, create_defaults={**values, "found_at": now}
    )
    return int(row.pk)


def _typed(since: date, limits: Thresholds) -> Iterable[Found]:
    """Online, typed in by an officer: so many in a month at one agency."""
    month = (since.replace(day=28) + timedelta(days=4)).replace(day=1)
    typed = Standing.objects.filter(received_on__gte=month, channel=2, filed_by="officer")
    months = typed.values("agency_id", "received_on__year", "received_on__month")
    crowded = months.annotate(n=Count("id")).filter(n__gte=limits.typed_online_a_month)
    for one in crowded.order_by("agency_id", "received_on__year", "received_on__month"):
        first = date(one["received_on__year"], one["received_on__month"], 1)
        last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        mine = typed.filter(agency_id=one["agency_id"], received_on__range=(first, last))
        codes = tuple(mine.order_by("received_on", "pk").values_list("code", flat=True))
        key = f"typed:{one['agency_id']}:{first:%Y-%m}"
        yield Found(SignalKind.TYPED, one["agency_id"], key, first, last, codes)


def _after(since: datetime) -> Iterable[Found]:
    """Received after the end, by agency and month."""
    groups: dict[tuple[int, date], list[tuple[date, str]]] = {}
    for agency_id, at, code in decided_before_filed(since, actor=SYSTEM):
        day = local_day(at)
        groups.setdefault((agency_id, day.replace(day=1)), []).append((day, code))
    for (agency_id, month), rows in groups.items():
        codes = tuple(code for _, code in rows)
        key = f"after:{agency_id}:{month:%Y-%m}"
        yield Found(SignalKind.AFTER, agency_id, key, rows[0][0], rows[-1][0], codes)


@transaction.atomic
def answer_signal(*, signal_id: int, words: str, actor: Actor, now: datetime) -> None:
    """The leader of the agency answers, once. Raises ``NotFound``, ``WordsNeeded``."""
    row = Signal.objects.select_for_update().select_related("agency").filter(pk=signal_id).first()
    closed = row is None or row.answered_at
    if row is None or closed or row.agency_id not in actor.agency_ids(Role.LEADER):
        raise NotFound
    row.answer, row.answered_at, row.answered_by_id = written(words, most=2000), now, actor.user_id
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    data = {"agency": row.agency.identifier, "kind": row.kind, "key": row.key}
    append(stream=f"signal:{row.pk}", kind="signal.answered", data=data, actor=actor, now=now)
