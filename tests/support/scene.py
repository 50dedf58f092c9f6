"""Sets the stage inside a demo site: drafts, dossiers and papers in the states that pages show.

Run in the site's own environment: ``python -m tests.support.scene``; its last line is what it made, as JSON.
"""

import json
import os
from datetime import datetime, timedelta
from typing import Any

PACKS = (
    ("1.004873", "marriage-status", "02-other-purpose-copies"),
    ("1.004194", "temporary-residence", "01-alone-rented"),
    ("1.002755", "temporary-residence-renewal", "01-alone-online"),
    ("1.003677", "temporary-absence", "01-twelve-months-online"),
    ("2.001159", "stay-notice", "01-visitor"),
)
LONG = (
    "Nguyễn Hoàng Phương Quỳnh Trang Thiên Kim Công Tằng Tôn Nữ Khánh Hội Đồng Thẩm Phán "
    "Phạm Nguyễn Thị Huyền Trân Ngọc Bảo Châu"
)


def actor(username: str, now: datetime) -> Any:
    """The actor behind an account of the demo."""
    from motcua.agencies.queries import actor_for
    from motcua.people.queries import account_by_username

    found = account_by_username(username)
    assert found is not None, username
    return actor_for(found.id, now=now)


def draft(code: str, folder: str, example: str, now: datetime) -> dict[str, Any]:
    """A draft with every page of a worked case filled in, and the addresses of its pages."""
    from motcua.catalogue.rules.form import settle, visible_pages, visible_questions
    from motcua.catalogue.rules.form_raw import to_raw
    from motcua.catalogue.rules.pack import load_folder
    from motcua.catalogue.rules.pack_reading import parse_pack
    from motcua.catalogue.rules.playing import facts_of
    from motcua.dossiers.operations import save_page, start_draft
    from tests.support.house import ROOT

    who = actor("citizen", now)
    pack = parse_pack(load_folder(ROOT / "packs/vn" / folder))
    case = next(e for e in pack.examples if e.name == example)
    answers = {**case.answers, "applicant_name": LONG}
    if "ends_on" in answers:  # a term that ends soon ends soon from today
        ends = now.date() + timedelta(days=10)
        answers |= {"ends_on": ends.isoformat(), "until": (ends + timedelta(days=300)).isoformat()}
    facts = {**facts_of(pack, case), "answers": answers, "today": now.date().isoformat()}
    eligibility = {q.key: answers[q.key] for q in pack.form.eligibility if q.key in answers}
    made = start_draft(procedure_code=code, eligibility=eligibility, actor=who, now=now)
    settled, keys = settle(pack.form, facts), []
    for page in visible_pages(pack.form, facts):
        keys.append(page.key)
        asked = [to_raw(q, answers.get(q.key)) for q in visible_questions(page, settled) if q.asked]
        raw = {n: v if isinstance(v, list) else [v] for fields in asked for n, v in fields.items()}
        save_page(draft_id=made.id, page_key=page.key, raw=raw, actor=who, now=now)
    return {"id": str(made.id), "pages": keys}


def papers_of_results(now: datetime) -> dict[str, str]:
    """Tokens of a valid, an expired and a revoked document."""
    from motcua.core.actor import SYSTEM
    from motcua.documents.models import IssuedDocument
    from motcua.documents.operations import revoke

    valid, expired, revoked = IssuedDocument.objects.order_by("id")[:3]
    expired.valid_until_on = now.date() - timedelta(days=2)
    expired.save(update_fields=["valid_until_on"])
    if revoked.revoked_at is None:
        revoke(token=revoked.token, reason="Cấp nhầm.", actor=SYSTEM, now=now)
    return {"valid": valid.token, "expired": expired.token, "revoked": revoked.token}


