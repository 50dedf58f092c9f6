"""What a procedure publishes, as typed facts; the same shape from a national record, a list row or a pack."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from decimal import Decimal
from typing import Any

from motcua.core.texts import Text

UNKNOWN = "unknown"
CHANNELS: Mapping[int, Text] = {  # codes of domain.md §2; 0: the source names none that is known
    0: Text("Cách khác", "Other way"),
    1: Text("Trực tiếp", "In person"),
    2: Text("Trực tuyến", "Online"),
    3: Text("Dịch vụ bưu chính", "By public post"),
}
UNITS: Mapping[str, Text] = {
    "minute": Text("phút", "minutes"),
    "hour": Text("giờ", "hours"),
    "working_hour": Text("giờ làm việc", "working hours"),
    "day": Text("ngày", "days"),
    "working_day": Text("ngày làm việc", "working days"),
    "week": Text("tuần", "weeks"),
    "month": Text("tháng", "months"),
    "year": Text("năm", "years"),
    UNKNOWN: Text("(nguồn không ghi đơn vị)", "(the source gives no unit)"),
}
LEVELS: Mapping[str, Text] = {
    "ministry": Text("Cấp bộ", "Ministry"),
    "province": Text("Cấp tỉnh", "Province"),
    "commune": Text("Cấp xã", "Commune"),
    "other": Text("Cơ quan khác", "Other body"),
}
FLAGS: Mapping[str, Text] = {
    "fee_contradiction": Text(
        "Nguồn vừa ghi một mức phí, vừa ghi chú khác đi; cần hỏi cơ quan tiếp nhận.",
        "The source states one fee and its note says another; ask the receiving agency.",
    ),
    "fee_implausible": Text(
        "Mức phí trong nguồn không thể đúng (dưới 1.000 đồng).",
        "The fee in the source cannot be right (below 1,000 đồng).",
    ),
    "fee_unknown": Text("Nguồn không nêu phí, lệ phí.", "The source does not state the fee."),
    "time_unit_unknown": Text(
        "Thời hạn trong nguồn không có đơn vị.", "The time limit in the source has no unit."
    ),
    "time_unknown": Text("Nguồn không nêu thời hạn.", "The source does not state a time limit."),
    "time_implausible": Text(
        "Thời hạn trong nguồn không đọc được (có thể dính với số tiền).",
        "The time limit in the source cannot be read (it may have run into an amount of money).",
    ),
    "paper_count_implausible": Text(
        "Số bản giấy tờ trong nguồn không thể đúng.", "A number of copies in the source cannot be right."
    ),
    "methods_missing": Text("Nguồn không nêu cách thực hiện.", "The source names no way of filing."),
    "papers_missing": Text("Nguồn không nêu thành phần hồ sơ.", "The source names no papers."),
    "agency_unknown": Text("Nguồn không nêu mã cơ quan công bố.", "The source gives no code of its agency."),
}


@dataclass(frozen=True, slots=True)
class Time:
    """A time limit. ``amount`` None: not stated; ``unit`` one of UNITS; ``least`` where a range is stated."""

    amount: Decimal | None = None
    unit: str = UNKNOWN
    least: Decimal | None = None
    raw: str = ""
    flag: str = ""

    @property
    def text(self) -> Text:
        """The limit in words; says so where the amount or the unit is missing."""
        if self.amount is None:
            return Text("Không có thông tin", "Not stated")
        span = plain(self.amount) if self.least is None else f"{plain(self.least)}–{plain(self.amount)}"
        unit = UNITS.get(self.unit, UNITS[UNKNOWN])
        one = self.amount == 1 and self.least is None and unit.en.endswith("s")
        return Text(f"{span} {unit.vi}", f"{span} {unit.en[:-1] if one else unit.en}")


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee in whole đồng (or another currency). Never ``free`` while its note contradicts."""

    amount: int | None = None
    currency: str = "VND"
    free: bool = False
    note: str = ""
    contradiction: bool = False
    raw: str = ""
    flag: str = ""

    @property
    def text(self) -> Text:
        """The fee in words; a contradiction is told, never resolved."""
        if self.contradiction:
            return Text(
                "Chưa rõ: nguồn ghi mâu thuẫn, xem ghi chú",
                "Unclear: the source contradicts itself, see the note",
            )
        if self.free:
            return Text("Miễn phí", "Free of charge")
        if self.amount is None:
            return Text("Không có thông tin", "Not stated")
        if self.currency == "VND":
            return Text(f"{self.amount:,} đồng".replace(",", "."), f"{self.amount:,} VND")
        return Text(f"{self.amount} {self.currency}", f"{self.amount} {self.currency}")


