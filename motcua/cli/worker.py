"""The worker: five loops in threads of one process, so that a slow mail server delays no count.

``log`` applies events to their readers and does the sweeps that are due, ``messages`` sends the
outbox, ``hooks`` calls systems that listen, ``papers`` has uploads scanned, ``jobs`` runs queued
background tasks. An idle turn costs a few reads; a turn that did something is followed at once by the next.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from motcua.cli import now
from motcua.core import tracing
from motcua.core.sweeps import sweeps

logger = logging.getLogger("motcua.worker")
STUCK = timedelta(minutes=15)  # a job RUNNING longer than this lost its worker


@dataclass
class Duties:
    """The sweeps and when each is due next."""

    due: dict[str, datetime] = field(default_factory=dict)

    def turn(self, at: datetime) -> int:
        """Do every sweep that is due at ``at``; a failing one is logged and waits its time."""
        done = 0
        for sweep in sweeps():
            if self.due.get(sweep.name, at) > at:
                continue
            self.due[sweep.name] = at + sweep.every
            try:
                done += sweep.run(at)
            except Exception:
                logger.exception("sweep %s failed; it is tried again in %s", sweep.name, sweep.every)
        return done


def read_log(duties: Duties) -> int:
    """One turn of the ``log`` loop."""
    from motcua.events.operations import run_readers

    return run_readers(now=now()) + duties.turn(now())


def send_messages() -> int:
    """One turn of the ``messages`` loop."""
    from motcua.notices.operations import send_due

    counts = send_due(now=now())
    return int(getattr(counts, "sent", 0))


def call_listeners() -> int:
    """One turn of the ``hooks`` loop: news for systems that listen."""
    from motcua.notices.operations import call_due

    return call_due(now=now()).sent


def scan_papers() -> int:
    """One turn of the ``papers`` loop: papers in quarantine go to the virus scanner."""
    from motcua.documents.operations import scan_due

    counts = scan_due(now=now())
    return counts.clean + counts.refused


def run_jobs() -> int:
    """One turn of the ``jobs`` loop: all tasks that are ready. The task library's own loop ends
    when SQLite stays locked; called in batches from ours, it does not have to survive that.
    """
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    if not DBTaskResult.objects.ready().exists():
        return 0
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=100,
        worker_id=f"motcua-{threading.get_ident()}",
        excluded_queue_names=[],
    )
    worker.run()
    return 1


def free_stuck_jobs(at: datetime) -> int:
    """Queue again the jobs whose worker was killed; jobs may be done twice without harm."""
    from django_tasks_db.models import DBTaskResult

    lost = DBTaskResult.objects.filter(status="RUNNING", started_at__lt=at - STUCK)
    return int(lost.update(status="READY", started_at=None))


def seal(at: datetime) -> int:
    """Sign what was appended since the last seal."""
    from motcua.events.operations import seal_log

    return int(seal_log(now=at) is not None)


def readers_behind() -> list[tracing.Reading]:
    """How many events each reader of the log has before it."""
    from motcua.events import queries, registry

    return [(queries.lag(reader), {"reader": reader.name}) for reader in registry.readers()]


def messages_waiting() -> list[tracing.Reading]:
    """How many messages wait to be sent."""
    from motcua.notices.queries import waiting

    return [(waiting(), {})]


def loop(name: str, turn: Callable[[], int], stop: threading.Event, pause: float) -> None:
    """Take turns until ``stop``; an error costs a pause of at most 30 s, never the loop."""
    from django.db import connection

    errors = 0
    while not stop.is_set():
        wait, began = pause, time.time_ns()
        try:
            count = turn()
            if count > 0:
                wait = 0.0
                tracing.done(f"duty {name}", began, time.time_ns(), count=count)
            errors = 0
        except Exception:
            errors += 1
            wait = min(30.0, 0.5 * 2**errors)
            logger.exception("%s: a turn failed, the next follows in %.1f s", name, wait)
            connection.close()
        stop.wait(wait)
    connection.close()


def work(stop: threading.Event, pause: float, patience: float = 15.0) -> None:
    """Run the loops until ``stop`` is set; wait ``patience`` seconds for turns under way."""
    from django.conf import settings

    from motcua.core.sweeps import Sweep, register

    tracing.start("motcua-worker", settings.OTLP_ENDPOINT)
    tracing.watch("motcua-worker", settings.OTLP_ENDPOINT, {
        "motcua.log.lag": readers_behind, "motcua.messages.waiting": messages_waiting,
    })  # fmt: skip
    register(Sweep("jobs.free_stuck", timedelta(minutes=1), free_stuck_jobs))
    register(Sweep("events.seal", timedelta(hours=1), seal))
    duties = Duties()
    turns = {
        "log": lambda: read_log(duties),
        "messages": send_messages,
        "hooks": call_listeners,
        "papers": scan_papers,
        "jobs": run_jobs,
    }
    threads = [
        threading.Thread(target=loop, args=(name, turn, stop, pause), name=name, daemon=True)
        for name, turn in turns.items()
    ]
    for thread in threads:
        thread.start()
    logger.info("worker started: %s; sweeps: %s", ", ".join(turns), ", ".join(s.name for s in sweeps()))
    stop.wait()
    deadline = time.monotonic() + patience
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    tracing.end()
