"""Examples of requests and answers, taken from a real run (``tests/web/api/test_examples.py``)."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _all() -> dict[str, dict[str, Any]]:
    text = files("motcua.web.api.v1").joinpath("examples.json").read_text("utf-8")
    found: dict[str, dict[str, Any]] = json.loads(text)
    return found


def examples(call: str) -> dict[str, Any]:
    """Of one call: ``request`` and answers by status; empty where it has no bodies of JSON."""
    return _all().get(call, {})
