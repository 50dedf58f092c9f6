"""Filing in the name of a business, by API and seen on the pages; the end of the mandate ends the right."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from motcua.core.actor import SYSTEM
from motcua.core.periods import local_day
from motcua.people.operations import create_person
from motcua.people.operations.mandates import end_mandate, give_mandate
from tests.dossiers.conftest import ANSWERS, PROCEDURE, Commune

pytestmark = pytest.mark.django_db
NUMBER = "9990000099"
FOR = {"acting-for": NUMBER}
REQUEST = {"procedure": PROCEDURE, "agency": "H43.01", "answers": ANSWERS, "filed_by": "self"}


@pytest.fixture
def mandate(commune: Commune) -> int:
    now = timezone.now()
    business = create_person(
        full_name="Công ty Thử", kind="business", personal_number=NUMBER, actor=SYSTEM, now=now
    )
    return give_mandate(
        business_id=business, representative_id=commune.citizen.person_id or 0, capacity="Giám đốc",
        source="ĐKKD", from_on=local_day(now) - timedelta(days=30), actor=SYSTEM, now=now,
    )  # fmt: skip


def end(mandate: int) -> None:
    now = timezone.now()
    end_mandate(mandate_id=mandate, last_on=local_day(now) - timedelta(days=1), actor=SYSTEM, now=now)


def file(call: Callable[..., Any], key: str = "k", **headers: str) -> Any:
    return call("citizen", "post", "/dossiers", REQUEST, **{"idempotency-key": key}, **headers)


def test_a_dossier_is_the_business_s_and_says_who_filed(call: Callable[..., Any], mandate: int) -> None:
    [held] = call("citizen", "get", "/mandates").json()["items"]
    assert (held["business"], held["number"], held["capacity"]) == ("Công ty Thử", NUMBER, "Giám đốc")
    code = file(call, **FOR).json()["code"]
    seen = call("citizen", "get", f"/dossiers/{code}", **FOR).json()
    assert seen["filer"]
    assert "Giám đốc" in seen["representative"]
    assert "Giám đốc" in call("desk", "get", f"/dossiers/{code}").json()["representative"]


def test_own_and_business_s_dossiers_are_apart(call: Callable[..., Any], mandate: int) -> None:
    own, theirs = file(call, "k1").json()["code"], file(call, "k2", **FOR).json()["code"]
    assert [i["code"] for i in call("citizen", "get", "/dossiers").json()["items"]] == [own]
    assert [i["code"] for i in call("citizen", "get", "/dossiers", **FOR).json()["items"]] == [theirs]
    assert call("citizen", "get", f"/dossiers/{theirs}").status_code == 404, "not in his own name"


def test_one_key_is_not_for_two_names(call: Callable[..., Any], mandate: int) -> None:
    assert file(call).status_code == 201
    assert file(call, **FOR).status_code in {409, 422}


def test_the_end_of_the_mandate_ends_the_right(call: Callable[..., Any], mandate: int) -> None:
    code = file(call, **FOR).json()["code"]
    end(mandate)
    assert file(call, "later", **FOR).status_code == 403
    assert call("citizen", "get", f"/dossiers/{code}", **FOR).json()["code"] == "no_mandate"
    assert call("citizen", "get", f"/dossiers/{code}").status_code == 404
    assert "Giám đốc" in call("desk", "get", f"/dossiers/{code}").json()["representative"], "the past stays"


def test_nobody_else_may_use_it(call: Callable[..., Any], mandate: int) -> None:
    answer = call("other", "post", "/dossiers", REQUEST, **{"idempotency-key": "k"}, **FOR)
    assert answer.status_code == 403
    assert call("other", "get", "/mandates").json()["items"] == []


def test_one_chooses_on_the_account_page_and_it_is_seen(commune: Commune, mandate: int) -> None:
    from django.contrib.auth import get_user_model

    client = Client()
    client.cookies["motcua_language"] = "en"
    client.force_login(get_user_model().objects.get(pk=commune.citizen.user_id))
    assert "Act for Công ty Thử" in client.get("/tai-khoan/").content.decode()
    assert client.post("/tai-khoan/acting/", {"mandate": "999999"}).status_code == 404
    assert client.post("/tai-khoan/acting/", {"mandate": mandate}).status_code == 302
    assert "for Công ty Thử" in client.get("/").content.decode()
    end(mandate)
    assert "for Công ty Thử" not in client.get("/").content.decode()
