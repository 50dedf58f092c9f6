"""The hint of a question that belongs to one choice names that choice."""

import pytest

from motcua.catalogue.rules.blank_form import IF_SO, if_so
from motcua.catalogue.rules.form_model import Question
from motcua.catalogue.rules.pack import load_folder
from motcua.catalogue.rules.pack_reading import parse_pack
from tests.support.house import ROOT


@pytest.fixture(scope="module")
def beside() -> list[Question]:
    form = parse_pack(load_folder(ROOT / "packs/vn/marriage-status")).form
    return [q for _, q in form.questions()]


@pytest.mark.parametrize(
    ("show_if", "named"),
    [
        ("answers.purpose == 'other'", "Chỉ trả lời nếu bạn chọn “Việc khác”."),
        ("answers.lived_elsewhere == true", "Chỉ trả lời nếu bạn chọn “Có”."),
        ("answers.purpose == 'nothing'", IF_SO.vi),
        ("answers.purpose != 'other'", "Bỏ qua nếu bạn chọn “Việc khác”."),
        ("answers.absent == 'other'", IF_SO.vi),
        ("answers.purpose == 'other' && answers.status == 'never'", IF_SO.vi),
    ],
)
def test_the_choice_is_named_where_it_is_one(beside: list[Question], show_if: str, named: str) -> None:
    assert if_so(show_if, beside).vi == named
