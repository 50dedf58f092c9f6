"""Written documents as files: CSV, workbook (with formulas), Word; the print is the typesetter's."""

import csv
import io
import re
from typing import Any

from motcua.core.texts import Text
from motcua.core.written import Cell, Part, Table, Written, cell_text, rows_text

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SHEET = re.compile(r"[\[\]:*?/\\']")


def as_csv(written: Written, locale: str) -> bytes:
    """All tables one under the other, then the notes; numbers plain, UTF-8 with a mark for spreadsheets."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_safe(written.title.to(locale)), _safe(written.subtitle.to(locale))])
    for table in written.tables:
        writer.writerow([])
        writer.writerow([_safe(table.caption.to(locale))])
        writer.writerow([_safe(head.to(locale)) for head in table.head])
        writer.writerows([_plain(cell, locale) for cell in row] for row in table.rows)
    writer.writerow([])
    writer.writerows([_safe(note.to(locale))] for note in written.notes)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _plain(cell: Cell, locale: str) -> str:
    if cell is None:
        return ""
    said = isinstance(cell, str | Text)
    return _safe(cell_text(cell, locale)) if said else str(cell)


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_xlsx(written: Written, locale: str) -> bytes:
    """A sheet for each table, rates as formulas of their counts, and a sheet of notes."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    rate = book.add_format({"num_format": "0.00"})
    for number, table in enumerate(written.tables, start=1):
        name = f"{number} {_SHEET.sub(' ', table.caption.to(locale))}"[:31]
        _sheet(book.add_worksheet(name), table, locale, bold, rate)
    notes = book.add_worksheet(_SHEET.sub(" ", "Cách tính" if not locale.startswith("en") else "How counted"))
    notes.set_column(0, 0, 120)
    lines = (written.title, written.subtitle, *written.notes)
    for row, text in enumerate(lines):
        notes.write_string(row, 0, text.to(locale), bold if row == 0 else None)
    book.close()
    return out.getvalue()


def _sheet(sheet: Any, table: Table, locale: str, bold: Any, rate: Any) -> None:
    sheet.set_column(0, 0, 48)
    sheet.set_column(1, len(table.head), 14)
    for column, head in enumerate(table.head):
        sheet.write_string(0, column, head.to(locale), bold)
    for row, cells in enumerate(table.rows, start=1):
        for column, cell in enumerate(cells):
            _write(sheet, row, column, cell, locale, rate)
        if table.ratio is not None and isinstance(cells[table.ratio.below], int):
            ratio = table.ratio
            above, below = (f"{chr(65 + c)}{row + 1}" for c in (ratio.above, ratio.below))
            formula = f'=IF({below}=0,"",ROUND(100*{above}/{below}*{ratio.factor},2))'
            value = cells[ratio.rate]
            sheet.write_formula(row, ratio.rate, formula, rate, "" if value is None else float(str(value)))
    sheet.freeze_panes(1, 1)


def _write(sheet: Any, row: int, column: int, cell: Cell, locale: str, rate: Any) -> None:
    if cell is None:
        sheet.write_blank(row, column, None)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell)
    elif isinstance(cell, str | Text):
        sheet.write_string(row, column, cell_text(cell, locale))
    else:
        sheet.write_number(row, column, float(cell), rate)


def as_docx(written: Written, locale: str, marks: tuple[str, ...]) -> bytes:
    """Headings, sentences, tables and notes as a Word document; ``marks`` stand in its header."""
    import docx
    from docx.shared import Cm, Pt

    paper = docx.Document()
    paper.core_properties.title = written.title.to(locale)
    paper.core_properties.language = "en" if locale.startswith("en") else "vi"
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.header.paragraphs[0].text = " ".join(marks)
    paper.styles["Normal"].font.name, paper.styles["Normal"].font.size = "Times New Roman", Pt(12)
    paper.add_heading(written.title.to(locale), level=0)
    paper.add_paragraph(written.subtitle.to(locale))
    for part in written.parts:
        _chapter(paper, part, locale)
    if written.notes:
        paper.add_heading("How the figures are counted" if locale.startswith("en") else "Cách tính", level=1)
        for note in written.notes:
            paper.add_paragraph(note.to(locale), style="List Bullet")
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _chapter(paper: Any, part: Part, locale: str) -> None:
    paper.add_heading(part.title.to(locale), level=1)
    for sentence in part.sentences:
        paper.add_paragraph(sentence.to(locale))
    if part.table is None:
        return
    table = part.table
    grid = paper.add_table(rows=1, cols=len(table.head))
    grid.style = "Table Grid"
    for place, head in zip(grid.rows[0].cells, table.head, strict=True):
        place.text = head.to(locale)
        place.paragraphs[0].runs[0].bold = True
    for texts in rows_text(table, locale):
        for place, text in zip(grid.add_row().cells, texts, strict=True):
            place.text = text
    paper.add_paragraph(table.caption.to(locale), style="Caption")