def dossiers() -> dict[str, str]:
    """A dossier of the commune's justice desk in each state, and those that show a page of their own."""
    from motcua.dossiers.models import Dossier

    own = Dossier.objects.filter(agency__identifier="H43.23").order_by("id")
    found = {f"state{d.status}": d.code for d in own}
    for name, username in (("filed", "citizen"), ("asked", "citizen2"), ("helped", "helper")):
        mine = own.filter(filed_by_user__username=username)
        found[name] = mine.filter(status={"filed": 1, "asked": 5, "helped": 2}[name]).last().code  # type: ignore[union-attr]
    done = Dossier.objects.filter(filed_by_user__username="citizen", procedure_code="1.004873", status=10)
    found["returned"] = done.last().code  # type: ignore[union-attr]
    police = Dossier.objects.filter(agency__identifier__startswith="G01").order_by("id")
    found["police"] = police.filter(status=1).first().code  # type: ignore[union-attr]
    return found


def drafted() -> dict[str, str]:
    """A dossier whose draft waits for the applicant."""
    from motcua.process.models import Step

    waiting = Step.objects.filter(kind="confirm", state="waiting").order_by("id").first()
    return {"to_confirm": waiting.reference} if waiting else {}


def said(now: datetime) -> dict[str, str]:
    """Petitions, ratings and a complaint in the states that pages show; links that need no account."""
    from motcua.core.links import sign
    from motcua.voice.models import Complaint, Petition, Rating

    by_state = {p.state: p.code for p in Petition.objects.order_by("-id")}
    rated = Rating.objects.order_by("id").first()
    complaint = Complaint.objects.order_by("id").first()
    assert rated is not None
    assert complaint is not None
    return {
        "published": by_state["published"], "waiting": by_state["received"],
        "more_asked": by_state["more_asked"], "petition_link": nobodys(now),
        "rated": rated.dossier, "complaint": complaint.code,
        "rating_link": sign("rating", dossiers()["returned"]),
    }  # fmt: skip


def nobodys(now: datetime) -> str:
    """The link of a petition that somebody without an account sent."""
    from motcua.core.actor import PUBLIC
    from motcua.voice.operations import PetitionForm, send_petition

    form = PetitionForm(
        kind="regulation", title="Một góp ý", words="Xin góp ý về biểu mẫu của thủ tục.", agency="H43.23"
    )
    return send_petition(form=form, actor=PUBLIC, now=now).token


def assessing(now: datetime) -> dict[str, str]:
    """A draft of the next assessment of the province, with the criteria of the one before."""
    from motcua.voice.operations import start_assessment

    typed = {"code": "DG-H43-2027", "subject": "H43", "title_vi": "Đánh giá lần ba (hư cấu)",
             "repeats": "DG-H43-2026"}  # fmt: skip
    return {"entry": str(start_assessment(typed=typed, actor=actor("inspector", now), now=now))}


def signalled(now: datetime) -> None:
    """A question to the commune about two of its dossiers."""
    from motcua.agencies.queries import agency
    from motcua.monitoring.operations import keep_signal
    from motcua.monitoring.rules.signals import Found, SignalKind

    codes = (dossiers()["filed"], "H43.23-of-another-system")
    here = agency("H43.23").id
    keep_signal(found=Found(SignalKind.TYPED, here, "typed:x", now.date(), now.date(), codes), now=now)


def second_factor(username: str) -> list[str]:
    """Switch the second factor on for an account; its recovery codes."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.get(username=username)
    TOTP.activate(user, generate_totp_secret())
    return RecoveryCodes.activate(user).get_unused_codes()


def main() -> None:
    """Set the stage and print what stands on it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    import django

    django.setup()
    from django.utils import timezone

    now = timezone.now()
    signalled(now)
    drafts = {code: draft(code, folder, example, now) for code, folder, example in PACKS}
    print(json.dumps({**dossiers(), **papers_of_results(now), **drafted(), **said(now), **assessing(now),
                      "drafts": drafts,
                      "codes": {"operator": second_factor("operator")}}))  # fmt: skip


if __name__ == "__main__":
    main()
