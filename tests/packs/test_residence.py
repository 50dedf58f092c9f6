"""Packs of the commune police: fees by case and channel, slips of the field, the agency by its commune."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from motcua.catalogue.rules.check import check_files
from motcua.catalogue.rules.form import validate_answers
from motcua.catalogue.rules.pack import Fee, Pack, Slips, fee_for, load_folder
from motcua.catalogue.rules.pack_reading import parse_pack
from motcua.catalogue.rules.playing import facts_of

PACKS = Path(__file__).parents[2] / "packs/vn"


def files_of(name: str) -> dict[str, str]:
    return load_folder(PACKS / name)


FILES = files_of("temporary-residence")
REGISTER: Pack = parse_pack(FILES)
RENEW, ABSENCE, NOTICE = (
    parse_pack(files_of(name)) for name in ("temporary-residence-renewal", "temporary-absence", "stay-notice")
)


def owed(pack: Pack, example: str, channel: int, **answers: Any) -> Fee:
    """What an example's case owes by a channel, with some answers changed."""
    facts = facts_of(pack, next(e for e in pack.examples if e.name.endswith(example)))
    facts["dossier"]["channel"] = channel
    facts["answers"] |= answers
    return fee_for(pack, facts)


@pytest.mark.parametrize(
    ("example", "channel", "amount", "count", "mark"),
    [
        ("alone-rented", 2, 7_000, 1, "F"),
        ("alone-rented", 1, 15_000, 1, "C"),
        ("household", 2, 7_000, 1, "F"),
        ("list-online", 2, 15_000, 3, "M"),
        ("list-online", 1, 30_000, 3, "F"),
        ("only-the-child", 2, 0, 1, "M"),
    ],
)
def test_the_fee_belongs_to_the_case_and_the_channel(
    example: str, channel: int, amount: int, count: int, mark: str
) -> None:
    fee = owed(REGISTER, example, channel)
    assert (fee.amount, fee.count) == (amount, count)
    reckoned = f"({count} × {amount // count:,} đồng)".replace(",", ".")
    assert fee.note.vi.startswith(reckoned) is example.startswith("list"), "said as a sum, never as a price"
    assert next(r for r in REGISTER.fees if r.key == fee.key).source.mark == mark


@pytest.mark.feature("28")
def test_the_field_has_its_own_slips_and_the_commune_says_which_police() -> None:
    for pack in (REGISTER, RENEW, ABSENCE):
        assert (pack.slips.receipt, pack.slips.refusal) == ("CT04", "CT06")
    assert NOTICE.slips == Slips()
    asked = {p.code: p.agency_from for p in (REGISTER, RENEW, ABSENCE, NOTICE)}
    assert asked.pop("1.003677") == "home_commune"
    assert set(asked.values()) == {"stay_commune"}


def test_a_fee_that_the_record_contradicts_or_does_not_state_is_never_free() -> None:
    online = owed(RENEW, "alone-online", 2)
    assert (online.amount, online.contradiction) == (None, True)
    assert all(sum in online.note.vi for sum in ("5.000", "7.000"))
    for pack, example in ((ABSENCE, "twelve-months-online"), (NOTICE, "visitor")):
        fee = owed(pack, example, 2)
        assert (fee.amount, fee.contradiction) == (None, False)


def test_only_the_notice_ends_without_a_paper_and_a_signature() -> None:
    for pack in (REGISTER, RENEW, ABSENCE):
        assert pack.result is not None
    assert NOTICE.result is None
    assert "sign" not in {s.kind for s in NOTICE.process.steps}


@pytest.mark.parametrize(
    ("arrival", "told", "late"),
    [
        ("before", "2026-07-06T22:59:59", False),
        ("before", "2026-07-06T23:00:00", True),
        ("before", "2026-07-05T08:00:00", False),
        ("after", "2026-07-07T07:59:59", False),
        ("after", "2026-07-07T08:00:00", True),
    ],
)
def test_the_hours_of_a_notice_warn_and_never_refuse(arrival: str, told: str, late: bool) -> None:
    example = replace(NOTICE.examples[0], start=told)
    facts = facts_of(NOTICE, example)
    said = validate_answers(NOTICE.form, {**example.answers, "arrival": arrival}, facts)
    assert said.errors == ()
    assert [w.pointer for w in said.warnings] == (["/arrival"] if late else [])


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("procedure.toml", 'agency_from = "stay_commune"', 'agency_from = "stay_address"', "for a commune"),
        ("procedure.toml", "size(answers.people.filter", "size(answers.peple.filter", "answers.peple"),
        ("procedure.toml", "p.exempt != true))", "p.exempt != true)) == 1", "whole number"),
        ("procedure.toml", "amount = 5000", "unknown = true", "needs an “amount”"),
        ("procedure.toml", 'refusal = "CT06"', 'refused = "CT06"', "unknown key “refused”"),
        ("form.toml", "entry.number != answers", "entry.nummer != answers", "entry.nummer"),
        ("form.toml", "years(entry.birth, today)", "years(entry.guardian, today)", "entry.guardian"),
        ("form.toml", "most = 50", "most = 51", "at most 50"),
    ],
)
def test_a_slip_of_the_pen_is_named(file: str, old: str, new: str, said: str) -> None:
    assert old in FILES[file]
    found = [str(p) for p in check_files({**FILES, file: FILES[file].replace(old, new)})]
    assert any(file in f and said in f for f in found) or any(said in f for f in found), found
