"""The desk: work by deadline, a form for each allowed action, refusals in words; and the applicant's side."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from motcua.dossiers import queries
from tests.dossiers.conftest import Commune
from tests.web.filing import PNG, Portal, Walk, commune, portal, walk

__all__ = ["commune", "portal", "walk"]
pytestmark = pytest.mark.django_db
Start = Callable[..., Walk]


def act(walk: Start, who: str, code: str, action: str, **params: str) -> str:
    """Send one of the desk's forms; names stand under the form's prefix."""
    step = params.pop("step", "")
    prefix = f"{action}-{step}" if step else action
    data = {f"{prefix}.{name}": value for name, value in params.items()} | ({"step": step} if step else {})
    return walk(who).post(f"/mot-cua/{code}/{action}/", data)


def handled(walk: Start, code: str) -> None:
    """Received, verified and drafted."""
    act(walk, "desk", code, "receive")
    found = {"finding.residence_readable": "yes", "finding.ask_former": "no", "finding.found": "Khớp"}
    act(walk, "specialist", code, "complete_step", step="verify", **found)
    act(walk, "specialist", code, "complete_step", step="draft", **{"finding.agrees": "yes"})


def test_the_work_list_by_deadline(walk: Start, commune, django_assert_max_num_queries) -> None:
    code = walk().file()
    desk = walk("desk")
    with django_assert_max_num_queries(11):
        page = desk.get("/mot-cua/")
    assert code in page
    assert "Người dan" in page
    assert desk.client.get("/mot-cua/?lane=overdue").status_code == 200
    assert desk.client.get("/mot-cua/?after=!!").status_code == 422
    assert code not in walk("asked").get("/mot-cua/")  # another commune's desk


def test_what_was_done_is_said_with_where_it_is_now_and_what_comes_next(walk: Start) -> None:
    code, other = walk().file(), walk().file()
    desk = walk("desk")
    page = desk.get(desk.post(f"/mot-cua/{code}/receive/"))
    assert "Đã tiếp nhận. Người nộp được báo ngày hẹn trả." in page
    assert re.search(r"Hiện nay:</strong>\s*Thẩm tra", page)
    assert re.search(rf'Việc tiếp theo của bạn: <a[^>]*href="/mot-cua/{other}/"', page)
    assert f"/mot-cua/{code}/" not in walk("desk").get(f"/mot-cua/{other}/")  # its own work comes first


def test_people_see_in_their_list_what_waits_for_them(walk: Start) -> None:
    code = walk().file()
    assert "Đang chờ bạn" not in walk().get("/ho-so/")
    handled(walk, code)
    assert "Đang chờ bạn" in walk().get("/ho-so/")


def test_a_dossier_that_waits_for_a_supplement_is_with_the_applicant(walk: Start) -> None:
    code = walk().file()
    act(walk, "desk", code, "request_supplement", **{"why.": "other", "text.": "Ghi rõ tên cha"})
    assert re.search(r"Hiện nay:</strong>[^<]*\(người nộp\)", walk("desk").get(f"/mot-cua/{code}/"))
    assert "Đang chờ bạn" in walk().get(f"/ho-so/{code}/")


def test_a_draft_that_does_not_agree_goes_back_to_be_verified(walk: Start) -> None:
    code = walk().file()
    act(walk, "desk", code, "receive")
    officer = walk("specialist")
    verify = {"finding.residence_readable": "yes", "finding.ask_former": "no", "finding.found": "Khớp"}
    empty = {f"complete_step-verify.{k}": v for k, v in verify.items() if k != "finding.found"}
    page = officer.refused(f"/mot-cua/{code}/complete_step/", {**empty, "step": "verify"})
    assert 'href="#complete_step-verify-finding-found"' in page  # nothing was found, nothing is verified
    act(walk, "specialist", code, "complete_step", step="verify", **verify)
    page = officer.get(f"/mot-cua/{code}/")
    assert "quay lại bước “Thẩm tra, tra cứu" in page
    yes = {"complete_step-draft.finding.agrees": "yes", "step": "draft"}
    page = officer.refused(
        f"/mot-cua/{code}/complete_step/", {**yes, "complete_step-draft.reason": "Sai tên vợ"}
    )
    assert 'href="#complete_step-draft-reason"' in page  # what was written is not dropped
    assert "Sai tên vợ</textarea>" in page
    no = {"complete_step-draft.finding.agrees": "no", "step": "draft"}
    page = officer.refused(f"/mot-cua/{code}/complete_step/", no)
    assert 'href="#complete_step-draft-reason"' in page
    officer.post(f"/mot-cua/{code}/complete_step/", {**no, "complete_step-draft.reason": "Sai tên vợ"})
    page = officer.get(f"/mot-cua/{code}/")
    assert "Đã trả lại để sửa, kèm lý do của bạn." in page
    assert "Đã hoàn thành bước" not in page
    assert re.search(r"Hiện nay:</strong>\s*Thẩm tra", page)
    assert "deliver_draft" not in walk().get(f"/ho-so/{code}/")  # nothing wrong reached the applicant


def test_a_draft_that_was_sent_back_is_seen_with_its_reason(walk: Start) -> None:
    code = walk().file()
    act(walk, "desk", code, "receive")
    found = {"finding.residence_readable": "yes", "finding.ask_former": "no", "finding.found": "Khớp"}
    act(walk, "specialist", code, "complete_step", step="verify", **found)
    officer, signs = walk("specialist"), walk("signatory")
    page = officer.get(f"/mot-cua/{code}/")
    assert f"/ho-so/{code}/du-thao.pdf" in page  # who attests the draft is shown it, and what it says
    assert re.search(r"Mục đích sử dụng</dt>\s*<dd[^>]*>Vay vốn", page)
    assert officer.client.get(f"/ho-so/{code}/du-thao.pdf").content.startswith(b"%PDF")
    act(walk, "specialist", code, "complete_step", step="draft", **{"finding.agrees": "yes"})
    walk().post(f"/ho-so/{code}/viec/deliver_draft/")
    walk().post(f"/ho-so/{code}/viec/confirm_draft/")
    page = signs.get(f"/mot-cua/{code}/")
    assert "Người sửa bản dự thảo đọc nội dung này; người nộp không đọc" in page
    assert "Bị trả lại" not in officer.get("/mot-cua/")
    signs.post(f"/mot-cua/{code}/reject_draft/", {"reject_draft.reason": "Thiếu số nhà"})
    assert "Đã gửi lại, kèm lý do, cho người soạn dự thảo." in signs.get(f"/mot-cua/{code}/")
    assert re.search(r"Soạn dự thảo giấy xác nhận\s*<strong[^>]*>\s*Bị trả lại", officer.get("/mot-cua/"))
    page = officer.get(f"/mot-cua/{code}/")
    assert page.index("Thiếu số nhà") < page.index("Việc bạn làm được lúc này")
    assert re.search(r"Bị trả lại từ bước:\s*Ký giấy xác nhận", page)
    assert re.search(
        r"Ký giấy xác nhận(?:(?!Bị trả lại).)*?Đã trả lại", page.split("Bị trả lại từ bước")[1], re.S
    )
    assert "Thiếu số nhà" not in walk().get(f"/ho-so/{code}/")  # as the hint promised
    act(walk, "specialist", code, "complete_step", step="draft", **{"finding.agrees": "yes"})
    assert "đã được làm lại" in signs.get(f"/mot-cua/{code}/")


def test_only_what_can_work_is_offered(walk: Start) -> None:
    code = walk().file()
    act(walk, "desk", code, "receive")
    page = walk("specialist").get(f"/mot-cua/{code}/")
    people = re.search(r'name="assign.username".*?</select>', page, re.S)
    assert people
    assert re.findall(r'value="([^"]*)"', people[0].split(">", 1)[1]) == [
        "",
        "*",
    ]  # no signatory, oneself once
    handled_on(walk, code)
    page = walk("desk").get("/mot-cua/?lane=return")
    assert code in page
    assert "mc-bulk__verbs" not in page


def handled_on(walk: Start, code: str) -> None:
    """From reception to the signature."""
    found = {"finding.residence_readable": "yes", "finding.ask_former": "no", "finding.found": "Khớp"}
    act(walk, "specialist", code, "complete_step", step="verify", **found)
    act(walk, "specialist", code, "complete_step", step="draft", **{"finding.agrees": "yes"})
    walk().post(f"/ho-so/{code}/viec/deliver_draft/")
    walk().post(f"/ho-so/{code}/viec/confirm_draft/")
    act(walk, "signatory", code, "sign")


def test_people_without_a_post_have_no_desk(walk: Start) -> None:
    citizen = walk()
    code = citizen.file()
    citizen.get("/mot-cua/", 403)
    citizen.get(f"/mot-cua/{code}/", 403)
    walk("stranger").get(f"/mot-cua/{code}/", 404)
    walk("stranger").refused(f"/mot-cua/{code}/receive/", {}, 404)


def test_only_allowed_actions_are_forms_and_others_say_why_not(walk: Start) -> None:
    code = walk().file()
    page = walk("desk").get(f"/mot-cua/{code}/")
    assert f"/mot-cua/{code}/receive/" in page
    assert f"/mot-cua/{code}/sign/" not in page
    page = walk("specialist").get(f"/mot-cua/{code}/")
    assert f"/mot-cua/{code}/receive/" not in page


def test_a_refused_form_comes_back_with_what_was_typed(walk: Start) -> None:
    code = walk().file()
    desk = walk("desk")
    page = desk.refused(f"/mot-cua/{code}/refuse/", {"refuse.reason": " ", "refuse.clause": "Điều 22"})
    assert 'href="#refuse-reason"' in page
    assert 'value="Điều 22"' in page
    desk.refused(f"/mot-cua/{code}/sign/", {}, 409)
    desk.refused(f"/mot-cua/{code}/withdraw/", {}, 404)  # the applicant's, not the desk's
    desk.get(f"/mot-cua/{code}/receive/", 405)


def test_from_intake_to_the_signed_result_in_the_applicants_hands(walk: Start, portal: Portal) -> None:
    code = walk().file()
    handled(walk, code)
    person = walk()
    assert "deliver_draft" in person.get(f"/ho-so/{code}/")
    assert person.post(f"/ho-so/{code}/viec/deliver_draft/") == f"/ho-so/{code}/du-thao/"
    draft = person.client.get(f"/ho-so/{code}/du-thao.pdf")
    assert draft.content.startswith(b"%PDF")
    assert draft["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in draft["Content-Security-Policy"]
    person.post(f"/ho-so/{code}/viec/confirm_draft/")
    assert "du-thao.pdf" in walk("signatory").get(f"/mot-cua/{code}/")
    act(walk, "signatory", code, "sign")
    act(walk, "desk", code, "return_result", how="online")
    page = person.get(f"/ho-so/{code}/")
    verify = re.search(r"/verify/[\w-]+", page)
    assert verify
    assert person.client.get(verify[0]).status_code == 200
    result = person.client.get(f"/ho-so/{code}/ket-qua.pdf")
    assert result.content.startswith(b"%PDF")
    assert result["Content-Disposition"].startswith("attachment")
    walk("other").get(f"/ho-so/{code}/ket-qua.pdf", 404)
    walk("other").get(f"/ho-so/{code}/", 404)


def test_a_rejected_draft_goes_back_with_the_words(walk: Start) -> None:
    code = walk().file()
    handled(walk, code)
    person = walk()
    person.post(f"/ho-so/{code}/viec/deliver_draft/")
    assert 'href="#reason"' in person.refused(f"/ho-so/{code}/viec/reject_draft/", {"reason": ""})
    person.post(f"/ho-so/{code}/viec/reject_draft/", {"reason": "Sai ngày sinh"})
    assert "Sai ngày sinh" in walk("specialist").get(f"/mot-cua/{code}/")


@pytest.mark.feature("30")
def test_one_supplement_request_with_all_its_items_and_an_answer_with_files(walk: Start) -> None:
    code = walk().file()
    act(walk, "desk", code, "receive")
    officer = walk("specialist")
    empty = officer.refused(f"/mot-cua/{code}/request_supplement/", {"request_supplement.why.": "other"})
    assert "error-summary" in empty
    items = {
        "request_supplement.on.earlier_certificate": "1",
        "request_supplement.why.earlier_certificate": "unreadable",
        "request_supplement.text.earlier_certificate": "Ảnh mờ",
        "request_supplement.why.": "other",
        "request_supplement.text.": "Ghi rõ tên cha",
    }
    officer.post(f"/mot-cua/{code}/request_supplement/", items)
    person = walk()
    page = person.get(f"/ho-so/{code}/")
    assert "Ảnh mờ" in page
    assert "Ghi rõ tên cha" in page
    person.refused(f"/ho-so/{code}/bo-sung/", {"answer": ""})
    bad = SimpleUploadedFile("virus.exe", b"MZ not a picture")
    person.refused(f"/ho-so/{code}/bo-sung/", {"answer": "x", "file.earlier_certificate": bad})
    good = SimpleUploadedFile("giấy cũ.png", PNG)
    person.post(f"/ho-so/{code}/bo-sung/", {"answer": "Đây ạ", "file.earlier_certificate": good})
    page = officer.get(f"/mot-cua/{code}/")
    assert "Đây ạ" in page
    paper = re.search(r"/giay-to/[0-9a-f-]{36}/", page)
    assert paper
    assert officer.client.get(paper[0]).content == PNG
    walk("other").get(paper[0], 404)
    walk("stranger").get(paper[0], 404)


def test_a_question_to_another_agency_and_its_answer(walk: Start) -> None:
    code = walk().file()
    act(walk, "desk", code, "receive")
    act(walk, "specialist", code, "consult", agency="H43.02", question="Có đăng ký kết hôn không?")
    asked = walk("asked")
    assert "Có đăng ký kết hôn không?" in asked.get(f"/mot-cua/{code}/")
    form = re.search(r'name="(answer_consultation-[^"]*)\.answer"', asked.get(f"/mot-cua/{code}/"))
    assert form
    asked.post(f"/mot-cua/{code}/answer_consultation/", {f"{form[1]}.answer": "Không.", "step": "consult:1"})
    assert "Không." in walk("specialist").get(f"/mot-cua/{code}/")


@pytest.mark.feature("31")
def test_an_apology_names_a_later_day(walk: Start) -> None:
    code = walk().file()
    act(walk, "desk", code, "receive")
    desk = walk("desk")
    parts = {"day": "31", "month": "2", "year": "2027"}
    day = {f"apologise.new_due_at-{part}": value for part, value in parts.items()}
    page = desk.refused(f"/mot-cua/{code}/apologise/", {"apologise.reason": "Đông", **day})
    assert 'href="#apologise-new_due_at-day"' in page
    assert 'value="31"' in page
    assert "Ghi ngày có thật, đủ ngày, tháng và năm." in page
    assert "new_due_at”" not in page
    day["apologise.new_due_at-day"] = "1"
    desk.post(f"/mot-cua/{code}/apologise/", {"apologise.reason": "Quá tải", **day})
    page = walk().get(f"/ho-so/{code}/")
    assert "Quá tải" in page
    assert "01/02/2027" in page


@pytest.mark.feature("32")
def test_a_refusal_shows_reason_clause_and_the_way_to_complain(walk: Start) -> None:
    code = walk().file()
    act(walk, "desk", code, "refuse", reason="Sai nơi nộp", clause="Điều 21")
    page = walk().get(f"/ho-so/{code}/")
    assert "Sai nơi nộp" in page
    assert "Điều 21" in page
    assert "Luật Khiếu nại" in page or "Law on Complaints" in page


def test_withdrawing_asks_once_more(walk: Start, portal: Portal) -> None:
    person = walk()
    code = person.file()
    person.get(f"/ho-so/{code}/rut/")
    person.post(f"/ho-so/{code}/viec/withdraw/", {"reason": ""})
    view = queries.dossier_for(code, actor=portal.commune.citizen, now=timezone.now())
    assert view.outcome == "withdrawn"
    assert "action=" not in person.get(f"/ho-so/{code}/rut/").split("<main")[1]


def test_papers_of_a_draft(walk: Start) -> None:
    person = walk()
    draft = person.begin()
    person.post(f"{draft}earlier/", {"earlier": "have", "earlier_reason": "expired", "earlier_number": ""})
    page = person.get(f"{draft}giay-to/")
    assert "earlier_certificate" in page
    person.refused(f"{draft}giay-to/", {"component": "earlier_certificate"})
    bad = SimpleUploadedFile("a.pdf", b"")
    person.refused(f"{draft}giay-to/", {"component": "earlier_certificate", "file": bad})
    good = SimpleUploadedFile("a.png", PNG)
    person.post(f"{draft}giay-to/", {"component": "earlier_certificate", "file": good})
    assert "a.png" in person.get(f"{draft}giay-to/")
    person.post(f"{draft}giay-to/", {"component": "earlier_certificate", "remove": "1"})
    assert "a.png" not in person.get(f"{draft}giay-to/")


def test_messages_are_read_once(walk: Start, commune) -> None:
    from motcua.events.operations import run_readers

    person = walk()
    code = person.file()
    act(walk, "desk", code, "receive")
    run_readers(now=timezone.now())
    page = person.get("/hop-thu/")
    form = re.search(r"/hop-thu/(\d+)/da-doc/", page)
    assert form
    assert "1 tin mới" in page or "2 tin mới" in page
    assert page.count("<summary>") == page.count('id="message-')  # titles only: each letter is folded
    walk("other").refused(form[0], {}, 404)
    person.post(form[0])
    again = person.get("/hop-thu/")
    assert form[0] not in again
    assert again.count("<summary><strong>") == page.count("<summary><strong>") - 1  # bold is what is new


def test_all_messages_are_read_at_once_but_not_what_came_since(walk: Start, commune, now) -> None:
    from motcua.notices.models import Message
    from motcua.notices.queries import unread_count

    mine, others = (
        [
            Message.objects.create(
                template="x", locale="vi", subject=f"Tin {n}", body="Nội dung", user_id=actor.user_id,
                channel="inbox", state="sent", queued_at=now, next_try_at=now, key=f"{actor.user_id}:{n}",
            )
            for n in range(3)
        ]
        for actor in (commune.citizen, commune.other)
    )  # fmt: skip
    person = walk()
    assert f'name="until" value="{mine[2].pk}"' in person.get("/hop-thu/")
    person.post("/hop-thu/da-doc/", {"until": str(mine[1].pk)})
    assert unread_count(commune.citizen) == 1
    assert 'da-doc/"' not in person.get("/hop-thu/").replace(f"/{mine[2].pk}/da-doc/", "")
    for nonsense in ("", "x", "9" * 30, "²"):
        person.post("/hop-thu/da-doc/", {"until": nonsense})
    assert unread_count(commune.citizen) == 1
    person.post("/hop-thu/da-doc/", {"until": str(others[2].pk)})
    assert (unread_count(commune.citizen), unread_count(commune.other)) == (0, 3)


def test_the_dossier_page_costs_the_same_for_long_and_short_lives(walk: Start) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    code = walk().file()
    officer = walk("specialist")
    with CaptureQueriesContext(connection) as short:
        officer.get(f"/mot-cua/{code}/")
    handled(walk, code)
    with CaptureQueriesContext(connection) as long:
        officer.get(f"/mot-cua/{code}/")
    assert len(long) <= 22  # slips, and the look written down (docs/decisions/0009)
    assert len(long) - len(short) <= 6


@pytest.mark.feature("45")
def test_the_signatory_corrects_what_was_signed_and_the_old_paper_says_so(
    walk: Start, portal: Portal
) -> None:
    code = walk().file()
    handled(walk, code)
    walk().post(f"/ho-so/{code}/viec/confirm_draft/")
    act(walk, "signatory", code, "sign")
    page = walk("signatory").get(f"/mot-cua/{code}/")
    old = re.search(r"/verify/([\w-]+)", page)[1]
    values = dict(re.findall(r'name="correct_result\.(correction\.\w+)"[^>]*value="([^"]*)"', page))
    assert re.fullmatch(r"\d\d/\d\d/\d{4}", values["correction.birth_on"])
    again = walk("signatory").refused(
        f"/mot-cua/{code}/correct_result/",
        {f"correct_result.{n}": v for n, v in (values | {"correction.birth_on": "31/02/1999"}).items()}
        | {"correct_result.reason": "Ghi sai ngày sinh"},
        422,
    )
    assert "31/02/1999" in again  # nothing typed is lost
    act(
        walk,
        "signatory",
        code,
        "correct_result",
        **values | {"correction.birth_on": "5/7/1990"},
        reason="Sai",
    )
    public = walk().get(f"/verify/{old}")
    assert "Được thay bằng số" in public
    assert "Thu hồi" in public or "thu hồi" in public
    assert "kết quả được đính chính" in walk().get(f"/ho-so/{code}/").lower()


def test_a_refusal_names_a_ground_or_a_clause(walk: Start, commune: Commune) -> None:
    code = walk("citizen").file()
    desk = walk("desk")
    page = desk.get(f"/mot-cua/{code}/")
    assert "Không thuộc thẩm quyền giải quyết của cơ quan này" in page
    words = {"refuse.reason": "Thuộc thẩm quyền phường khác."}
    page = desk.refused(f"/mot-cua/{code}/refuse/", words)
    assert 'href="#refuse-ground"' in page
    assert "Thuộc thẩm quyền phường khác." in page
    assert queries.dossier_for(code, actor=commune.desk, now=timezone.now()).status == 1
    desk.post(f"/mot-cua/{code}/refuse/", {**words, "refuse.ground": "not_competent"})
    told = queries.dossier_for(code, actor=commune.citizen, now=timezone.now())
    assert told.status == 3
    assert "118/2025" in told.decisions[0].clause
