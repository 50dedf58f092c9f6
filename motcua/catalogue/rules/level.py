"""The level of a service: derived from what its pack and its agency really allow, never declared."""

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.catalogue.rules.pack import Pack
from motcua.core.texts import Text

LEVELS: Mapping[str, Text] = {
    "information": Text("Cung cấp thông tin", "Information only"),
    "partial": Text("Một phần", "Partial"),
    "full": Text("Toàn trình", "Full"),
}
# The test questions of domain.md §1; ``other`` stands for a blocker in a pack's own words.
BLOCKERS: Mapping[str, Text] = {
    "original_handed_in": Text("Phải nộp bản chính giấy tờ.", "An original paper has to be handed in."),
    "wet_signature": Text("Phải ký trực tiếp trên giấy.", "A signature on paper is needed."),
    "biometrics": Text("Phải lấy sinh trắc học.", "Biometrics have to be taken."),
    "visit": Text("Phải có mặt tại cơ quan hoặc nơi kiểm tra.", "A visit in person is needed."),
    "result_on_paper_only": Text("Kết quả chỉ có bản giấy.", "The result exists on paper only."),
    "fee_not_payable_online": Text(
        "Phí, lệ phí chưa nộp được trực tuyến.", "The fee cannot be paid online yet."
    ),
    "result_not_signed": Text(
        "Cơ quan chưa ký số kết quả.", "The agency does not sign results electronically yet."
    ),
    "other": Text("Có vướng mắc khác nêu trong gói thủ tục.", "Another obstacle is named in the pack."),
}


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """What the offering agency can do today."""

    pays_online: bool = False
    signs_results: bool = True


ORDINARY = AgencyFacts()


@dataclass(frozen=True, slots=True)
class Level:
    """A derived level and the codes (BLOCKERS) of everything that keeps it from ``full``."""

    level: str
    blockers: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[Text, ...]:
        """The blockers in words."""
        return tuple(BLOCKERS.get(b, BLOCKERS["other"]) for b in self.blockers)


def level_of(pack: Pack | None, agency: AgencyFacts = ORDINARY) -> Level:
    """Level of a service with this pack (None: no pack) at an agency with these facts.

    Without a pack: information. With one: full unless something blocks it, then partial.
    """
    if pack is None:
        return Level("information")
    found = {b.code if b.code in BLOCKERS else "other" for b in pack.blockers}
    if any(rule.amount for rule in pack.fees) and not agency.pays_online:
        found.add("fee_not_payable_online")
    if pack.result is not None and not agency.signs_results:
        found.add("result_not_signed")
    return Level("partial" if found else "full", tuple(sorted(found)))
