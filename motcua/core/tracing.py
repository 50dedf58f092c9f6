"""What the program does and for how long, told to a collector by OpenTelemetry (OTLP over HTTP).

Off unless ``MOTCUA_OTLP_ENDPOINT`` names a collector; then nothing is imported and a span costs nothing.
Names are routes and duties, never addresses with codes in them: no personal data leaves.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Told = str | int | bool
Reading = tuple[int, dict[str, Told]]

_tracer: Any = None
_ended: list[Callable[[], Any]] = []


def start(service: str, endpoint: str) -> None:
    """Tell the collector at ``endpoint`` (``http://host:4318``) what this process does from now on."""
    global _tracer
    if not endpoint or _tracer is not None:
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": service}))
    exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=5)
    provider.add_span_processor(BatchSpanProcessor(exporter, schedule_delay_millis=1_000))
    _tracer = provider.get_tracer("motcua")
    _ended.append(provider.shutdown)


def watch(service: str, endpoint: str, gauges: dict[str, Callable[[], list[Reading]]]) -> None:
    """Tell the collector every 15 seconds what each gauge reads, with its marks."""
    if not endpoint:
        return
    from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
    from opentelemetry.metrics import CallbackOptions, Observation
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
    from opentelemetry.sdk.resources import Resource

    exporter = OTLPMetricExporter(endpoint=f"{endpoint.rstrip('/')}/v1/metrics", timeout=5)
    reader = PeriodicExportingMetricReader(exporter, export_interval_millis=15_000)
    provider = MeterProvider([reader], resource=Resource.create({"service.name": service}))
    meter = provider.get_meter("motcua")

    def observing(read: Callable[[], list[Reading]]) -> Callable[[CallbackOptions], list[Observation]]:
        return lambda _options: [Observation(value, dict(marks)) for value, marks in read()]

    for name, read in gauges.items():
        meter.create_observable_gauge(name, callbacks=[observing(read)])
    _ended.append(provider.shutdown)


def end() -> None:
    """Send what is still held, before the process ends."""
    while _ended:
        _ended.pop()()


@contextmanager
def span(name: str, **told: Told) -> Iterator[Any]:
    """A piece of work with a name; what it yields takes more (``set_attribute``), or is None when off."""
    if _tracer is None:
        yield None
        return
    with _tracer.start_as_current_span(name, attributes=told) as current:
        yield current


def done(name: str, began: int, ended: int, **told: Told) -> None:
    """A piece of work that has ended; both times are nanoseconds since 1970, read by the edge."""
    if _tracer is not None:
        _tracer.start_span(name, start_time=began, attributes=told).end(ended)


class TraceId(logging.Filter):
    """Gives every line of the log the trace that it belongs to, or nothing."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add ``trace``; no line is held back."""
        record.trace = ""
        if _tracer is not None:
            from opentelemetry.trace import get_current_span

            context = get_current_span().get_span_context()
            record.trace = f" trace={context.trace_id:032x}" if context.is_valid else ""
        return True
