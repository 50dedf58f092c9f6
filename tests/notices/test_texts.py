from pathlib import Path
from typing import Any

import pytest
from django.template.exceptions import TemplateDoesNotExist

from motcua.notices.gateways import MissingVariable, fill
from motcua.notices.rules import Template

FULL: dict[str, Any] = {
    "site": "Motcua",
    "code": "H43.12-260710-0001",
    "procedure": "Cấp giấy <xác nhận>",
    "agency": "Ủy ban nhân dân phường Đô Vinh",
    "applicant": "Nguyễn Thị Thử",
    "due_at": "16:30 ngày 15/07/2026",
    "new_due_at": "16:30 ngày 20/07/2026",
    "reason": "Ảnh mờ",
    "clause": "Điều 12",
    "count": 2,
    "more": 1,
    "procedures": [
        {"name": "A", "code": "1.000001", "decision": "1/QD", "by": "01/06/2026", "parts": "time limit"}
    ],
    "items": ["Giấy tờ A", "Giấy tờ B"],
    "link": "http://localhost:8000/ho-so/H43.12-260710-0001/",
    "verify_link": "http://localhost:8000/verify/abc",
    "rating_link": "http://localhost:8000/danh-gia/abc/",
    "news": "Phản ánh <xác nhận> đã được trả lời",
    "words": "Chúng tôi xin lỗi.",
    "filed_at": "08:00 ngày 10/07/2026",
    "check_by": "17:00 ngày 10/07/2026",
}
BARE = FULL | {
    "applicant": "",
    "due_at": None,
    "reason": "",
    "clause": "",
    "items": [],
    "verify_link": "",
    "words": "",
    "filed_at": "",
    "check_by": "",
}

ABOUT_MANY = [Template.PUBLICATION, Template.PUBLICATION_NEAR, Template.PUBLICATION_PARTS]  # a list
ABOUT_ONE = [name for name in Template if name not in ABOUT_MANY]  # about one dossier or petition


@pytest.mark.parametrize("locale", ["vi", "en"])
@pytest.mark.parametrize("name", ABOUT_ONE)
def test_every_message_says_what_and_where(name: str, locale: str) -> None:
    for values in (FULL, BARE):
        subject, body = fill(name, locale, values)
        assert FULL["code"] in subject
        assert len(subject) < 100
        assert "\n" not in subject
        for part in (FULL["code"], FULL["link"], FULL["agency"], "<xác nhận>"):
            assert part in body
        assert not any(leftover in body for leftover in ("{{", "{%", "None", "\n\n\n"))


@pytest.mark.parametrize("locale", ["vi", "en"])
@pytest.mark.parametrize("name", ABOUT_ONE)
@pytest.mark.parametrize("absent", ["code", "procedure", "agency", "link"])
def test_an_absent_variable_is_an_error(name: str, locale: str, absent: str) -> None:
    absent = "news" if (name, absent) == (Template.VOICE, "procedure") else absent  # it is about no procedure
    with pytest.raises(MissingVariable):
        fill(name, locale, {k: v for k, v in FULL.items() if k != absent})


def test_what_each_message_must_add() -> None:
    must = {
        "received": ["due_at"],
        "late": ["new_due_at", "reason"],
        "refused": ["reason", "clause"],
        "declined": ["reason", "clause"],
        "result": ["verify_link", "rating_link"],
        "recorded": ["rating_link"],
        "voice": ["news", "words"],
        "supplement": ["reason"],
        "revoked": ["reason"],
        "corrected": ["reason", "verify_link"],
        "submitted": ["filed_at", "check_by"],
        "stopped": ["reason"],
        "consultation": ["reason", "due_at"],
    }
    for name, parts in must.items():
        for locale in ("vi", "en"):
            body = fill(name, locale, FULL)[1]
            assert all(FULL[part] in body for part in parts), (name, locale)
    assert "- Giấy tờ A\n- Giấy tờ B" in fill("supplement", "vi", FULL)[1]


def test_values_are_never_templates() -> None:
    body = fill("stopped", "vi", FULL | {"reason": "{{ code }} {% include 'x' %}"})[1]
    assert "{{ code }} {% include 'x' %}" in body


@pytest.mark.parametrize("name", ["../notices/received", "absent", "", "a/b"])
def test_an_unknown_template_is_an_error(name: str) -> None:
    with pytest.raises(TemplateDoesNotExist):
        fill(name, "vi", FULL)


def test_no_file_is_unknown_to_the_list(root: Path) -> None:
    files = {p.name for p in (root / "motcua/notices/templates/notices").iterdir()}
    assert files == {f"{name}.{locale}.txt" for name in Template for locale in ("vi", "en")}


@pytest.mark.parametrize("locale", ["vi", "en"])
@pytest.mark.parametrize("name", ABOUT_MANY)
@pytest.mark.parametrize("absent", ["", "count", "agency", "link"])
def test_decided_procedures_are_listed_with_what_is_to_be_done(name: str, locale: str, absent: str) -> None:
    values = {key: value for key, value in FULL.items() if key != absent}
    if absent:
        with pytest.raises(MissingVariable):
            fill(name, locale, values)
        return
    subject, body = fill(name, locale, values)
    assert "2" in subject
    assert len(subject) < 100
    due = "time limit" if name == Template.PUBLICATION_PARTS else "01/06/2026"
    assert all(part in body for part in ("1.000001", "1/QD", due, FULL["link"], FULL["agency"]))
    assert not any(leftover in body for leftover in ("{{", "{%", "None", "\n\n\n"))
