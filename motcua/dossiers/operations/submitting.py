"""Filing: from answers to one dossier with a code, a first step and an event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from motcua.agencies.queries import same_province
from motcua.catalogue.queries import ServiceRef, revision_pack, service_for
from motcua.catalogue.rules.form import FieldError, validate_answers
from motcua.catalogue.rules.pack import Pack, fee_of, papers_of
from motcua.core.actor import Actor, Role
from motcua.core.canonical import digest
from motcua.core.folding import fold
from motcua.core.periods import local_day
from motcua.core.references import dossier_code
from motcua.core.refusals import Refusal
from motcua.core.rows import insert
from motcua.core.texts import Text
from motcua.dossiers.models import Dossier, DossierPaper, Submission
from motcua.dossiers.operations.codes import next_number
from motcua.dossiers.operations.common import STREAM
from motcua.dossiers.operations.handed_in import AnswersRefused, check_papers
from motcua.dossiers.operations.moving import first_look
from motcua.dossiers.operations.origins import keep_origin
from motcua.dossiers.queries.case import request_facts
from motcua.dossiers.queries.naming import with_places
from motcua.dossiers.rules.status import Status
from motcua.dossiers.sealed import last4_index, seal_answers
from motcua.events.operations import append_first
from motcua.people.queries import find_person_id_by_number, index_of_number, person_profile
from motcua.people.queries.mandates import representatives_of
from motcua.process import operations as process
from motcua.process.rules.engine import step_facts


class NotOffered(Refusal):
    """The agency does not offer the procedure online."""

    code = "not_offered_online"
    cause = Text(
        "Cơ quan này chưa cung cấp trực tuyến thủ tục {procedure}.",
        "This agency does not offer procedure {procedure} online.",
    )
    next_step = Text(
        "Chọn cơ quan khác trong trang thủ tục, hoặc nộp tại quầy.",
        "Choose another agency on the procedure's page, or file at the counter.",
    )
    status = 422


class MayNotFile(Refusal):
    """The account may not file in this way."""

    code = "may_not_file_so"
    cause = Text(
        "Tài khoản này không được nộp hồ sơ theo cách “{filed_by}”.",
        "This account may not file as “{filed_by}”.",
    )
    next_step = Text(
        "Đăng nhập bằng tài khoản công dân, hoặc nhờ người hỗ trợ đã đăng ký.",
        "Sign in as a citizen, or ask a registered helper.",
    )
    status = 403


class KeyReused(Refusal):
    """The same idempotency key came with another request."""

    code = "idempotency_key_reused"
    cause = Text(
        "Khóa gửi lại này đã dùng cho một yêu cầu khác.",
        "This idempotency key was already used for another request.",
    )
    next_step = Text("Dùng khóa mới cho yêu cầu mới.", "Use a new key for a new request.")
    status = 422


ELSEWHERE = Text(
    "Cơ quan được chọn không phục vụ xã, phường ghi trong tờ khai.",
    "The agency chosen does not serve the commune that the form names.",
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The acknowledgement of a submission; the same for the same key."""

    code: str
    status: int
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class Request:
    """A request ready to become a dossier."""

    service: ServiceRef
    receiving: tuple[int, str]  # the agency whose desk takes it in: id and identifier
    revision_id: int
    pack: Pack
    answers: dict[str, Any]
    papers: tuple[tuple[str, str | None, int], ...]  # component, paper id, copy kind
    filed_by: str
    channel: int
    known: dict[str, Any]  # settled facts
    intake_due_at: datetime


def _desk_for(service: ServiceRef, filed_by: str, actor: Actor) -> tuple[int, str]:
    """The agency that takes a request in: any desk of the same province for what its officer types in.

    One-stop centres receive regardless of boundary inside the province (domain.md §1 [C]); the police of a
    commune belong to a ministry but serve a place, which counts here.
    """
    here = (service.agency_id, service.agency)
    desks = [(p.agency_id, p.agency) for p in actor.posts if p.role == Role.DESK]
    if filed_by != "officer" or here in desks:
        return here
    return next((d for d in desks if same_province(d[0], service.agency_id)), here)


