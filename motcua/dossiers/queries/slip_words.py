"""What the slips of a dossier say, composed from its rows at the moment they are issued."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from motcua.agencies.queries import AgencyRef, agencies_by_id, agency_by_id, desks, parent
from motcua.catalogue.rules.form_masks import masked
from motcua.catalogue.rules.pack import Pack
from motcua.core.actor import SYSTEM
from motcua.core.formal import date_words, moment_words, money_figures, money_words
from motcua.core.periods import local_day
from motcua.core.texts import Text
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.case import dossier_facts
from motcua.dossiers.queries.naming import in_words
from motcua.dossiers.queries.reading import warned_of
from motcua.dossiers.queries.slip_forms import complaint_lines, slip_forms, supplement_reasons
from motcua.dossiers.queries.step_views import AD_HOC
from motcua.dossiers.rules.slips import KIND_NAMES, limit_words, outcome_words, pause_words, person_facts
from motcua.dossiers.rules.status import Status
from motcua.dossiers.sealed import unseal_answers
from motcua.people.queries import person_profile
from motcua.process.queries import StepRow, clock_of

DESK = "Bộ phận tiếp nhận và trả kết quả, {agency}"
RETURNED = {
    1: "tại {desk}", 2: "bản điện tử, trong trang hồ sơ trực tuyến", 3: "qua dịch vụ bưu chính công ích",
}  # fmt: skip


def desk_name(agency: AgencyRef) -> str:
    """The desk of an agency as its slips name it."""
    found = desks(agency.id)
    return found[0].name.vi if found else DESK.format(agency=agency.name.vi)


def head_words(agency: AgencyRef, form: str, officer: str, now: datetime) -> dict[str, Any]:
    """Letterhead of an agency's slip: itself, what is above it, where and when."""
    above = parent(agency.id)
    return {
        "agency_name": agency.name.vi, "parent_name": above.name.vi if above else "",
        "desk": desk_name(agency), "place": agency.serves_name, "issued_on": local_day(now).isoformat(),
        "form_line": slip_forms()[form].line if form in slip_forms() else "", "officer": officer,
        "year": str(local_day(now).year), "track_url": f"{settings.PUBLIC_URL}/tra-cuu/",
    }  # fmt: skip


def case_words(dossier: Dossier, pack: Pack) -> dict[str, Any]:
    """Whose dossier it is and what it asks for."""
    known = pack.form.sources(unseal_answers(dossier.answers_sealed, f"dossier:{dossier.code}"))
    return {
        "code": dossier.code, "procedure": pack.name.vi, "procedure_code": dossier.procedure_code,
        "applicant_name": dossier.applicant_name, "handed_by": _handed_by(dossier),
        "submitted": moment_words(dossier.submitted_at),
        "received": moment_words(dossier.received_at) if dossier.received_at else "",
        "promised": moment_words(dossier.due_at) if dossier.due_at else "",
        **person_facts(known), **_own(dossier, pack, known),
    }  # fmt: skip


def _handed_by(dossier: Dossier) -> str:
    helper = dossier.filed_by_user if dossier.filed_by == Dossier.FiledBy.HELPED else None
    return helper.get_full_name() if helper else dossier.applicant_name


def _own(dossier: Dossier, pack: Pack, known: Mapping[str, Any]) -> dict[str, str]:
    """What was not asked is taken from the data of one who filed for oneself, and from nobody else's.

    A form that asks where somebody lives or stays is believed: no other address stands beside its own.
    """
    if dossier.filed_by != Dossier.FiledBy.SELF or dossier.applicant_id is None:
        return {}
    profile = person_profile(dossier.applicant_id, actor=SYSTEM)
    place = ", ".join(p for p in (profile.address_line, profile.residence_name) if p)
    have = {"address": place, "phone": profile.phone, "email": profile.email}
    asked = person_facts(known)
    if any(q.type in {"address", "commune"} for _, q in pack.form.questions()):
        have["address"] = ""
    return {name: value for name, value in have.items() if value and not asked[name]}


def paper_words(dossier: Dossier, pack: Pack) -> dict[str, Any]:
    """Papers that were handed in, and those that follow."""
    names = {p.key: p.name.vi for p in pack.papers}
    rows = dossier.papers.order_by("pk").values_list("component", "copy_kind")
    return {
        "papers": [{"name": names.get(c, c), "kind": KIND_NAMES.get(k, "")} for c, k in rows],
        "awaited": [names.get(c, c) for c in dossier.papers_awaited],
    }


def fee_words(dossier: Dossier) -> dict[str, str]:
    """What is owed, in figures and words; where it is not known, that it is not."""
    if dossier.fee is None:
        # a desk's slip sends nobody to ask the desk
        return {"fee_note": "chưa xác định; ghi theo biên lai: .................... đồng"}
    taken = money_figures(dossier.fee_taken) if dossier.fee_taken else ""
    return {
        "fee_figures": money_figures(dossier.fee), "fee_words": money_words(dossier.fee), "fee_taken": taken,
    }  # fmt: skip


def receipt_words(dossier: Dossier, pack: Pack, desk: str) -> dict[str, Any]:
    """Slip 01 and CT04: what was taken in, for how long, until when."""
    clock = clock_of(dossier.code)
    return {
        **case_words(dossier, pack), **paper_words(dossier, pack), **fee_words(dossier),
        "limit": limit_words(clock.amount, str(clock.unit)) if clock else "",
        "returned": RETURNED[dossier.channel].format(desk=desk),
    }  # fmt: skip


