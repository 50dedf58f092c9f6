"""The table of facts that is written for questions that no definition asks: columns and their types."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from motcua.core.periods import local_day
from motcua.monitoring.rules.facts import Facts, deadline_of, end_of_work

Value = str | int | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the type in SQL, and what it means."""

    name: str
    type: str
    words: str


_TIME, _FLAG, _TEXT = "TIMESTAMPTZ", "BOOLEAN", "VARCHAR"
COLUMNS = (
    Column("code", _TEXT, "code of the dossier"),
    Column("year", "SMALLINT", "of received_on; the first folder"),
    Column("month", "SMALLINT", "of received_on; the second folder"),
    Column("received_on", "DATE", "day of reception in Viet Nam"),
    Column("root", _TEXT, "tree path of the ministry or province"),
    Column("agency", _TEXT, "identifier of the agency that decides"),
    Column("place", _TEXT, "unit that this agency serves; empty where it serves none"),
    Column("procedure", _TEXT, "code of the procedure"),
    Column("channel", "TINYINT", "1 direct, 2 online, 3 public post; null unknown"),
    Column("filed_by", _TEXT, "self, helped, officer; empty unknown"),
    Column("level", _TEXT, "declared level of the service when it was filed; empty unknown"),
    Column("status", "TINYINT", "1 to 10; 0 unknown"),
    Column("received_at", _TIME, "when it was received"),
    Column("due_at", _TIME, "what was promised; null: nothing was"),
    Column("deadline_at", _TIME, "the last moment at which it ends on time, pauses included"),
    Column("ended_at", _TIME, "the end of the work; null while it is open, or not known"),
    Column("finished_at", _TIME, "when the result was there"),
    Column("returned_at", _TIME, "when the result was handed over"),
    Column("supplements", "SMALLINT", "how often something was asked for"),
    Column("paused_minutes", "INTEGER", "elapsed minutes of answered requests"),
    Column("visits", "SMALLINT", "how often the person had to come"),
    Column("e_result", _FLAG, "there is a signed electronic result"),
    Column("paper_result", _FLAG, "the procedure ends in a paper"),
    Column("fee", "BIGINT", "owed, whole đồng"),
    Column("paid_online", _FLAG, "the fee was paid online"),
    Column("digitised", _FLAG, "papers are attached as files"),
    Column("reused", _FLAG, "a paper was taken from what was digitised before"),
    Column("from_store", _FLAG, "a paper came from the person's store"),
    Column("vneid", _FLAG, "filed with a verified national identity"),
    Column("synced", _FLAG, "the national portal has it"),
)  # fmt: skip


def row_of(facts: Facts) -> tuple[Value, ...]:
    """One received dossier as a row of ``COLUMNS``; what is not known is None, moments are in UTC."""
    if facts.received_at is None:
        raise ValueError(f"{facts.code} was never received")
    on = local_day(facts.received_at)
    given: dict[str, Value] = {
        "year": on.year,
        "month": on.month,
        "received_on": on,
        "deadline_at": deadline_of(facts),
        "ended_at": end_of_work(facts),
    }
    values: Iterable[Value] = (given[c.name] if c.name in given else getattr(facts, c.name) for c in COLUMNS)
    return tuple(v.astimezone(UTC) if isinstance(v, datetime) else v for v in values)
