import contextlib
import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.texts import Text
from motcua.documents import rules


@given(st.text(max_size=300), st.sampled_from(sorted(rules.EXTENSIONS)))
def test_any_name_becomes_a_safe_one(name: str, kind: str) -> None:
    clean = rules.clean_name(name, kind)
    assert clean.endswith(rules.EXTENSIONS[kind])
    assert not any(c in clean for c in "/\\")
    assert not clean.startswith(".")
    assert not any(unicodedata.category(c)[0] == "C" for c in clean)
    assert len(clean) <= 120
    assert clean == unicodedata.normalize("NFC", clean)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Hồ sơ\\căn cước.pdf", "căn cước.pdf"),
        ("annexe\u202efdp.exe", "annexefdp.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        (".pdf", "giay-to.pdf"),
        ("", "giay-to.pdf"),
    ],
)
def test_names_worth_naming(name: str, clean: str) -> None:
    assert rules.clean_name(name, "application/pdf") == clean


@pytest.mark.parametrize(
    "source",
    [
        '#import "@preview/cetz:0.3.0": *',
        '#include "/etc/passwd"',
        "#set page(background: none)",
        "#page(background: none)[x]",
        "#sys.inputs",
        '#eval("1")',
        '#set document(title: "x")',
        '#import("prelude.typ")',
    ],
)
def test_a_template_may_not_reach_outside_or_unmark(source: str) -> None:
    with pytest.raises(rules.TemplateFault):
        rules.check_template(source)


def test_a_template_may_speak_of_pages_and_imports() -> None:
    rules.check_template("Trang (page) 1. Giấy phép import hàng hoá. #text[x]")


def test_numbers_and_books() -> None:
    assert rules.document_number(3, "GXN") == "03/GXN"
    assert rules.document_number(120, "") == "120"
    assert rules.book_name(7, "GXN", datetime(2026, 12, 31, 17, 0, tzinfo=UTC)) == "7:GXN:2027"


def test_a_document_is_valid_through_its_last_day() -> None:
    last = date(2027, 1, 9)
    assert rules.state_on(last, valid_until_on=last, revoked=False) == "valid"
    assert rules.state_on(date(2027, 1, 10), valid_until_on=last, revoked=False) == "expired"
    assert rules.state_on(date(2027, 1, 10), valid_until_on=last, revoked=True) == "revoked"
    assert rules.state_on(date(2099, 1, 1), valid_until_on=None, revoked=False) == "valid"


@given(st.binary(max_size=400))
def test_picture_headers_never_break_the_reader(content: bytes) -> None:
    for kind, head in (("image/png", b"\x89PNG\r\n\x1a\n"), ("image/jpeg", b"\xff\xd8\xff")):
        with contextlib.suppress(rules.PaperRefused):
            rules.check_picture(head + content, kind)


def test_fields_become_json() -> None:
    fields = {
        "day": date(2026, 7, 10),
        "text": Text("có", "yes"),
        "bad": "a\x00b\x1bc",
        "list": ({"x": 1.5},),
        "no": None,
    }
    assert rules.plain_fields(fields) == {
        "day": "2026-07-10",
        "text": "có",
        "bad": "abc",
        "list": [{"x": 1.5}],
        "no": None,
    }
