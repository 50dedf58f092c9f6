"""Codes are gapless per agency and day, whoever files at the same moment."""

import threading
from datetime import datetime

import pytest
from django.db import connection

from motcua.core.refusals import Refusal
from motcua.dossiers import operations
from motcua.dossiers.models import Dossier
from tests.dossiers.conftest import ANSWERS, PROCEDURE, Commune

pytestmark = pytest.mark.django_db(transaction=True)


def test_codes_are_gapless_under_concurrency(commune: Commune, now: datetime):
    """Eight filers at once, some of them refused half-way, some sending the same key twice."""
    faults: list[BaseException] = []
    refused: list[str] = []

    def work(worker: int) -> None:
        try:
            for number in range(5):
                for answers in (ANSWERS, {**ANSWERS, "number": "1"}, ANSWERS):  # right, refused, repeated
                    try:
                        operations.submit(
                            procedure=PROCEDURE, agency="H43.01", answers=answers,
                            key=f"{worker}-{number}-{answers['number']}",
                            actor=commune.citizen, now=now,
                        )  # fmt: skip
                    except Refusal as refusal:
                        refused.append(refusal.code)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(w,)) for w in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not faults
    assert refused == ["answers_refused"] * 40
    codes = sorted(Dossier.objects.order_by("code").values_list("code", flat=True))
    assert codes == [f"H43.01-260710-{n:04d}" for n in range(1, 41)]


def test_one_key_at_the_same_moment_is_one_dossier(commune: Commune, now: datetime):
    receipts: list[object] = []
    start = threading.Barrier(4)

    def work() -> None:
        start.wait(30)
        try:
            receipts.append(
                operations.submit(
                    procedure=PROCEDURE,
                    agency="H43.01",
                    answers=ANSWERS,
                    key="same",
                    actor=commune.citizen,
                    now=now,
                )
            )
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(receipts) == 4
    assert len(set(receipts)) == 1
    assert Dossier.objects.count() == 1
