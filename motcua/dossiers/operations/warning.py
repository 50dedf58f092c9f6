"""Warning the officers of a dossier whose date nears and that owes an apology if it cannot be kept."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from motcua.agencies.queries import agency_by_id, holders
from motcua.core.actor import SYSTEM, Role
from motcua.dossiers.operations.common import Held, hold_unchecked, keep
from motcua.dossiers.rules.status import Status
from motcua.notices.operations import queue
from motcua.people.queries import contact_of_user
from motcua.process import operations as process

HANDLED = frozenset({Status.RECEIVED, Status.IN_PROCESS})


@transaction.atomic
def warn_of_due(*, code: str, now: datetime) -> None:
    """Tell those who have the dossier that its date nears, once for each date; its event says how many."""
    held = hold_unchecked(code, SYSTEM)
    process.warned(reference=code, now=now)
    if held.case.status not in HANDLED or held.case.apologies:
        return
    users = _who(held, now)
    for user_id in sorted(users):
        _tell(held, user_id, now)
    keep(held, "dossier.due_warned", {"told": len(users)}, now)


def _who(held: Held, now: datetime) -> set[int]:
    """The officers of its open steps (the one it was given to, else all who hold the role), and the desk."""
    receiving = held.dossier.receiving_id
    users = {h.user_id for h in holders(receiving, Role.DESK, now=now)}
    for step in held.case.steps:
        if step.waiting or step.role == "applicant":
            continue
        if step.assignee_id is not None:
            users.add(step.assignee_id)
        else:
            users |= {h.user_id for h in holders(step.agency_id, Role(step.role), now=now)}
    return users


def _tell(held: Held, user_id: int, now: datetime) -> None:
    dossier, contact = held.dossier, contact_of_user(user_id)
    queue(
        key=f"due:{dossier.code}:{dossier.due_at:%Y%m%d%H%M}:{user_id}", user_id=user_id, channels=("inbox",),
        template="due", locale=contact.locale, reference=dossier.code, now=now,
        context={
            "code": dossier.code, "procedure": held.pack.name.to(contact.locale), "due_at": dossier.due_at,
            "late": dossier.due_at is not None and now > dossier.due_at,
            "agency": agency_by_id(dossier.agency_id).name.to(contact.locale),
            "link": f"{settings.PUBLIC_URL}/mot-cua/{dossier.code}/",
        },
    )  # fmt: skip
