"""For machines that watch the site: alive, ready, metrics."""

from django.db.utils import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.events import queries as events
from motcua.events.registry import readers


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """200 while the process answers; asks nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers with its tables, else 503.

    ``readers`` says how far each reader of the log is behind: a worker that has stopped is seen here,
    but pages still answer, so it does not make the site unready.
    """
    try:
        behind = _behind()
    except DatabaseError:
        return JsonResponse({"ready": False, "checks": {"database": "unreachable"}}, status=503)
    return JsonResponse({"ready": True, "checks": {"database": "ok"}, "readers": behind})


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text: this process, and how far the readers of the log are behind."""
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

    own = CollectorRegistry()
    gauge = Gauge("motcua_reader_behind_events", "Ids of the log before a reader", ["reader"], registry=own)
    try:
        for name, count in _behind().items():
            gauge.labels(name).set(count)
    except DatabaseError:
        gauge.clear()
    return HttpResponse(generate_latest() + generate_latest(own), content_type=CONTENT_TYPE_LATEST)


def _behind() -> dict[str, int]:
    """Ids between each reader's place and the end of the log: two cheap look-ups a reader."""
    last = events.last_event_id()
    return {reader.name: max(0, last - events.position(reader)) for reader in readers()}
