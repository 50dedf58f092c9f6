"""What an officer writes down when a step is completed."""

from collections.abc import Mapping
from typing import Any

from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.dossiers.operations.common import Held
from motcua.process.queries import StepRow
from motcua.process.rules.definition import FindingDef


class FindingRefused(Refusal):
    """A finding that the step asks for is missing or not one of its choices."""

    code = "finding_refused"
    cause = Text("Mục “{label_vi}” chưa được ghi đúng.", "“{label_en}” was not filled in rightly.")
    next_step = Text("Ghi mục này rồi hoàn thành bước.", "Fill it in, then complete the step.")
    status = 422


def _finding(definition: FindingDef, raw: object) -> Any:
    """One finding, typed; raises ``FindingRefused``."""
    refused = FindingRefused(label_vi=definition.label.vi, label_en=definition.label.en)
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        if definition.required:
            raise refused
        return None
    if definition.type == "yes_no":
        if raw in (True, "yes", "true", "1", "on"):
            return True
        if raw in (False, "no", "false", "0"):
            return False
        raise refused
    if not isinstance(raw, str) or len(raw) > 4000:
        raise refused
    if definition.type == "choice" and raw not in {o.key for o in definition.options}:
        raise refused
    return raw.strip()


def clean_findings(held: Held, row: StepRow, given: Mapping[str, Any]) -> dict[str, Any]:
    """The findings of a step, each typed as its definition says; raises ``FindingRefused``."""
    return {d.key: _finding(d, given.get(d.key)) for d in held.pack.process.step(row.key).findings}
