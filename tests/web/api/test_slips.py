"""Slips by API."""

import pytest

from tests.web.api.conftest import Call

pytestmark = pytest.mark.django_db


def test_a_dossier_lists_its_slips_and_gives_them_as_pdf(call: Call, file) -> None:
    code = file()
    assert call("citizen", "get", f"/dossiers/{code}").json()["slips"] == []
    got = call("desk", "post", f"/dossiers/{code}/actions", body={"action": "receive"}).json()
    assert [(s["key"], s["form"], s["number"], s["running"]) for s in got["slips"]] == [
        ("01", "01", "01/TNHS", False), ("05", "05", "01/KSHS", True),
    ]  # fmt: skip
    (slip,) = call("citizen", "get", f"/dossiers/{code}").json()["slips"]
    assert slip["title"] == {"vi": "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "en": "Receipt and appointment"}
    answer = call("citizen", "get", slip["pdf"].removeprefix("/api/v1"))
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    for who, key in (("other", "01"), ("citizen", "05"), ("citizen", "x" * 20)):
        missing = call(who, "get", f"/dossiers/{code}/slips/{key}.pdf")
        assert missing.status_code == 404
        assert missing.json()["code"] == "not_found"
    assert call(None, "get", f"/dossiers/{code}/slips/01.pdf").status_code == 401
