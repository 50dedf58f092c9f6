"""Records of other systems beside the dossiers of this site: counted alike, once, and as recounted."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from motcua.core.actor import PUBLIC, SYSTEM
from motcua.core.periods import Period
from motcua.monitoring.queries import DEFINITIONS, rates
from motcua.monitoring.rules.definitions import OTHER_REVISIONS
from tests.monitoring.conftest import CODES, at

pytestmark = pytest.mark.django_db

PERIOD = Period(date(2026, 5, 1), date(2026, 7, 31))
COLUMNS = (
    "code", "procedure", "agency", "channel", "filed_by", "received_at", "due_at", "finished_at",
    "returned_at", "status", "supplements", "paused_minutes", "paid_online", "fee", "e_result",
    "digitised", "reused", "supplement_requested_at", "visits", "from_store", "vneid", "synced",
)  # fmt: skip


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    lines = [",".join(COLUMNS)] + [",".join(str(row.get(c, "")) for c in COLUMNS) for row in rows]
    path.write_text("\n".join(lines))
    return path


def bring(path: Path, now: datetime) -> Any:
    from motcua.dossiers.operations import import_dossiers
    from motcua.events.operations import run_readers

    counts = import_dossiers(path=path, actor=SYSTEM, now=now)
    run_readers(now=now)
    return counts


def random_row(source: Random, code: int) -> dict[str, Any]:
    start = at(1, 0) + timedelta(minutes=source.randrange(30 * 1440))

    def maybe(*values: Any) -> Any:
        return source.choice([*values, ""])

    return {
        "code": f"H43-{code:04d}",
        "procedure": source.choice(CODES),
        "agency": source.choice(["H43", "H43.12", "G15", "G01.20", "H29"]),
        "channel": maybe(1, 2, 3),
        "filed_by": maybe("self", "helped", "officer"),
        "received_at": start.isoformat() if source.random() < 0.9 else "",
        "due_at": maybe((start + timedelta(days=source.randrange(9))).isoformat()),
        "finished_at": maybe((start + timedelta(days=source.randrange(9))).isoformat()),
        "returned_at": maybe((start + timedelta(days=source.randrange(9))).isoformat()),
        "status": maybe(*range(1, 11)),
        "supplements": maybe(0, 1, 2),
        "paused_minutes": maybe(0, 3000),
        "fee": maybe(0, 8000),
        "supplement_requested_at": maybe((start + timedelta(days=1)).isoformat()),
        "visits": maybe(0, 1),
        **{c: maybe(0, 1) for c in COLUMNS if c in {"paid_online", "e_result", "digitised", "reused",
                                                      "from_store", "vneid", "synced"}},
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_after_any_files_rollups_equal_the_recount_for_every_definition(
    catalogue: dict[str, int], offer: Callable[..., None], now: datetime, tmp_path: Path, seed: int
) -> None:
    source = Random(seed)
    offer(CODES[0], "H43", "full")
    offer(CODES[1], "G15", "information", "partial")
    for number in range(3):
        rows = [random_row(source, source.randrange(60)) for _ in range(40)]
        bring(write(tmp_path / f"{number}.csv", rows), now)
    for definition in (*DEFINITIONS, *OTHER_REVISIONS):
        for by in (None, "agency", "procedure"):
            counted = rates(definition.identifier, PERIOD, by, actor=PUBLIC)
            again = rates(definition.identifier, PERIOD, by, actor=PUBLIC, recount=True)
            assert counted == again, definition.identifier


def test_a_record_counts_as_a_dossier_of_this_site_with_the_same_facts(
    make_dossier: Callable[..., Any],
    count: Callable[..., None],
    offer: Callable[..., None],
    now: datetime,
    tmp_path: Path,
) -> None:
    offer(CODES[0], "H43.12", "full")
    ours = make_dossier(
        status=9, finished_at=at(3), e_result=True, fee=0, channel=2, visits=0, due_at=at(4, 17)
    )
    count(ours)
    alone = {
        d.identifier: rates(d.identifier, PERIOD, None, actor=PUBLIC).row("national") for d in DEFINITIONS
    }
    same = {
        "code": "H43.12-theirs", "procedure": CODES[0], "agency": "H43.12", "channel": 2, "filed_by": "self",
        "received_at": at(1).isoformat(), "due_at": at(4, 17).isoformat(), "finished_at": at(3).isoformat(),
        "status": 9, "supplements": 0, "paused_minutes": 0, "paid_online": 0, "fee": 0, "e_result": 1,
        "digitised": 0, "reused": 0, "visits": 0, "from_store": 0, "vneid": 0,
    }  # fmt: skip
    bring(write(tmp_path / "theirs.csv", [same]), now)
    for definition in DEFINITIONS:
        before, after = alone[definition.identifier], rates(definition.identifier, PERIOD, None, actor=PUBLIC)
        row = after.row("national")
        assert before is not None
        assert row is not None
        if definition.counts == "dossiers":
            twice = (2 * before.numerator, 2 * before.denominator, 2 * before.excluded)
            assert (row.numerator, row.denominator, row.excluded) == twice, definition.identifier


def test_a_dossier_of_this_site_is_refused_as_a_record(
    make_dossier: Callable[..., Any], now: datetime, tmp_path: Path
) -> None:
    ours = make_dossier()
    row = {"code": ours.code, "procedure": CODES[0], "agency": "H43.12"}
    counts = bring(write(tmp_path / "own.csv", [row]), now)
    assert (counts.new, counts.refused_count) == (0, 1)
    assert counts.refused[0][0] == 2
    assert ours.code in counts.refused[0][1]


def test_the_published_limit_stands_in_where_no_date_was_promised(
    catalogue: dict[str, int], now: datetime, tmp_path: Path
) -> None:
    from motcua.catalogue.models import Revision

    method = {"channel": 2, "time": {"amount": "2", "unit": "working_day"}, "fee": {"free": True}, "note": ""}
    Revision.objects.filter(pk=catalogue[CODES[0]]).update(
        facts={"code": CODES[0], "name_vi": "x", "methods": [method]}
    )
    friday = at(5, 10)  # 5 June 2026; two working days end on Tuesday the 9th at 10:00
    rows = [
        {"code": f"H43-{n}", "procedure": CODES[0], "agency": "H43", "channel": 2, "status": 9,
         "received_at": friday.isoformat(), "finished_at": ended.isoformat(), "supplements": 0}
        for n, ended in enumerate([at(9, 10), at(9, 11)], start=100)
    ]  # fmt: skip
    bring(write(tmp_path / "no_dates.csv", rows), now)
    row = rates("on_time_766", PERIOD, None, actor=PUBLIC).row("national")
    assert row is not None
    assert (row.numerator, row.denominator, row.excluded) == (1, 2, 0)


def test_a_record_behind_a_figure_is_listed_and_leads_nowhere(
    make_dossier: Callable[..., Any], count: Callable[..., None], now: datetime, tmp_path: Path
) -> None:
    from motcua.monitoring.queries import detail
    from tests.monitoring.test_detail import officer

    count(make_dossier())
    row = {"code": "H43.12-theirs", "procedure": CODES[0], "agency": "H43.12", "channel": 2,
           "received_at": at(2).isoformat()}  # fmt: skip
    bring(write(tmp_path / "theirs.csv", [row]), now)
    page = detail("online_2022", "national", PERIOD, "denominator", actor=officer("H43"))
    assert {item.code: item.kind for item in page.items} == {
        "H43.12-260601-0001": "dossier",
        "H43.12-theirs": "record",
    }
