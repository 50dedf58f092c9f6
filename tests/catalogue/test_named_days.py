"""A check that names the right day: what is no day is a fault of the pack, found before anybody meets it."""

from dataclasses import replace

from motcua.catalogue.rules.check import robustness_problems
from motcua.catalogue.rules.form import validate_answers
from motcua.catalogue.rules.form_model import Form
from motcua.catalogue.rules.form_values import UNCHECKABLE, words
from motcua.catalogue.rules.pack import Pack, load_folder
from motcua.catalogue.rules.pack_reading import parse_pack
from tests.support.house import ROOT

FACTS = {"today": "2026-07-06", "answers": {}}


def no_day(pack: Pack) -> Pack:
    """The pack, where every day that a check names is text but no day."""

    def broken(form: Form) -> Form:
        pages = [
            replace(
                page,
                questions=tuple(
                    replace(q, checks=tuple(replace(c, day="'soon'") if c.day else c for c in q.checks))
                    for q in page.questions
                ),
            )
            for page in form.pages
        ]
        return replace(form, pages=tuple(pages))

    return replace(pack, form=broken(pack.form))


def test_what_is_no_day_is_told_and_is_no_crash() -> None:
    whole = parse_pack(load_folder(ROOT / "packs/vn/temporary-residence-renewal"))
    assert robustness_problems(whole) == []
    assert any("must be a day" in str(p) for p in robustness_problems(no_day(whole)))


def test_on_the_page_such_a_check_counts_as_not_made() -> None:
    pack = parse_pack(load_folder(ROOT / "packs/vn/temporary-residence-renewal"))
    q = next(q for _, q in no_day(pack).form.questions() if any(c.day for c in q.checks))
    ends = next(q for _, q in pack.form.questions() if q.key == "ends_on")
    asked = tuple(replace(one, show_if="", checks=one.checks if one is q else ()) for one in (ends, q))
    alone = Form(pages=(replace(pack.form.pages[0], show_if="", questions=asked),))
    answers = {q.key: "2040-01-01", "ends_on": "2026-07-20"}
    said = validate_answers(alone, answers, {**FACTS, "answers": answers}).errors
    assert words(UNCHECKABLE, q) in [e.message for e in said]
