"""Answers on the way to a dossier: every page is kept when one goes on."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from motcua.agencies.queries import agency as agency_named
from motcua.catalogue.queries import current_revision, revision_pack, service_for, service_serving
from motcua.catalogue.rules.form import Cleaned, FieldError, clean_page, visible_pages
from motcua.catalogue.rules.pack import Pack
from motcua.core.actor import Actor
from motcua.core.kept import Kept
from motcua.core.periods import local_day
from motcua.core.refusals import NotFound, Refusal
from motcua.core.texts import Text
from motcua.documents.queries import papers_of_owner
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.operations.submitting import NotOffered, Receipt, submit
from motcua.dossiers.queries.case import draft_facts
from motcua.dossiers.queries.drafting import as_uuid
from motcua.dossiers.queries.naming import with_places
from motcua.dossiers.sealed import resume_index, seal_answers, unseal_answers

RESUME_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # read aloud without 0/O, 1/I/L


NOT_SERVED = Text(
    "Cơ quan ở xã, phường này chưa nhận trực tuyến thủ tục này. Xem lại tên, hoặc nộp tại quầy ở đó.",
    "The agency of this commune does not take this online. Check the name, or file at its counter.",
)


class NotDeclared(Refusal):
    """The declaration was not made."""

    code = "declaration_needed"
    cause = Text(
        "Bạn chưa đánh dấu cam đoan lời khai là đúng.", "You have not declared that the answers are true."
    )
    next_step = Text("Đọc và đánh dấu cam đoan rồi nộp.", "Read and tick the declaration, then file.")
    status = 422


class AgencyNotChosen(Refusal):
    """The place that decides was not chosen yet."""

    code = "agency_not_chosen"
    cause = Text("Bạn chưa chọn nơi giải quyết.", "You have not chosen the agency.")
    next_step = Text("Chọn xã, phường giải quyết hồ sơ.", "Choose the commune that decides.")
    status = 422


class FormChanged(Refusal):
    """A new revision was published while the draft was on its way; the answers were kept."""

    code = "form_changed"
    cause = Text(
        "Biểu mẫu vừa được thay bằng phiên bản mới. Câu trả lời của bạn vẫn được giữ.",
        "The form has just been replaced by a new version. Your answers were kept.",
    )
    next_step = Text("Xem lại từng mục rồi nộp.", "Look through each part again, then file.")


class DraftIncomplete(Refusal):
    """Some pages are not completed yet."""

    code = "draft_incomplete"
    cause = Text("Còn mục chưa hoàn thành.", "Some parts are not completed.")
    next_step = Text("Hoàn thành các mục trong danh sách.", "Complete the parts in the list.")
    status = 422


@dataclass(frozen=True, slots=True)
class DraftRef:
    """A new draft; the resume code is shown once and kept only as an index."""

    id: UUID
    resume_code: str


class InAnotherName(Refusal):
    """The draft was begun in one name, and its owner acts in another now."""

    code = "draft_in_another_name"
    cause = Text(
        "Bản nháp này được bắt đầu nhân danh người khác với người bạn đang đại diện, hoặc việc đại diện đã kết thúc.",  # noqa: E501
        "This draft was begun in another name than the one you act in now, or the mandate has ended.",
    )
    next_step = Text(
        "Chọn lại bạn đang làm việc nhân danh ai ở trang tài khoản.",
        "Choose in whose name you act on your account’s page.",
    )


@dataclass(frozen=True, slots=True)
class SaveOutcome:
    """What saving a page led to; nothing is saved while there are errors."""

    cleaned: Cleaned
    next_page_key: str | None

    @property
    def errors(self) -> tuple[Any, ...]:
        """The form's errors on the page."""
        return self.cleaned.errors


def new_resume_code() -> str:
    """Twelve letters in three groups: over 59 bits."""
    letters = [secrets.choice(RESUME_LETTERS) for _ in range(12)]
    return "-".join("".join(letters[i : i + 4]) for i in (0, 4, 8))


