"""Every slip of each of the five services, through the operations, from the pack's own examples."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from motcua.catalogue.rules.pack_model import Example
from motcua.core.actor import Actor
from motcua.core.formal import moment_words, money_figures, money_words
from motcua.core.periods import VIETNAM
from motcua.dossiers import operations, queries
from motcua.dossiers.play import AGENCY, Stage, stage, troupe
from tests.dossiers.test_slips import words

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
PACKS = sorted(p.parent for p in ROOT.glob("packs/vn/*/procedure.toml"))
OWN = {"1.004194": "CT0", "1.002755": "CT0", "1.003677": "CT0"}  # residence has its own forms


@dataclass(slots=True)
class Play:
    """A pack on its stage, and a dossier filed from its first example that ends well."""

    place: Stage
    example: Example
    start: datetime

    def file(self, key: str) -> str:
        filer = self.who({"self": "citizen", "helped": "helper"}.get(self.example.filed_by, "desk"))
        return operations.submit(
            procedure=self.place.pack.code, agency=AGENCY, answers=self.example.answers,
            filed_by=self.example.filed_by, channel=self.example.channel, key=key,
            actor=filer, now=self.start,
            papers=[{"component": c, "paper": None, "copy_kind": 1} for c in self.example.papers],
        ).code  # fmt: skip

    def who(self, name: str) -> Actor:
        return self.place.actors[name]

    def act(self, who: str, action: str, code: str, hours: float = 0.1, **params: Any) -> None:
        at = self.start + timedelta(hours=hours)
        operations.act(code=code, action=action, params=params, actor=self.who(who), now=at)

    def receive(self, code: str) -> None:
        found = next((d.findings for d in self.example.does if d.step == "intake"), None)
        self.act("desk", "receive", code, findings=dict(found or {}))

    def text(self, code: str, kind: str, who: str = "desk") -> str:
        pdf = operations.slip_pdf(code=code, key=kind, actor=self.who(who), now=self.start)
        folder = os.environ.get("SLIPS_TO")  # to look at them
        if folder:
            Path(folder, f"{self.place.pack.code}-{kind}.pdf").write_bytes(pdf)
        return words(pdf)

    def view(self, code: str) -> Any:
        return queries.dossier_for(code, actor=self.who("desk"), now=self.start + timedelta(hours=1))


@pytest.fixture(params=PACKS, ids=lambda p: p.name)
def play(request: pytest.FixtureRequest, db: None, now: datetime) -> Play:
    place = stage(request.param, troupe(now=now), now=now)
    example = next(e for e in place.pack.examples if e.expect.get("outcome") == "granted")
    return Play(place, example, datetime.fromisoformat(example.start).replace(tzinfo=VIETNAM))


def common(play: Play, code: str) -> tuple[str, ...]:
    view = play.view(code)
    return (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "CƠ QUAN H43",
        f"CƠ QUAN {AGENCY}", "BẢN THỬ, KHÔNG CÓ GIÁ TRỊ PHÁP LÝ", code, view.applicant_name,
        view.procedure_code, view.procedure_name.vi,
    )  # fmt: skip


def says(text: str, parts: tuple[str, ...]) -> None:
    missing = [p for p in parts if " ".join(p.split()) not in text]
    assert not missing, (missing, text)


def form(play: Play, kind: str, own: str) -> str:
    return own if play.place.pack.code in OWN else kind


def the_receipt(play: Play) -> None:
    code = play.file("0")
    play.receive(code)
    view, text = play.view(code), play.text(code, "01", "desk")
    slip = view.slips[0]
    assert (slip.kind, slip.form) == ("01", form(play, "01", "CT04"))
    says(text, (*common(play, code), slip.title.vi.upper(), f"Số: {slip.number}"))
    says(text, (moment_words(view.received_at), moment_words(view.due_at)))
    if view.fee.amount is None:
        assert "chưa xác định" in text
    else:
        says(text, (f"{money_figures(view.fee.amount)} (bằng chữ: {money_words(view.fee.amount)})",))
    says(text, tuple(paper.label.vi for paper in view.papers))
    assert "None" not in text
    assert "…" not in text


def the_request_names_each_item_with_its_reason(play: Play) -> None:
    code = play.file("1")
    papers = [p.key for p in play.place.pack.papers][:2]
    items = [{"component": k, "reason": "unreadable", "text": f"chụp lại {k}"} for k in papers]
    items += [{"component": "", "reason": "wrong", "text": "Ghi lại nơi ở trước đây"}]
    play.act("desk", "request_supplement", code, items=items)
    text = play.text(code, "02")
    names = {p.key: p.name.vi for p in play.place.pack.papers}
    says(text, (*common(play, code), "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ"))
    says(text, tuple(f"{names[k]}: chụp lại {k}. Lý do: không đọc được" for k in papers))
    says(text, ("Ghi lại nơi ở trước đây. Lý do: không khớp với nội dung khai",))
    says(text, (moment_words(play.start + timedelta(hours=0.1)),))


def the_refusal_names_clause_and_complaint(play: Play) -> None:
    code = play.file("2")
    play.act("desk", "refuse", code, reason="Nộp sai nơi giải quyết", clause="Điều 21 khoản 2")
    slip, text = play.view(code).slips[0], play.text(code, "03")
    assert slip.form == form(play, "03", "CT06")
    says(text, (*common(play, code), slip.title.vi.upper(), "không tiếp nhận", "Nộp sai nơi giải quyết"))
    says(text, ("Căn cứ: Điều 21 khoản 2.", f"người đứng đầu Cơ quan {AGENCY}", "90 ngày", "Tòa án"))


def the_decline_without_a_clause_names_the_legal_basis(play: Play) -> None:
    code = play.file("3")
    play.receive(code)
    play.act("specialist", "decline", code, hours=0.2, reason="Dữ liệu không đúng như lời khai")
    text = play.text(code, "03")
    says(text, (*common(play, code), "từ chối giải quyết", "Dữ liệu không đúng như lời khai"))
    says(text, (play.place.pack.legal[0], "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ", "Nơi nhận:", "khiếu nại lần đầu"))


def the_apology_before_the_deadline(play: Play) -> None:
    code = play.file("4")
    play.receive(code)
    due = play.view(code).due_at
    new = due + timedelta(days=3)
    play.act("desk", "apologise", code, hours=0.2, reason="Phải chờ dữ liệu", new_due_at=new.isoformat())
    text = play.text(code, "04")
    says(text, ("PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ", code, "Lý do: Phải chờ dữ liệu"))
    says(text, (moment_words(due), moment_words(new), "báo trước cho ông/bà"))
    assert "lập sau ngày hẹn" not in text


def the_control_slip_follows_the_dossier(play: Play) -> None:
    code = play.file("5")
    play.receive(code)
    text = play.text(code, "05")
    names = [s.name.vi for s in play.view(code).steps]
    says(text, ("PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ", code, "phiếu ghi đến", *names))


def test_every_slip_says_what_the_dossier_says(play: Play) -> None:
    the_receipt(play)
    the_request_names_each_item_with_its_reason(play)
    the_refusal_names_clause_and_complaint(play)
    the_decline_without_a_clause_names_the_legal_basis(play)
    the_apology_before_the_deadline(play)
    the_control_slip_follows_the_dossier(play)
