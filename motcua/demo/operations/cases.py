"""How the demo's dossiers are filed and handled: through the same operations as everybody's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from motcua.agencies.queries import actor_for
from motcua.core.actor import Actor
from motcua.core.periods import VIETNAM, local_day
from motcua.core.working_time import Calendar
from motcua.demo.people import PHAN_RANG
from motcua.dossiers.operations import act, submit
from motcua.people.queries import account_by_username

NOW = -1  # a deed at the moment of the demo's making


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody does: minutes of working time after filing (NOW: at the end), action, parameters."""

    after: int
    username: str
    action: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """A dossier: who files it, for whom, how many working days ago, and what is then done to it."""

    days_ago: int
    username: str
    applicant: tuple[str, str, str, str]  # name, number, birth date, sex
    deeds: tuple[Deed, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)  # answers that differ
    commune: str = PHAN_RANG
    filed_by: str = "self"
    channel: int = 2
    papers: tuple[str, ...] = ()  # handed in as certified copies, without a scan


def working_days_back(calendar: Calendar, now: datetime, days: int) -> datetime:
    """Eight o'clock so many working days before today; for 0, this moment."""
    day = local_day(now)
    for _ in range(days):
        day -= timedelta(days=1)
        while not calendar.is_working_day(day):
            day -= timedelta(days=1)
    return datetime.combine(day, time(8, 0), tzinfo=VIETNAM) if days else now


def _actor(username: str, at: datetime) -> Actor:
    found = account_by_username(username)
    if found is None:
        raise RuntimeError(f"the demo has no account {username}")
    return actor_for(found.id, now=at)


def start_of(number: int, case: Case, calendar: Calendar, now: datetime) -> datetime:
    """When a case is filed; those of one day come one after another."""
    start = working_days_back(calendar, now, case.days_ago)
    return start + timedelta(minutes=7 * number if case.days_ago else 0)


def file_case(
    key: str, case: Case, *, procedure: str, agency: str, answers: Mapping[str, Any], start: datetime,
    calendar: Calendar, now: datetime,
) -> None:  # fmt: skip
    """File one case and do its deeds, each at its time."""
    receipt = submit(
        procedure=procedure, agency=agency, answers=answers, filed_by=case.filed_by, channel=case.channel,
        papers=[{"component": key, "paper": None, "copy_kind": 1} for key in case.papers],
        key=f"demo-{key}", actor=_actor(case.username, start), now=start,
    )  # fmt: skip
    for deed in case.deeds:
        at = now if deed.after == NOW else min(now, calendar.add_minutes(start, deed.after))
        params = dict(deed.params)
        if deed.action == "apologise":
            params["new_due_at"] = calendar.add_minutes(now, 960).isoformat()
        act(code=receipt.code, action=deed.action, params=params, actor=_actor(deed.username, at), now=at)
