"""Pure rules of papers and documents: names, kinds of files, numbers, marks, states."""

import re
import struct
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from motcua.core.folding import nfc
from motcua.core.periods import local_day
from motcua.core.refusals import Refusal
from motcua.core.texts import Text

MAX_BYTES = 10 * 1024 * 1024  # of one uploaded file
MAX_PIXELS = 50_000_000  # of one picture: a telephone's photograph has 12 to 48 million
MAX_PAGES = 200  # of one PDF
LONGEST_SIDE = 3_000  # pixels of a kept photograph: an A4 page at 250 dots an inch
EXTENSIONS = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}
MAGIC = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}

TRIAL_MARK = "BẢN THỬ, KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
DRAFT_MARK = "BẢN DỰ THẢO, CHƯA KÝ"

_TEMPLATE_MAY_NOT = re.compile(
    r"\b(?:import|include)\b\s*\(?\s*\"|\bsys\s*\.|\bpage\s*\(|\bset\s+document\b|\beval\s*\("
)
_EDGES = " .-_"
_ENDS = {"image/png": b"IEND", "image/jpeg": b"\xff\xd9"}
_TAIL = 4 * 1024 * 1024


class PaperRefused(Refusal):
    """The uploaded file cannot be taken; ``reason`` says why in plain words."""

    code = "paper_refused"
    cause = Text("Không nhận được tệp này.", "This file cannot be taken.")
    next_step = Text(
        "Chọn tệp PDF, PNG hoặc JPEG, không quá 10 MB, mở được và không đặt mật khẩu.",
        "Choose a PDF, PNG or JPEG of at most 10 MB that opens and has no password.",
    )
    status = 422

    def __init__(self, cause: Text) -> None:
        super().__init__()
        self.cause = cause
        self.args = (f"{self.code}: {cause.en}",)


class TemplateFault(Refusal):
    """The template of a result does something that templates may not, or fails on these fields."""

    code = "document_template_fault"
    cause = Text("Mẫu giấy tờ bị lỗi: {detail}", "The template of the document is faulty: {detail}")
    next_step = Text("Báo người phụ trách gói thủ tục.", "Tell the person in charge of the pack.")


class Unprintable(Refusal):
    """A field holds characters that the official fonts cannot show."""

    code = "document_unprintable"
    cause = Text("Phông chữ không in được: {detail}", "The fonts cannot print: {detail}")
    next_step = Text(
        "Viết lại phần đó bằng chữ Việt hoặc chữ La-tinh rồi ký lại.",
        "Write that part in Vietnamese or Latin letters and sign again.",
    )


class VerificationState(StrEnum):
    """What the public check answers."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels."""

    width: int
    height: int