def request_words(dossier: Dossier, pack: Pack, receiving: AgencyRef) -> dict[str, Any]:
    """Slip 02: each missing paper or content, why, and whom to ask."""
    asked = dossier.supplement_requests.order_by("-pk").first()
    names = {p.key: p.name.vi for p in pack.papers}
    reasons = supplement_reasons()
    items = [
        {
            "name": names.get(i["component"], ""), "text": i["text"],
            "reason": reasons[i["reason"]].vi.lower() if i["reason"] in reasons else "",
        }
        for i in (asked.items if asked else ())
    ]  # fmt: skip
    desk = desks(receiving.id)
    phone = (desk[0].phone if desk else "") or receiving.phone
    return {
        **case_words(dossier, pack), "items": items,
        "asked": moment_words(asked.requested_at) if asked else "",
        "contact": desk_name(receiving) + (f", điện thoại {phone}" if phone else ""),
    }  # fmt: skip


def refusal_words(
    dossier: Dossier, pack: Pack, *, reason: str, clause: str, at_intake: bool, now: datetime
) -> dict[str, Any]:
    """Slip 03 and CT06: why, by which clause, and how one complains."""
    lines = complaint_lines(agency_by_id(dossier.agency_id).name, local_day(now))
    return {
        **case_words(dossier, pack), "reason": reason.strip(), "clause": clause.strip().rstrip("."),
        "legal": list(pack.legal), "at_intake": at_intake, "complaint": [line.vi for line in lines],
        "refuses": "không tiếp nhận" if at_intake else "từ chối giải quyết",
    }  # fmt: skip


def apology_words(
    dossier: Dossier, pack: Pack, *, reason: str, new_due_at: datetime, now: datetime
) -> dict[str, Any]:
    """Slip 04: the date that is missed, why, and the new one; a slip that comes too late says by how much."""
    late_by = now - dossier.due_at if dossier.due_at else timedelta(0)
    days, rest = late_by.days, late_by.seconds // 3600
    by = f"{days} ngày {rest} giờ" if days else f"{rest} giờ {late_by.seconds // 60 % 60:02d} phút"
    return {
        **case_words(dossier, pack), "reason": reason.strip().rstrip("."),
        "new_promised": moment_words(new_due_at), "late": late_by > timedelta(0), "late_by": f"trễ {by}",
    }  # fmt: skip


def control_words(
    dossier: Dossier, pack: Pack, steps: tuple[StepRow, ...], *, as_of: datetime | None
) -> dict[str, Any]:
    """Slip 05: who had the dossier, from when, until when; ``as_of`` while it is still on its way."""
    places = agencies_by_id({s.agency_id for s in steps} | {dossier.agency_id})
    clock, names = clock_of(dossier.code), {s.key: s.name for s in pack.process.steps}
    others = sorted(
        {a.name.vi for i, a in places.items() if i not in {dossier.agency_id, dossier.receiving_id}}
    )
    return {
        **case_words(dossier, pack), "deciding": places[dossier.agency_id].name.vi,
        "others": "; ".join(others) or "không có", "as_of": moment_words(as_of) if as_of else "",
        "rows": [_step_words(s, places, names) for s in steps],
        "pauses": pause_words(clock.pauses) if clock else [],
    }  # fmt: skip


def _step_words(step: StepRow, places: Mapping[int, AgencyRef], names: Mapping[str, Text]) -> dict[str, str]:
    person = step.closed_by_name or step.assignee_name
    ended = {"cancelled": "không thực hiện", "waiting": "đang chờ"}
    return {
        "work": names.get(step.key, AD_HOC).vi + (f" (lần {step.round})" if step.round > 1 else ""),
        "where": f"{places[step.agency_id].name.vi}" + (f"; {person}" if person else ""),
        "taken": moment_words(step.opened_at), "due": moment_words(step.due_at),
        "given": moment_words(step.closed_at) if step.closed_at and step.state == "done" else "",
        "how": ended.get(step.state) or outcome_words(step.due_at, step.closed_at),
    }  # fmt: skip


def filed_words(dossier: Dossier, pack: Pack, steps: tuple[StepRow, ...]) -> dict[str, Any]:
    """The paper that says that a request has come in, and what it says; it promises nothing yet.

    Personal numbers are masked: the paper is shown to others. Once something was supplied later, the answers
    are no longer those that were filed, and are left out.
    """
    agency = agency_by_id(dossier.receiving_id)
    facts = dossier_facts(dossier, steps, dossier.submitted_at)
    hidden = masked((q for _, q in pack.form.questions()), facts["answers"])
    lines = () if dossier.supplements else in_words(pack.form, hidden, facts)
    return {
        "answers": [{"label": line.label.vi, "value": line.value.vi} for line in lines],
        "by_filing": pack.by_filing.vi, "warned": [w.vi for w in warned_of(dossier, pack, facts)],
        **head_words(agency, "filed", "", dossier.submitted_at), **case_words(dossier, pack),
        **paper_words(dossier, pack), **_fee_at_filing(dossier), "number": dossier.code,
    }  # fmt: skip


def _fee_at_filing(dossier: Dossier) -> dict[str, str]:
    """What is owed; where that is not known, what was said of it, and no blank to be filled in."""
    return {"fee_note": dossier.fee_note or "chưa xác định"} if dossier.fee is None else fee_words(dossier)


def decided(dossier: Dossier) -> bool:
    """True when nothing more is done to it."""
    return Status(dossier.status) in {Status.REFUSED, Status.WITHDRAWN, Status.STOPPED, Status.RETURNED}


def day_words(moment: datetime) -> str:
    """The day of a moment, in words."""
    return date_words(local_day(moment))
