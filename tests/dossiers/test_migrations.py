"""What migrations do to rows that are there already."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from motcua.dossiers import operations
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import find_dossiers
from motcua.people.queries import index_of_number
from tests.dossiers.conftest import ANSWERS, PROCEDURE, Commune

BEFORE, AFTER = "0006_found_by_name_and_number", "0007_numbers_of_those_typed_in"
NUMBERS = ("999199000777", "999199000888")


def migrate(name: str) -> None:
    """Bring the dossiers' tables to a migration."""
    MigrationExecutor(connection).migrate([("dossiers", name)])


def missing() -> list[str]:
    """The migrations that are not applied, of all tables."""
    executor = MigrationExecutor(connection)
    return [str(migration) for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


@pytest.fixture
def back_to_newest(transactional_db: None) -> Iterator[None]:
    """Whatever a test leaves the database at, and however it ends: what runs later gets the newest."""
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    assert missing() == []


@pytest.fixture
def typed_in(commune: Commune, now: datetime) -> Callable[[str], str]:
    def file(number: str) -> str:
        receipt = operations.submit(
            procedure=PROCEDURE, agency="H43.01", answers={**ANSWERS, "number": number}, filed_by="officer",
            channel=1, key=number, actor=commune.desk, now=now,
        )  # fmt: skip
        return receipt.code

    return file


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("back_to_newest")
def test_those_typed_in_before_are_found_by_number(
    typed_in: Callable[[str], str], commune: Commune, now: datetime
) -> None:
    codes = [typed_in(number) for number in NUMBERS]
    broken = typed_in("999199000999")
    migrate(BEFORE)
    Dossier.objects.update(number_index="")
    Dossier.objects.filter(code=broken).update(answers_sealed=b"not what was sealed")

    def found(number: str) -> list[str]:
        index: Any = index_of_number(number)
        lines = find_dossiers("", number_index=index, actor=commune.desk, now=now).items
        return [line.code for line in lines]

    assert found(NUMBERS[0]) == []
    migrate(AFTER)
    assert [found(number) for number in NUMBERS] == [[codes[0]], [codes[1]]]
    assert Dossier.objects.get(code=broken).number_index == ""
    kept = list(Dossier.objects.order_by("pk").values_list("code", "number_index"))
    migrate(BEFORE)
    migrate(AFTER)  # once more: nothing changes
    assert list(Dossier.objects.order_by("pk").values_list("code", "number_index")) == kept
