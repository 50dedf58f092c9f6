"""Reports that the system writes: one dossier moves sentence, table and chart; each form is a real file."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from motcua.core.actor import PUBLIC, SYSTEM, Actor, Post, Role
from motcua.core.periods import Period
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.core.written import Part, Table, Written
from motcua.documents.queries import FORMS, written_as
from motcua.monitoring.queries import ReportAsked, papi_report, usual_agency, write_report
from motcua.monitoring.rules.reporting import monthly_mean, months_of, same_months
from tests.monitoring.conftest import at

JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))
NOW = at(5, month=7)


def officer(identifier: str, role: Role = Role.LEADER) -> Actor:
    from motcua.monitoring.queries import land

    node = land().by_identifier[identifier]
    return Actor(kind="person", user_id=1, posts=(Post(node.id, identifier, node.path, role),))


def write(kind: str, agency: str = "H43", periods: tuple[Period, ...] = (JUNE,)) -> Written:
    return write_report(kind, ReportAsked(agency, periods, officer(agency), NOW))


def words(written: Written) -> str:
    return "\n".join(sentence.en for part in written.parts for sentence in part.sentences)


@pytest.fixture
def dossiers(make_dossier: Callable[..., Any], count: Callable[..., None]) -> Callable[..., None]:
    """``dossiers(3, channel=1)``: so many, received in June, ended on time."""
    received = at(2)

    def made(number: int, **more: Any) -> None:
        usual = {"received_at": received, "due_at": at(9), "finished_at": at(4), "status": 10}
        count(*(make_dossier(**{**usual, **more}) for _ in range(number)))

    return made


@pytest.mark.django_db
def test_one_dossier_moves_sentence_table_and_chart(dossiers: Callable[..., None]) -> None:
    def seen() -> tuple[str, Any, Any]:
        used = write("overview").parts[1]
        assert used.table is not None
        return used.sentences[0].en, used.table.rows[0][1:], used.bars[0].rate

    dossiers(3)
    dossiers(1, channel=1)
    sentence, row, bar = seen()
    assert "75.00%, that is 3 of 4 (online_2022)" in sentence
    assert (row, bar) == ((3, 4, Decimal("75.00")), Decimal("75.00"))
    dossiers(1, channel=1)
    sentence, row, bar = seen()
    assert "60.00%, that is 3 of 5 (online_2022)" in sentence
    assert (row, bar) == ((3, 5, Decimal("60.00")), Decimal("60.00"))


@pytest.mark.django_db
def test_the_overview_names_units_causes_and_every_definition(
    dossiers: Callable[..., None], offer: Callable[..., None]
) -> None:
    offer("1.004873", "H43.12", "full")
    offer("1.004194", "H43.12", "partial")
    dossiers(2)
    dossiers(1, agency="H43.13", finished_at=at(20))
    written = write("overview")
    by_unit = next(part.table for part in written.parts if part.title.en == "By unit")
    assert by_unit is not None
    assert [row[1] for row in by_unit.rows] == [2, 1]
    assert "1 of 2 services had no online dossier" in words(written)
    assert "Index 766:" in words(written)
    noted = " ".join(note.en for note in written.notes)
    for part in written.parts:
        for sentence in part.sentences:
            key = sentence.en.rpartition("(")[2].rstrip(").")
            if key.endswith("_766") or key.startswith("online_"):
                assert key in noted, key


@pytest.mark.django_db
def test_certificates_by_month(dossiers: Callable[..., None]) -> None:
    dossiers(2)
    dossiers(1, received_at=at(2, month=5), finished_at=at(3, month=5), due_at=at(8, month=5))
    dossiers(5, code="1.004194")
    written = write("certificates", periods=(Period(date(2026, 5, 1), date(2026, 6, 30)),))
    months = written.parts[-1].table
    assert months is not None
    assert [(row[0].vi, row[1]) for row in months.rows if isinstance(row[0], Text)] == [
        ("05/2026", 1),
        ("06/2026", 2),
    ]


@pytest.mark.django_db
def test_unequal_periods_of_residence_are_compared_by_monthly_means_and_the_same_months(
    dossiers: Callable[..., None],
) -> None:
    for month in (2, 3, 8):
        dossiers(2, agency="G01.20", code="1.004194", received_at=at(3, month=month, year=2022),
                 due_at=at(8, month=month, year=2022), finished_at=at(4, month=month, year=2022))  # fmt: skip
    dossiers(3, agency="G01.20", code="1.004194", received_at=at(3, month=4, year=2023),
             due_at=at(8, month=4, year=2023), finished_at=at(4, month=4, year=2023))  # fmt: skip
    year, half = Period(date(2022, 1, 1), date(2022, 12, 31)), Period(date(2023, 1, 1), date(2023, 6, 30))
    written = write("residence", "G01.20", (year, half))
    said = words(written)
    assert "6 dossiers received, 0.50 a month" in said
    assert "3 dossiers received, 0.50 a month" in said
    assert "4 dossiers received, 0.67 a month" in said  # January to June 2022
    assert [part.title.en for part in written.parts] == [
        "Period 01/01/2022 to 31/12/2022",
        "Period 01/01/2023 to 30/06/2023",
        "The same months, 01/01/2022 to 30/06/2022",
    ]


@pytest.mark.django_db
def test_reports_are_for_officers_about_their_own_tree(land: dict[str, int]) -> None:
    for actor in (PUBLIC, officer("G15")):
        with pytest.raises(NotFound):
            write_report("overview", ReportAsked("H43", (JUNE,), actor, NOW))
    for kind, agency in (("weather", "H43"), ("overview", "H99"), ("residence", "G15")):
        with pytest.raises(NotFound):
            write_report(kind, ReportAsked(agency, (JUNE,), officer("H43"), NOW))
    assert usual_agency("overview", officer("H43.12")) == "H43"
    assert usual_agency("residence", officer("G01.20")) == "G01.20"


@pytest.mark.django_db
def test_papi_of_a_year(land: dict[str, int], now: datetime) -> None:
    from motcua.demo.operations.outside import load_papi

    load_papi(now)
    written = papi_report(2022, "P38", actor=officer("H43"), now=NOW)
    assert "46.0002 points, rank 4 of 61; median 42.2377, mean 42.3424." in words(written)
    with pytest.raises(NotFound):
        papi_report(2022, "P38", actor=PUBLIC, now=NOW)


def test_months_means_and_the_same_months() -> None:
    days = [
        (m.first.isoformat(), m.last.isoformat())
        for m in months_of(Period(date(2024, 1, 15), date(2024, 3, 2)))
    ]
    assert days == [("2024-01-15", "2024-01-31"), ("2024-02-01", "2024-02-29"), ("2024-03-01", "2024-03-02")]
    assert len(months_of(Period(date(2011, 1, 1), date(2026, 1, 1)))) == 24
    assert monthly_mean(1200, Period(date(2022, 1, 1), date(2022, 12, 31))) == Decimal("100.07")
    year = Period(date(2022, 1, 1), date(2022, 12, 31))
    assert same_months(year, year) is None
    assert (
        same_months(Period(date(2022, 4, 1), date(2022, 12, 31)), Period(date(2023, 1, 1), date(2023, 6, 30)))
        is None
    )
    assert same_months(year, Period(date(2024, 2, 1), date(2024, 2, 29))) is None


HOSTILE = Written(
    title=Text("Báo cáo <b>&", "Report <b>&"),
    subtitle=Text("#kỳ \\thử", "period"),
    made_on=date(2026, 6, 30),
    parts=(
        Part(
            Text("Chương", "Chapter"),
            sentences=(Text("#import \"x\" $1$ *không* _là_ mã", "no code"),),
            table=Table(
                Text("Bảng [1]: a/b", "Table"),
                (Text("Tên", "Name"), Text("Số", "Number"), Text("%", "%")),
                (("=HYPERLINK(1)", 1234567, Decimal("5.50")), ("+1", None, None), ("@x", 0, Decimal(0))),
            ),
        ),
    ),
    notes=(Text("Ghi chú", "Note"),),
)  # fmt: skip


@pytest.mark.feature("52")
@pytest.mark.django_db
@pytest.mark.parametrize("locale", ["vi", "en"])
@pytest.mark.parametrize("form", list(FORMS))
def test_each_form_is_a_real_file_and_runs_nothing(form: str, locale: str) -> None:
    content = written_as(form, HOSTILE, locale=locale, publisher="Motcua")
    if form == "csv":
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert ["'=HYPERLINK(1)", "1234567", "5.50"] in rows
        assert ["'+1", "", ""] in rows
    elif form == "xlsx":
        from openpyxl import load_workbook

        sheet = load_workbook(io.BytesIO(content)).worksheets[0]
        assert [cell.value for cell in sheet[2]] == ["=HYPERLINK(1)", 1234567, 5.5]
        assert sheet["A2"].data_type == "s"
    elif form == "docx":
        import docx

        paper = docx.Document(io.BytesIO(content))
        assert paper.tables[0].cell(1, 0).text == "=HYPERLINK(1)"
        assert "BẢN THỬ" in paper.sections[0].header.paragraphs[0].text
    else:
        from pypdf import PdfReader

        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        assert "BẢN THỬ" in text
        assert "HYPERLINK" in text
        assert ("1.234.567" if locale == "vi" else "1,234,567") in text


@pytest.mark.feature("52")
@pytest.mark.django_db
def test_rates_in_a_workbook_are_formulas_of_their_counts(dossiers: Callable[..., None], client: Any) -> None:
    from openpyxl import load_workbook

    dossiers(6)
    dossiers(2, channel=1)
    query = "?from=2026-06-01&to=2026-06-30&by=agency"
    answer = client.get(f"/bang-dieu-hanh/online_2022/tai-ve.xlsx{query}")
    assert answer.status_code == 200
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    rows = {row[1].value: row for row in sheet.iter_rows(min_row=2)}
    national = rows["national"]
    assert (
        national[4].value
        == f'=IF(D{national[0].row}=0,"",ROUND(100*C{national[0].row}/D{national[0].row}*1,2))'
    )
    assert (national[2].value, national[3].value) == (6, 8)
    text = client.get(f"/bang-dieu-hanh/online_2022/tai-ve.csv{query}").content.decode("utf-8-sig")
    assert "Toàn quốc,national,6,8,75.00,0" in text
    for wrong in ("online_2022/tai-ve.exe", "none/tai-ve.csv", "online_2022/tai-ve.csv?from=x"):
        assert client.get(f"/bang-dieu-hanh/{wrong}").status_code == 404


@pytest.mark.feature("54")
@pytest.mark.django_db
def test_a_file_tells_the_public_no_small_numbers(dossiers: Callable[..., None], client: Any) -> None:
    dossiers(3)
    query = "?from=2026-06-01&to=2026-06-30&by=procedure"
    text = client.get(f"/bang-dieu-hanh/online_2022/tai-ve.csv{query}").content.decode("utf-8-sig")
    assert "procedure:1.004873,dưới 5,dưới 5,," in text


def test_the_actor_of_the_platform_reads_no_report() -> None:
    with pytest.raises(NotFound):
        usual_agency("overview", SYSTEM)


@pytest.mark.django_db
def test_numbers_in_vietnamese_sentences_have_a_comma(land: dict[str, int], now: datetime) -> None:
    from motcua.demo.operations.outside import load_papi

    load_papi(now)
    written = papi_report(2022, "P38", actor=officer("H43"), now=NOW)
    said = " ".join(s.vi for part in written.parts for s in part.sentences)
    assert "46,0002 điểm, hạng 4 trong 61; trung vị 42,2377, trung bình 42,3424." in said
    dimensions = next(p.table for p in written.parts if p.table and p.title.en == "Dimensions")
    cells = [cell for row in dimensions.rows for cell in row[1:]]
    assert [c.vi for c in cells if "." in c.vi] == []
    assert "−0,0269" in {c.vi for c in cells}