def clean_name(name: str, content_type: str) -> str:
    """A file name fit to show and to download: NFC, no path, no control or direction marks,
    at most 120 characters, and the ending that belongs to its content."""
    base = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    base = "".join(c for c in base if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*')
    base = nfc(base)
    ending = EXTENSIONS[content_type]
    stem = base.rsplit(".", 1)[0] if "." in base else base
    return (stem.strip(_EDGES)[:110].strip(_EDGES) or "giay-to") + ending


def content_type_of(head: bytes, guess: str = "") -> str:
    """The kind of a file by its first bytes; raises ``PaperRefused`` for any other kind.

    ``guess`` is what the file seems to be instead (".docx"), told to the reader.
    """
    if not head:
        raise PaperRefused(Text("Tệp rỗng.", "The file is empty."))
    for magic, kind in MAGIC.items():
        if head.startswith(magic):
            return kind
    seems = f" ({guess})" if guess else ""
    raise PaperRefused(
        Text(
            f"Nội dung tệp không phải PDF, PNG hoặc JPEG{seems}.",
            f"The content of the file is not PDF, PNG or JPEG{seems}.",
        )
    )


def check_length(length: int) -> None:
    """Refuse a file longer than ``MAX_BYTES``."""
    if length > MAX_BYTES:
        raise PaperRefused(Text("Tệp lớn hơn 10 MB.", "The file is larger than 10 MB."))


def check_picture(content: bytes, content_type: str) -> None:
    """Refuse a picture whose header cannot be read, that is cut short, or unpacks to too many pixels."""
    size = _png_size(content) if content_type == "image/png" else _jpeg_size(content)
    whole = _ENDS[content_type] in content[-_TAIL:]  # telephones write more after a JPEG's end
    if size is None or size.width < 1 or size.height < 1 or not whole:
        raise PaperRefused(Text("Ảnh bị hỏng, không mở được.", "The picture is damaged and does not open."))
    if size.width * size.height > MAX_PIXELS:
        raise PaperRefused(
            Text("Ảnh quá lớn (hơn 50 triệu điểm ảnh).", "The picture has over 50 million pixels.")
        )


def check_pages(pages: int) -> None:
    """Refuse a PDF without pages or with more than ``MAX_PAGES``."""
    if pages < 1:
        raise PaperRefused(Text("Tệp PDF không có trang nào.", "The PDF has no pages."))
    if pages > MAX_PAGES:
        raise PaperRefused(Text("Tệp PDF có hơn 200 trang.", "The PDF has more than 200 pages."))


def _png_size(content: bytes) -> Size | None:
    if content[12:16] != b"IHDR" or len(content) < 24:
        return None
    return Size(*struct.unpack(">II", content[16:24]))


def _jpeg_size(content: bytes) -> Size | None:
    at = 2
    while at + 9 <= len(content):
        if content[at] != 0xFF:
            return None
        marker = content[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
        elif marker in {0x01, *range(0xD0, 0xD8)}:  # markers without a length
            at += 2
        elif 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:  # start of frame
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return Size(width, height)
        else:
            at += 2 + max(2, int.from_bytes(content[at + 2 : at + 4], "big"))
    return None


def check_template(source: str) -> None:
    """Refuse a template that reaches outside itself or touches what marks a document as a trial."""
    found = _TEMPLATE_MAY_NOT.search(source)
    if found:
        raise TemplateFault(detail=found.group(0).strip())


def book_name(agency_id: int, book: str, now: datetime) -> str:
    """The book of one agency, one kind, one year (in Viet Nam): ``17:GXN:2026``."""
    return f"{agency_id}:{book}:{local_day(now).year}"


def document_number(number: int, suffix: str) -> str:
    """``12/GXN``; numbers below ten carry a zero (Decree 30/2020, Appendix I) [M]."""
    return f"{number:02d}/{suffix}" if suffix else f"{number:02d}"


def plain_fields(fields: Mapping[str, object]) -> dict[str, object]:
    """Fields as JSON values for a template: dates in ISO form, texts in Vietnamese, no control characters."""
    return {str(key): _plain(value) for key, value in fields.items()}


def _plain(value: object) -> object:
    if isinstance(value, str):
        return "".join(
            c for c in unicodedata.normalize("NFC", value) if c == "\n" or unicodedata.category(c) != "Cc"
        )
    if isinstance(value, datetime):
        return local_day(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Text):
        return _plain(value.vi)
    if isinstance(value, Mapping):
        return plain_fields(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)


_PRINTED = re.compile(
    r"[^\n\u0020-\u007e\u00a0-\u024f\u0300\u0301\u0303\u0309\u0323\u1e00-\u1eff\u2010-\u2026\u20ab]"
)


def printable(value: Any) -> Any:
    """Plain fields with □ for every letter outside Latin and Vietnamese: what is issued must be printable."""
    if isinstance(value, str):
        return _PRINTED.sub("□", value)
    if isinstance(value, Mapping):
        return {key: printable(item) for key, item in value.items()}
    return [printable(item) for item in value] if isinstance(value, list) else value


def state_on(day: date, *, valid_until_on: date | None, revoked: bool) -> VerificationState:
    """State of a known document on a day: revoked beats expired; its last day is still valid."""
    if revoked:
        return VerificationState.REVOKED
    if valid_until_on is not None and day > valid_until_on:
        return VerificationState.EXPIRED
    return VerificationState.VALID
