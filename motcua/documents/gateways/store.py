"""The file store: Django's, under names of our own; bytes are on the disk before we go on."""

import os
import secrets
from collections.abc import Iterable
from datetime import date

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def keep(content: bytes, *, folder: str, on: date, ending: str) -> str:
    """Write ``content`` under a random name ``folder/yyyy/mm/…`` and return that name."""
    name = f"{folder}/{on:%Y/%m}/{secrets.token_hex(16)}{ending}"
    kept = default_storage.save(name, ContentFile(content))
    try:
        path = default_storage.path(kept)
    except NotImplementedError:  # an object store answers only after it has the bytes
        return kept
    with open(path, "rb") as file:
        os.fsync(file.fileno())
    return kept


def fetch(name: str) -> bytes:
    """The bytes kept under a name that ``keep`` returned."""
    with default_storage.open(name) as file:
        return bytes(file.read())


def drop(names: Iterable[str]) -> None:
    """Remove what was kept under these names; one that is gone already is no error."""
    for name in names:
        default_storage.delete(name)
