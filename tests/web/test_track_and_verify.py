"""A real dossier is tracked, a real document verified, by people without an account."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.web.templatetags.motcua import moment
from tests.documents.conftest import issue, template  # noqa: F401 - fixtures
from tests.dossiers.conftest import act, commune, file  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits(client: Client) -> None:
    cache.clear()
    client.cookies["motcua_language"] = "en"


def test_a_dossier_is_tracked(client: Client, commune: Any, file: Callable[..., str]) -> None:  # noqa: F811
    code = file()
    number = "999199000123"  # the citizen of the fixture
    seen = client.post("/tra-cuu/", {"code": f" {code.lower()} ", "last4": number[-4:]})
    page = seen.content.decode()
    assert seen.status_code == 200
    assert code in page
    assert moment(Dossier.objects.get(code=code).submitted_at) in page  # to prove that it was in time
    assert commune.citizen.name not in page
    assert number not in page
    assert "no-store" in seen.headers["Cache-Control"]
    wrong = f"{(int(number[-4:]) + 1) % 10000:04d}"
    answers = [
        client.post("/tra-cuu/", {"code": tried, "last4": digits})
        for tried, digits in ((code, wrong), ("H43.99-260710-0001", number[-4:]))
    ]
    typed = (
        (code, "X"),
        ("H43.99-260710-0001", "X"),
        (f'value="{wrong}"', ""),
        (f'value="{number[-4:]}"', ""),
    )
    bodies = [a.content.decode() for a in answers]
    for given, instead in typed:
        bodies = [body.replace(given, instead) for body in bodies]
    token = 'name="csrfmiddlewaretoken"'
    told = [" ".join(line for line in body.splitlines() if token not in line) for body in bodies]
    assert [a.status_code for a in answers] == [404, 404]
    assert told[0] == told[1]


def test_who_is_asked_and_what_a_step_is_called_are_not_public(
    client: Client,
    file: Callable[..., str],  # noqa: F811
    act: Callable[..., None],  # noqa: F811
) -> None:
    code = file(ask=True)  # the pack itself asks the second commune
    act("desk", "receive", code)
    act("specialist", "consult", code, agency="H43.02", question="Có đăng ký kết hôn không?")
    client.cookies["motcua_language"] = "vi"
    said = client.post("/tra-cuu/", {"code": code, "last4": "0123"}).content.decode()
    assert "UBND phường Một" in said, "who decides is named"
    for told in ("UBND phường Hai", "Hỏi cơ quan khác", "Ý kiến cơ quan khác", "Thẩm tra", "kết hôn"):
        assert told not in said
    assert said.count("Đang hỏi ý kiến cơ quan khác") == 1, "however many are asked"


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code.lower().replace("-", " "),
        lambda code: code.replace("-", "").replace(".", ""),
        lambda code: code.replace("-", "–").replace(".", ". "),
        lambda code: f"{code[:-4]} {code[-4:]}",
    ],
)
def test_a_code_typed_by_hand_is_understood(
    client: Client,
    file: Callable[..., str],  # noqa: F811
    typed: Callable[[str], str],
) -> None:
    code = file()
    seen = client.post("/tra-cuu/", {"code": typed(code), "last4": "01 23"})
    assert seen.status_code == 200
    assert code in seen.content.decode()


def test_what_was_typed_is_given_back(client: Client) -> None:
    cases = [("no code", "0123", 422), ("h43.99 260710 0001", "0123", 404), ("h43.99 260710 0001", "12", 422)]
    for code, last4, status in cases:
        page = client.post("/tra-cuu/", {"code": code, "last4": last4})
        told = page.content.decode()
        assert (page.status_code, f'value="{code}"' in told, f'value="{last4}"' in told) == (
            status,
            True,
            True,
        )


@pytest.mark.feature("45")
def test_a_document_is_valid_then_expired_then_revoked(
    client: Client,
    issue: Callable[..., Any],  # noqa: F811
    now: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from django.utils import timezone

    from motcua.core.actor import SYSTEM
    from motcua.documents import operations

    monkeypatch.setattr(timezone, "now", lambda: now)
    document = issue(valid_until_on=date(2027, 1, 9))
    address = f"/verify/{document.token}"
    page = client.get(address).content.decode()
    for words in ("Valid", "in force", "TRIAL COPY, OF NO LEGAL VALUE", document.number, "09/01/2027"):
        assert words in page
    assert "Trần Văn Mẫu" not in page
    record = client.get(address, headers={"Accept": "application/json"}).json()
    assert (record["state"], record["trial"], record["valid_until_on"]) == ("valid", True, "2027-01-09")
    assert record["title"]["en"] == "Certificate of marriage status"

    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=400))
    assert "its validity has ended" in client.get(address).content.decode()
    monkeypatch.setattr(timezone, "now", lambda: now)
    operations.revoke(token=document.token, reason="planted", actor=SYSTEM, now=now)
    page = client.get(address).content.decode()
    assert "do not rely on it" in page
    assert "planted" not in page
    assert client.get(address, headers={"Accept": "application/json"}).json()["state"] == "revoked"
