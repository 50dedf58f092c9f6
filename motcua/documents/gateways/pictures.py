"""Photographs made legible: upright, not larger than a page needs, without the place they were taken at."""

import io
import warnings
from dataclasses import dataclass
from typing import Any

from motcua.core.texts import Text
from motcua.documents.rules import LONGEST_SIDE, PaperRefused

_ORIENTATION, _GPS = 0x0112, 0x8825
_QUALITY = 85


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes to keep and what was done to them: upright, scaled, place_removed."""

    content: bytes
    changes: tuple[str, ...] = ()


def legible(content: bytes) -> Picture:
    """A JPEG turned as it was held, at most ``LONGEST_SIDE`` pixels long, without its place.

    One that needs nothing of it stays byte for byte. Raises ``PaperRefused`` when it does not open.
    """
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata; size was checked before
            with Image.open(io.BytesIO(content), formats=["JPEG"]) as image:
                changes = _wanted(image)
                if not changes:
                    return Picture(content)
                image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                upright = ImageOps.exif_transpose(image)
                upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                out = io.BytesIO()
                upright.convert("RGB").save(out, "JPEG", quality=_QUALITY, optimize=True, exif=b"")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise _damaged() from error
    return Picture(out.getvalue(), changes)


def _wanted(image: Any) -> tuple[str, ...]:
    exif = image.getexif()
    turned = exif.get(_ORIENTATION, 1) in range(2, 9)
    return tuple(
        name
        for name, wanted in (
            ("upright", turned),
            ("scaled", max(image.size) > LONGEST_SIDE),
            ("place_removed", bool(exif.get_ifd(_GPS))),
        )
        if wanted
    )


def _damaged() -> PaperRefused:
    return PaperRefused(Text("Ảnh bị hỏng, không mở được.", "The picture is damaged and does not open."))
