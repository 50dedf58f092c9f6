"""Releasing papers from quarantine: each is read by the virus scanner before anybody else opens it."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from motcua.core.texts import Text
from motcua.documents.gateways import store
from motcua.documents.gateways.scanner import Scanner, ScannerAbsent
from motcua.documents.models import Paper

logger = logging.getLogger("motcua.documents")
INFECTED = Text("Tệp có mã độc", "The file holds harmful code")


@dataclass(frozen=True, slots=True)
class ScanCounts:
    """What one turn did: papers found clean, refused, and left waiting because no scanner answered."""

    clean: int = 0
    refused: int = 0
    waiting: int = 0


def scan_due(*, now: datetime, limit: int = 20) -> ScanCounts:
    """Scan the papers that wait, the oldest first; a scanner that does not answer leaves them waiting.

    Safe to do twice and by several workers at once: a verdict is only written over ``scanning``.
    """
    waiting = Paper.objects.filter(state=Paper.State.SCANNING).order_by("uploaded_at", "id")
    rows = list(waiting.values_list("id", "storage_name")[:limit])
    if not rows or not settings.CLAMD_URL:
        return ScanCounts(waiting=len(rows))
    scanner, clean, refused = Scanner(settings.CLAMD_URL), 0, 0
    for number, (paper_id, name) in enumerate(rows):
        try:
            found = scanner.harmful(store.fetch(name))
        except ScannerAbsent as error:
            logger.warning("papers wait for the virus scanner: %s", error)
            return ScanCounts(clean, refused, len(rows) - number)
        state = Paper.State.REFUSED if found else Paper.State.CLEAN
        reason = f"{INFECTED.vi}: {found}"[:200] if found else ""
        changed = Paper.objects.filter(id=paper_id, state=Paper.State.SCANNING).update(
            state=state, reason=reason, scanned_at=now
        )
        clean, refused = clean + (changed if not found else 0), refused + (changed if found else 0)
    return ScanCounts(clean, refused, 0)
