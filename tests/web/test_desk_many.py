"""Ticked on the list, shown before it is done, and what came of each; signing asks who sits there."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from motcua.agencies import operations as agencies
from motcua.agencies.models import Agency
from motcua.core.actor import SYSTEM
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from tests.support.sessions import signed_in
from tests.web.filing import Portal, Walk, commune, portal, walk
from tests.web.test_desk import act, handled

__all__ = ["commune", "portal", "walk"]
pytestmark = pytest.mark.django_db
Start = Callable[..., Walk]


def agreed(walk: Start) -> str:
    """A dossier that waits for its signature."""
    code = walk().file()
    handled(walk, code)
    walk().post(f"/ho-so/{code}/viec/confirm_draft/")
    return code


def signatory(portal: Portal, ago: float = 0) -> Walk:
    user = get_user_model().objects.get(pk=portal.commune.signatory.user_id)
    return Walk(signed_in(user, ago=ago))


def test_ticked_shown_and_received(walk: Start, commune) -> None:
    codes = [walk().file(), walk().file()]
    desk = walk("desk")
    page = desk.get("/mot-cua/")
    assert 'formaction="/mot-cua/nhieu/receive/"' in page
    assert "/mot-cua/nhieu/sign/" not in page
    assert "Bạn chưa đánh dấu hồ sơ nào" in desk.get("/mot-cua/nhieu/receive/")
    page = desk.get(f"/mot-cua/nhieu/receive/?ho-so={codes[0]}&ho-so={codes[1]}&ho-so=H43.01-260101-0001")
    assert all(code in page for code in codes)
    assert "1 hồ sơ trong số đã chọn bị bỏ ra" in page
    done = desk.client.post("/mot-cua/nhieu/receive/", {"ho-so": [*codes, "H43.01-260101-0001"]})
    assert "Đã làm 2 hồ sơ" in done.content.decode()
    assert "1 hồ sơ chưa làm" in done.content.decode()
    assert all(queries.dossier_for(c, actor=commune.desk, now=timezone.now()).status == 2 for c in codes)


def test_the_whole_lane_as_it_is_narrowed(walk: Start) -> None:
    one, two = walk().file(), walk().file()
    page = walk("desk").get(f"/mot-cua/nhieu/receive/?all=1&lane=all&ma={two}")
    assert two in page
    assert one not in page


def test_filters_stay_in_the_address(walk: Start) -> None:
    one, two = walk().file(), walk().file()
    page = walk("desk").get(f"/mot-cua/?ma={one}&buoc=intake&thu-tuc=1.004873")
    assert one in page
    assert two not in page
    assert re.search(rf"lane=overdue&amp;thu-tuc=1.004873&amp;buoc=intake&amp;ma={one}", page)


def test_what_is_signed_is_shown_with_its_drafts(walk: Start, portal: Portal) -> None:
    codes = [agreed(walk), agreed(walk)]
    page = signatory(portal).get(f"/mot-cua/nhieu/sign/?ho-so={codes[0]}&ho-so={codes[1]}")
    assert all(f"/ho-so/{code}/du-thao.pdf" in page for code in codes)
    done = signatory(portal).client.post("/mot-cua/nhieu/sign/", {"ho-so": codes}).content.decode()
    assert "Đã làm 2 hồ sơ" in done


def test_signing_asks_anew_who_sits_there(walk: Start, portal: Portal) -> None:
    code = agreed(walk)
    late = signatory(portal, ago=3600)
    for address in (f"/mot-cua/nhieu/sign/?ho-so={code}", f"/mot-cua/{code}/sign/"):
        answer = late.client.get(address) if "?" in address else late.client.post(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/tai-khoan/reauthenticate/?next=%2Fmot-cua%2F")
    seen = queries.dossier_for(code, actor=portal.commune.desk, now=timezone.now())
    assert seen.result is None
    late.client.post(f"/tai-khoan/reauthenticate/?next=/mot-cua/{code}/", {"password": "mot mat khau du dai"})
    late.post(f"/mot-cua/{code}/sign/")
    assert queries.dossier_for(code, actor=portal.commune.desk, now=timezone.now()).result is not None


def test_an_old_page_is_refused_in_words_and_shows_how_it_stands(walk: Start) -> None:
    code = walk().file()
    first = walk("desk")
    old = re.search(r'name="seen" value="(\d+)"', first.get(f"/mot-cua/{code}/"))[1]
    act(walk, "desk", code, "receive")
    page = first.refused(f"/mot-cua/{code}/receive/", {"seen": old}, 409)
    assert "Có người khác vừa làm việc với hồ sơ này" in page
    assert "đã tiếp nhận" in page


def test_work_is_handed_over(walk: Start, portal: Portal) -> None:
    page = signatory(portal).get("/mot-cua/ban-giao/")
    assert "Người chuyenvien" in page
    where = {"agency": "H43.01", "go": "1", "absent": "nguoiky", "stands_in": "", "reason": "x"}
    page = signatory(portal).refused("/mot-cua/ban-giao/", where)
    assert 'href="#until-day"' in page


def test_other_verbs_do_not_exist(walk: Start) -> None:
    walk("desk").get("/mot-cua/nhieu/decline/", 404)


def test_several_go_to_another_agency_each_with_its_outcome(walk: Start, portal: Portal) -> None:
    one, two, received = walk().file(), walk().file(), walk().file()
    act(walk, "desk", received, "receive")  # is the specialist's now
    desk = walk("desk")
    where = f"/mot-cua/nhieu/transfer/?ho-so={one}&ho-so={two}"
    page = desk.get(where)
    assert 'value="H43.02"' in page
    assert 'value="H43.01"' not in page
    empty = desk.refused(where, {"ho-so": [one, two], "agency": "", "reason": "Thuộc phường Hai"})
    assert 'href="#agency"' in empty
    assert "Thuộc phường Hai" in empty
    assert len(re.findall(r'name="ho-so"[^>]* checked', empty)) == 2
    sent = {"ho-so": [one, two, received], "agency": "H43.02", "reason": "Thuộc phường Hai"}
    done = desk.client.post(where, sent).content.decode()
    assert "Đã làm 2 hồ sơ" in done
    assert "1 hồ sơ chưa làm" in done
    now = timezone.now()
    held = {c: queries.dossier_for(c, actor=portal.commune.desk, now=now).agency for c in sent["ho-so"]}
    assert [held[c].identifier for c in sent["ho-so"]] == ["H43.02", "H43.02", "H43.01"]


def options(page: str, name: str) -> set[str]:
    """What a list of choices offers."""
    return set(re.findall(r'<option value="([^"]*)"', page.split(f'name="{name}"')[1].split("</select>")[0]))


def test_many_are_offered_only_to_those_who_hold_the_role_of_their_step(walk: Start, portal: Portal) -> None:
    code, to_sign = walk().file(), agreed(walk)
    act(walk, "desk", code, "receive")
    officer = walk("specialist")
    page = officer.get(f"/mot-cua/nhieu/assign/?ho-so={code}")
    assert options(page, "username") == {"", "*"}  # no signatory for a step of handling, oneself once
    both = signatory(portal).get(f"/mot-cua/nhieu/assign/?ho-so={to_sign}")
    assert options(both, "username") == {"", "*"}


def test_many_go_where_the_agency_that_decides_them_could_send_one(walk: Start, portal: Portal) -> None:
    one, two = walk().file(), walk().file()
    agencies.create_agency(
        identifier="H32.01", name_vi="UBND phường Xa", name_en="", level="commune", parent="H32",
        serves_code=None, made_up=True, actor=SYSTEM, now=timezone.now(),
    )  # fmt: skip
    Dossier.objects.filter(code=two).update(agency=Agency.objects.get(identifier="H32.01"))
    desk = walk("desk")
    asked = f"/mot-cua/nhieu/transfer/?ho-so={one}&ho-so={two}"
    assert {"H43.01", "H43.02", "H32.01"} <= options(desk.get(asked), "agency")
    alone = options(desk.get(f"/mot-cua/nhieu/transfer/?ho-so={two}"), "agency")
    assert "H43.02" not in alone
