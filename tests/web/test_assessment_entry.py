"""Assessments recorded by officers on pages: typed in part by part, published in one step, or uploaded."""

import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.core.actor import PUBLIC, Role
from motcua.events.models import Event
from motcua.voice.models import AssessmentDraft
from motcua.voice.queries import assessment, assessments
from tests.dossiers.conftest import Commune, commune
from tests.voice.assessing import AGAIN, RECORD

__all__ = ["commune"]
pytestmark = pytest.mark.django_db

DRAFTS = "/bang-dieu-hanh/soan-danh-gia/"
GENERAL = {
    "code": "DG-9", "subject": "H43.01", "title_vi": "Đánh giá <thử>", "title_en": "Trial assessment",
    "assessor": "Học viện Thử", "independence_vi": "Không thuộc tỉnh.", "independence_en": "Outside.",
    "method_vi": "Thử nộp.", "method_en": "Trial filings.", "sample_vi": "Ngẫu nhiên.", 
    "sample_en": "Random.",
    "size": "1200", "source": "Báo cáo 12", "from-day": "1", "from-month": "6", "from-year": "2026",
    "to-day": "20", "to-month": "6", "to-year": "2026", "repeats": "",
}  # fmt: skip
FIND = {"key": "find", "name_vi": "Tìm thấy", "name_en": "Found", "most": "5", "weight": "3"}
FILED = {"key": "filed", "name_vi": "Nộp được", "name_en": "Filed", "most": "10", "weight": "1"}
SAID = {
    "criterion": "find", "score": "3,5", "words_vi": "Khó tìm.", "words_en": "Hard to find.",
    "evidence_vi": "Phiếu 2", "evidence_en": "Form 2", "figure.definition": "online_2022",
    "figure.from-day": "1", "figure.from-month": "6", "figure.from-year": "2026",
    "figure.to-day": "30", "figure.to-month": "6", "figure.to-year": "2026",
}  # fmt: skip
SAID_TOO = {
    "criterion": "filed", "score": "8", "words_vi": "Nộp được.", "words_en": "It works.",
    "evidence_vi": "Nhật ký", "evidence_en": "Diary",
}  # fmt: skip
ASKED = {"agency": "H43.01", "criterion": "find", "words_vi": "Dán mã QR.", "words_en": "Put up QR codes."}


def sign_in(client: Client, user_id: int) -> Client:
    user = get_user_model().objects.get(pk=user_id)
    client.force_login(user, "motcua.web.account.backend.Backend")
    client.cookies["motcua_language"] = "en"
    return client


@pytest.fixture
def inspector(
    client: Client, commune: Commune, make_user: Callable[..., int], appoint: Callable[..., Any]
) -> Client:
    """A browser of the province's inspector."""
    user = make_user("thanhtra")
    appoint(user, "H43", Role.INSPECTOR)
    return sign_in(client, user)


def seen_of(client: Client, address: str) -> str:
    """The digest that a form names."""
    page = client.get(address).content.decode()
    found = re.search(r'name="seen" value="([0-9a-f]*)"', page)
    assert found, page
    return found[1]


def send(client: Client, address: str, data: dict[str, str], status: int = 302) -> str:
    """A form opened, filled and sent; the page that answers."""
    answer = client.post(address, {**data, "seen": seen_of(client, address)})
    assert answer.status_code == status, unescape(answer.content.decode())
    return unescape(answer.content.decode())


def begun(client: Client, **changes: str) -> str:
    """A draft; its address."""
    answer = client.post(f"{DRAFTS}moi/", {**GENERAL, **changes})
    assert answer.status_code == 302, unescape(answer.content.decode())
    return str(answer["location"])


@pytest.fixture
def whole(inspector: Client) -> str:
    """A draft in which nothing is missing."""
    draft = begun(inspector)
    for part, entry in (
        ("criteria", FIND), ("criteria", FILED), ("findings", SAID), ("findings", SAID_TOO),
        ("recommendations", ASKED),
    ):  # fmt: skip
        send(inspector, f"{draft}{part}/them/", entry)
    return draft


def _whole(client: Client, draft: str) -> str:
    page = client.get(draft).content.decode()
    found = re.search(r'cong-bo/">.*?name="seen" value="([0-9a-f]*)"', page, re.S)
    assert found, page
    return found[1]


