"""Packs of the commune police: fees by case and channel, slips of the field, the agency by its commune."""

from pathlib import Path
from typing import Any

import pytest

from motcua.catalogue.rules.check import check_files
from motcua.catalogue.rules.pack import Fee, Pack, fee_for, load_folder
from motcua.catalogue.rules.pack_reading import parse_pack
from motcua.catalogue.rules.playing import facts_of

PACKS = Path(__file__).parents[2] / "packs/vn"


def files_of(name: str) -> dict[str, str]:
    return load_folder(PACKS / name)


FILES = files_of("temporary-residence")
REGISTER: Pack = parse_pack(FILES)


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
    assert next(r for r in REGISTER.fees if r.key == fee.key).source.mark == mark


def test_the_field_has_its_own_slips_and_the_commune_says_which_police() -> None:
    assert (REGISTER.slips.receipt, REGISTER.slips.refusal) == ("CT04", "CT06")
    assert REGISTER.agency_from == "stay_commune"


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
