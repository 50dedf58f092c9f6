"""Every pack of the repository: sound, fully reached, sourced, and no change of it stays unseen."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.catalogue.rules.check import check_files, is_noticed, mutants
from motcua.catalogue.rules.level import AgencyFacts, level_of
from motcua.catalogue.rules.pack import Pack, load_folder
from motcua.catalogue.rules.pack_reading import parse_pack

PACKS = Path(__file__).parents[2] / "packs/vn"
FILES = {folder.name: load_folder(folder) for folder in sorted(PACKS.iterdir())}
READ: dict[str, Pack] = {name: parse_pack(files) for name, files in FILES.items()}
CHANGED = {name: dict(mutants(pack)) for name, pack in READ.items()}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.feature("12")
def test_it_is_sound_and_its_examples_reach_everything(name: str) -> None:
    assert check_files(FILES[name], coverage=True) == ()
    assert len(READ[name].examples) >= 10


@pytest.mark.parametrize(("name", "change"), [(n, c) for n, found in CHANGED.items() for c in found])
def test_a_changed_fee_limit_or_condition_makes_an_example_fail(name: str, change: str) -> None:
    assert is_noticed(CHANGED[name][change])


def _conditions(pack: Pack) -> Iterator[str]:
    yield from (when for _, when in pack.conditions())
    yield from (e.when for s in pack.process.steps for e in s.next if e.when)
    for _, q in pack.form.questions():
        for part in (q, *q.questions):
            yield from (check.when for check in part.checks)
        yield from (part.show_if for part in q.questions if part.show_if)


@pytest.mark.parametrize("name", FILES)
def test_fees_limits_and_conditions_are_all_among_the_changes(name: str) -> None:
    pack, changed = READ[name], CHANGED[name]
    assert sum("amount of" in n for n in changed) == len(pack.fees) + len(pack.limits)
    assert sum("number of fee" in n for n in changed) == sum(bool(f.each) for f in pack.fees)
    assert len(changed) > len(list(_conditions(pack)))


@pytest.mark.parametrize("name", FILES)
def test_doubtful_facts_carry_source_and_mark(name: str) -> None:
    pack = READ[name]
    stated = [*pack.limits, *pack.fees, *pack.papers, *pack.grounds]
    assert all(s.source.text and s.source.mark in {"F", "C", "M"} for s in stated)


@pytest.mark.parametrize("name", FILES)
def test_only_a_fee_that_is_owed_keeps_a_pack_from_full(name: str) -> None:
    owed = any(rule.amount for rule in READ[name].fees)
    assert level_of(READ[name]).blockers == (("fee_not_payable_online",) if owed else ())
    assert level_of(READ[name], AgencyFacts(pays_online=True)).level == "full"
