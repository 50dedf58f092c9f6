"""Slips on the pages of desk and citizen, their print, the book, and a correction."""

import re
from collections.abc import Callable

import pytest

from tests.web.filing import Portal, Walk, commune, portal, walk
from tests.web.test_desk import act

__all__ = ["commune", "portal", "walk"]
pytestmark = pytest.mark.django_db
Start = Callable[..., Walk]


def pdf(walk: Walk, address: str, status: int = 200) -> bytes:
    answer = walk.client.get(address)
    assert answer.status_code == status, address
    if status == 200:
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].startswith("inline")
    return bytes(answer.content)


@pytest.mark.feature("24")
def test_receipts_from_the_confirmation_page_on(walk: Start) -> None:
    person = walk()
    code = person.file()
    assert f"/ho-so/{code}/da-nop.pdf" in person.get(f"/ho-so/{code}/da-nop/")
    assert pdf(person, f"/ho-so/{code}/da-nop.pdf").startswith(b"%PDF-")
    act(walk, "desk", code, "receive")
    for page in (f"/ho-so/{code}/", f"/ho-so/{code}/da-nop/"):
        shown = person.get(page)
        assert f"/ho-so/{code}/phieu/01.pdf" in shown
        assert f"/ho-so/{code}/phieu/05.pdf" not in shown
    desk = walk("desk").get(f"/mot-cua/{code}/")
    assert f"/ho-so/{code}/phieu/01.pdf" in desk
    assert f"/ho-so/{code}/phieu/05.pdf" in desk
    own = pdf(person, f"/ho-so/{code}/phieu/01.pdf")
    assert own == pdf(walk("desk"), f"/ho-so/{code}/phieu/01.pdf")
    for who, key in (("other", "01"), ("stranger", "01"), ("citizen", "05"), ("citizen", "99")):
        pdf(walk(who), f"/ho-so/{code}/phieu/{key}.pdf", 404)


def test_a_slip_is_replaced_on_the_desk(walk: Start, client) -> None:
    from motcua.documents.models import Slip

    code = walk().file()
    act(walk, "desk", code, "refuse", reason="Sai nơi nộp", clause="Điều 21")
    address = f"/mot-cua/{code}/phieu/03/thay/"
    desk = walk("desk")
    assert address in desk.get(f"/mot-cua/{code}/")
    assert "Thay phiếu" in desk.get(address)
    assert "Chưa ghi lý do" in desk.refused(address, {"because": " ", "clause": "Điều 9"})
    assert desk.post(address, {"because": "Ghi nhầm", "clause": "Điều 22"}) == f"/mot-cua/{code}/"
    page = walk().get(f"/ho-so/{code}/")
    assert "Được thay bằng số" in page
    assert "Điều 22" in page
    assert address not in desk.get(f"/mot-cua/{code}/")
    walk("citizen").client.post(address, {"because": "x"})
    assert Slip.objects.filter(kind="03").count() == 2
    verified = client.get(f"/verify/{Slip.objects.get(key='03').token}").content.decode()
    assert "02/TCHS" in verified
    assert "Người dan" not in verified
    walk("desk").get(f"/mot-cua/{code}/phieu/77/thay/", 404)


def test_the_follow_up_book(walk: Start, portal: Portal) -> None:
    code = walk().file()
    act(walk, "desk", code, "receive")
    desk = walk("desk")
    assert "/mot-cua/so-theo-doi/" in desk.get("/mot-cua/")
    page = desk.get("/mot-cua/so-theo-doi/")
    assert code in page
    assert "01/TNHS" in page
    link = re.search(r'href="(/mot-cua/so-theo-doi/so.pdf[^"]*)"', page)
    assert link
    assert pdf(desk, link[1].replace("&amp;", "&")).startswith(b"%PDF-")
    assert code not in desk.get("/mot-cua/so-theo-doi/?from=2020-01-01&to=2020-12-31")
    assert desk.client.get("/mot-cua/so-theo-doi/?from=2026-13-01&to=x").status_code == 422
    assert desk.client.get("/mot-cua/so-theo-doi/?after=-1&agency=H43.01%00").status_code == 200
    for agency in ("H43.02", "khong", ""):
        walk("stranger").get(f"/mot-cua/so-theo-doi/?agency={agency or 'H43.01'}", 404)
    walk("citizen").get("/mot-cua/so-theo-doi/", 403)
    walk("citizen").get("/mot-cua/so-theo-doi/so.pdf", 403)


@pytest.mark.feature("32")
def test_a_published_ground_gives_its_clause(walk: Start) -> None:
    code = walk().file()
    assert "Thông tư 04/2020/TT-BTP Điều 12" in walk("desk").get(f"/mot-cua/{code}/")
    act(walk, "desk", code, "refuse", reason="Theo mục đích đã khai", ground="foreign_mission")
    page = walk().get(f"/ho-so/{code}/")
    assert "Thông tư 04/2020/TT-BTP Điều 12" in page
    assert "90 ngày" in page
    assert "Tòa án" in page
