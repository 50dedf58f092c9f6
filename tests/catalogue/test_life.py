"""Life events: every file is sound, every condition matters, every code is a real procedure."""

import json
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from motcua.catalogue.queries import life_event, life_events
from motcua.catalogue.queries.life import FOLDER
from motcua.catalogue.rules.form import settle, shown
from motcua.catalogue.rules.form_values import value_error
from motcua.catalogue.rules.life import LifeEvent, carried_by, parse, steps_for
from motcua.catalogue.rules.pack import load_folder
from motcua.catalogue.rules.pack_reading import parse_pack
from motcua.core.refusals import NotFound

PACKS = Path(__file__).parents[2] / "packs" / "vn"
DAY = date(2026, 11, 26)
EVENTS = life_events(DAY)
BY_SLUG = pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.slug)


def answers_of(event: LifeEvent) -> list[dict[str, Any]]:
    """Every way to answer an event; questions that an answer hides are not answered."""
    values = [[True, False] if q.type == "yes_no" else [o.key for o in q.options] for q in event.questions]
    found = []
    for chosen in product(*values):
        settled = settle(
            event.form, {"answers": dict(zip((q.key for q in event.questions), chosen, strict=True))}
        )
        found.append({k: v for k, v in settled["answers"].items() if v is not None})
    return [dict(pairs) for pairs in dict.fromkeys(tuple(sorted(a.items())) for a in found)]


@pytest.mark.feature("5")
def test_there_are_ten_for_people_and_three_for_businesses() -> None:
    assert sum(e.audience == "people" for e in EVENTS) >= 10
    assert sum(e.audience == "business" for e in EVENTS) >= 3
    assert len({e.slug for e in EVENTS}) == len(EVENTS) == len(list(FOLDER.glob("*.toml")))


@BY_SLUG
@pytest.mark.feature("5")
def test_every_answer_leads_somewhere_and_every_step_is_reached(event: LifeEvent) -> None:
    ways = answers_of(event)
    lists = [steps_for(event, answers) for answers in ways]
    assert {step for steps in lists for step in steps} == set(event.steps), "a step that no answer reaches"
    empty = [answers for answers, steps in zip(ways, lists, strict=True) if not steps]
    assert len(empty) <= len(ways) // 4, empty
    order = {step: index for index, step in enumerate(event.steps)}
    assert all(sorted(steps, key=order.__getitem__) == list(steps) for steps in lists)


@BY_SLUG
def test_the_answers_of_every_question_lead_to_different_steps(event: LifeEvent) -> None:
    ways = answers_of(event)
    for question in event.questions:
        by_answer: dict[object, set[object]] = {}
        for answers in ways:
            by_answer.setdefault(answers.get(question.key), set()).update(steps_for(event, answers))
        assert len({frozenset(steps) for steps in by_answer.values()}) > 1, question.key


@pytest.mark.feature("5")
def test_every_code_is_a_procedure_of_the_national_database(shared_data: Path) -> None:
    lines = [
        line
        for name in ("justice", "public-security", "finance")
        for line in (shared_data / "procedures" / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    known = {json.loads(line)["code"] for line in lines}
    named = {step.procedure for event in EVENTS for step in event.steps if step.procedure}
    assert named <= known, sorted(named - known)
    assert len(named) >= 60


def test_an_event_is_shown_on_its_days_only() -> None:
    assert life_events(date(2020, 1, 1)) == ()
    with pytest.raises(NotFound):
        life_event("sinh-con", date(2020, 1, 1))
    with pytest.raises(NotFound):
        life_event("khong-co", DAY)


SOUND = (FOLDER / "ket-hon.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('owner = "', 'onwer = "', "owner"),
        ("from = 2026-11-26", "", "“from” is missing"),
        ('type = "yes_no"', 'type = "full_name"', "asks only choices"),
        ("answers.abroad", "answers.abraod", "answers.abraod"),
        ('audience = "people"', 'audience = "dogs"', "dogs"),
        ('mark = "F"', "", "has no mark"),
        ('procedure = "1.004873"\n', "", "has neither a procedure nor a law"),
        ("slug", "= slug", "no TOML"),
    ],
)
def test_a_slip_of_the_pen_is_named(old: str, new: str, told: str) -> None:
    assert old in SOUND
    _, problems = parse(SOUND.replace(old, new, 1), "ket-hon.toml")
    assert any(told in str(problem) for problem in problems), problems


def test_a_hidden_question_steers_nothing() -> None:
    event = life_event("thue-nha", DAY)
    minor = next(q for q in event.questions if q.key == "minor")
    assert not shown(minor, settle(event.form, {"answers": {"days": "short"}}))
    steps = steps_for(event, {"days": "short", "minor": True, "owner": False})
    assert not any("Consent" in step.name.en for step in steps)


def test_what_a_step_carries_is_an_answer_of_its_procedure() -> None:
    packs = {p.code: p for p in (parse_pack(load_folder(f)) for f in PACKS.iterdir() if f.is_dir())}
    carrying = 0
    for event in EVENTS:
        for answers in answers_of(event):
            for step in steps_for(event, answers):
                for key, value in carried_by(event, step, answers).items():
                    question = packs[step.procedure].form.question(key)
                    assert question is not None, (event.slug, step.procedure, key)
                    assert value_error(question, value, {}) is None, (event.slug, key, value)
                    carrying += 1
    assert carrying > 10


def test_a_carried_answer_that_reads_what_is_not_asked_is_a_fault() -> None:
    text = (FOLDER / "thue-nha.toml").read_text("utf-8").replace("'register'", "answers.nothing", 1)
    _event, problems = parse(text, "thue-nha.toml")
    assert any("answers.nothing" in str(p) for p in problems)
