"""Counting the dossiers that other systems handled."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from django.db import transaction

from motcua.monitoring.operations.counting import CHUNK, alone, count_facts
from motcua.monitoring.queries.records import facts_of_batch, facts_of_procedures


def count_records(*, batch: str, now: datetime) -> None:
    """Bring the rollups to the present facts of the records of a batch; the same again changes nothing."""
    with transaction.atomic():
        alone()
        count_facts(found=facts_of_batch(batch), now=now)


def count_records_of(*, procedures: Sequence[str], now: datetime) -> None:
    """The same for every record of some procedures, whose limits, fees or levels are others now."""
    with transaction.atomic():
        found = facts_of_procedures(procedures)
        while chunk := list(islice(found, CHUNK)):
            count_facts(found=chunk, now=now)