def _check_filer(filed_by: str, channel: int, agency_id: int, actor: Actor) -> None:
    allowed = {
        "self": actor.person_id is not None and channel == Dossier.Channel.ONLINE,
        "helped": actor.helper and channel == Dossier.Channel.ONLINE,
        "officer": actor.has_role(Role.DESK, [agency_id]) and channel != Dossier.Channel.ONLINE,
    }
    if not allowed.get(filed_by, False):
        raise MayNotFile(filed_by=filed_by)


def _applicant(request: Request, actor: Actor) -> tuple[int | None, str, str]:
    """The applicant's person id where known, the name, and the number."""
    named = request.pack.form.sources(request.answers)  # {"person.full_name": …} of the answers
    number = str(named.get("person.personal_number") or "")
    name = str(named.get("person.full_name") or "")
    if request.filed_by != "self" or actor.person_id is None:
        found = find_person_id_by_number(number) if number else None
        return found, name or "—", number
    if not (name and number):
        profile = person_profile(actor.person_id, actor=actor)
        name, number = name or profile.full_name, number or profile.personal_number or ""
    return actor.person_id, name, number


def _check_agency(pack: Pack, answers: Mapping[str, Any], service: ServiceRef) -> None:
    """Where an answer says which commune's agency it is, no other one may be asked."""
    unit = answers.get(pack.agency_from) if pack.agency_from else None
    if unit and service.place_code and unit != service.place_code:
        raise AnswersRefused([FieldError("/agency", "agency", ELSEWHERE)])


def prepare(
    *, procedure: str, agency: str, answers: Mapping[str, Any], papers: Sequence[Mapping[str, Any]],
    filed_by: str, channel: int, actor: Actor, now: datetime,
) -> Request:  # fmt: skip
    """Check a request by the service's pack; raises ``NotOffered``, ``MayNotFile``, ``AnswersRefused``."""
    service = service_for(procedure, agency, on=local_day(now))
    if service is None or service.revision_id is None or service.level == "information":
        raise NotOffered(procedure=procedure)
    receiving = _desk_for(service, filed_by, actor)
    _check_filer(filed_by, channel, receiving[0], actor)
    pack = revision_pack(service.revision_id)
    facts = request_facts(
        answers=answers, channel=channel, filed_by=filed_by, procedure=procedure,
        agency=service.agency, level=service.level, now=now,
    )  # fmt: skip
    cleaned = validate_answers(pack.form, answers, with_places(pack.form, answers, facts))
    if cleaned.errors:
        raise AnswersRefused([replace(e, pointer=f"/answers{e.pointer}") for e in cleaned.errors])
    _check_agency(pack, cleaned.values, service)
    known = step_facts(pack.process, {**facts, "answers": cleaned.values})  # clean answers are settled ones
    given = check_papers(pack, known, papers, actor)
    due = first_look(service.agency_id, now)
    return Request(
        service,
        receiving,
        service.revision_id,
        pack,
        dict(cleaned.values),
        given,
        filed_by,
        channel,
        known,
        due,
    )


def _awaited(request: Request) -> list[str]:
    """Components that the request needs and that may follow later."""
    there = {component for component, _, _ in request.papers}
    wanted = papers_of(request.pack, request.known)
    return [p.key for p in wanted if p.later_allowed and p.key not in there]


def _mandate(request: Request, actor: Actor, now: datetime) -> int | None:
    """Who stands for the business: the mandate acted under, or the oldest that its own account has given."""
    if request.filed_by != "self" or not actor.business or actor.mandate_id is not None:
        return actor.mandate_id if request.filed_by == "self" else None
    return next((m.id for m in representatives_of(actor.person_id, on=local_day(now))), None)