@dataclass(frozen=True, slots=True)
class Method:
    """One way of filing; a channel may have several rows (usual and complicated case)."""

    channel: int
    time: Time = Time()
    fee: Fee = Fee()
    note: str = ""

    @property
    def name(self) -> Text:
        """The channel's name."""
        return CHANNELS.get(self.channel, CHANNELS[0])


@dataclass(frozen=True, slots=True)
class Paper:
    """A component of the dossier, or (``is_note``) an explanation printed among them. None: unknown count."""

    name: str
    group: str = ""
    template: str = ""
    originals: int | None = None
    copies: int | None = None
    is_note: bool = False
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What the person gets."""

    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All published parts of a procedure (domain.md §1). Empty means: the source does not say."""

    code: str
    name_vi: str
    name_en: str = ""
    agency_code: str = ""
    agency_name: str = ""
    field: str = ""
    kind: str = ""
    decision: str = ""
    levels: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    competent: tuple[str, ...] = ()
    performing: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    steps: str = ""
    conditions: str = ""
    methods: tuple[Method, ...] = ()
    papers: tuple[Paper, ...] = ()
    results: tuple[Result, ...] = ()
    legal: tuple[str, ...] = ()
    url: str = ""
    flags: tuple[str, ...] = ()

    @property
    def name(self) -> Text:
        """The title in both languages; Vietnamese stands in where there is no English one."""
        return Text(self.name_vi, self.name_en)

    @property
    def required_papers(self) -> tuple[Paper, ...]:
        """The papers that are papers."""
        return tuple(p for p in self.papers if not p.is_note)

    @property
    def paper_notes(self) -> tuple[Paper, ...]:
        """The explanations that the source lists among the papers."""
        return tuple(p for p in self.papers if p.is_note)

    @property
    def flag_texts(self) -> tuple[Text, ...]:
        """What is doubtful in the source, in words."""
        return tuple(FLAGS[f] for f in self.flags if f in FLAGS)


def plain(amount: Decimal) -> str:
    """A decimal without exponent or trailing zeros: ``3``, ``0.5``."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def to_record(facts: Facts) -> dict[str, Any]:
    """Facts as a JSON record; empty values are left out, decimals are strings."""
    return {k: v for k, v in _plain(asdict(facts)).items() if v not in ("", [], None)}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return plain(value) if isinstance(value, Decimal) else value


def from_record(record: Mapping[str, Any]) -> Facts:
    """Facts of a stored record; keys that a later version added or dropped are passed over."""
    known = {f.name for f in fields(Facts)}
    values: dict[str, Any] = {k: v for k, v in record.items() if k in known}
    for key in ("levels", "subjects", "competent", "performing", "coordinating", "legal", "flags"):
        values[key] = tuple(values.get(key, ()))
    values["methods"] = tuple(_method(m) for m in values.get("methods", ()))
    values["papers"] = tuple(Paper(**p) for p in values.get("papers", ()))
    values["results"] = tuple(Result(**r) for r in values.get("results", ()))
    return Facts(**values)


def _method(record: Mapping[str, Any]) -> Method:
    time = dict(record["time"])
    for key in ("amount", "least"):
        time[key] = None if time.get(key) is None else Decimal(time[key])
    return Method(record["channel"], Time(**time), Fee(**record["fee"]), record.get("note", ""))


def merge(layers: Iterable[Facts]) -> Facts:
    """One procedure from several sources, the best first: a later one only fills what is still empty.

    So a list row, which knows five columns, never erases what a full record knew.
    """
    ordered = list(layers)
    merged = ordered[0]
    for layer in ordered[1:]:
        empty = [f.name for f in fields(Facts) if f.name != "flags" and not getattr(merged, f.name)]
        merged = replace(merged, **{name: getattr(layer, name) for name in empty})
    return replace(merged, flags=flags_of(merged))


def flags_of(facts: Facts) -> tuple[str, ...]:
    """Codes of what is doubtful or missing, sorted; see FLAGS."""
    found = {p.flag for p in facts.papers}
    for method in facts.methods:
        found |= {method.time.flag, method.fee.flag}
    found |= {"methods_missing"} if not facts.methods else set()
    found |= {"papers_missing"} if not facts.required_papers else set()
    found |= {"agency_unknown"} if not facts.agency_code else set()
    return tuple(sorted(found - {""}))
