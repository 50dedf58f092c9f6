"""Files in parts over HTTP, by page and by machine: the tus protocol, to the owner's own draft."""

import base64
import io
from typing import Any

import pytest
from django.test import Client

from tests.dossiers.conftest import Commune
from tests.web.api.conftest import tokens
from tests.web.filing import ANSWERS, PNG, Portal, Walk, commune, portal

__all__ = ["commune", "portal", "tokens"]
pytestmark = pytest.mark.django_db
PART = "application/offset+octet-stream"
NAME = "filename " + base64.b64encode("ảnh chụp.png".encode()).decode()


@pytest.fixture(params=["page", "machine"])
def sender(request: pytest.FixtureRequest) -> tuple[Client, str]:
    """A citizen's browser, or a program with the citizen's token; and where uploads begin."""
    if request.param == "page":
        return request.getfixturevalue("portal").browser("citizen"), "/tai-tep/"
    token = request.getfixturevalue("tokens")["citizen"]
    return Client(headers={"authorization": f"Bearer {token}"}), "/api/v1/uploads"


def send(client: Client, address: str, offset: int, part: bytes, kind: str = PART) -> Any:
    return client.patch(address, part, content_type=kind, headers={"upload-offset": str(offset)})


@pytest.mark.feature("23")
def test_a_file_comes_in_parts(sender: tuple[Client, str]) -> None:
    client, base = sender
    begun = client.post(base, headers={"upload-length": str(len(PNG)), "upload-metadata": NAME})
    assert begun.status_code == 201, begun.content
    address = begun.headers["Location"]
    assert send(client, address, 0, PNG[:20]).headers["Upload-Offset"] == "20"
    assert send(client, address, 0, PNG[:20]).status_code == 409
    asked = client.head(address)
    assert (asked.status_code, asked.headers["Upload-Offset"]) == (200, "20")
    assert "Motcua-Paper" not in asked.headers
    whole = send(client, address, 20, PNG[20:])
    assert whole.status_code == 204
    assert len(whole.headers["Motcua-Paper"]) == 36
    assert client.head(address).headers["Motcua-Paper"] == whole.headers["Motcua-Paper"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 400), ({"upload-length": "-1"}, 400), ({"upload-length": "0"}, 422),
     ({"upload-length": "9" * 12}, 422), ({"upload-length": "1e3"}, 400), ({"upload-length": "٣"}, 400)],
)  # fmt: skip
def test_what_cannot_begin_says_why(sender: tuple[Client, str], headers: dict[str, str], status: int) -> None:
    client, base = sender
    assert client.post(base, headers=headers).status_code == status


def test_a_part_too_long_or_of_another_kind_is_not_read(sender: tuple[Client, str]) -> None:
    client, base = sender
    address = client.post(base, headers={"upload-length": str(3 << 20)}).headers["Location"]
    assert send(client, address, 0, bytes((2 << 20) + 1)).status_code == 400
    assert send(client, address, 0, b"x", kind="text/plain").status_code == 400
    assert client.head(address).headers["Upload-Offset"] == "0"
    assert client.delete(address).status_code == 204
    assert client.head(address).status_code == 404


def test_an_upload_of_others_is_not_there(portal: Portal) -> None:
    mine, other = portal.browser("citizen"), portal.browser("other")
    address = mine.post("/tai-tep/", headers={"upload-length": "10"}).headers["Location"]
    assert other.head(address).status_code == 404
    assert send(other, address, 0, b"x").status_code == 404
    assert other.delete(address).status_code == 404
    assert Client().head(address).status_code == 302


def test_what_came_in_parts_goes_to_the_draft(portal: Portal, commune: Commune) -> None:
    walk = Walk(portal.browser("citizen"))
    draft = walk.begin()
    walk.post(f"{draft}residence/", {**ANSWERS["residence"], "lived_elsewhere": "yes"})
    walk.post(f"{draft}earlier/", {"earlier": "have", "earlier_reason": "expired"})
    client = walk.client
    page = client.get(f"{draft}giay-to/").content.decode()
    assert 'data-uploads="/tai-tep/"' in page
    component = page.split('name="component" value="')[1].split('"')[0]
    address = client.post("/tai-tep/", headers={"upload-length": str(len(PNG)), "upload-metadata": NAME})
    paper = send(client, address.headers["Location"], 0, PNG).headers["Motcua-Paper"]
    given = {"component": component, "paper": paper}
    assert client.post(f"{draft}giay-to/", given).status_code == 302
    assert "ảnh chụp.png" in client.get(f"{draft}giay-to/").content.decode()
    stranger = Walk(portal.browser("other"))
    theirs = stranger.begin()
    assert stranger.client.post(f"{theirs}giay-to/", given).status_code == 404


def test_a_photograph_tells_what_was_done(tokens: dict[str, str]) -> None:
    from tests.documents.test_pictures import photograph

    sent = photograph(orientation=6)
    answer = Client(headers={"authorization": f"Bearer {tokens['citizen']}"}).post(
        "/api/v1/papers", {"file": io.BytesIO(sent)}
    )
    kept = answer.json()
    assert answer.status_code == 201
    assert kept["changes"] == ["upright"]
    assert kept["sha256"] != kept["kept_sha256"]