_HELD = Kept(
    lambda pk, user: Draft.objects.select_for_update(of=("self",)).filter(
        pk=pk, user_id=user, dossier__isnull=True
    ),
    UUID,
    int,
)


def hold_draft(draft_id: UUID | str, actor: Actor) -> Draft:
    """Lock the actor's own unfiled draft; ``NotFound`` otherwise."""
    rows = _HELD.objects(as_uuid(draft_id), actor.user_id) if actor.user_id else []
    found: Draft | None = next(iter(rows), None)
    if found is None:
        raise NotFound
    if found.mandate_id != actor.mandate_id:
        raise InAnotherName
    return found


@transaction.atomic
def start_draft(
    *, procedure_code: str, agency: str = "", filed_by: str = "self",
    eligibility: Mapping[str, Any] | None = None, prefill: Mapping[str, Any] | None = None,
    actor: Actor, now: datetime,
) -> DraftRef:  # fmt: skip
    """Begin a request on the current revision; raises ``NotOffered`` without a pack."""
    revision = current_revision(procedure_code)
    if revision is None or not revision.has_pack or actor.user_id is None:
        raise NotOffered(procedure=procedure_code)
    code, draft_id = new_resume_code(), uuid4()
    answers = {**(prefill or {}), **(eligibility or {})}
    Draft.objects.create(
        id=draft_id, user_id=actor.user_id, resume_index=resume_index(code), revision_id=revision.id,
        procedure_code=procedure_code, agency_id=agency_named(agency).id if agency else None,
        filed_by=filed_by if filed_by == "self" or actor.helper else "self", mandate_id=actor.mandate_id,
        answers_sealed=seal_answers(answers, f"draft:{draft_id}"), started_at=now, saved_at=now,
    )  # fmt: skip
    return DraftRef(draft_id, code)


@transaction.atomic
def choose_agency(*, draft_id: UUID | str, agency: str, actor: Actor, now: datetime) -> None:
    """Choose the agency that decides; raises ``NotOffered``."""
    draft = hold_draft(draft_id, actor)
    service = service_for(draft.procedure_code, agency, on=local_day(now))
    if service is None:
        raise NotOffered(procedure=draft.procedure_code)
    draft.agency_id, draft.saved_at = service.agency_id, now
    draft.save(update_fields=["agency", "saved_at"])


def next_page(pack: Pack, facts: Mapping[str, Any], done: Sequence[str], page_key: str) -> str | None:
    """The first page after ``page_key`` that is not completed; None when all are."""
    keys = [p.key for p in visible_pages(pack.form, facts)]
    start = keys.index(page_key) + 1 if page_key in keys else 0
    later = [k for k in keys[start:] if k not in done]
    return later[0] if later else next((k for k in keys if k not in done), None)


def _with_agency(draft: Draft, pack: Pack, cleaned: Cleaned, now: datetime) -> Cleaned:
    """Take the deciding agency from the answer that names its commune, where the pack says so."""
    unit = cleaned.values.get(pack.agency_from) if pack.agency_from else None
    if not unit:
        return cleaned
    service = service_serving(draft.procedure_code, str(unit), on=local_day(now))
    if service is None:
        fault = FieldError(f"/{pack.agency_from}", pack.agency_from, NOT_SERVED)
        return Cleaned(cleaned.values, (fault,), cleaned.warnings)
    draft.agency_id = service.agency_id
    return cleaned


