"""Photographs: what is kept is upright, of a size to read, and says nothing of where they were taken."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from motcua.documents import queries, rules
from motcua.documents.gateways.pictures import legible

pytestmark = pytest.mark.django_db
RED, BLUE = (200, 30, 30), (30, 30, 200)


def photograph(size: tuple[int, int] = (40, 20), *, orientation: int = 1, place: bool = False) -> bytes:
    """A JPEG, its left half red and its right half blue."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, size[0], size[1]))
    exif = Image.Exif()
    if orientation != 1:
        exif[0x0112] = orientation
    if place:
        exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95, exif=exif)
    return out.getvalue()


def opened(content: bytes) -> Any:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def near(pixel: Any, colour: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(pixel, colour, strict=True))


def test_a_photograph_that_needs_nothing_stays_byte_for_byte() -> None:
    content = photograph()
    assert legible(content).content is content
    assert legible(content).changes == ()


@pytest.mark.parametrize(
    ("orientation", "top_left", "size"),
    [(3, BLUE, (40, 20)), (6, RED, (20, 40)), (8, BLUE, (20, 40)), (2, BLUE, (40, 20))],
)
def test_a_photograph_is_turned_as_it_was_held(orientation, top_left, size) -> None:
    made = legible(photograph(orientation=orientation))
    image = opened(made.content)
    assert made.changes == ("upright",)
    assert image.size == size
    assert near(image.getpixel((2, 2)), top_left)
    assert image.getexif().get(0x0112, 1) == 1


def test_a_large_photograph_is_scaled_and_keeps_its_shape() -> None:
    made = legible(photograph((6000, 1500)))
    assert made.changes == ("scaled",)
    assert opened(made.content).size == (rules.LONGEST_SIDE, rules.LONGEST_SIDE // 4)


def test_the_place_is_removed_and_nothing_else_is_told() -> None:
    made = legible(photograph(place=True))
    assert made.changes == ("place_removed",)
    assert not opened(made.content).getexif()


def test_what_was_done_is_kept_beside_both_digests(store: Callable[..., queries.PaperRef]) -> None:
    import hashlib

    sent = photograph(orientation=6)
    ref = store(sent, "ảnh.jpg")
    assert ref.changes == ("upright",)
    assert ref.sent_sha256 == hashlib.sha256(sent).hexdigest() != ref.sha256
    assert hashlib.sha256(queries.paper_bytes(ref.id)).hexdigest() == ref.sha256


def test_a_photograph_cut_short_is_refused(store: Callable[..., queries.PaperRef]) -> None:
    whole = photograph((800, 600))
    with pytest.raises(rules.PaperRefused):
        store(whole[: len(whole) // 2])
