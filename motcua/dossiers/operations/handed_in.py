"""What was handed in, held against what the service asks for."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from motcua.catalogue.rules.form import FieldError
from motcua.catalogue.rules.pack import Pack, PaperDef, papers_of
from motcua.core.actor import Actor
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.documents.queries import papers_of_owner

Given = tuple[str, str | None, int]  # component, paper id, copy kind


class AnswersRefused(Refusal):
    """The form refuses some answers; ``errors`` name each of them."""

    code = "answers_refused"
    cause = Text("Một số câu trả lời chưa đúng.", "Some answers are not right.")
    next_step = Text("Sửa các mục được nêu rồi nộp lại.", "Correct the named items and file again.")
    status = 422

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__()
        self.errors = tuple(errors)


def _given(paper: Mapping[str, Any]) -> Given:
    return (
        str(paper.get("component", "")),
        str(paper.get("paper") or "") or None,
        int(paper.get("copy_kind", 2)),
    )


def _faults(given: Sequence[Given], known: set[str], owned: Mapping[str, object]) -> Iterator[FieldError]:
    for index, (component, paper, _) in enumerate(given):
        if component not in known:
            text = Text("Không có thành phần hồ sơ này.", "There is no such component.")
            yield FieldError(f"/papers/{index}/component", component, text)
        if paper is not None and paper not in owned:
            text = Text("Không tìm thấy tệp này.", "This file was not found.")
            yield FieldError(f"/papers/{index}/paper", component, text)


def _missing(given: Sequence[Given], wanted: Sequence[PaperDef]) -> Iterator[FieldError]:
    there = {component for component, _, _ in given}
    for paper in wanted:
        if paper.key not in there and not paper.later_allowed:
            text = Text("Thiếu giấy tờ: {vi}.", "A paper is missing: {en}.")
            yield FieldError("/papers", paper.key, text.fill(vi=paper.name.vi, en=paper.name.en))


def check_papers(
    pack: Pack, known: Mapping[str, Any], papers: Sequence[Mapping[str, Any]], actor: Actor
) -> tuple[Given, ...]:
    """The papers, each known and the filer's own, by settled facts. Raises ``AnswersRefused``."""
    given = tuple(_given(p) for p in papers)
    owned = papers_of_owner([p for _, p, _ in given if p], owner_id=actor.user_id)
    errors = [
        *_faults(given, {p.key for p in pack.papers}, owned),
        *_missing(given, papers_of(pack, known)),
    ]
    if errors:
        raise AnswersRefused(errors)
    return given
