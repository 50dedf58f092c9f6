"""What the demo offers: some forty procedures as information, and the packs that are services."""

from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from motcua.agencies.queries import communes
from motcua.catalogue.operations import import_procedures, offer, publish_pack
from motcua.core.actor import SYSTEM
from motcua.demo.operations.province import DATA

OFFERED_FROM = date(2022, 1, 1)
# pack, and the agency whose agencies of commune level offer it: people's committees, police
PACKS = (
    ("vn/marriage-status", "H43"),
    ("vn/temporary-residence", "G01.43"),
    ("vn/temporary-residence-renewal", "G01.43"),
    ("vn/temporary-absence", "G01.43"),
    ("vn/stay-notice", "G01.43"),
)


def load_procedures(now: datetime) -> None:
    """Single facts (code, name, field, level, time limit) of procedures that people ask for."""
    counts = import_procedures(DATA / "procedures.jsonl", actor=SYSTEM, now=now)
    if counts.refused:
        raise RuntimeError(f"the demo's own procedures are wrong: {counts.refused}")


def offer_services(now: datetime) -> None:
    """Publish the packs and offer each in the 24 communes and wards."""
    for name, above in PACKS:
        revision = publish_pack(folder=Path(settings.PACKS) / name, actor=SYSTEM, now=now)
        for agency in communes(above):
            offer(
                procedure_code=revision.procedure_code,
                agency=agency.identifier,
                from_on=OFFERED_FROM,
                actor=SYSTEM,
                now=now,
            )
