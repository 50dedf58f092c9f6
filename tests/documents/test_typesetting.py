import contextlib
import io
import re
import threading
import tomllib
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.core.texts import Text
from motcua.documents import operations, rules
from motcua.documents.gateways.typesetter import Sheet, typeset

from .conftest import FIELDS

GIVEN = {
    **FIELDS,
    "number": "01/GXN",
    "issued_on": "2026-07-10",
    "valid_until_on": "2027-01-09",
    "signer_name": "Ký",
}


def sheet(template: str, fields: dict[str, Any] = GIVEN, **more: Any) -> Sheet:
    return Sheet(template, fields, "Giấy xác nhận", "Ủy ban", date(2026, 7, 10), (rules.TRIAL_MARK,), **more)


def words(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.feature("43")
def test_the_certificate_says_what_it_must(template: str) -> None:
    text = words(typeset(sheet(template, verify_url="http://localhost:8000/verify/abc")))
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 01/GXN",
        "Đô Vinh, ngày 10 tháng 7 năm 2026",
        "GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",
        "TRẦN VĂN MẪU",
        "03/02/1995",
        "từ ngày 01/01/2015 đến ngày 06/05/2020",
        "không có giá trị sử dụng để đăng ký kết hôn",
        "09/01/2027",
        "http://localhost:8000/verify/abc",
    ):
        assert part in text, part


def test_a_certificate_for_marriage_names_the_one_intended(template: str) -> None:
    fields = GIVEN | {
        "purpose": "kết hôn",
        "spouse_name": "Lê Thị Giả",
        "intended_place": "Phường Phan Rang",
        "copies": 1,
    }
    text = words(typeset(sheet(template, fields)))
    assert "Người dự định kết hôn: Lê Thị Giả" in text
    assert "Nơi dự định đăng ký kết hôn: Phường Phan Rang" in text
    assert "Số bản: 1" in text


def test_what_was_not_answered_is_left_out(template: str) -> None:
    must = {"agency_name", "applicant_name", "person_name", "marital_statement", "purpose"}
    text = words(typeset(sheet(template, {k: GIVEN[k] if k in must else None for k in GIVEN})))
    assert "None" not in text
    assert not any(
        label in text for label in ("Giới tính", "Dân tộc", "Số bản", "Người dự định", "cư trú tại")
    )


@pytest.mark.feature("43")
def test_the_template_asks_only_for_what_the_pack_gives(template: str, root: Path) -> None:
    fields = tomllib.loads((root / "packs/vn/marriage-status/result/result.toml").read_text())["fields"]
    given = {field["key"] for field in fields} | {"number", "issued_on", "valid_until_on", "signer_name"}
    asked = set(re.findall(r'field\("(\w+)"\)|data\.(?!at\b)(\w+)', template))
    optional = {"id_paper"}
    assert {a or b for a, b in asked} - optional <= given


def test_every_page_carries_the_mark_and_the_text_says_it(template: str) -> None:
    pdf = typeset(sheet(template + "\n#pagebreak()\nHai\n#pagebreak()\nBa"))
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 3
    assert all(rules.TRIAL_MARK in " ".join(page.extract_text().split()) for page in pages)


