"""What the tests of documents share: an agency, a signatory, and one way to issue."""

import io
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from motcua.core.actor import SYSTEM
from motcua.core.texts import Text

FIELDS: dict[str, Any] = {
    "agency_name": "Ủy ban nhân dân phường Đô Vinh",
    "commune": "Phường Đô Vinh",
    "province": "Khánh Hòa",
    "place": "Đô Vinh",
    "applicant_name": "Nguyễn Thị Thử",
    "person_name": "Trần Văn Mẫu",
    "birth_on": date(1995, 2, 3),
    "sex": "Nam",
    "ethnicity": "Kinh",
    "nationality": "Việt Nam",
    "personal_number": "000095000001",
    "id_paper": "",
    "residence": "Khu phố 3, phường Đô Vinh",
    "periods": [{"place": "phường Phước Mỹ", "from": "2015-01-01", "to": "2020-05-06"}],
    "marital_statement": "Hiện tại chưa đăng ký kết hôn với ai.",
    "purpose": "Làm thủ tục mua bán nhà đất",
    "purpose_note": "Giấy này không có giá trị sử dụng để đăng ký kết hôn.",
    "spouse_name": "",
    "copies": 1,
    "signer_title": "Chủ tịch",
}
TITLE = Text("Giấy xác nhận tình trạng hôn nhân", "Certificate of marriage status")


@pytest.fixture(scope="session")
def template(root: Path) -> str:
    return (root / "packs/vn/marriage-status/result/template.typ").read_text()


@pytest.fixture
def issue(make_user: Any, make_agency: Any, template: str, now: datetime) -> Callable[..., Any]:
    from motcua.documents import operations

    signer = make_user("signatory")
    agency = make_agency("H43")

    def issued(**changes: Any) -> Any:
        given: dict[str, Any] = {
            "reference": "H43.90-260710-0001",
            "template": template,
            "fields": FIELDS,
            "title": TITLE,
            "agency_id": agency,
            "book": "GXN",
            "number_suffix": "GXN",
            "valid_until_on": date(2027, 1, 9),
            "signer_user_id": signer,
            "signer_name": "Lê Thị Ký",
            "actor": SYSTEM,
            "now": now,
        }
        return operations.issue(**(given | changes))

    return issued


@pytest.fixture
def store(make_user: Any, now: datetime) -> Callable[..., Any]:
    """Keep a file of the user "owner": ``store(content, name="…")`` answers its PaperRef."""
    from motcua.core.actor import Actor
    from motcua.documents import operations

    owner = make_user("owner")

    def stored(content: bytes, name: str = "căn cước.pdf", **more: Any) -> Any:
        more = {"owner_id": owner, "actor": Actor("person", user_id=owner), "now": now} | more
        return operations.store_paper(content=io.BytesIO(content), name=name, **more)

    return stored
