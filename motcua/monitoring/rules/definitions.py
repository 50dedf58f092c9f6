"""The registry: every rate that this site can show, with its rule in words and as predicates.

Sources: domain.md §3–§4; Decision 766/QD-TTg by the public transcription of its formula document.
"""

from decimal import Decimal

from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.monitoring.rules.definition import Counted, Definition, Factor
from motcua.monitoring.rules.predicates import (
    Reason,
    filed_online,
    fully_online,
    late_on,
    on_time,
    online_with_result,
    received,
)

_RECEIVED = Text("hồ sơ được tiếp nhận trong kỳ, mọi kênh", "dossiers received in the period, all channels")
_766 = Text("Quyết định 766/QĐ-TTg (2022), chỉ số {n}", "Decision 766/QD-TTg (2022), indicator {n}")

PROVISION = Definition(
    identifier="provision",
    revision=1,
    name=Text("Tỷ lệ cung cấp dịch vụ công trực tuyến", "Procedures offered online"),
    source=_766.fill(n="3.1"),
    formula=Text(
        "Số thủ tục có dịch vụ một phần hoặc toàn trình ÷ số thủ tục thuộc thẩm quyền × 100, "
        "tính vào ngày cuối kỳ.",
        "Procedures with a partial or full service ÷ procedures in authority × 100, on the last day.",
    ),
    above=Text(
        "thủ tục có dịch vụ một phần hoặc toàn trình, tính một lần ở mức cao hơn",
        "procedures with a partial or full service, counted once at the higher level",
    ),
    below=Text("tất cả thủ tục thuộc thẩm quyền", "all procedures in authority"),
    counts=Counted.PROCEDURES,
    threshold=Decimal(80),
    notes=(
        Text(
            "Mỗi thủ tục tính một lần cho mỗi bộ (kể cả ngành dọc) hoặc tỉnh (kể cả cấp xã).",
            "A procedure counts once for each ministry (with vertical bodies) or province (with communes).",
        ),
        Text(
            "Thủ tục chưa rõ mức độ vẫn nằm ở mẫu số và được nêu riêng.",
            "Procedures whose level is not known stay in the denominator and are stated.",
        ),
    ),
)

SERVICES_WITH_DOSSIERS = Definition(
    identifier="services_with_dossiers",
    revision=1,
    name=Text("Tỷ lệ dịch vụ có phát sinh hồ sơ trực tuyến", "Services with online dossiers"),
    source=_766.fill(n="3.2"),
    formula=Text(
        "Số dịch vụ có ít nhất một hồ sơ trực tuyến được tiếp nhận trong kỳ ÷ số dịch vụ đang "
        "cung cấp vào ngày cuối kỳ × 100.",
        "Services with at least one online dossier received in the period ÷ services in force on its "
        "last day × 100.",
    ),
    above=Text("dịch vụ có ít nhất một hồ sơ trực tuyến", "services with at least one online dossier"),
    below=Text("dịch vụ một phần hoặc toàn trình đang cung cấp", "partial or full services in force"),
    counts=Counted.SERVICES,
    notes=(PROVISION.notes[0],),
)

ONLINE_EMC = Definition(
    identifier="online_emc",
    revision=1,
    name=Text("Tỷ lệ hồ sơ trực tuyến toàn trình", "Dossiers handled fully online"),
    source=Text("EMC, bộ chỉ số công bố trên Cổng Dịch vụ công quốc gia", "EMC, as published nationally"),
    formula=Text(
        "Số hồ sơ nộp trực tuyến của dịch vụ toàn trình, không phải đến trực tiếp, có kết quả điện tử "
        "÷ số hồ sơ tiếp nhận × 100.",
        "Dossiers filed online on a full service, without a recorded visit, with an electronic result "
        "÷ dossiers received × 100.",
    ),
    above=Text(
        "hồ sơ kênh trực tuyến, dịch vụ toàn trình, không lần đến nào, có kết quả điện tử",
        "channel online, full service, no visit recorded, electronic result issued",
    ),
    below=_RECEIVED,
    counts=Counted.DOSSIERS,
    numerator=fully_online,
    denominator=received,
    exclusions=(
        Reason.CHANNEL_UNKNOWN,
        Reason.LEVEL_UNKNOWN,
        Reason.VISITS_UNKNOWN,
        Reason.RESULT_UNKNOWN,
    ),
)

ONLINE_2022 = Definition(
    identifier="online_2022",
    revision=1,
    name=Text("Tỷ lệ hồ sơ nộp trực tuyến (cách tính 2022)", "Dossiers filed online (2022 form)"),
    source=Text("Cách tính năm 2022", "The form of 2022"),
    formula=Text("Số hồ sơ kênh trực tuyến ÷ số hồ sơ × 100.", "Dossiers filed online ÷ all dossiers × 100."),
    above=Text("hồ sơ kênh trực tuyến", "dossiers of the online channel"),
    below=_RECEIVED,
    counts=Counted.DOSSIERS,
    numerator=filed_online,
    denominator=received,
    exclusions=(Reason.CHANNEL_UNKNOWN,),
)

