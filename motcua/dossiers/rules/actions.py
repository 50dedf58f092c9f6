"""Who may do what to a dossier, now, and why not: one answer for pages, API and operations."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from motcua.core.actor import Actor, Role
from motcua.core.refusals import Refusal
from motcua.dossiers.rules.refused import (
    ApologyUsed,
    FourEyes,
    NoPaperAwaited,
    NoSuchStep,
    NothingOwed,
    NothingToRevoke,
    NotYours,
    OwnRequest,
    SupplementUsed,
)
from motcua.dossiers.rules.status import Action, NotInThisStatus, Status, after

SUPPLEMENTS_ALLOWED = 1  # at most once for the whole handling [M]; later requests count as late (766)


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that is open or waiting."""

    id: int
    key: str
    round: int
    kind: str
    role: str
    agency_id: int
    waiting: bool
    assignee_id: int | None = None
    delivered: bool = False
    returns: bool = False  # the process says where a draft goes that is sent back from here


@dataclass(frozen=True, slots=True)
class Case:
    """What the rules need to know of a dossier."""

    status: Status
    received: bool
    supplements: int
    apologies: int
    agency_id: int
    receiving_id: int
    is_applicant: bool
    steps: tuple[OpenStep, ...] = ()
    makers: frozenset[int] = frozenset()  # users who completed a handling step
    has_result: bool = False
    result_revoked: bool = False
    awaited: frozenset[str] = frozenset()  # papers that were promised for later
    fee: int | None = None  # owed, in whole đồng; None: not known
    fee_taken: int = 0

    def open(self, kind: str) -> tuple[OpenStep, ...]:
        """Steps of a kind that may be worked on now."""
        return tuple(s for s in self.steps if s.kind == kind and not s.waiting)


_WHO = {
    Role.DESK: ("bộ phận một cửa", "the one-stop desk"),
    Role.SPECIALIST: ("công chức xử lý", "the specialist"),
    Role.SIGNATORY: ("người ký", "the signatory"),
}
_APPLICANT = ("người nộp hồ sơ", "the applicant")


def _must_hold(actor: Actor, role: Role, agency_id: int) -> None:
    if not actor.has_role(role, [agency_id]):
        vi, en = _WHO[role]
        raise NotYours(who_vi=vi, who_en=en)


def _must_hold_any(actor: Actor, roles: tuple[Role, ...], agency_ids: tuple[int, ...]) -> None:
    if not any(actor.has_role(role, agency_ids) for role in roles):
        names = [_WHO[r] for r in roles if r in _WHO]
        raise NotYours(who_vi=" / ".join(n[0] for n in names), who_en=" / ".join(n[1] for n in names))


def _must_be_applicant(case: Case) -> None:
    if not case.is_applicant:
        raise NotYours(who_vi=_APPLICANT[0], who_en=_APPLICANT[1])


def may_work(step: OpenStep, actor: Actor) -> bool:
    """True when the actor holds the step's role at its agency, and it is nobody else's."""
    held = any(p.role.value == step.role and p.agency_id == step.agency_id for p in actor.posts)
    return held and step.assignee_id in (None, actor.user_id)


def _own_step(case: Case, actor: Actor, kinds: tuple[str, ...]) -> OpenStep:
    candidates = [s for kind in kinds for s in case.open(kind)]
    if not candidates:
        raise NoSuchStep
    for step in candidates:
        if may_work(step, actor):
            return step
    raise NotYours(who_vi="người được phân công", who_en="the officer assigned")


def _check_request_supplement(case: Case, actor: Actor) -> None:
    if case.supplements >= SUPPLEMENTS_ALLOWED:
        raise SupplementUsed
    _own_step(case, actor, ("intake",) if not case.received else ("handle",))


def _check_draft(case: Case, actor: Actor) -> None:
    _must_be_applicant(case)
    if not any(s.kind == "confirm" for s in case.steps):
        raise NoSuchStep


def _check_reject(case: Case, actor: Actor) -> None:
    """The applicant finds faults in the draft, or the signatory sends it back instead of signing."""
    if case.is_applicant or not actor.is_officer:
        return _check_draft(case, actor)
    if not _own_step(case, actor, ("sign",)).returns:
        raise NoSuchStep
    return None


def _check_sign(case: Case, actor: Actor) -> None:
    _own_step(case, actor, ("sign",))
    if actor.user_id in case.makers:
        raise FourEyes


def _check_apologise(case: Case, actor: Actor) -> None:
    if case.apologies:
        raise ApologyUsed
    _must_hold_any(actor, (Role.DESK, Role.SPECIALIST, Role.SIGNATORY), (case.agency_id, case.receiving_id))


