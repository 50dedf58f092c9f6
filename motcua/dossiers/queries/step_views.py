"""The steps of a dossier as its readers get them."""

from datetime import datetime

from motcua.agencies.queries import AgencyRef
from motcua.catalogue.rules.pack import Pack
from motcua.core.texts import Text
from motcua.dossiers.queries.views import BLANK, StepView
from motcua.process.queries import StepRow
from motcua.process.rules.attesting import attests
from motcua.process.rules.definition import StepKind

NOT_OURS = frozenset({StepKind.CONFIRM, StepKind.RETURN})  # they end when the applicant comes
AD_HOC = Text("Ý kiến cơ quan khác", "Opinion of another agency")


def step_name(key: str, pack: Pack) -> Text:
    """The name of a step; of a question of an officer's own, what such questions are called."""
    return next((s.name for s in pack.process.steps if s.key == key), AD_HOC)


def step_view(row: StepRow, pack: Pack, agencies: dict[int, AgencyRef], now: datetime) -> StepView:
    """One step with its names."""
    defs = next((s.findings for s in pack.process.steps if s.key == row.key), ())
    return StepView(
        row.id, row.key, row.round, step_name(row.key, pack), row.kind, row.role,
        agencies[row.agency_id], row.state, row.opened_at, row.due_at, row.delivered_at, row.closed_at,
        row.assignee_name, row.findings, row.question, row.outcome,
        row.state == "open" and row.due_at < now, defs, _drafts(row.key, pack),
        row.kind not in NOT_OURS and row.state == "done" and (row.closed_at or now) > row.due_at,
        _back(row.key, pack),
    )  # fmt: skip


def _drafts(key: str, pack: Pack) -> bool:
    """True for the work that ends in the draft of a document: from here it is confirmed or signed."""
    kinds = {s.key: s.kind for s in pack.process.steps}
    after = next((s.next for s in pack.process.steps if s.key == key and s.kind == StepKind.HANDLE), ())
    to_read = {StepKind.CONFIRM, StepKind.SIGN}
    return pack.result is not None and any(kinds[edge.to] in to_read for edge in after)


def _back(key: str, pack: Pack) -> Text:
    """Where a step goes back to when what it attests is not so; blank where it attests nothing."""
    step = next((s for s in pack.process.steps if s.key == key), None)
    return step_name(step.on_reject, pack) if step and attests(step) and step.on_reject else BLANK
