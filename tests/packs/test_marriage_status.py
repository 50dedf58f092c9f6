"""The pack of the marriage-status certificate: sound, fully reached, and no change stays unseen."""

from dataclasses import replace
from pathlib import Path

import pytest

from motcua.catalogue.rules.check import check_files, targets
from motcua.catalogue.rules.form import visible_pages
from motcua.catalogue.rules.level import AgencyFacts, level_of
from motcua.catalogue.rules.pack import Pack, PackFault, fee_for, load_folder, valid_until
from motcua.catalogue.rules.pack import grounds_on as grounds
from motcua.catalogue.rules.pack_reading import parse_pack
from motcua.catalogue.rules.playing import facts_of, play
from motcua.process.rules.definition import StepKind

FOLDER = Path(__file__).parents[2] / "packs/vn/marriage-status"
FILES = load_folder(FOLDER)
PACK: Pack = parse_pack(FILES)


@pytest.mark.parametrize(
    "gone", [e.name for e in PACK.examples if e.name[:2] in {"05", "09", "12", "15", "23"}]
)
def test_without_a_needed_example_coverage_says_what_is_missing(gone: str) -> None:
    files = {k: v for k, v in FILES.items() if gone not in k}
    found = [str(p) for p in check_files(files, coverage=True)]
    assert found
    assert all("no example reaches" in f for f in found)


def test_an_unknown_fee_is_never_shown_as_free() -> None:
    fee = fee_for(PACK, facts_of(PACK, PACK.examples[0]))
    assert fee.amount is None
    assert fee.contradiction
    assert "mâu thuẫn" in next(f for f in PACK.fees if f.key == fee.key).source.text


def test_full_is_derived_and_nothing_blocks_it() -> None:
    assert level_of(PACK, AgencyFacts()).level == "full"
    assert level_of(PACK, AgencyFacts(signs_results=False)).level == "partial"


def test_the_limit_without_a_unit_is_marked() -> None:
    assert PACK.limits[-1].source.mark == "M"


@pytest.mark.feature("34")
def test_no_consultation_stops_the_clock_and_silence_agrees_after_one_day() -> None:
    steps = PACK.process.steps
    assert not any(s.pauses for s in steps)
    confirm = next(s for s in steps if s.kind == StepKind.CONFIRM)
    assert (confirm.silence, confirm.limit.amount, confirm.limit.unit) == ("agree", 1, "days")  # type: ignore[union-attr]


def test_grounds_of_refusal_are_told_neutrally_and_end_with_the_law() -> None:
    marry = PACK.examples[0]
    assert play(PACK, marry).seen["notes"] == ["ground_same_sex", "ground_foreign_mission"]
    ended = {
        k: v.replace('key = "same_sex"', 'key = "same_sex"\nvalid_to = 2026-06-30') for k, v in FILES.items()
    }
    later = parse_pack(ended)
    assert play(later, marry).seen["notes"] == ["ground_foreign_mission"]
    from datetime import date

    assert [g.key for g in grounds(later, date(2026, 7, 6))] == ["foreign_mission"]
    assert not any("sex" in when for _, when in PACK.conditions()), "nothing is inferred from sex"


def test_other_purposes_see_no_ground_and_no_spouse_page() -> None:
    other = next(e for e in PACK.examples if e.answers.get("purpose") == "other")
    assert "marriage" not in {p.key for p in visible_pages(PACK.form, facts_of(PACK, other))}


def test_validity_is_six_months_to_the_day_or_the_month_end() -> None:
    from datetime import date

    assert PACK.result is not None
    assert valid_until(PACK.result, date(2026, 8, 31)) == date(2027, 2, 28)
    assert valid_until(PACK.result, date(2026, 1, 10)) == date(2026, 7, 10)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("form.toml", "answers.relation != 'self'", "answers.relatoin != 'self'", "answers.relatoin"),
        ("form.toml", 'type = "full_name"', 'type = "name"', "not one of"),
        ("form.toml", "unknown = true", "unkown = true", "unknown key “unkown”"),
        ("procedure.toml", "unknown = true", "", "unknown = true"),
        ("procedure.toml", 'code = "1.004873"', 'code = "1004873"', "procedure code"),
        ("procedure.toml", "answers.has_proofs == true", "answers.has_proofs ==", "not a valid expression"),
        ("process.toml", "steps.verify.ask_former", "steps.verify.ask_forner", "ask_forner"),
        ("process.toml", 'on_reject = "draft"', 'on_reject = "return"', "on_reject"),
        ("process.toml", 'no = "stops"', "", "nothing follows from a “no”"),
        ("process.toml", 'type = "long_text"', 'type = "long_text"\n  no = "stops"', "what a no means"),
        ("process.toml", 'at = "answer:lost_place"', 'at = "answer:nowhere"', "names no question"),
        ("result/result.toml", "answers.subject_name", "answers.subject", "answers.subject"),
        ("result/result.toml", "[[fields]]", "[[fields]", "TOML"),
        ("examples/01-marry-never-married.toml", "[expect]", "[expect]\noutcom = 1", "outcom"),
        ("examples/01-marry-never-married.toml", 'step = "sign"', 'step = "signn"', "signn"),
        ("examples/01-marry-never-married.toml", "due = 2026-07-09", "due = 2026-07-08", "due"),
    ],
)
def test_a_slip_of_the_pen_is_named_with_its_file(file: str, old: str, new: str, said: str) -> None:
    assert old in FILES[file] or not said
    found = [str(p) for p in check_files({**FILES, file: FILES[file].replace(old, new)})]
    if said:
        assert any(file.split("/")[0] in f and said in f for f in found), found


def test_a_folder_without_a_pack_and_strange_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PackFault, match="is missing"):
        load_folder(tmp_path)
    (tmp_path / "procedure.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(PackFault, match="UTF-8"):
        load_folder(tmp_path)
    assert check_files({"procedure.toml": "", "form.toml": "", "process.toml": ""})


def test_targets_name_both_values_of_every_condition() -> None:
    wanted = targets(PACK)
    assert {"page spouse = True", "page spouse = False", "rejection of confirm", "exit foreigner"} <= wanted
    assert replace(PACK, examples=()).examples == ()