def test_structure_a_second_library_sees(template: str) -> None:
    pdf = typeset(sheet(template, verify_url="http://localhost:8000/verify/abc"))
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_metadata() as metadata:
        assert not document.check_pdf_syntax()
        assert metadata.pdfa_status == "2A"
        assert metadata["pdfuaid:part"] == "1"
        assert str(document.Root.Lang) == "vi-VN"
        assert bool(document.Root.MarkInfo.Marked)
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        assert str(document.docinfo["/Title"]) == "Giấy xác nhận"
        alts = {str(o.Alt) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o}
        assert any("http://localhost:8000/verify/abc" in alt for alt in alts)
        fonts = [
            o
            for o in document.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        for font in fonts:
            assert "Liberation" in str(font.FontName)
            assert "/FontFile2" in font or "/FontFile3" in font


@pytest.mark.parametrize(
    "hostile",
    [
        "#panic()",
        "*b* _i_ $x$ `r` <l> @ref",
        '"], "x": ["',
        "= Heading",
        "\\",
        '#import "x"',
        "{{ x }}",
        "]#pagebreak()[",
    ],
)
def test_user_text_is_never_source(template: str, hostile: str) -> None:
    text = words(typeset(sheet(template, {**GIVEN, "applicant_name": f"A{hostile}Z"})))
    assert "A" + " ".join(hostile.split()) + "Z" in text


@settings(max_examples=25, deadline=None)
@given(text=st.text(alphabet=st.characters(max_codepoint=0x17F), max_size=60))
def test_any_latin_text_is_printed_or_refused_in_words(text: str) -> None:
    with contextlib.suppress(rules.Unprintable):
        assert typeset(sheet("#data.x", {"x": text})).startswith(b"%PDF-")


def test_letters_without_a_glyph_are_named() -> None:
    with pytest.raises(rules.Unprintable) as caught:
        typeset(sheet("#data.x", {"x": "Wang 王伟"}))
    assert "王" in caught.value.cause.vi


@pytest.mark.parametrize(
    "template", ["#data.absent", "#(", '#read("/etc/passwd")', '#read("../rules.py")', '#image("x.png")']
)
def test_a_faulty_template_is_a_named_refusal(template: str) -> None:
    with pytest.raises(rules.TemplateFault) as caught:
        typeset(sheet(template))
    assert caught.value.values["detail"]


def test_threads_set_documents_at_the_same_time(template: str) -> None:
    start = threading.Barrier(3)

    def work(number: int) -> str:
        start.wait(10)
        return words(typeset(sheet(template, {**GIVEN, "number": f"{number}/T"})))

    with ThreadPoolExecutor(3) as pool:
        for number, text in enumerate(pool.map(work, range(3))):
            assert f"Số: {number}/T" in text


def test_fonts_of_our_folder_know_every_vietnamese_letter(root: Path) -> None:
    letters = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
    text = words(
        typeset(
            sheet(
                "#data.x #strong(data.x) #emph(data.x) #text(font: sans, data.x)",
                {"x": letters + letters.upper()},
            )
        )
    )
    assert text.count(letters + letters.upper()) == 4
    found = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(root / "motcua/documents/fonts")],
    )
    assert found.families() == ["Liberation Sans", "Liberation Serif"]


def test_a_draft_has_marks_and_neither_number_nor_signature(template: str, now: datetime) -> None:
    title = Text("Giấy xác nhận", "Certificate")
    fields = {**FIELDS, "number": "99/GXN", "signer_name": "Không Ký"}
    pdf = operations.render_draft(
        template=template, fields=fields, title=title, agency_name="Ủy ban", now=now
    )
    text = words(pdf)
    assert all(part in text for part in (rules.DRAFT_MARK, rules.TRIAL_MARK))
    assert not any(part in text for part in ("99/GXN", "Không Ký", "verify"))
    assert b"/ByteRange" not in pdf


@pytest.mark.parametrize("length", [1, 11, 13, 15])
def test_no_page_of_a_slip_holds_its_code_alone(root: Path, length: int) -> None:
    template = (root / "motcua/documents/typst/slips/02.typ").read_text("utf-8")
    fields = {
        "agency_name": "UBND phường Thử", "parent_name": "UBND tỉnh Thử", "number": "02/BSHS", "place": "Thử",
        "issued_on": "2026-11-25", "form_line": "Mẫu số 02", "code": "H43.23-261125-0007",
        "applicant_name": "Mang Thị Quyên", "address": "Số 0 phố Mẫu", "procedure": "Thủ tục thử",
        "procedure_code": "1.004873", "submitted": "9 giờ", "asked": "13 giờ", "contact": "Bộ phận một cửa",
        "handed_by": "Phạm Thị Giúp", "officer": "Vũ Một Cửa", "track_url": "http://localhost/tra-cuu/",
        "items": [{"name": "", "text": f"Mục {n}", "reason": ""} for n in range(length)],
    }  # fmt: skip
    pdf = typeset(sheet(template, fields, verify_url="http://localhost:8000/verify/abc"))
    pages = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert "Vũ Một Cửa" in pages[-1]
    assert "/verify/abc" in pages[-1]
    assert len(pages) == (1 if length == 1 else 2)
