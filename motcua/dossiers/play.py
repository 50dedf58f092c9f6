"""``pack play``: the examples of a pack through the whole life of a dossier, in a scratch database.

Everything goes through the operations that pages and API use; nothing here knows a table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from motcua.agencies import operations as agencies
from motcua.agencies.queries import actor_for
from motcua.catalogue.operations import offer, publish_pack
from motcua.catalogue.rules.form import exit_for
from motcua.catalogue.rules.pack import Doing, Example, Pack, load_folder
from motcua.catalogue.rules.pack_reading import parse_pack
from motcua.catalogue.rules.playing import facts_of
from motcua.core.actor import SYSTEM, Actor, Role
from motcua.core.periods import VIETNAM
from motcua.core.refusals import Refusal
from motcua.dossiers import operations, queries
from motcua.dossiers.operations import AnswersRefused
from motcua.people import operations as people
from motcua.process.rules.definition import StepKind

AGENCY = "H43.00"
FROM = date(2020, 1, 1)
ACTIONS = {
    StepKind.INTAKE: ("desk", "receive"),
    StepKind.HANDLE: ("specialist", "complete_step"),
    StepKind.CONSULT: ("specialist", "answer_consultation"),
    StepKind.CONFIRM: ("citizen", "confirm_draft"),
    StepKind.SIGN: ("signatory", "sign"),
    StepKind.RETURN: ("desk", "return_result"),
}
DECISIONS = {"refuse": "desk", "decline": "signatory", "withdraw": "citizen", "stop": "signatory"}
REASON = "Lý do nêu trong ví dụ."


@dataclass(frozen=True, slots=True)
class Stage:
    """Who takes part, by role, and the pack that is played."""

    pack: Pack
    actors: dict[str, Actor]


def _account(name: str, role: Role | None, now: datetime) -> Actor:
    person = None
    if role is None:
        person = people.create_person(full_name="Người Chơi Thử", fictional=True, actor=SYSTEM, now=now)
    user = people.create_account(
        username=f"play-{name}", password=f"play {name} {now.isoformat()}", display_name=f"Người {name}",
        person_id=person, is_helper=name == "helper", actor=SYSTEM, now=now,
    )  # fmt: skip
    if role is not None:
        agencies.appoint(user_id=user, agency=AGENCY, role=role, from_on=FROM, actor=SYSTEM, now=now)
    return actor_for(user, now=now)


def troupe(*, now: datetime) -> dict[str, Actor]:
    """An agency, its officers, a citizen and a helper, by role. Needs an empty database."""
    for identifier, level, parent in (("H43", "province", None), (AGENCY, "commune", "H43")):
        agencies.create_agency(
            identifier=identifier, name_vi=f"Cơ quan {identifier}", name_en=f"Agency {identifier}",
            level=level, parent=parent, serves_code=None, made_up=True, actor=SYSTEM, now=now,
        )  # fmt: skip
    actors = {name: _account(name, None, now) for name in ("citizen", "helper")}
    for role in (Role.DESK, Role.SPECIALIST, Role.SIGNATORY):
        actors[role.value] = _account(role.value, role, now)
    return actors


def stage(folder: Path, actors: dict[str, Actor], *, now: datetime) -> Stage:
    """The pack published and offered, and those who play it."""
    pack = parse_pack(load_folder(folder))
    for year in sorted({int(e.start[:4]) + n for e in pack.examples for n in (-1, 0, 1)}):
        agencies.freeze_year(year=year, actor=SYSTEM, now=now)
    publish_pack(folder=folder, actor=SYSTEM, now=now)
    offer(procedure_code=pack.code, agency=AGENCY, from_on=FROM, actor=SYSTEM, now=now)
    return Stage(pack, actors)


def play_folder(
    folder: Path, actors: dict[str, Actor], *, now: datetime
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Play every example of a pack; yield its name and what came out otherwise than it says."""
    place = stage(folder, actors, now=now)
    for example in place.pack.examples:
        try:
            yield example.name, tuple(_play(place, example))
        except Refusal as refusal:
            yield example.name, (f"refused: {refusal.code}: {refusal.cause.en}",)


