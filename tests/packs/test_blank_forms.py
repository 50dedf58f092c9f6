"""Each pack's paper twin: every question of the online form, in both languages, as an accessible PDF."""

import io
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from motcua.catalogue.rules.blank_form import blank_fields
from motcua.catalogue.rules.pack import load_folder
from motcua.catalogue.rules.pack_reading import parse_pack
from motcua.core.texts import Text
from motcua.documents.operations import render_form
from motcua.documents.rules import TRIAL_MARK
from tests.web.filing import commune, portal

__all__ = ["commune", "portal"]
ROOT = Path(__file__).resolve().parent.parent.parent
PACKS = sorted(p.parent.name for p in (ROOT / "packs/vn").glob("*/form.toml"))


def words(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("slug", PACKS)
@pytest.mark.parametrize("second", ["vi", "en"])
@pytest.mark.feature("8")
def test_every_question_is_on_paper(slug: str, second: str) -> None:
    pack = parse_pack(load_folder(ROOT / "packs/vn" / slug))
    content = render_form(
        template=(ROOT / "motcua/catalogue/blank_form.typ").read_text("utf-8"),
        fields=blank_fields(pack, second),
        title=Text(pack.name.vi, pack.name.en),
        made_on=date(2026, 7, 10),
    )
    reader = PdfReader(io.BytesIO(content))
    printed = words("".join(page.extract_text() for page in reader.pages))
    asked = [q for page in pack.form.pages for q in page.questions if q.asked]
    assert asked
    assert [q.key for q in asked if words(q.label.vi) not in printed] == []
    assert [p.key for p in pack.papers if words(p.name.vi) not in printed] == []
    if second == "en":
        assert [q.key for q in asked if words(q.label.en) not in printed] == []
    assert words(TRIAL_MARK) in printed
    assert "/StructTreeRoot" in reader.trailer["/Root"]


@pytest.mark.django_db
@pytest.mark.feature("8")
def test_it_is_offered_on_the_start_page(portal, client) -> None:
    start = client.get("/nop/1.004873/").content.decode()
    assert "/nop/1.004873/to-khai.pdf" in start
    answer = client.get("/nop/1.004873/to-khai.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert client.get("/nop/9.999999/to-khai.pdf").status_code == 404
