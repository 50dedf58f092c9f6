"""Reading what people upload: what a file seems to be, and the page count of PDFs."""

import io

from motcua.core.texts import Text
from motcua.documents.rules import PaperRefused


def seems(content: bytes) -> str:
    """What a file seems to be by its content, as a file ending; empty when that cannot be said."""
    import puremagic

    try:
        return str(puremagic.from_string(content[:65536]))
    except (puremagic.PureError, ValueError, IndexError, KeyError):
        return ""


def pdf_pages(content: bytes) -> int:
    """Number of pages; raises ``PaperRefused`` for a PDF that is locked, damaged, or runs code."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        locked = reader.encrypted
        if not locked:
            root = reader.root
            active = any(name in root for name in ("/OpenAction", "/AA")) and b"/JavaScript" in content
            active = active or ("/Names" in root and "/JavaScript" in root["/Names"])
            pages = int(root["/Pages"]["/Count"])
    except Exception as error:  # whatever breaks the reader is a damaged file to us
        raise PaperRefused(
            Text("Tệp PDF bị hỏng, không mở được.", "The PDF is damaged and does not open.")
        ) from error
    if locked:
        raise PaperRefused(Text("Tệp PDF đặt mật khẩu.", "The PDF is locked by a password."))
    if active:
        raise PaperRefused(Text("Tệp PDF có chứa mã chạy.", "The PDF contains code that runs."))
    return pages
