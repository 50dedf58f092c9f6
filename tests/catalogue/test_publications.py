"""The publication tracker: decisions and law documents read in, their dates judged, their rates counted."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from motcua.catalogue.queries import publication_alerts, publications, tracked
from motcua.core.actor import PUBLIC, SYSTEM
from motcua.core.periods import Period

pytestmark = pytest.mark.django_db
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
HEAD = "procedure,agency,kind,decision,decided_on,effective_on,public_on,legal\n"


@pytest.fixture(autouse=True)
def calendars(now: Any) -> None:
    from motcua.agencies.operations import freeze_year

    for year in (2025, 2026, 2027):
        freeze_year(year=year, actor=SYSTEM, now=now)


def run(name: str, tmp_path: Path, text: str) -> Result:
    from motcua.cli import imports

    file = tmp_path / f"{name}.csv"
    file.write_text(text)
    return CliRunner().invoke(getattr(imports, name), [str(file)])


def rate(definition: str, scope: str = "national", period: Period = YEAR) -> tuple[int, int, int]:
    from motcua.monitoring.queries import rates

    row = rates(definition, period, None, scope, actor=PUBLIC).row(scope)
    assert row is not None
    return row.numerator, row.denominator, row.excluded


@pytest.mark.feature("N18")
def test_dates_are_judged_in_working_days_by_block(tmp_path: Path) -> None:
    """766 1.1: 20 working days before the effect for a ministry, 5 for a province; 1.2: 10 and 5."""
    rows = (
        # 2 March 2026 is a Monday; five working days before it is 23 February, after the Tet holidays
        "1.000001,H43,new,1/QD,2026-02-23,2026-03-02,2026-03-02,",
        "1.000002,H43,new,2/QD,2026-02-24,2026-03-02,2026-03-04,",
        "1.000003,G15,amended,3/QD,2026-05-04,2026-06-01,2026-05-18,",
        "1.000004,G15,amended,4/QD,2026-05-05,2026-06-01,2026-05-20,",
    )
    done = run("publications", tmp_path, HEAD + "\n".join(rows))
    assert done.exit_code == 0, done.output
    found = {p.procedure: (p.decided_in_time, p.public_in_time) for p in publications(YEAR.first, YEAR.last)}
    assert found == {
        "1.000001": (True, True),
        "1.000002": (False, False),
        "1.000003": (True, True),
        "1.000004": (False, False),
    }
    assert rate("published_on_time_766") == (2, 4, 0)
    assert rate("public_on_time_766", "H43") == (1, 2, 0)
    again = run("publications", tmp_path, HEAD + "\n".join(rows))
    assert "0 new, 0 changed, 4 unchanged" in again.output


def test_one_late_decision_of_the_period_makes_the_procedure_late(tmp_path: Path) -> None:
    rows = (
        "1.000001,H43,new,1/QD,2026-01-05,2026-03-02,2026-01-06,",
        "1.000001,H43,amended,2/QD,2026-06-30,2026-07-01,2026-07-01,",
    )
    run("publications", tmp_path, HEAD + "\n".join(rows))
    assert rate("published_on_time_766") == (0, 1, 0)
    first_half = Period(date(2026, 1, 1), date(2026, 3, 31))
    assert rate("published_on_time_766", period=first_half) == (1, 1, 0)
    assert rate("public_on_time_766") == (1, 1, 0)


def test_the_effect_follows_from_the_newest_document_behind_it(tmp_path: Path) -> None:
    laws = (
        "number,title,effective_on\n75/2022/TT-BTC,Thông tư,2026-02-01\n76/2026/TT-BTC,Thông tư,2026-04-01\n"
    )
    done = run("laws", tmp_path, laws)
    assert done.exit_code == 0, done.output
    rows = (
        "1.000001,H43,amended,1/QD,2026-03-02,,2026-03-03,75/2022/TT-BTC; 76/2026/TT-BTC",
        "1.000002,H43,amended,1/QD,2026-03-02,,2026-03-03,1/2020/TT-BTP",
    )
    run("publications", tmp_path, HEAD + "\n".join(rows))
    known, unknown = publications(YEAR.first, YEAR.last)
    assert (known.effective_on, known.decided_in_time) == (date(2026, 4, 1), True)
    assert (unknown.effective_on, unknown.decided_in_time) == (None, None)
    assert rate("published_on_time_766") == (1, 1, 1)  # what is not known is left out and stated


@pytest.mark.feature("N18")
def test_what_is_not_public_is_an_alert_until_it_is(tmp_path: Path) -> None:
    row = "1.000001,H43,new,1/QD,2026-06-01,2026-07-01,{},"
    run("publications", tmp_path, HEAD + row.format(""))
    day = date(2026, 6, 8)
    assert (publication_alerts(day, actor=PUBLIC).overdue, publication_alerts(day, actor=PUBLIC).waiting) == (
        0,
        1,
    )
    later = publication_alerts(date(2026, 6, 9), actor=PUBLIC)
    assert (later.overdue, later.waiting) == (1, 0)
    assert rate("public_on_time_766") == (0, 1, 0)
    done = run("publications", tmp_path, HEAD + row.format("2026-06-20"))
    assert "0 new, 1 changed" in done.output
    assert publication_alerts(date(2026, 6, 21), actor=PUBLIC).overdue == 0
    assert [p.procedure for p in tracked(YEAR.first, YEAR.last, late_only=True, actor=PUBLIC).items] == [
        "1.000001"
    ]


def test_an_abolished_procedure_is_not_to_become_public(tmp_path: Path) -> None:
    run("publications", tmp_path, HEAD + "1.000001,H43,bãi bỏ,1/QD,2026-06-01,2026-07-01,,")
    assert rate("public_on_time_766") == (0, 0, 0)
    assert rate("published_on_time_766") == (1, 1, 0)


def test_refused_lines_are_named_with_the_reason(tmp_path: Path) -> None:
    rows = (
        "9,H43,new,1/QD,2026-06-01,,,",
        "1.000001,X,new,1/QD,2026-06-01,,,",
        "1.000001,H43,born,1/QD,2026-06-01,,,",
        "1.000001,H43,new,,2026-06-01,,,",
        "1.000001,H43,new,1/QD,,,,",
        "1.000001,H43,new,1/QD,01/06/2026,,,",
        "1.000001,H43,new,1/QD,2026-06-01,,2026-05-01,",
        "1.000001,H43,new,1/QD,2010-06-01,,,",
    )
    done = run("publications", tmp_path, HEAD + "\n".join(rows))
    assert done.exit_code == 1
    words = (
        "procedure:",
        "agency:",
        "kind:",
        "decision:",
        "decided_on:",
        "decided_on:",
        "public_on:",
        "2010",
    )
    for line, word in enumerate(words, start=2):
        (said,) = [one for one in done.output.splitlines() if f"publications.csv:{line}: refused" in one]
        assert word in said
    assert "0 new" in done.output
    laws = run("laws", tmp_path, "number,effective_on\n,2026-01-01\n1/2026/ND-CP,tomorrow\n")
    assert "2 refused" in laws.output


def test_those_responsible_are_told_once_of_what_is_overdue(tmp_path: Path, now: Any) -> None:
    """One message lists all; nobody at the agency: told when somebody is; public or abolished: never."""
    from datetime import timedelta

    from motcua.agencies.operations import appoint
    from motcua.catalogue.operations import alert_publications
    from motcua.core.actor import Actor
    from motcua.notices.queries import inbox
    from motcua.people.operations import create_account

    rows = (
        "1.000001,H43,new,1/QD,2026-06-01,2026-07-20,,",
        "1.000002,H43,amended,2/QD,2026-06-02,2026-07-20,,",
        "1.000003,H43,new,3/QD,2026-06-02,2026-07-20,2026-06-03,",
        "1.000004,H43,abolished,4/QD,2026-06-02,2026-07-20,,",
        "1.000005,H43,new,5/QD,2026-07-09,2026-07-20,,",
        "1.000006,G15,new,6/QD,2026-06-01,2026-07-20,,",
    )
    assert run("publications", tmp_path, HEAD + "\n".join(rows)).exit_code == 0
    assert alert_publications(now=now) == 0  # nobody holds a post there yet
    user = create_account(username="watch", password=None, display_name="Watch", actor=SYSTEM, now=now)
    appoint(user_id=user, agency="H43", role="controller", from_on=now.date(), actor=SYSTEM, now=now)
    assert alert_publications(now=now) == 2
    assert alert_publications(now=now + timedelta(hours=1)) == 0
    page = inbox(actor=Actor(kind="person", user_id=user), limit=10)
    (told,) = page.items
    assert all(words in told.body for words in ("1.000001", "1.000002", "1/QD"))
    assert not any(code in told.body for code in ("1.000003", "1.000004", "1.000005", "1.000006"))
    told_on = {p.procedure: p.alerted_on for p in publications(YEAR.first, YEAR.last)}
    assert {code for code, on in told_on.items() if on == now.date()} == {"1.000001", "1.000002"}
    assert alert_publications(now=now + timedelta(days=10)) == 1  # the fifth is overdue since


def test_controllers_of_departments_are_told_and_those_of_communes_are_not(
    tmp_path: Path, now: Any, make_user: Any, make_agency: Any, appoint: Any
) -> None:
    from motcua.catalogue.operations import alert_publications
    from motcua.core.actor import Actor, Role
    from motcua.notices.queries import inbox
    from motcua.places.operations import import_units

    units = tmp_path / "units.csv"
    units.write_text("code,name,level,parent\n58,Tỉnh Mẫu,province,\n1,Xã Một,commune,58\n")
    import_units(path=units, actor=SYSTEM, now=now)
    make_agency("H43", serves_code="58")
    make_agency("H43.01", parent="H43")
    make_agency("H43.21", parent="H43", level="commune", serves_code="1")
    row = "1.000001,H43,new,1/QD,2026-06-01,2026-07-20,,"
    assert run("publications", tmp_path, HEAD + row).exit_code == 0
    posts = {"office": "H43.01", "commune": "H43.21"}
    users = {name: make_user(name) for name in posts}
    for name, agency in posts.items():
        appoint(users[name], agency, Role.CONTROLLER)
    assert alert_publications(now=now) == 1
    told = {n for n in posts if inbox(actor=Actor(kind="person", user_id=users[n]), limit=5).items}
    assert told == {"office"}


def test_a_last_day_that_nears_is_told_once_and_by_working_days(
    tmp_path: Path, now: Any, make_user: Any, appoint: Any
) -> None:
    """Two working days ahead for a province, three for a ministry; to each what is its own, then no more."""
    from datetime import datetime

    from motcua.catalogue.operations import alert_publications
    from motcua.core.periods import VIETNAM

    rows = (
        "1.000001,H43,new,1/QD,2026-07-13,2026-08-03,,",  # due on Monday 20 July
        "1.000002,H43,new,2/QD,2026-07-14,2026-08-03,,",  # due on Tuesday 21 July
        "1.000003,H43,abolished,3/QD,2026-07-13,2026-08-03,,",
        "1.000004,H43,new,4/QD,2026-07-13,2026-08-03,2026-07-14,",
        "1.000005,G15,new,5/QD,2026-07-07,2026-08-17,,",  # due on Tuesday 21 July
    )
    assert run("publications", tmp_path, HEAD + "\n".join(rows)).exit_code == 0
    users = {agency: make_user(agency.lower()) for agency in ("H43", "G15")}
    for agency, user in users.items():
        appoint(user, agency, "controller")

    def told(day: int) -> tuple[int, str, str]:
        count = alert_publications(now=datetime(2026, 7, day, 9, tzinfo=VIETNAM))
        return count, *(_bodies(user) for user in users.values())

    assert told(15)[0] == 0
    count, province, ministry = told(16)  # Thursday: two working days before Monday, three before Tuesday
    assert count == 2
    assert "1.000001" in province
    assert "20/07/2026" in province
    assert not any(code in province for code in ("1.000002", "1.000003", "1.000004", "1.000005"))
    assert "1.000005" in ministry
    assert "1.00000" not in ministry.replace("1.000005", "")
    assert told(16)[0] == 0
    assert told(17)[0] == 1  # the second of the province
    assert told(20)[0] == 0  # nothing is told twice before its day has passed
    assert told(22)[0] == 3  # then it is overdue, which is another matter


def _bodies(user: int) -> str:
    from motcua.core.actor import Actor
    from motcua.notices.queries import inbox

    return "\n".join(one.body for one in inbox(actor=Actor(kind="person", user_id=user), limit=50).items)


@pytest.mark.feature("N18")
def test_missing_parts_of_what_is_public_are_told_once_to_the_agency_that_decided(
    tmp_path: Path, now: Any, make_user: Any, appoint: Any
) -> None:
    from motcua.catalogue.operations import alert_publications, import_procedures

    def record(steps: str, methods: list[dict[str, Any]]) -> None:
        lines = [
            {"code": f"1.00000{n}", "name": f"Thủ tục {n}", "field": "Khác", "steps": steps,
             "performing": "Ủy ban nhân dân", "methods": methods}
            for n in (1, 2, 3, 4)
        ]  # fmt: skip
        file = tmp_path / "records.jsonl"
        file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines))
        import_procedures(path=file, actor=SYSTEM, now=now)

    record("Nộp hồ sơ", [])
    rows = (
        "1.000001,H43,new,1/QD,2026-06-01,2026-07-20,2026-06-02,",
        "1.000002,H43,new,2/QD,2026-06-01,2026-07-20,2026-06-02,",
        "1.000002,H43,abolished,3/QD,2026-07-01,2026-07-20,2026-07-02,",
        "1.000003,G15,new,4/QD,2026-06-01,2026-07-20,2026-06-02,",
        "1.000004,H43,new,5/QD,2026-07-10,2026-08-20,,",
    )
    assert run("publications", tmp_path, HEAD + "\n".join(rows)).exit_code == 0
    user = make_user("watch")
    appoint(user, "H43", "leader")
    assert alert_publications(now=now) == 1
    body = _bodies(user)
    assert "1.000001" in body
    assert "Còn thiếu: cách thức thực hiện" in body
    assert "do cơ quan khác ban hành" in body  # a province cannot add to a ministry's record
    assert "trình tự" not in body
    assert not any(code in body for code in ("1.000002", "1.000003", "1.000004"))
    assert alert_publications(now=now) == 0
    record("", [])
    assert alert_publications(now=now) == 1  # another part has gone since: that alone is told
    assert "Còn thiếu: trình tự thực hiện\n" in _bodies(user)
    assert alert_publications(now=now) == 0


def test_what_is_told_ahead_leaves_time_before_the_last_day() -> None:
    from motcua.catalogue.gateways import alert_lead, publication_terms

    for block in ("ministry", "local"):
        assert 0 < alert_lead(YEAR.first, block) < publication_terms(YEAR.first, block).until_public
