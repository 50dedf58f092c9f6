"""Who holds a dossier, as whoever has its code and four digits may know it.

Which agency is asked, and what a step is called, may say something of the person (a former residence, an
earlier marriage that was intended). So only the agencies that receive and decide are named, and only the kind
of work.
"""

from collections.abc import Sequence

from motcua.agencies.queries import agencies_by_id
from motcua.core.texts import Text
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.views import BLANK, Holder
from motcua.dossiers.rules.status import Status
from motcua.process.queries import StepRow
from motcua.process.rules.definition import StepKind

KINDS = {
    StepKind.INTAKE: Text("Xem và tiếp nhận hồ sơ", "Looking at it, to receive it"),
    StepKind.HANDLE: Text("Đang xử lý", "Being handled"),
    StepKind.CONSULT: Text("Đang hỏi ý kiến cơ quan khác", "Another agency is being asked"),
    StepKind.CONFIRM: Text("Xem bản thảo kết quả", "Looking at the draft of the result"),
    StepKind.SIGN: Text("Trình ký", "To be signed"),
    StepKind.RETURN: Text("Trả kết quả", "Giving the result"),
}


def holders_of(dossier: Dossier, steps: Sequence[StepRow]) -> tuple[Holder, ...]:
    """Where the live steps of a dossier are; each answer once."""
    names = {i: a.name for i, a in agencies_by_id({dossier.agency_id, dossier.receiving_id}).items()}
    return tuple(dict.fromkeys(_holder(s, dossier, names.get(s.agency_id, BLANK)) for s in steps))


def _holder(step: StepRow, dossier: Dossier, name: Text) -> Holder:
    asked = step.kind == StepKind.CONSULT
    waits = dossier.status == Status.SUPPLEMENT and step.state == "waiting" and not asked
    if waits or step.kind == StepKind.CONFIRM:
        return Holder(KINDS[StepKind(step.kind)], name, step.due_at, applicant=True)
    if asked or name == BLANK:
        return Holder(KINDS[StepKind.CONSULT], BLANK, None, applicant=False)
    return Holder(KINDS[StepKind(step.kind)], name, step.due_at, applicant=False)
