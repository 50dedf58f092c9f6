"""Life events by page: without scripts, at an address that holds choices and nothing of a person."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.web.conftest import a_record
from tests.web.filing import commune, portal

__all__ = ["commune", "portal"]

pytestmark = pytest.mark.django_db


def english(client: Client) -> Client:
    client.cookies["motcua_language"] = "en"
    return client


@pytest.mark.feature("5")
def test_from_the_home_page_to_the_list(client: Client, catalogue: Callable[..., None]) -> None:
    catalogue(a_record(), a_record("1.000894", name="Thủ tục đăng ký kết hôn"))
    page = english(client)
    assert 'href="/su-kien/ket-hon/"' in page.get("/su-kien/").content.decode()
    assert 'href="/su-kien/' in page.get("/").content.decode()
    asked = page.get("/su-kien/ket-hon/").content.decode()
    assert "Is one of the couple a foreigner?" in asked
    assert "govuk-error-summary" not in asked
    answers = "foreign=no&elsewhere=yes&abroad=no&move=no"
    sent = page.get(f"/su-kien/ket-hon/?{answers}&hoi=foreign,elsewhere,abroad,move")
    assert (sent.status_code, sent["Location"]) == (302, f"/su-kien/ket-hon/?{answers}")
    told = page.get(f"/su-kien/ket-hon/?{answers}").content.decode()
    first, second = told.index("1. Certificate of marriage status"), told.index("2. Marriage registration")
    assert first < second
    for words in ("/thu-tuc/1.004873/", "Luật Hộ tịch 2014, Điều 17, 18", "1.014060 of the national database",
                  f"http://testserver/su-kien/ket-hon/?{answers.replace('&', '&amp;')}"):  # fmt: skip
        assert words in told, words
    assert "Set-Cookie" not in page.get(f"/su-kien/ket-hon/?{answers}").headers


def test_what_is_missing_is_asked_again_with_its_words(client: Client) -> None:
    page = (
        english(client).get("/su-kien/ket-hon/?foreign=no&hoi=foreign,elsewhere,abroad,move").content.decode()
    )
    assert page.count("govuk-error-message") == 3
    assert '<input type="hidden" name="foreign" value="no">' in page  # what was answered stays
    assert "because of what you answered" not in page
    changed = english(client).get("/su-kien/thue-nha/?days=long").content.decode()
    assert "because of what you answered" not in changed  # one's own wish, nothing that followed


def test_a_follow_up_question_is_asked_without_reproach(client: Client) -> None:
    page = english(client).get("/su-kien/thue-nha/?days=long&owner=no&hoi=days,owner").content.decode()
    assert "Does anybody under 18 live with you?" in page
    assert "govuk-error-message" not in page
    assert "1 more question, because of what you answered." in page
    assert page.count('type="radio"') == 2  # the new question only; the others stand as a list
    assert 'href="?days=long"' in page  # each can be changed


@pytest.mark.parametrize(
    "query",
    [
        "foreign=%00",
        "foreign=<script>&hoi=foreign",
        "foreign=yes&foreign=no&abroad=" + "x" * 5000,
        "hoi=%ff",
        "a=b",
    ],
)
def test_any_address_is_a_page(client: Client, query: str) -> None:
    answer = english(client).get(f"/su-kien/ket-hon/?{query}")
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()


def test_an_unknown_event_is_not_found(client: Client) -> None:
    assert client.get("/su-kien/khong-co/").status_code == 404


@pytest.mark.feature("5")
def test_what_can_be_filed_here_leads_to_its_start(client: Client, portal: Any) -> None:
    page = (
        english(client).get("/su-kien/ket-hon/?foreign=no&elsewhere=yes&abroad=no&move=no").content.decode()
    )
    assert "/nop/1.004873/" in page
    assert "File it online" in page