def test_typed_in_part_by_part_and_published_in_one_step(
    inspector: Client, whole: str, now: datetime
) -> None:
    assert assessments(actor=PUBLIC) == ()  # a draft is no assessment yet
    page = unescape(inspector.get(whole).content.decode())
    assert "Missing before publication" not in page
    assert "Trial assessment" in page
    seen = _whole(inspector, whole)
    asked = inspector.post(f"{whole}cong-bo/", {"seen": seen}).content.decode()
    assert "Publish this assessment?" in asked  # asked once, nothing is published yet
    assert assessments(actor=PUBLIC) == ()
    done = inspector.post(f"{whole}cong-bo/", {"seen": seen, "sure": "yes"})
    assert done["location"] == "/bang-dieu-hanh/danh-gia/DG-9/"
    view = assessment("DG-9", actor=PUBLIC, now=now)
    assert [(c.criterion.key, f"{c.share}") for c in view.criteria] == [("find", "70.00"), ("filed", "80.00")]
    assert f"{view.total}" == "72.50"
    assert [(a.advice.number, a.answer) for a in view.advice] == [(1, None)]
    assert view.record.findings[0].definition == "online_2022"
    assert "72.50" in inspector.get("/bang-dieu-hanh/danh-gia/DG-9/").content.decode()
    again = inspector.post(f"{whole}cong-bo/", {"seen": seen, "sure": "yes"})  # a double tap
    assert again["location"] == "/bang-dieu-hanh/danh-gia/DG-9/"
    assert Event.objects.filter(kind="voice.assessment_imported").count() == 1
    assert inspector.get(whole).status_code == 404  # nothing is typed into it any more


def test_what_is_missing_is_listed_and_leads_to_its_form(inspector: Client) -> None:
    draft = begun(
        inspector, title_en="", assessor="", size="", **{"to-day": "", "to-month": "", "to-year": ""}
    )
    page = unescape(inspector.get(draft).content.decode())
    assert "(English)" not in page.partition('id="general"')[0]  # English may stay blank
    for words in ("Assessor", "Size of the sample", "Last day", "One criterion at least"):
        assert words in page
    assert f'href="{draft}chung/"' in page
    assert "Publish the assessment" not in page
    refused = inspector.post(f"{draft}cong-bo/", {"seen": "x", "sure": "yes"})
    assert refused.status_code == 409
    assert assessments(actor=PUBLIC) == ()


def test_what_comes_first_is_said_and_codes_are_proposed(inspector: Client) -> None:
    assert re.search(
        r'name="code"[^>]*value="DG-\d{6}-\d{4}"', inspector.get(f"{DRAFTS}moi/").content.decode()
    )
    draft = begun(inspector)
    first = inspector.get(f"{draft}findings/them/", follow=True).content.decode()
    assert "First add a criterion: a finding belongs to one." in first
    assert re.search(r'name="key"[^>]*value="TC1"', first)


def test_several_findings_of_one_criterion_with_one_score(inspector: Client, now: datetime) -> None:
    plain = {key: "" if key.endswith("_en") else value for key, value in GENERAL.items()}
    draft = begun(inspector, **plain)
    send(inspector, f"{draft}criteria/them/", {**FIND, "name_en": "", "weight": ""})
    bare = {**SAID, "score": "", "words_vi": "Chữ nhỏ.", "words_en": "", "evidence_en": ""}
    send(inspector, f"{draft}findings/them/", bare)
    send(inspector, f"{draft}findings/them/", SAID)
    twice = send(inspector, f"{draft}findings/them/", {**SAID, "score": "2"}, 422)
    assert 'href="#score"' in twice
    assert SAID["words_en"] in twice
    inspector.cookies["motcua_language"] = "vi"
    assert "3,5" in inspector.get(draft).content.decode()
    done = inspector.post(f"{draft}cong-bo/", {"seen": _whole(inspector, draft), "sure": "yes"})
    assert done.status_code == 302, unescape(done.content.decode())
    view = assessment("DG-9", actor=PUBLIC, now=now)
    assert [f"{c.share}" for c in view.criteria] == ["70.00"]
    assert len(view.record.findings) == 2
    inspector.cookies["motcua_language"] = "en"
    page = inspector.get(done["location"]).content.decode()
    assert 'lang="vi">Đánh giá &lt;thử&gt;' in page
    assert "Chữ nhỏ." in page


def test_faults_stand_at_their_fields_and_the_input_is_kept(inspector: Client) -> None:
    wrong = {
        **GENERAL,
        "code": "DG/9",
        "size": "many",
        "from-month": "13",
        "subject": "H32",
        "repeats": "DG-0",
    }
    answer = inspector.post(f"{DRAFTS}moi/", wrong)
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    for field in ("code", "size", "from-day", "subject", "repeats"):
        assert f'href="#{field}"' in page
    for kept in ('value="DG/9"', 'value="many"', 'value="13"', "Trial filings."):
        assert kept in page
    assert "Đánh giá &lt;thử&gt;" in answer.content.decode()
    assert not AssessmentDraft.objects.exists()
    inspector.cookies["motcua_language"] = "vi"
    said = unescape(inspector.post(f"{DRAFTS}moi/", wrong).content.decode())
    assert "Nhập ngày có thật" in said
    assert "Cơ quan được đánh giá" in said