def _play(place: Stage, example: Example) -> Iterator[str]:
    start = datetime.fromisoformat(example.start).replace(tzinfo=VIETNAM)
    leaving = exit_for(place.pack.form, example.answers, facts_of(place.pack, example))
    if leaving is not None:
        yield from _differ("exit", leaving.key, example.expect.get("exit"))
    try:
        code = _file(place, example, start)
    except AnswersRefused as refused:
        if leaving is None:
            yield from _differ("errors", _pointers(refused), example.expect.get("errors"))
        return
    for number, doing in enumerate(example.does):
        _do(place, code, doing, start if number == 0 else start + timedelta(minutes=number))
    yield from _compare(place, code, example, start + timedelta(hours=1))


def _pointers(refused: AnswersRefused) -> list[str]:
    found = (f"/papers/{e.key}" if e.pointer == "/papers" else e.pointer for e in refused.errors)
    return sorted(p.removeprefix("/answers") for p in found)


def _file(place: Stage, example: Example, start: datetime) -> str:
    filer = place.actors[{"self": "citizen", "helped": "helper"}.get(example.filed_by, "desk")]
    return operations.submit(
        procedure=place.pack.code, agency=AGENCY, answers=example.answers, filed_by=example.filed_by,
        papers=[{"component": key, "paper": None, "copy_kind": 1} for key in example.papers],
        channel=example.channel, key=f"play:{place.pack.code}:{example.name}", actor=filer, now=start,
    ).code  # fmt: skip


def _do(place: Stage, code: str, doing: Doing, now: datetime) -> None:
    def act(who: str, action: str, **params: Any) -> None:
        operations.act(code=code, action=action, params=params, actor=place.actors[who], now=now)

    if doing.step in DECISIONS:
        act(DECISIONS[doing.step], doing.step, reason=REASON)
        return
    kind = place.pack.process.step(doing.step).kind
    who, action = ACTIONS[kind]
    if kind == StepKind.CONFIRM:
        act(who, "deliver_draft")
    if doing.outcome == "rejected" and kind != StepKind.HANDLE:
        act(who, "reject_draft", reason=REASON)
        return
    params: dict[str, Any] = {}
    if kind in {StepKind.INTAKE, StepKind.HANDLE, StepKind.CONSULT}:
        params = {"step": doing.step, "findings": dict(doing.findings)}
    if doing.outcome == "rejected":
        params["reason"] = REASON
    if kind == StepKind.CONSULT:
        params["answer"] = doing.answer or "Đã trả lời."
    act(who, action, **params)


def _compare(place: Stage, code: str, example: Example, now: datetime) -> Iterator[str]:
    seen = queries.dossier_for(code, actor=place.actors["desk"], now=now)
    due = (
        seen.due_at.astimezone(VIETNAM).replace(tzinfo=None).isoformat(timespec="seconds")
        if seen.due_at
        else ""
    )
    steps = [s.key if s.round == 1 else f"{s.key} {s.round}" for s in sorted(seen.steps, key=lambda s: s.id)]
    told: dict[str, Any] = {
        "outcome": seen.outcome,
        "fee": "unknown" if seen.fee.amount is None else seen.fee.amount,
        "live": [s.key for s in seen.steps if s.state in {"open", "waiting"}],
    }
    if example.expect.get("outcome") == "granted":
        told |= {"due": due, "steps": steps}
        if place.pack.result and (seen.result is None or seen.result.state != "valid"):
            yield "no valid result was issued"
    for key, value in told.items():
        if key in example.expect:
            yield from _differ(key, value, example.expect[key])


def _differ(key: str, got: Any, wanted: Any) -> Iterator[str]:
    if got != wanted:
        yield f"expects {key} = {wanted!r}, but the dossier gives {got!r}"