def _check_revoke(case: Case, actor: Actor) -> None:
    if not case.has_result or case.result_revoked:
        raise NothingToRevoke
    _must_hold(actor, Role.SIGNATORY, case.agency_id)


def _check_correct(case: Case, actor: Actor) -> None:
    _check_revoke(case, actor)
    if actor.user_id in case.makers:
        raise FourEyes


def _check_assign(case: Case, actor: Actor) -> None:
    if not any(s.kind in {"handle", "sign"} and not s.waiting for s in case.steps):
        raise NoSuchStep
    _must_hold_any(actor, (Role.SPECIALIST, Role.SIGNATORY, Role.LEADER), (case.agency_id,))


def _check_intake(case: Case, actor: Actor) -> None:
    if case.status == Status.SUPPLEMENT and case.received:
        raise NotInThisStatus(case.status)
    _must_hold(actor, Role.DESK, case.receiving_id)


def _check_applicant(case: Case, actor: Actor) -> None:
    _must_be_applicant(case)


def _check_add_paper(case: Case, actor: Actor) -> None:
    _must_be_applicant(case)
    if not case.awaited:
        raise NoPaperAwaited


def _check_handle(case: Case, actor: Actor) -> None:
    _own_step(case, actor, ("handle",))


def _check_consulted(case: Case, actor: Actor) -> None:
    _own_step(case, actor, ("consult",))


def _check_return(case: Case, actor: Actor) -> None:
    _own_step(case, actor, ("return",))


def _check_decide(case: Case, actor: Actor) -> None:
    _must_hold_any(actor, (Role.SPECIALIST, Role.SIGNATORY), (case.agency_id,))


def _check_take_fee(case: Case, actor: Actor) -> None:
    _must_hold_any(actor, (Role.DESK,), (case.receiving_id, case.agency_id))
    if case.fee is not None and case.fee_taken >= case.fee:
        raise NothingOwed


def _check_transfer(case: Case, actor: Actor) -> None:
    if not case.received:
        _must_hold(actor, Role.DESK, case.receiving_id)
        return
    _must_hold_any(actor, (Role.SPECIALIST, Role.SIGNATORY), (case.agency_id,))


GUARDS: dict[Action, Callable[[Case, Actor], None]] = {
    Action.RECEIVE: _check_intake,
    Action.REFUSE: _check_intake,
    Action.REQUEST_SUPPLEMENT: _check_request_supplement,
    Action.SUPPLEMENT: _check_applicant,
    Action.ADD_PAPER: _check_add_paper,
    Action.ASSIGN: _check_assign,
    Action.COMPLETE_STEP: _check_handle,
    Action.CONSULT: _check_handle,
    Action.ANSWER_CONSULTATION: _check_consulted,
    Action.DELIVER_DRAFT: _check_draft,
    Action.CONFIRM_DRAFT: _check_draft,
    Action.REJECT_DRAFT: _check_reject,
    Action.SIGN: _check_sign,
    Action.DECLINE: _check_decide,
    Action.RETURN_RESULT: _check_return,
    Action.REVOKE_RESULT: _check_revoke,
    Action.CORRECT_RESULT: _check_correct,
    Action.WITHDRAW: _check_applicant,
    Action.STOP: _check_decide,
    Action.APOLOGISE: _check_apologise,
    Action.TRANSFER: _check_transfer,
    Action.TAKE_FEE: _check_take_fee,
}


# what nobody may do to a request of their own, whatever posts they hold
DECIDING = frozenset(
    {
        Action.RECEIVE,
        Action.REFUSE,
        Action.REQUEST_SUPPLEMENT,
        Action.COMPLETE_STEP,
        Action.SIGN,
        Action.DECLINE,
        Action.STOP,
        Action.APOLOGISE,
        Action.REVOKE_RESULT,
        Action.CORRECT_RESULT,
        Action.TAKE_FEE,
    }
)


def check(action: Action, case: Case, actor: Actor) -> None:
    """Raise the refusal that stands against an action, or return."""
    after(case.status, action)
    GUARDS[action](case, actor)
    if case.is_applicant and action in DECIDING:
        raise OwnRequest


def offers(case: Case, actor: Actor) -> Iterator[tuple[Action, Refusal | None]]:
    """Every action that exists in the status, with the refusal that stands against it, if any."""
    for action in Action:
        try:
            check(action, case, actor)
        except NotInThisStatus:
            continue
        except Refusal as refusal:
            yield action, refusal
        else:
            yield action, None