@pytest.mark.parametrize(
    ("part", "entry", "field"),
    [
        ("criteria", {**FIND, "key": "fi/nd"}, "key"),
        ("criteria", {**FIND, "most": "0"}, "most"),
        ("criteria", {**FIND, "weight": "0,0"}, "weight"),
        ("criteria", {**FIND, "key": "filed"}, "key"),  # there is one already
        ("findings", {**SAID, "criterion": "filed", "score": "NaN"}, "score"),
        ("findings", {**SAID, "criterion": "filed", "score": "11"}, "score"),
        ("findings", {**SAID, "criterion": "none"}, "criterion"),
        ("findings", {**SAID, "criterion": "filed", "evidence_vi": " "}, "evidence_vi"),
        ("findings", {**SAID, "criterion": "filed", "figure.definition": "online_2099"}, "figure-definition"),
        ("findings", {**SAID, "criterion": "filed", "figure.definition": ""}, "figure-definition"),
        ("findings", {**SAID, "criterion": "filed", "figure.to-month": "5"}, "figure-to-day"),
        ("recommendations", {**ASKED, "agency": "H99"}, "agency"),
        ("recommendations", {**ASKED, "words_vi": "x" * 5001}, "words_vi"),
        ("recommendations", {**ASKED, "words_vi": "a\x07b"}, "words_vi"),
    ],
)
def test_an_entry_with_a_fault_is_not_kept(
    inspector: Client, part: str, entry: dict[str, str], field: str
) -> None:
    draft = begun(inspector)
    send(inspector, f"{draft}criteria/them/", FILED)
    page = send(inspector, f"{draft}{part}/them/", entry, 422)
    assert f'href="#{field}"' in page
    kept = entry["name_vi"] if part == "criteria" else entry["words_en"]
    assert kept in page
    assert len(AssessmentDraft.objects.get().facts.get(part, [])) == (1 if part == "criteria" else 0)


def test_entries_are_changed_and_taken_out(inspector: Client, whole: str) -> None:
    renamed = send(inspector, f"{whole}criteria/1/", {**FIND, "key": "search"})
    assert renamed == ""
    facts = AssessmentDraft.objects.get().facts
    assert [f["criterion"] for f in facts["findings"]] == ["search", "filed"]
    assert facts["recommendations"][0]["criterion"] == "search"
    low = send(inspector, f"{whole}criteria/1/", {**FIND, "key": "search", "most": "3"}, 422)
    assert "Score 3.5 is above the scale of 3" in low
    seen = seen_of(inspector, f"{whole}criteria/1/")
    used = inspector.post(f"{whole}criteria/1/xoa/", {"seen": seen})
    assert used.status_code == 409
    assert "Take those out first." in used.content.decode()
    for part in ("recommendations", "findings", "criteria"):
        address = f"{whole}{part}/1/"
        assert inspector.post(f"{address}xoa/", {"seen": seen_of(inspector, address)}).status_code == 302
    assert [c["key"] for c in AssessmentDraft.objects.get().facts["criteria"]] == ["filed"]
    assert inspector.get(f"{whole}criteria/9/").status_code == 404
    assert inspector.get(f"{whole}general/them/").status_code == 404


def test_nothing_is_written_over_what_somebody_else_saved(inspector: Client, whole: str) -> None:
    for address, mine, theirs in (
        (f"{whole}chung/", {**GENERAL, "assessor": "Tôi"}, {**GENERAL, "assessor": "Người khác"}),
        (f"{whole}findings/1/", {**SAID, "words_vi": "Của tôi"}, {**SAID, "words_vi": "Của người khác"}),
        (f"{whole}recommendations/them/", {**ASKED, "words_vi": "Hai"}, {**ASKED, "words_vi": "Một"}),
    ):
        seen = seen_of(inspector, address)
        assert inspector.post(address, {**theirs, "seen": seen}).status_code == 302
        late = inspector.post(address, {**mine, "seen": seen})
        page = unescape(late.content.decode())
        assert late.status_code == 409
        assert "This part was changed elsewhere" in page
        assert mine.get("words_vi", "Tôi") in page  # the input is kept
    facts = AssessmentDraft.objects.get().facts
    assert (facts["assessor"], facts["findings"][0]["words_vi"]) == ("Người khác", "Của người khác")
    assert [(a["number"], a["words_vi"]) for a in facts["recommendations"]] == [(1, "Dán mã QR."), (2, "Một")]


def test_a_code_is_taken_once(inspector: Client, whole: str) -> None:
    again = inspector.post(f"{DRAFTS}moi/", GENERAL)
    assert again.status_code == 422
    assert "This code is taken" in again.content.decode()
    inspector.post(
        f"{DRAFTS}tep/", {"file": SimpleUploadedFile("a.toml", RECORD.replace("DG-1", "DG-9").encode())}
    )
    late = inspector.post(f"{whole}cong-bo/", {"seen": _whole(inspector, whole), "sure": "yes"})
    assert late.status_code == 422  # somebody published that code meanwhile: nothing is written over
    assert "“DG-9” is taken" in unescape(late.content.decode())
    assert [i.title.en for i in assessments(actor=PUBLIC)] == ["Trial assessment"]
    assert AssessmentDraft.objects.get().assessment_id is None