SYNC = Factor(
    name="synced_766",
    value=Decimal(1),
    assumed=True,
    words=Text(
        "tỷ lệ đồng bộ (766 chỉ số 1.4): hệ thống này chính là cổng, giả định bằng 1",
        "sync rate (766 1.4): this site is itself the door, assumed to be 1",
    ),
)

ONLINE_766 = Definition(
    identifier="online_766",
    revision=1,
    name=Text("Tỷ lệ hồ sơ nộp trực tuyến (766)", "Dossiers filed online (766)"),
    source=_766.fill(n="3.3"),
    formula=Text(
        "Số hồ sơ trực tuyến, có kết quả điện tử nếu thủ tục trả kết quả giấy ÷ số hồ sơ tiếp nhận "
        "× tỷ lệ đồng bộ × 100.",
        "Online dossiers, with an electronic result where the procedure returns a paper one "
        "÷ dossiers received × sync rate × 100.",
    ),
    above=Text(
        "hồ sơ kênh trực tuyến, có kết quả điện tử nếu thủ tục trả kết quả giấy",
        "channel online, and an electronic result issued where a paper result exists",
    ),
    below=_RECEIVED,
    counts=Counted.DOSSIERS,
    numerator=online_with_result,
    denominator=received,
    exclusions=(Reason.RESULT_UNKNOWN,),
    factors=(SYNC,),
    threshold=Decimal(50),
    notes=(
        Text("Hồ sơ không ghi kênh được tính là trực tiếp.", "A dossier without a channel counts as direct."),
    ),
)

ON_TIME_766 = Definition(
    identifier="on_time_766",
    revision=1,
    name=Text("Tỷ lệ hồ sơ trước hạn, đúng hạn", "Dossiers ended on time"),
    source=_766.fill(n="2.1"),
    formula=Text(
        "Số hồ sơ kết thúc không sau ngày hẹn trả ÷ số hồ sơ tiếp nhận × 100.",
        "Dossiers whose end is not after the promised date ÷ dossiers received × 100.",
    ),
    above=Text("hồ sơ kết thúc không sau ngày hẹn trả", "dossiers that ended by the promised date"),
    below=_RECEIVED,
    counts=Counted.DOSSIERS,
    numerator=on_time,
    denominator=received,
    changes_on=late_on,
    exclusions=(Reason.NO_PROMISED_DATE, Reason.END_UNKNOWN),
    notes=(
        Text(
            "Thời điểm kết thúc: xử lý xong, rồi trả kết quả, rồi dừng, từ chối hoặc rút sau tiếp nhận.",
            "End: processed, else returned, else stopped, refused or withdrawn after intake.",
        ),
        Text(
            "Hồ sơ đang xử lý được coi là kết thúc khi ngày cuối kỳ kết thúc: nếu đến hạn trong ngày đó "
            "mà chưa xong thì tính quá hạn.",
            "An open dossier ends with the last day of the period: due on that day and not done is late.",
        ),
        Text(
            "Trừ thời gian chờ bổ sung. Đang chờ bổ sung lần đầu: kết thúc lúc yêu cầu; "
            "từ lần thứ hai: quá hạn.",
            "Supplement time is subtracted. Waiting at a first request: it ends there; at a later one: late.",
        ),
        Text(
            "Không có ngày hẹn: so với thời hạn dài nhất; không có cả hai thì loại khỏi chỉ số, nêu lý do.",
            "No promised date: compared with the longest time limit; with neither it is left out and named.",
        ),
    ),
)

DEFINITIONS: tuple[Definition, ...] = (
    PROVISION,
    SERVICES_WITH_DOSSIERS,
    ONLINE_EMC,
    ONLINE_2022,
    ONLINE_766,
    ON_TIME_766,
)
BY_IDENTIFIER = {d.identifier: d for d in DEFINITIONS}
BY_DOSSIER = tuple(d for d in DEFINITIONS if d.counts is Counted.DOSSIERS)


class UnknownDefinition(Refusal):
    """There is no rate under this identifier."""

    code = "unknown_definition"
    cause = Text("Không có chỉ số “{identifier}”.", "There is no definition “{identifier}”.")
    next_step = Text("Chọn một trong: {known}.", "Choose one of: {known}.")
    status = 422


def definition(identifier: str) -> Definition:
    """The definition of that identifier, current revision; raises ``UnknownDefinition``."""
    found = BY_IDENTIFIER.get(identifier)
    if found is None:
        raise UnknownDefinition(identifier=identifier, known=", ".join(BY_IDENTIFIER))
    return found