def _insert(request: Request, *, actor: Actor, now: datetime) -> Dossier:
    service, pack = request.service, request.pack
    applicant_id, name, number = _applicant(request, actor)
    code = dossier_code(service.agency, local_day(now), next_number(service.agency, local_day(now)))
    fee = fee_of(pack, request.known)
    dossier = insert(Dossier(
        code=code, revision_id=request.revision_id, procedure_code=service.procedure_code,
        agency_id=service.agency_id, receiving_id=request.receiving[0],
        applicant_id=applicant_id, applicant_name=name, applicant_folded=fold(name)[:200],
        number_index=index_of_number(number),
        filed_by_user_id=actor.user_id, filed_by=request.filed_by, channel=request.channel,
        mandate_id=_mandate(request, actor, now),
        level=service.level, status=Status.NEW,
        answers_sealed=seal_answers(request.answers, f"dossier:{code}"),
        last4_index=last4_index(code, number[-4:]), fee=fee.amount, fee_note=fee.note.vi[:500],
        paper_result=pack.result is not None, submitted_at=now, changed_at=now,
        visits=0 if request.channel == Dossier.Channel.ONLINE else 1,
        papers_awaited=_awaited(request),
    ))  # fmt: skip
    if request.papers:
        DossierPaper.objects.bulk_create(
            DossierPaper(dossier=dossier, component=c, paper_id=p, copy_kind=k, added_at=now)
            for c, p, k in request.papers
        )
    intake = pack.process.first
    step = process.NewStep(
        intake.key, 1, intake.kind.value, intake.role, request.receiving[0], request.intake_due_at
    )
    process.open_first(reference=code, step=step, now=now)
    return dossier


def _acknowledged(owner: str, key: str, request_hash: str) -> Receipt | None:
    found = Submission.objects.filter(owner=owner, key=key).first()
    if found is None:
        return None
    if found.request_hash != request_hash:
        raise KeyReused
    kept = found.response
    return Receipt(kept["code"], kept["status"], datetime.fromisoformat(kept["submitted_at"]))


def submit(
    *, procedure: str, agency: str, answers: Mapping[str, Any], papers: Sequence[Mapping[str, Any]] = (),
    filed_by: str = "self", channel: int = 2, key: str, actor: Actor, now: datetime,
) -> Receipt:  # fmt: skip
    """File a request: the same owner and key again gets the same receipt and no second dossier."""
    owner = f"user:{actor.user_id}"
    hashed = {"p": procedure, "a": agency, "x": dict(answers), "f": [dict(p) for p in papers], "b": filed_by}
    placed = {"m": actor.mandate_id} if actor.mandate_id else {}
    request_hash = digest({**hashed, "c": channel, **placed})
    try:
        with transaction.atomic():
            request = prepare(
                procedure=procedure, agency=agency, answers=answers, papers=papers, filed_by=filed_by,
                channel=channel, actor=actor, now=now,
            )  # fmt: skip
            return _file(request, owner=owner, key=key, request_hash=request_hash, actor=actor, now=now)
    except (
        IntegrityError,
        Refusal,
    ):  # the same key was filed before, or at the same moment: it has its answer
        done = _acknowledged(owner, key, request_hash)
        if done is None:
            raise
        return done


def _file(
    request: Request, *, owner: str, key: str, request_hash: str, actor: Actor, now: datetime
) -> Receipt:
    dossier = _insert(request, actor=actor, now=now)
    keep_origin(dossier, actor=actor, now=now)
    receipt = Receipt(dossier.code, int(Status.NEW), now)
    insert(Submission(
        key=key, owner=owner, request_hash=request_hash, dossier=dossier, at=now,
        response={"code": receipt.code, "status": receipt.status, "submitted_at": now.isoformat()},
    ))  # fmt: skip
    append_first(
        stream=STREAM.format(code=dossier.code),
        kind="dossier.submitted",
        data={
            "code": dossier.code, "status": int(Status.NEW), "outcome": "", "due_at": None,
            "procedure": dossier.procedure_code, "revision": dossier.revision_id,
            "agency": request.service.agency, "receiving": request.receiving[1],
            "channel": dossier.channel, "filed_by": dossier.filed_by, "level": dossier.level,
            "place": request.service.place_code,
        },
        actor=actor,
        now=now,
    )  # fmt: skip
    return receipt
