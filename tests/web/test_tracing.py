"""Traces and metrics reach a real collector, name routes and duties, and nothing of people."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from motcua.core import tracing
from tests.support import demosite
from tests.support.house import ROOT
from tests.support.listener import Heard, Listener


def spans(heard: Heard) -> list[Any]:
    found = []
    for headers, body in heard.calls:
        if headers[":path"] == "/v1/traces":
            told = ExportTraceServiceRequest.FromString(body)
            found += [s for r in told.resource_spans for c in r.scope_spans for s in c.spans]
    return found


def metrics(heard: Heard) -> dict[str, set[str]]:
    """Names of the gauges and the readers that they tell of."""
    found: dict[str, set[str]] = {}
    for headers, body in heard.calls:
        if headers[":path"] == "/v1/metrics":
            told = ExportMetricsServiceRequest.FromString(body)
            for metric in (m for r in told.resource_metrics for c in r.scope_metrics for m in c.metrics):
                marks = {a.value.string_value for p in metric.gauge.data_points for a in p.attributes}
                found.setdefault(metric.name, set()).update(marks)
    return found


def attributes(span: Any) -> dict[str, Any]:
    return {a.key: a.value.string_value or a.value.int_value for a in span.attributes}


@pytest.mark.feature("61")
def test_requests_and_duties_are_told_to_a_collector(tmp_path: Path) -> None:
    with Listener() as heard:
        endpoint = re.sub(r"/news$", "", heard.url)
        with demosite.running(tmp_path / "home", MOTCUA_OTLP_ENDPOINT=endpoint) as site:
            assert httpx.get(f"{site.address}/thu-tuc/1.004873/").status_code == 200
            secret = {"code": "H43.23-260710-0099", "last4": "0123"}
            assert httpx.post(f"{site.address}/api/v1/track", json=secret).status_code == 404
            worker = subprocess.Popen(
                [sys.executable, "-m", "motcua.cli", "work", "--pause", "0.1"],
                env=site.environment, cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
            until = time.monotonic() + 60
            while time.monotonic() < until and not any(s.name == "duty log" for s in spans(heard)):
                time.sleep(0.2)
            os.killpg(worker.pid, signal.SIGTERM)
            assert worker.wait(30) == 0
        named = {s.name: attributes(s) for s in spans(heard)}
        assert named["GET /thu-tuc/<str:code>/"]["http.response.status_code"] == 200
        assert named["POST /api/v1/track"] == {
            "http.request.method": "POST", "http.route": "/api/v1/track", "http.response.status_code": 404,
        }  # fmt: skip
        assert named["duty log"]["count"] > 0
        told = metrics(heard)
        assert {"motcua.log.lag", "motcua.messages.waiting"} <= told.keys()
        assert "monitoring.rollups" in told["motcua.log.lag"]
        everything = b"".join(body for _, body in heard.calls)
        for word in (b"1.004873", b"0099", b"0123", b"127.0.0.1"):
            assert word not in everything


def test_without_a_collector_nothing_is_imported_or_told() -> None:
    code = "import motcua.wsgi, sys; sys.exit('opentelemetry' in sys.modules)"
    surroundings = {**os.environ, "DJANGO_SETTINGS_MODULE": "motcua.settings"}
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=surroundings).returncode == 0
    with tracing.span("work") as current:
        assert current is None
    tracing.done("work", 0, 1)
    tracing.end()