def test_a_repeat_takes_the_criteria_over(inspector: Client, now: datetime) -> None:
    inspector.post(f"{DRAFTS}tep/", {"file": SimpleUploadedFile("a.toml", RECORD.encode())})
    assert 'value="DG-1"' in inspector.get(f"{DRAFTS}moi/").content.decode()
    begun(inspector, repeats="DG-1")
    facts = AssessmentDraft.objects.get().facts
    assert [c["key"] for c in facts["criteria"]] == ["find", "finish"]
    other = inspector.post(f"{DRAFTS}moi/", {**GENERAL, "code": "DG-10", "subject": "H43", "repeats": "DG-1"})
    assert "Choose one of this very agency" in other.content.decode()


def test_a_file_is_taken_whole_or_refused_with_every_fault(inspector: Client) -> None:
    def upload(text: str) -> Any:
        return inspector.post(f"{DRAFTS}tep/", {"file": SimpleUploadedFile("bên ngoài.toml", text.encode())})

    assert upload(RECORD)["location"] == "/bang-dieu-hanh/danh-gia/DG-1/"
    assert upload(RECORD)["location"] == "/bang-dieu-hanh/danh-gia/DG-1/"
    bad = upload(AGAIN.replace('score = "7"', 'score = "NaN"').replace("online_2022", "online_2099"))
    page = unescape(bad.content.decode())
    assert bad.status_code == 422
    assert "findings[told]: “score” is not a number: “NaN”" in page
    assert "figure “online_2099” is not known here" in page
    assert "Nothing was kept." in page
    elsewhere = upload(RECORD.replace('subject = "H43.01"', 'subject = "H32"').replace("DG-1", "DG-3"))
    assert "your post does not let you record H32" in unescape(elsewhere.content.decode())
    empty = inspector.post(f"{DRAFTS}tep/", {})
    assert empty.status_code == 422
    assert 'href="#file"' in empty.content.decode()
    large = upload("#" * 1_000_001)
    assert "larger than 1 MB" in large.content.decode()
    assert [i.code for i in assessments(actor=PUBLIC)] == ["DG-1"]


def test_others_see_no_draft(inspector: Client, whole: str, commune: Commune) -> None:
    assert sign_in(Client(), commune.leader.user_id).get(whole).status_code == 200  # the leader above
    for who, status in ((commune.citizen, 403), (commune.desk, 404), (commune.stranger, 404)):
        browser = sign_in(Client(), who.user_id)
        assert browser.get(whole).status_code == status
        assert browser.post(f"{whole}bo/").status_code == status
    assert sign_in(Client(), commune.stranger.user_id).get(DRAFTS).status_code == 404
    assert Client().get(whole)["location"].startswith("/tai-khoan/login/")


def test_nobody_records_how_the_agency_that_they_lead_was_judged(
    inspector: Client, whole: str, make_user: Callable[..., int], appoint: Callable[..., Any]
) -> None:
    head = make_user("chutich")
    for role in (Role.LEADER, Role.INSPECTOR):  # the second post does not help
        appoint(head, "H43.01", role)
        browser = sign_in(Client(), head)
        assert browser.get(whole).status_code == browser.get(DRAFTS).status_code == 404
        assert DRAFTS not in browser.get("/bang-dieu-hanh/danh-gia/").content.decode()
    above = make_user("chutichtinh")
    appoint(above, "H43", Role.LEADER)
    browser = sign_in(Client(), above)
    assert browser.get(whole).status_code == 200
    own = browser.post(f"{DRAFTS}moi/", {**GENERAL, "code": "DG-10", "subject": "H43"})
    assert own.status_code == 422
    assert not AssessmentDraft.objects.filter(code="DG-10").exists()


def test_a_draft_is_thrown_away(inspector: Client, whole: str) -> None:
    assert inspector.post(f"{whole}bo/")["location"] == DRAFTS
    assert not AssessmentDraft.objects.exists()
    assert Event.objects.filter(kind="voice.assessment_draft_dropped").count() == 1


def test_the_list_leads_there_for_those_who_may(inspector: Client, commune: Commune) -> None:
    page = "/bang-dieu-hanh/danh-gia/"
    assert f'href="{DRAFTS}"' in inspector.get(page).content.decode()
    assert f'href="{DRAFTS}"' not in Client().get(page).content.decode()
    assert f'href="{DRAFTS}"' not in sign_in(Client(), commune.desk.user_id).get(page).content.decode()
