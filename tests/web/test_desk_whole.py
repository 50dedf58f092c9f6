"""The whole agency on the desk's pages, finding a dossier from every page, and going on in a list."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from motcua.dossiers.models import Dossier
from motcua.process.models import Clock, Step
from tests.web.filing import Walk, commune, portal, walk
from tests.web.test_desk import act, handled

__all__ = ["commune", "portal", "walk"]
pytestmark = pytest.mark.django_db
Start = Callable[..., Walk]


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", unescape(page)))


def overdue(code: str) -> None:
    """As if the date had passed ten days ago."""
    then = timezone.now() - timedelta(days=10)
    Dossier.objects.filter(code=code).update(due_at=then)
    Clock.objects.filter(reference=code).update(due_at=then)
    Step.objects.filter(reference=code, state="open").update(due_at=then)


def test_any_officer_sees_what_is_overdue_in_the_whole_agency(walk: Start) -> None:
    late, new = walk().file(), walk().file()
    act(walk, "desk", late, "receive")
    overdue(late)
    page = walk("signatory").get("/mot-cua/ca-co-quan/?lane=overdue")  # who has no work of this kind
    assert re.search(r'Quá hẹn trả <span class="mc-count mc-count--late">1<', page)
    assert late in page
    assert new not in page.split("<main")[1]
    words = plain(page)
    assert re.search(r"Trễ \d+ ngày làm việc", words)
    assert "Thẩm tra" in words
    assert "Chuyên viên chưa giao cho ai" in words
    assert "UBND phường Một" in words
    everything = walk("signatory").get("/mot-cua/ca-co-quan/")
    assert late in everything
    assert new in everything
    walk().get("/mot-cua/ca-co-quan/", 403)
    assert late not in walk("asked").get("/mot-cua/ca-co-quan/")


def test_who_has_it_is_a_person_or_a_post_or_the_applicant(walk: Start) -> None:
    code, asked = walk().file(), walk().file()
    act(walk, "desk", code, "receive")
    act(walk, "specialist", code, "assign", username="chuyenvien")
    act(walk, "desk", asked, "request_supplement", **{"why.": "other", "text.": "Ghi rõ tên cha"})
    words = plain(walk("desk").get("/mot-cua/ca-co-quan/"))
    assert "Người chuyenvien Chuyên viên" in words
    waiting = plain(walk("desk").get("/mot-cua/ca-co-quan/?lane=citizen").split("<tbody>")[1])
    assert re.search(asked + r".*Người nộp", waiting)


def test_the_box_finds_by_name_reference_and_number_and_keeps_the_number_out(walk: Start) -> None:
    code = walk().file()
    desk = walk("desk")
    for page in ("/mot-cua/", f"/mot-cua/{code}/", "/mot-cua/so-theo-doi/", "/mot-cua/quay/"):
        assert 'action="/mot-cua/tim/"' in desk.get(page)
    for typed in ("nguoi dan", "NGƯỜI DAN", code.lower(), code[-5:], "999 199 000 123"):
        where = desk.post("/mot-cua/tim/", {"q": typed})
        assert "999" not in where
        assert code in desk.get(where), typed
    assert "Không thấy hồ sơ nào" in desk.get(desk.post("/mot-cua/tim/", {"q": "999199000124"}))
    assert "đã hết hạn" in desk.get("/mot-cua/tim/?so=abc:def")
    assert code not in walk("asked").get(f"/mot-cua/tim/?q={code}").split("<table")[-1].split("<main")[
        -1
    ].replace(f"“{code}”", "")
    walk().refused("/mot-cua/tim/", {"q": "x"}, 403)


def test_what_is_over_is_found_with_what_came_of_it(walk: Start) -> None:
    code = walk().file()
    act(walk, "desk", code, "refuse", reason="Sai nơi nộp", clause="Điều 21")
    words = plain(walk("desk").get(f"/mot-cua/tim/?q={code}"))
    assert "Không ai: đã kết thúc" in words
    assert re.search(code + r".*(Từ chối|Không được) tiếp nhận", words)


def test_one_goes_on_in_the_list_one_came_from(walk: Start) -> None:
    codes = [walk().file() for _ in range(3)]
    desk = walk("desk")
    page = desk.get("/mot-cua/?lane=new")
    links = [unescape(h) for h in re.findall(r'<a class="mc-code" href="([^"]+)"', page)]
    assert [link.split("/")[2] for link in links] == codes
    middle = desk.get(links[1])
    before = unescape(re.search(r'href="([^"]+)" rel="prev"', middle)[1])
    after = unescape(re.search(r'href="([^"]+)" rel="next"', middle)[1])
    assert [before.split("/")[2], after.split("/")[2]] == [codes[0], codes[2]]
    assert "Hồ sơ tiếp theo" in middle
    assert 'rel="next"' not in desk.get(after)
    assert (
        unescape(re.search(r'<a[^>]*href="(/mot-cua/\?[^"]+)"', middle)[1]) == "/mot-cua/?lane=new&ai=nobody"
    )
    done = desk.post(re.search(r'action="([^"]+/receive/[^"]*)"', middle)[1].replace("&amp;", "&"))
    assert f"/mot-cua/{codes[2]}/" in re.search(r'href="([^"]+)" rel="next"', desk.get(done))[1]
    assert 'rel="next"' not in desk.get(f"/mot-cua/{codes[0]}/?tu=cua-toi&lane=new&at=broken")
    whole = walk("specialist").get("/mot-cua/ca-co-quan/?lane=open")
    first = unescape(re.findall(r'<a class="mc-code" href="([^"]+)"', whole)[0])
    assert 'rel="next"' in walk("specialist").get(first)


def test_the_list_is_two_keys_away_and_the_batch_next(walk: Start) -> None:
    walk().file()
    page = walk("desk").get("/mot-cua/")
    stops = re.findall(r'<(?:a|button|input|select)\b(?![^>]*type="hidden")[^>]*>', page.split("<body")[1])
    assert 'href="#list"' in stops[1]  # after “Skip to main content”
    assert re.search(r'<form[^>]*id="list" tabindex="-1"', page)
    inside = re.findall(
        r'<(?:a|button|input|select)\b(?![^>]*type="hidden")[^>]*>', page.split('id="list"')[1]
    )
    assert 'formaction="/mot-cua/nhieu/receive/"' in inside[0]


def test_both_dates_say_which_they_are_and_lateness_is_counted(walk: Start) -> None:
    code = walk().file()
    act(walk, "desk", code, "receive")
    overdue(code)
    words = plain(walk("specialist").get("/mot-cua/"))
    assert "Hạn của bước" in words
    assert "Ngày hẹn trả" in words
    assert len(re.findall(r"Trễ \d+ ngày làm việc", words)) == 2
    assert "Cần xin lỗi, hẹn lại" in words
    assert "Sắp đến hẹn" not in words
    page = plain(walk("specialist").get(f"/mot-cua/{code}/"))
    assert "Ngày hẹn trả:" in page
    assert re.search(r"hạn của bước: \S+ \S+\. Trễ \d+ ngày làm việc", page)


def test_new_ones_and_those_to_hand_over_have_tabs(walk: Start) -> None:
    new, ready = walk().file(), walk().file()
    handled(walk, ready)
    walk().post(f"/ho-so/{ready}/viec/confirm_draft/")
    act(walk, "signatory", ready, "sign")
    desk = walk("desk")
    for lane, there, gone in (("new", new, ready), ("return", ready, new)):
        lines = desk.get(f"/mot-cua/?lane={lane}").split("<tbody>")[1]
        assert there in lines
        assert gone not in lines
    assert re.search(r"Mới nộp <span[^>]*>1<", desk.get("/mot-cua/"))
    assert re.search(r"Chờ trả kết quả <span[^>]*>1<", desk.get("/mot-cua/"))


def test_pages_cost_the_same_for_few_and_many(walk: Start, django_assert_max_num_queries) -> None:
    for _ in range(6):
        walk().file()
    for address in ("/mot-cua/ca-co-quan/", "/mot-cua/ca-co-quan/?lane=late_step", "/mot-cua/tim/?q=nguoi"):
        desk = walk("desk")
        desk.get(address)
        with django_assert_max_num_queries(13):
            desk.get(address)


def test_the_book_says_how_each_stands_and_is_narrowed(walk: Start) -> None:
    late, done, fresh = walk().file(), walk().file(), walk().file()
    for code in (late, done, fresh):
        act(walk, "desk", code, "receive")
    overdue(late)
    act(walk, "specialist", done, "decline", reason="Không đủ điều kiện", clause="Điều 5")
    desk = walk("desk")
    page = desk.get("/mot-cua/so-theo-doi/")
    rows = {c: plain(r) for c in (late, done, fresh) for r in page.split("<tr>") if f"/{c}/" in r}
    assert re.search(r"Trễ \d+ ngày làm việc", rows[late])
    assert "Thẩm tra" in rows[late]
    assert re.search(r"Xong, còn \d+ ngày làm việc|Xong[^<]*\d+ ngày", rows[done])
    assert "Từ chối giải quyết" in rows[done]
    assert re.search(r"Còn \d+ ngày làm việc", rows[fresh])

    def listed(**by: str) -> set[str]:
        asked = "&".join(f"{n.replace('_', '-')}={v}" for n, v in by.items())
        table = desk.get(f"/mot-cua/so-theo-doi/?{asked}").split("<main")[1]
        return {c for c in (late, done, fresh) if f"/{c}/" in table}

    assert listed(trang_thai="overdue") == {late}
    assert listed(trang_thai="in_time") == {done}
    assert listed(trang_thai="late") == set()
    assert listed(trang_thai="open", thu_tuc="1.004873") == {late, fresh, done}
    assert listed(thu_tuc="9.999999") == set()
    assert "Chọn “Tất cả”" in desk.get("/mot-cua/so-theo-doi/?thu-tuc=9.999999")


def test_papers_open_beside_the_desk_and_say_so(walk: Start) -> None:
    code = walk().file()
    act(walk, "desk", code, "receive")
    page = walk("desk").get(f"/mot-cua/{code}/")
    link = re.search(r'<a href="/ho-so/[^"]+/phieu/01.pdf"([^>]*)>([^<]*)</a>', page)
    assert 'target="_blank"' in link[1]
    assert "(PDF, mở ở thẻ mới)" in link[2]
    theirs = re.search(r'<a href="/ho-so/[^"]+/phieu/01.pdf"([^>]*)>([^<]*)', walk().get(f"/ho-so/{code}/"))
    assert ("_blank" in theirs[1]) == ("thẻ mới" in theirs[2])  # who loses the page is told so


def test_what_was_done_together_is_named(walk: Start) -> None:
    code = walk().file()
    answer = walk("desk").client.post("/mot-cua/nhieu/receive/", {"ho-so": [code, "H43.02-260101-0009"]})
    words = plain(answer.content.decode())
    assert re.search(code + r" Người dan Thủ tục cấp Giấy xác nhận tình trạng hôn nhân Được tiếp nhận", words)
    assert "H43.02-260101-0009 – –" in words


def test_questions_to_other_agencies_have_a_lane_of_their_own(walk: Start) -> None:
    code, other = walk().file(), walk().file()
    for one in (code, other):
        act(walk, "desk", one, "receive")
    act(walk, "specialist", code, "consult", agency="H43.02", question="Có đăng ký kết hôn không?")
    missing = {"why.": "other", "text.": "Ghi rõ tên cha"}
    act(walk, "specialist", code, "request_supplement", **missing)  # the question stays open meanwhile
    page = walk("desk").get("/mot-cua/ca-co-quan/?lane=asked")
    assert re.search(r"Đang hỏi nơi khác <span[^>]*>1<", page)
    lines = page.split("<tbody>")[1]
    assert code in lines
    assert other not in lines
    assert "UBND phường Hai" in plain(lines)
    asked = walk("asked")
    form = re.search(r'name="(answer_consultation-[^"]*)\.answer"', asked.get(f"/mot-cua/{code}/"))
    asked.post(f"/mot-cua/{code}/answer_consultation/", {f"{form[1]}.answer": "Không.", "step": "consult:1"})
    assert re.search(r"Đang hỏi nơi khác <span[^>]*>0<", walk("desk").get("/mot-cua/ca-co-quan/"))
