"""typst: from a template and fields to a PDF (PDF/A-2a and PDF/UA-1)."""

import io
import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from motcua.documents.rules import TemplateFault, Unprintable, check_template, plain_fields

_FOLDER = Path(__file__).resolve().parent.parent
_STANDARDS = ["a-2a", "ua-1"]
_local = threading.local()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document to set: ``marks`` are printed on every page whatever the template does."""

    template: str
    fields: Mapping[str, object]
    title: str
    agency_name: str
    made_on: date
    marks: tuple[str, ...] = ()
    verify_url: str = ""
    sideways: bool = False  # A4 across, for wide tables
    qr_text: str = ""  # what the QR code holds; without it the address


def typeset(sheet: Sheet) -> bytes:
    """The PDF of a sheet. Raises ``TemplateFault`` or ``Unprintable``; reads no file but our own."""
    import typst  # 40 ms; not needed to start the program

    check_template(sheet.template)
    fields = plain_fields(sheet.fields)
    if sheet.verify_url:
        fields |= {"verify_url": sheet.verify_url, "qr_svg": qr_svg(sheet.qr_text or sheet.verify_url)}
    data = {
        "fields": fields,
        "title": sheet.title,
        "agency_name": sheet.agency_name,
        "made_on": sheet.made_on.isoformat(),
        "marks": list(sheet.marks),
        "sideways": sheet.sideways,
    }
    inputs = {"data": json.dumps(data, ensure_ascii=False), "template": sheet.template}
    try:
        return bytes(_compiler().compile(format="pdf", sys_inputs=inputs, pdf_standards=_STANDARDS))
    except typst.TypstError as error:
        raise _fault(str(error)) from error


def qr_svg(text: str) -> str:
    """The QR code of a text as SVG."""
    import segno

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False)
    return out.getvalue().decode()


def _compiler() -> Any:
    """One compiler a thread: it may not be borrowed twice."""
    if not hasattr(_local, "compiler"):
        import typst

        folder = _FOLDER / "typst"
        fonts = [str(_FOLDER / "fonts")]
        _local.compiler = typst.Compiler(
            str(folder / "main.typ"), root=str(folder), font_paths=fonts, ignore_system_fonts=True
        )
    return _local.compiler


def _fault(message: str) -> TemplateFault | Unprintable:
    shown = re.search(r"the text (.{1,200}?) could not be displayed", message, re.S)
    if shown or "Private Use" in message or "private use" in message:
        return Unprintable(detail=shown.group(1) if shown else "U+E000–U+F8FF")
    return TemplateFault(detail=message.strip().splitlines()[0][:300])
