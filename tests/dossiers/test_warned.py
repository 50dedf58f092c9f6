"""A proof of filing repeats what a check warned of, and no hint of the form."""

from datetime import datetime

from motcua.catalogue.rules.form import validate_answers
from motcua.catalogue.rules.pack import load_folder
from motcua.catalogue.rules.pack_reading import parse_pack
from motcua.catalogue.rules.playing import facts_of
from motcua.core.periods import VIETNAM
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.reading import warned_of
from tests.support.house import ROOT


def test_a_question_left_empty_is_no_warning_of_a_proof() -> None:
    pack = parse_pack(load_folder(ROOT / "packs/vn/stay-notice"))
    example = pack.examples[0]
    facts = facts_of(pack, example)
    answers = {k: v for k, v in example.answers.items() if k not in {"phone", "told_by"}}
    facts = {**facts, "answers": answers}
    told = validate_answers(pack.form, answers, facts).warnings
    assert any("để trống" in w.message.vi for w in told), "the form itself says it"
    at = datetime.fromisoformat("2026-07-06T08:00:00").replace(tzinfo=VIETNAM)
    assert not any("để trống" in w.vi for w in warned_of(Dossier(submitted_at=at), pack, facts))


def test_notices_without_a_published_fee_say_the_same() -> None:
    packs = [
        parse_pack(load_folder(ROOT / "packs/vn" / name)) for name in ("stay-notice", "temporary-absence")
    ]
    notes = {pack.fees[0].note for pack in packs}
    assert len(notes) == 1
    assert "công an xã, phường cho biết nếu có phí" in notes.pop().vi
