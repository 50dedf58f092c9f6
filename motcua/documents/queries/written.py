"""Written documents in the form that somebody takes away."""

from functools import cache
from pathlib import Path

from motcua.core.refusals import NotFound
from motcua.core.written import Part, Table, Written, rows_text
from motcua.documents.gateways.typesetter import Sheet, typeset
from motcua.documents.gateways.writers import as_csv, as_docx, as_xlsx
from motcua.documents.queries.issued import trial
from motcua.documents.rules import TRIAL_MARK

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def written_as(form: str, written: Written, *, locale: str, publisher: str) -> bytes:
    """The bytes of a document as csv, xlsx, docx or pdf; raises ``NotFound`` for another form.

    A trial site's Word documents and prints carry its mark.
    """
    marks = (TRIAL_MARK,) if trial() else ()
    if form == "csv":
        return as_csv(written, locale)
    if form == "xlsx":
        return as_xlsx(written, locale)
    if form == "docx":
        return as_docx(written, locale, marks)
    if form != "pdf":
        raise NotFound
    return typeset(
        Sheet(
            template=_template(),
            fields=_fields(written, locale),
            title=written.title.to(locale),
            agency_name=publisher,
            made_on=written.made_on,
            marks=marks,
        )
    )


@cache
def _template() -> str:
    return (Path(__file__).resolve().parents[1] / "typst" / "report.typ").read_text("utf-8")


def _fields(written: Written, locale: str) -> dict[str, object]:
    english = locale.startswith("en")
    return {
        "lang": "en" if english else "vi",
        "title": written.title.to(locale),
        "subtitle": written.subtitle.to(locale),
        "notes_title": "How the figures are counted" if english else "Cách tính các số liệu",
        "notes": [note.to(locale) for note in written.notes],
        "parts": [_part(part, locale) for part in written.parts],
    }


def _part(part: Part, locale: str) -> dict[str, object]:
    return {
        "title": part.title.to(locale),
        "sentences": [sentence.to(locale) for sentence in part.sentences],
        "bars": [
            {
                "label": bar.label.to(locale),
                "share": float(min(max(bar.rate or 0, 0), 100)) / 100,
                "figure": bar.figure.to(locale),
            }
            for bar in part.bars
        ],
        "table": _table(part.table, locale) if part.table else None,
    }


def _table(table: Table, locale: str) -> dict[str, object]:
    return {
        "caption": table.caption.to(locale),
        "head": [head.to(locale) for head in table.head],
        "rows": rows_text(table, locale),
    }
