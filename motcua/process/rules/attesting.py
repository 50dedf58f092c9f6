"""Attestations: what whoever completes a step vouches for. Anything but “yes” does not complete it."""

from collections.abc import Mapping
from typing import Any

from motcua.process.rules.definition import FindingDef, StepDef


def attests(step: StepDef) -> bool:
    """True when whoever completes the step vouches for something."""
    return any(f.no == "stops" for f in step.findings)


def denied(step: StepDef, findings: Mapping[str, Any]) -> FindingDef | None:
    """The first attestation of a step that was not given; None when nothing stands against completing it."""
    return next((f for f in step.findings if f.no == "stops" and findings.get(f.key) is not True), None)