@transaction.atomic
def save_page(
    *, draft_id: UUID | str, page_key: str, raw: Mapping[str, list[str]], actor: Actor, now: datetime
) -> SaveOutcome:
    """Check one page and keep its answers; with errors nothing is kept and the input goes back."""
    draft = hold_draft(draft_id, actor)
    pack = revision_pack(draft.revision_id)
    row = f"draft:{draft.pk}"
    answers = unseal_answers(draft.answers_sealed, row)
    cleaned = clean_page(pack.form, page_key, raw, draft_facts(draft, answers, now))
    facts = with_places(pack.form, cleaned.values, draft_facts(draft, answers, now))
    if "lookup" in facts:  # a code that no commune has is refused
        cleaned = clean_page(pack.form, page_key, raw, facts)
    if not cleaned.errors:
        cleaned = _with_agency(draft, pack, cleaned, now)
    if cleaned.errors:
        return SaveOutcome(cleaned, None)
    answers.update(cleaned.values)
    draft.done_pages = [k for k in draft.done_pages if k != page_key] + [page_key]
    draft.answers_sealed, draft.saved_at = seal_answers(answers, row), now
    draft.save(update_fields=["answers_sealed", "done_pages", "saved_at", "agency"])
    following = next_page(pack, draft_facts(draft, answers, now), draft.done_pages, page_key)
    return SaveOutcome(cleaned, following)


@transaction.atomic
def delete_draft(*, draft_id: UUID | str, actor: Actor) -> None:
    """Delete an unfiled draft of one's own with its answers, for good; its papers stay among one's papers.

    Raises ``NotFound``, ``InAnotherName``.
    """
    hold_draft(draft_id, actor).delete()


@transaction.atomic
def attach_paper(*, draft_id: UUID | str, component: str, paper_id: str, actor: Actor, now: datetime) -> None:
    """Put an uploaded paper with a component of the draft (replacing the one before)."""
    draft = hold_draft(draft_id, actor)
    if paper_id not in papers_of_owner([paper_id], owner_id=actor.user_id):
        raise NotFound
    kept = [p for p in draft.papers if p["component"] != component]
    draft.papers = [*kept, {"component": component, "paper": paper_id, "copy_kind": 2}]
    draft.saved_at = now
    draft.save(update_fields=["papers", "saved_at"])


@transaction.atomic
def detach_paper(*, draft_id: UUID | str, component: str, actor: Actor, now: datetime) -> None:
    """Take a paper out of the draft again."""
    draft = hold_draft(draft_id, actor)
    draft.papers = [p for p in draft.papers if p["component"] != component]
    draft.saved_at = now
    draft.save(update_fields=["papers", "saved_at"])


def _follow_the_form(draft: Draft, now: datetime) -> None:
    """Move a draft to the current revision with its answers; raises ``FormChanged`` when it moved."""
    current = current_revision(draft.procedure_code)
    if current is None or not current.has_pack or current.id == draft.revision_id:
        return
    Draft.objects.filter(pk=draft.pk, dossier__isnull=True).update(
        revision_id=current.id, done_pages=[], saved_at=now
    )
    raise FormChanged


def submit_draft(*, draft_id: UUID | str, declared: bool, actor: Actor, now: datetime) -> Receipt:
    """File the draft; a second time gives the same receipt and no second dossier."""
    draft = Draft.objects.filter(pk=draft_id, user_id=actor.user_id or 0).select_related("agency").first()
    if draft is None:
        raise NotFound
    if draft.mandate_id != actor.mandate_id:
        raise InAnotherName
    if draft.agency is None:
        raise AgencyNotChosen
    if not declared:
        raise NotDeclared
    if draft.dossier_id is None:
        _follow_the_form(draft, now)
    answers = unseal_answers(draft.answers_sealed, f"draft:{draft.pk}")
    pack = revision_pack(draft.revision_id)
    facts = draft_facts(draft, answers, now)
    if next_page(pack, facts, draft.done_pages, ""):
        raise DraftIncomplete
    with transaction.atomic():
        receipt = submit(
            procedure=draft.procedure_code, agency=draft.agency.identifier, answers=answers,
            papers=draft.papers, filed_by=draft.filed_by, channel=2, key=f"draft:{draft.pk}",
            actor=actor, now=now,
        )  # fmt: skip
        Draft.objects.filter(pk=draft.pk).update(dossier_id=_dossier_id(receipt.code))
    return receipt


def _dossier_id(code: str) -> int:
    return int(Dossier.objects.values_list("pk", flat=True).get(code=code))
