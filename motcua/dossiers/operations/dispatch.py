"""The one door for actions by name: desk pages and API both come through here."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from motcua.core.actor import Actor
from motcua.core.periods import VIETNAM
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.dossiers.operations import consulting, deciding, fees, handling, intake, results, routing
from motcua.dossiers.operations.common import hold_unchecked
from motcua.dossiers.rules.menu import ACTION_FIELDS
from motcua.dossiers.rules.status import Action
from motcua.dossiers.rules.timeline import TITLES
from motcua.events.queries import newest_in

WORDS = {
    "reason", "clause", "ground", "answer", "step", "outcome", "username", "agency", "question", "how",
    "receipt",
}  # fmt: skip

OPERATIONS: dict[Action, Callable[..., None]] = {
    Action.RECEIVE: intake.receive,
    Action.REFUSE: intake.refuse,
    Action.REQUEST_SUPPLEMENT: intake.request_supplement,
    Action.SUPPLEMENT: intake.supplement,
    Action.ADD_PAPER: intake.add_paper,
    Action.ASSIGN: handling.assign,
    Action.COMPLETE_STEP: handling.complete_step,
    Action.CONSULT: consulting.consult,
    Action.ANSWER_CONSULTATION: consulting.answer_consultation,
    Action.DELIVER_DRAFT: handling.deliver_draft,
    Action.CONFIRM_DRAFT: handling.confirm_draft,
    Action.REJECT_DRAFT: handling.reject_draft,
    Action.SIGN: deciding.sign,
    Action.DECLINE: deciding.decline,
    Action.RETURN_RESULT: deciding.return_result,
    Action.REVOKE_RESULT: deciding.revoke_result,
    Action.CORRECT_RESULT: results.correct_result,
    Action.WITHDRAW: deciding.withdraw,
    Action.STOP: deciding.stop,
    Action.APOLOGISE: deciding.apologise,
    Action.TRANSFER: routing.transfer,
    Action.TAKE_FEE: fees.take_fee,
}


class UnknownAction(Refusal):
    """There is no such action."""

    code = "unknown_action"
    cause = Text("Không có hành động “{name}”.", "There is no action “{name}”.")
    next_step = Text("Xem danh sách actions của hồ sơ.", "See the dossier's list of actions.")
    status = 422


class BadParameter(Refusal):
    """A parameter has a wrong shape."""

    code = "bad_parameter"
    cause = Text("Tham số “{name}” không đúng dạng.", "Parameter “{name}” has a wrong shape.")
    next_step = Text("Sửa tham số rồi gửi lại.", "Correct the parameter and send again.")
    status = 422


def _moment(value: object) -> datetime:
    """A moment from ISO text; a plain day means its end of work (17:00)."""
    try:
        if isinstance(value, str) and len(value) == 10:
            return datetime.combine(date.fromisoformat(value), time(17), tzinfo=VIETNAM)
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        raise BadParameter(name="new_due_at") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def _amount(value: object) -> int:
    """Whole đồng; people write points and spaces between thousands. Nothing written is 0."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = re.sub(r"[\s.,\u00a0]|đồng|đ", "", value) if isinstance(value, str) else "?"
    if text == "":
        return 0
    if not re.fullmatch(r"[0-9]{1,12}", text):
        raise BadParameter(name="amount")
    return int(text)


def _days(value: object) -> int:
    """A number of days; nothing written is 0."""
    text = str(value).strip()
    if text and not re.fullmatch(r"[0-9]{1,3}", text):
        raise BadParameter(name="days")
    return int(text or 0)


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and len(value) <= 50 and all(isinstance(v, Mapping) for v in value)


def _parameter(name: str, value: object) -> Any:
    if name == "new_due_at":
        return _moment(value)
    if name == "days":
        return _days(value)
    if name == "amount":
        return _amount(value)
    if name in WORDS and isinstance(value, str):
        return value.replace("\x00", "")[:4000]
    if name in {"items", "papers"} and _is_rows(value):
        return value
    if name in {"findings", "corrections"} and isinstance(value, Mapping) and len(value) <= 50:
        return value
    raise BadParameter(name=name)


class ChangedMeanwhile(Refusal):
    """Somebody else acted on the dossier after this page was opened."""

    code = "changed_meanwhile"
    cause = Text(
        "Có người khác vừa làm việc với hồ sơ này sau khi bạn mở trang: {what_vi}.",
        "Somebody else has acted on this dossier since you opened the page: {what_en}.",
    )
    next_step = Text(
        "Xem lại hồ sơ như hiện nay rồi quyết định.", "Look at the dossier as it stands now, then decide."
    )


def act_as_seen(
    *, code: str, action: str, params: Mapping[str, Any], seen: str, actor: Actor, now: datetime
) -> str:
    """As ``act``, for a page that showed the dossier as it was after its event number ``seen``.

    Answers the kind of event that it left. Raises ``ChangedMeanwhile`` with what has happened since.
    """
    with transaction.atomic():
        hold_unchecked(code, actor)
        last = newest_in(f"dossier:{code}")
        if seen and last is not None and str(last.sequence) != seen:
            title = TITLES.get(last.kind, Text(last.kind, last.kind))
            raise ChangedMeanwhile(what_vi=title.vi.lower(), what_en=title.en.lower())
        act(code=code, action=action, params=params, actor=actor, now=now)
        left = newest_in(f"dossier:{code}")
        return left.kind if left else ""


def act(*, code: str, action: str, params: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """Carry out an action by its name; raises ``UnknownAction``, ``BadParameter`` or its own refusals."""
    try:
        operation, names = OPERATIONS[Action(action)], ACTION_FIELDS[Action(action)]
    except (ValueError, KeyError):
        raise UnknownAction(name=action[:40]) from None
    given = {n: _parameter(n, params[n]) for n in names if params.get(n) is not None}
    needed: dict[str, Any] = {
        "reason": "", "question": "", "answer": "", "agency": "", "items": [], "new_due_at": now,
        "corrections": {},
    }  # fmt: skip
    for name in names:
        if name not in given and name in needed and name not in _optional(Action(action)):
            given[name] = needed[name]
    operation(code=code, actor=actor, now=now, **given)


def _optional(action: Action) -> tuple[str, ...]:
    return {Action.WITHDRAW: ("reason",), Action.SUPPLEMENT: ("answer",)}.get(action, ())
