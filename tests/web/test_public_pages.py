"""Public pages: what they say, and how they answer what is wrong."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.web.conftest import a_record

Filler = Callable[..., None]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def english(client: Client) -> Client:
    client.cookies["motcua_language"] = "en"
    return client


@pytest.mark.parametrize("words", ["hôn nhân", "hon nhan", "giay xac nhan tinh trang hon nhan", "1.004873"])
def test_a_procedure_is_found(client: Client, catalogue: Filler, words: str) -> None:
    catalogue()
    page = client.get("/thu-tuc/", {"q": words}).content.decode()
    assert "/thu-tuc/1.004873/" in page


def test_an_empty_search_says_what_to_try(client: Client, catalogue: Filler) -> None:
    catalogue()
    page = english(client).get("/thu-tuc/", {"q": "zzzz", "field": "Hộ tịch"}).content.decode()
    assert "Nothing was found" in page
    assert "the same words in all agencies" in page


def test_the_list_goes_on_by_keyset(client: Client, catalogue: Filler) -> None:
    catalogue(*(a_record(f"1.{n:06d}") for n in range(45)))
    seen: list[str] = []
    address = "/thu-tuc/"
    for _page in range(3):
        answer = client.get(address)
        seen += [item.code for item in answer.context["items"]]
        address = "/thu-tuc/" + answer.context["next_url"]
    assert seen == [f"1.{n:06d}" for n in range(45)]
    assert answer.context["next_url"] == ""


@pytest.mark.parametrize(
    "query",
    [
        {"q": "\x00'\"%_*"},
        {"q": "a" * 5000},
        {"after": "nonsense"},
        {"level": "supreme"},
        {"agency": "'; DROP"},
        {"field": "\ud7ff" * 9},
        {"q": '"unbalanced ( AND OR NEAR', "after": "~~"},
    ],
)
def test_a_search_takes_anything(client: Client, catalogue: Filler, query: dict[str, str]) -> None:
    catalogue()
    assert client.get("/thu-tuc/", query).status_code in {200, 400, 404, 409, 422}


def test_a_search_shows_words_as_words(client: Client, catalogue: Filler) -> None:
    catalogue()
    page = client.get("/thu-tuc/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.feature("1")
def test_a_procedure_tells_what_its_record_contradicts(client: Client, catalogue: Filler) -> None:
    catalogue()
    page = english(client).get("/thu-tuc/1.004873/").content.decode()
    assert "Unclear: the source contradicts itself" in page
    assert "Free of charge" not in page
    assert "3 (the source gives no unit)" in page
    assert page.count("Mức lệ phí cụ thể do Hội đồng") == 1, "one note, told once"
    for part in (
        "Tờ khai.",
        "163/QĐ-BTP",
        "Bước 2: nhận kết quả.",
        "Information only",
        "Bộ Công an",
        "KQ" * 0,
    ):
        assert part in page
    assert "/nop/1.004873/" not in page, "nothing to start where no agency offers it"


def test_a_procedure_page_asks_the_database_little(
    client: Client, catalogue: Filler, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    catalogue()
    with django_assert_max_num_queries(6):
        assert client.get("/thu-tuc/1.004873/").status_code == 200
    client.get("/thu-tuc/", {"q": "khai sinh"})  # a process reads the titles once
    with django_assert_max_num_queries(6):
        assert client.get("/thu-tuc/", {"q": "hôn nhân"}).status_code == 200


@pytest.mark.parametrize("path", ["/thu-tuc/9.999999/", "/thu-tuc/x/", "/thu-tuc/%00/", "/nowhere/"])
def test_not_found_says_where_to_go(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert b'href="/thu-tuc/"' in answer.content


def test_wrong_method_is_refused(client: Client) -> None:
    for path in ("/", "/thu-tuc/", "/verify/x", "/livez"):
        assert client.post(path).status_code == 405


def test_tracking_never_takes_a_query_string(client: Client) -> None:
    answer = client.get("/tra-cuu/", {"code": "H43.12-260710-0001", "last4": "0001"})
    assert b'H43.12-260710-0001"' not in answer.content
    assert b'method="post"' in answer.content
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("code", "last4", "faults"),
    [("", "", 2), ("H43", "0001", 1), ("H43.12-260710-0001", "12", 1), ("H43.12-260710-0001", "٠١٢٣", 1)],
)
def test_tracking_says_how_to_mend(client: Client, code: str, last4: str, faults: int) -> None:
    answer = english(client).post("/tra-cuu/", {"code": code, "last4": last4})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "<title>Error: " in page
    assert page.count('class="govuk-error-message"') == faults
    assert page.index("There is a problem") < page.index("<h1")


def test_tracking_stops_after_ten_tries_from_one_place(client: Client) -> None:
    data = {"code": "H43.12-260710-0001", "last4": "0001"}
    answers = [client.post("/tra-cuu/", data, REMOTE_ADDR="192.0.2.7").status_code for _try in range(12)]
    assert answers == [404] * 10 + [429] * 2
    assert client.post("/tra-cuu/", data, REMOTE_ADDR="192.0.2.8").status_code == 404


def test_an_unknown_document_is_unknown(client: Client) -> None:
    page = english(client).get("/verify/doesnotexist")
    assert (page.status_code, page.headers["X-Robots-Tag"]) == (404, "noindex")
    assert b"No document with this code was issued here" in page.content
    record = client.get("/verify/doesnotexist", headers={"Accept": "application/json"})
    assert record.headers["Content-Type"] == "application/json"
    assert json.loads(record.content)["state"] == "unknown"
    assert "Accept" in record.headers["Vary"]


def test_a_form_without_its_token_says_what_became_of_the_answers() -> None:
    client = english(Client(enforce_csrf_checks=True))
    answer = client.post("/tra-cuu/", {"code": "x"})
    assert answer.status_code == 403
    assert b"all pages saved before are still there" in answer.content


def test_a_fault_of_ours_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from motcua.web.public import texts

    def break_down(*_args: Any, **_more: Any) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(texts, "render", break_down)
    client.raise_request_exception = False
    answer = english(client).get("/tro-giup/")
    assert answer.status_code == 500
    assert b"It is our fault" in answer.content
    assert b"planted" not in answer.content


def test_a_refusal_becomes_a_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from motcua.core.refusals import Refusal
    from motcua.core.texts import Text
    from motcua.web.public import texts

    class Closed(Refusal):
        code = "closed"
        cause = Text("Đã đóng.", "It is closed.")
        next_step = Text("Mai quay lại.", "Come back tomorrow.")

    def refuse(*_args: Any, **_more: Any) -> None:
        raise Closed

    monkeypatch.setattr(texts, "render", refuse)
    answer = client.get("/tro-giup/")
    assert answer.status_code == 409
    assert "Đã đóng." in answer.content.decode()
    assert "Mai quay lại." in answer.content.decode()


@pytest.mark.feature("55")
def test_the_figures_of_a_procedure_are_one_link_away(client: Client, catalogue: Callable[..., None]) -> None:
    catalogue()
    address = "/bang-dieu-hanh/?scope=procedure:1.004873"
    assert f'href="{address}"' in english(client).get("/thu-tuc/1.004873/").content.decode()
    page = client.get(address).content.decode()
    assert "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân" in page
    assert "online_766" in page
    assert "on_time_766" in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("services.jsonld?after=%00", 200),
        ("0000-01.csv", 404),
        ("9999-12.json", 404),
        ("2026-01%0A.csv", 404),
    ],
)
def test_open_data_takes_anything(client: Client, catalogue: Filler, path: str, status: int) -> None:
    catalogue()
    assert client.get(f"/du-lieu-mo/{path}").status_code == status


def test_the_old_name_of_the_picture_is_no_promise_for_ever(client: Client) -> None:
    assert client.get("/favicon.ico").status_code == 302


@pytest.mark.django_db
def test_privacy_says_what_is_kept_of_where_something_was_filed(client: Client) -> None:
    client.cookies["motcua_language"] = "vi"
    said = client.get("/rieng-tu/").content.decode()
    assert "địa chỉ mạng" in said
    assert "365 ngày" in said
