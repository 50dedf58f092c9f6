"""The officer's list: whose work it counts, how much of it is seen at once, and how all of it is ticked."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from django.utils.timezone import localtime

from motcua.dossiers.models import Dossier
from motcua.process.models import Clock
from tests.web.filing import Walk, commune, portal, walk
from tests.web.test_desk import act

__all__ = ["commune", "portal", "walk"]
pytestmark = pytest.mark.django_db
Start = Callable[..., Walk]


def switch(page: str) -> dict[str, str]:
    """Whose work, with its count."""
    found = re.search(r'<nav class="mc-switch".*?</nav>', page, re.DOTALL)[0]
    return dict(re.findall(r'\?ai=(\w+)".*?mc-count">(\d+\+?)<', found))


def test_my_work_is_mine_and_what_is_given_to_nobody_stands_apart(walk: Start) -> None:
    one, two = walk().file(), walk().file()
    for code in (one, two):
        act(walk, "desk", code, "receive")
    officer = walk("specialist")
    act(walk, "specialist", one, "assign", username="")
    page = officer.get("/mot-cua/")
    assert switch(page) == {"mine": "1", "nobody": "1"}
    assert one in page
    assert two not in page
    nobody = officer.get("/mot-cua/?ai=nobody")
    assert two in nobody
    assert one not in nobody
    assert 'id="tab-1" href="?lane=all&amp;ai=nobody" aria-current="page"' in nobody
    assert one in officer.get("/mot-cua/?ai=all")
    assert two in officer.get("/mot-cua/?lane=unassigned")  # an address from before


def test_the_counts_of_the_lanes_are_of_the_work_that_is_shown(walk: Start) -> None:
    one, two = walk().file(), walk().file()
    for code in (one, two):
        act(walk, "desk", code, "receive")
    act(walk, "specialist", one, "assign", username="")
    for address in ("/mot-cua/", "/mot-cua/?ai=nobody"):
        first = re.search(r'id="tab-1".*?mc-count">(\d+)<', walk("specialist").get(address))
        assert first[1] == "1"


def test_a_list_opens_on_what_waits_where_nothing_is_given_to_one(walk: Start) -> None:
    code = walk().file()
    assert code in walk("desk").get("/mot-cua/")
    empty = walk("desk").get("/mot-cua/?ai=mine")
    assert code not in empty
    assert "Chưa có việc nào giao cho bạn" in empty


def test_the_next_dossier_is_never_a_colleagues(walk: Start, commune) -> None:
    from datetime import date

    from django.utils import timezone

    from motcua.agencies.operations import appoint
    from motcua.core.actor import SYSTEM, Role
    from motcua.dossiers import queries

    appoint(
        user_id=commune.signatory.user_id, agency="H43.01", role=Role.SPECIALIST, from_on=date(2025, 7, 1),
        actor=SYSTEM, now=timezone.now(),
    )  # fmt: skip
    one, two = walk().file(), walk().file()
    for code in (one, two):
        act(walk, "desk", code, "receive")
    act(walk, "specialist", one, "assign", username="nguoiky")
    found = queries.next_work(actor=commune.specialist, but=two, now=timezone.now())
    assert found is None
    found = queries.next_work(actor=commune.specialist, but=one, now=timezone.now())
    assert found is not None
    assert found.code == two


def test_one_search_and_the_filter_folded_until_it_narrows(walk: Start) -> None:
    walk().file()
    desk = walk("desk")
    page = desk.get("/mot-cua/")
    assert len(re.findall(r'<input[^>]*type="(?:search|text)"', page)) == 1
    assert re.search(r'<details class="[^"]*mc-desk__narrow"><summary>', page)
    narrowed = desk.get("/mot-cua/?buoc=intake")
    assert re.search(r'<details class="[^"]*mc-desk__narrow" open><summary>', narrowed)


def test_all_of_a_page_is_ticked_by_a_link_and_rows_say_when_they_were_filed(walk: Start) -> None:
    codes = [walk().file(), walk().file()]
    desk = walk("desk")
    page = desk.get("/mot-cua/?buoc=intake")
    assert " checked" not in page.split("<tbody>")[1]
    link = unescape(re.search(r'id="tick" href="([^"]+)">Chọn cả 2 hồ sơ đang hiện<', page)[1])
    assert "buoc=intake" in link
    ticked = desk.get("/mot-cua/" + link)
    assert len(re.findall(r'name="ho-so" value="[^"]+"[^>]* checked>', ticked)) == len(codes)
    assert "Bỏ chọn tất cả" in ticked
    assert len(re.findall(r"nộp <time datetime=", page)) == len(codes)


def test_no_two_controls_of_the_list_have_one_name(walk: Start) -> None:
    walk().file()
    form = walk("desk").get("/mot-cua/").split('id="list"')[1].split("<table")[0]
    names = [
        re.sub(r"<[^>]+>", "", n).strip()
        for n in re.findall(r"<(?:a|button)\b[^>]*>(.*?)</(?:a|button)>", form)
    ]
    assert len(names) == len(set(names)) == 5
    assert names[0] == "Tiếp nhận hồ sơ đã chọn"


def test_a_batch_leads_back_to_where_it_came_from(walk: Start) -> None:
    code = walk().file()
    desk = walk("desk")
    page = desk.get("/mot-cua/?lane=new&buoc=intake&ai=nobody")
    kept = dict(
        re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.split('id="list"')[1])
    )
    whole = unescape(re.search(r'href="(/mot-cua/nhieu/receive/[^"]+)"', page)[1])
    ticked = f"/mot-cua/nhieu/receive/?{urlencode({**kept, 'ho-so': code})}"
    for address in (whole, ticked):
        review = desk.get(address)
        assert code in review
        assert 'href="/mot-cua/?lane=new&amp;buoc=intake&amp;ai=nobody"' in review
    done = desk.client.post(ticked, {"ho-so": [code]}).content.decode()
    assert "Đã làm 1 hồ sơ" in done
    assert 'href="/mot-cua/?lane=new&amp;buoc=intake&amp;ai=nobody"' in done


def test_a_found_dossier_leads_back_to_its_search(walk: Start) -> None:
    code = walk().file()
    desk = walk("desk")
    for text in (code[-4:], "999199000123"):
        found = desk.get(desk.post("/mot-cua/tim/", {"q": text}))
        opened = unescape(re.search(r'<a class="mc-code" href="([^"]+)"', found)[1])
        back = unescape(re.search(r'<a href="(/mot-cua/tim/[^"]+)">Hồ sơ tìm được<', desk.get(opened))[1])
        assert code in desk.get(back)
        assert "999199000123" not in opened + back


def test_after_an_apology_it_is_still_said_how_late_the_whole_is(walk: Start) -> None:
    code, now = walk().file(), timezone.now()
    act(walk, "desk", code, "receive")

    def stands(promised: datetime) -> tuple[str, str]:
        due = now - timedelta(days=20)
        Clock.objects.filter(reference=code).update(started_at=due, due_at=due, promised_at=promised)
        Dossier.objects.filter(code=code).update(due_at=due)
        row = walk("specialist").get("/mot-cua/").split("<tbody>")[1].split("</tbody>")[0]
        cell = row.split('data-label="Ngày hẹn trả"')[1].split("</td>")[0]
        return cell, walk().get("/ho-so/")

    cell, mine = stands(now + timedelta(days=9))
    assert "Trễ" in cell
    assert "Ngày hẹn lại cũng đã qua" not in cell
    assert f"{localtime(now + timedelta(days=9)):%d/%m/%Y}" in mine
    cell, _ = stands(now - timedelta(days=3))
    assert "Ngày hẹn lại cũng đã qua" in cell
