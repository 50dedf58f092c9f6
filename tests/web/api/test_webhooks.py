"""Systems that listen: news is signed, tried again, sent anew on request, and goes to nobody else."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from motcua.events.operations import run_readers
from motcua.notices.operations import call_due
from tests.dossiers.conftest import Commune
from tests.support.listener import Heard, Listener
from tests.web.api.test_main_job import act, file

pytestmark = pytest.mark.django_db
Call = Callable[..., Any]


@pytest.fixture
def heard(settings: Any) -> Iterator[Heard]:
    settings.HOOKS_INSIDE = True
    with Listener() as found:
        yield found


def listen(call: Call, who: str, heard: Heard, **more: str) -> dict[str, Any]:
    answer = call(who, "post", "/webhooks", {"url": heard.url, **more})
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def go(at: datetime | None = None) -> Any:
    """What the worker does."""
    run_readers(now=timezone.now())
    return call_due(now=at or timezone.now())


def kinds(heard: Heard) -> list[str]:
    return [json.loads(body)["type"] for _, body in heard.calls]


@pytest.mark.feature("51")
def test_news_comes_signed_and_without_personal_data(call: Call, heard: Heard) -> None:
    hook = listen(call, "citizen", heard)
    code = file(call).json()["code"]
    act(call, "desk", code, "receive")
    assert go().sent == 2
    assert kinds(heard) == ["vn.motcua.dossier.submitted", "vn.motcua.dossier.received"]
    headers, body = heard.calls[1]
    key = base64.b64decode(hook["secret"].removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    event = json.loads(body)
    assert (event["specversion"], event["subject"], event["data"]["status"]) == ("1.0", code, 2)
    assert "999199000123" not in body.decode()
    assert "Thử" not in body.decode()
    assert go().sent == 0


def test_it_goes_to_the_dossiers_people_and_agencies_only(call: Call, heard: Heard) -> None:
    listen(call, "other", heard)
    assert call("citizen", "post", "/webhooks", {"url": heard.url, "agency": "H43.01"}).status_code == 404
    file(call)
    assert go().sent == 0
    listen(call, "desk", heard, agency="H43.01")
    file(call, key="k2")
    assert go().sent == 1


def test_an_officers_hook_ends_with_the_post(
    call: Call, heard: Heard, commune: Commune, settings: Any
) -> None:
    from motcua.agencies.models import Post

    listen(call, "desk", heard, agency="H43.01")
    file(call)
    Post.objects.filter(user_id=commune.desk.user_id).update(valid_to=date(2025, 12, 31))
    counts = go()
    assert (counts.sent, counts.failed) == (0, 1)
    assert call("desk", "get", "/webhooks").json()["items"][0]["ended_at"]


def test_what_fails_is_tried_again_and_gone_means_gone(call: Call, heard: Heard) -> None:
    hook = listen(call, "citizen", heard)
    heard.answers = [503, 200, 410]
    file(call)
    assert go().later == 1
    assert go().sent == 0  # not due yet
    assert go(timezone.now() + timedelta(minutes=2)).sent == 1
    assert heard.calls[0][0]["webhook-id"] == heard.calls[1][0]["webhook-id"]
    file(call, key="k2")
    assert go().failed == 1
    mine = call("citizen", "get", "/webhooks").json()["items"]
    assert [(m["id"], bool(m["ended_at"])) for m in mine] == [(hook["id"], True)]


@pytest.mark.feature("51")
def test_news_is_sent_again_on_request(call: Call, heard: Heard) -> None:
    hook = listen(call, "citizen", heard)
    file(call)
    file(call, key="k2")
    go()
    listed = call("citizen", "get", f"/webhooks/{hook['id']}/deliveries").json()["items"]
    assert [item["state"] for item in listed] == ["sent", "sent"]
    again = call("citizen", "post", f"/webhooks/{hook['id']}/replay", {"after": listed[0]["event"]})
    assert (again.status_code, again.json()) == (202, {"queued": 1})
    go()
    assert heard.calls[2][1] == heard.calls[1][1]
    assert call("other", "post", f"/webhooks/{hook['id']}/replay", {}).status_code == 404
    assert call("other", "get", f"/webhooks/{hook['id']}/deliveries").status_code == 404
    assert call("other", "delete", f"/webhooks/{hook['id']}").status_code == 404


def test_an_ended_hook_hears_nothing(call: Call, heard: Heard) -> None:
    hook = listen(call, "citizen", heard)
    file(call)
    run_readers(now=timezone.now())
    assert call("citizen", "delete", f"/webhooks/{hook['id']}").status_code == 204
    assert go().sent == 0
    assert call("citizen", "post", f"/webhooks/{hook['id']}/replay", {}).status_code == 404


@pytest.mark.parametrize(
    "url",
    ["http://example.org/", "https://user:pw@example.org/", "ftp://x/", "https://", "x", "https://a b/"],
)
def test_addresses_that_may_not_listen(call: Call, url: str) -> None:
    answer = call("citizen", "post", "/webhooks", {"url": url})
    assert (answer.status_code, answer.json()["code"]) == (422, "webhook_refused")


def test_private_addresses_are_not_called(call: Call, heard: Heard, settings: Any) -> None:
    hook = listen(call, "citizen", heard)
    settings.HOOKS_INSIDE = False
    file(call)
    assert go().later == 1
    listed = call("citizen", "get", f"/webhooks/{hook['id']}/deliveries").json()["items"]
    assert "private network" in listed[0]["answer"]
    assert heard.calls == []


def test_a_token_needs_the_scope(call: Call, commune: Commune) -> None:
    from django.test import Client

    from motcua.core.actor import SYSTEM
    from motcua.people.operations.tokens import issue_token

    token = issue_token(username="dan", scopes=("read",), days=1, actor=SYSTEM, now=timezone.now())
    answer = Client(headers={"authorization": f"Bearer {token}"}).get("/api/v1/webhooks")
    assert (answer.status_code, answer.json()["code"]) == (403, "missing_scope")
