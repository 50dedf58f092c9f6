"""How far services are offered and used online: several official forms, side by side."""

from decimal import Decimal

from motcua.core.texts import Text
from motcua.monitoring.rules.definition import Counted, Definition, Factor, Hit
from motcua.monitoring.rules.predicates import (
    Reason,
    filed_in_any_way,
    filed_online,
    filed_online_by,
    fully_online,
    of_a_full_service,
    of_an_online_service,
    online_with_result,
    received,
)

RECEIVED = Text("hồ sơ được tiếp nhận trong kỳ, mọi kênh", "dossiers received in the period, all channels")
DECISION_766 = Text("Quyết định 766/QĐ-TTg (2022), chỉ số {n}", "Decision 766/QD-TTg (2022), indicator {n}")

PROVISION = Definition(
    identifier="provision",
    revision=1,
    name=Text("Tỷ lệ cung cấp dịch vụ công trực tuyến", "Procedures offered online"),
    source=DECISION_766.fill(n="3.1"),
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

FULL_SHARE = Definition(
    identifier="full_share",
    revision=1,
    name=Text("Tỷ lệ dịch vụ toàn trình", "Full services"),
    source=DECISION_766.fill(n="3.1"),
    formula=Text(
        "Số thủ tục có dịch vụ toàn trình ÷ số thủ tục đủ điều kiện toàn trình × 100, vào ngày cuối kỳ.",
        "Procedures with a full service ÷ procedures eligible for full × 100, on the last day.",
    ),
    above=Text("thủ tục có dịch vụ toàn trình", "procedures with a full service"),
    below=Text("thủ tục đủ điều kiện toàn trình", "procedures eligible for full"),
    counts=Counted.PROCEDURES,
    hit=Hit.FULL,
    notes=(
        PROVISION.notes[0],
        Text(
            "Thủ tục chưa rõ có đủ điều kiện hay không được loại ra và nêu riêng.",
            "Procedures whose eligibility is not known are left out and stated.",
        ),
    ),
)

PARTIAL_SHARE = Definition(
    identifier="partial_share",
    revision=1,
    name=Text("Tỷ lệ dịch vụ một phần", "Partial services"),
    source=DECISION_766.fill(n="3.1"),
    formula=Text(
        "Số thủ tục có dịch vụ một phần (không nơi nào toàn trình) ÷ số thủ tục thuộc thẩm quyền × 100.",
        "Procedures with a partial service (nowhere full) ÷ procedures in authority × 100.",
    ),
    above=Text("thủ tục có dịch vụ một phần", "procedures with a partial service"),
    below=PROVISION.below,
    counts=Counted.PROCEDURES,
    hit=Hit.PARTIAL,
    notes=PROVISION.notes,
)

SERVICES_WITH_DOSSIERS = Definition(
    identifier="services_with_dossiers",
    revision=1,
    name=Text("Tỷ lệ dịch vụ có phát sinh hồ sơ trực tuyến", "Services with online dossiers"),
    source=DECISION_766.fill(n="3.2"),
    formula=Text(
        "Số dịch vụ có ít nhất một hồ sơ trực tuyến được tiếp nhận trong kỳ ÷ số dịch vụ đang "
        "cung cấp vào ngày cuối kỳ × 100.",
        "Services with at least one online dossier received in the period ÷ services in force on its "
        "last day × 100.",
    ),
    above=Text("dịch vụ có ít nhất một hồ sơ trực tuyến", "services with at least one online dossier"),
    below=Text("dịch vụ một phần hoặc toàn trình đang cung cấp", "partial or full services in force"),
    counts=Counted.SERVICES,
    hit=Hit.USED,
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
    below=RECEIVED,
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
    below=RECEIVED,
    counts=Counted.DOSSIERS,
    numerator=filed_online,
    denominator=received,
    exclusions=(Reason.CHANNEL_UNKNOWN,),
)

ONLINE_FULL_766 = Definition(
    identifier="online_full_766",
    revision=1,
    name=Text(
        "Tỷ lệ hồ sơ trực tuyến toàn trình (766)", "Fully online dossiers of eligible procedures (766)"
    ),
    source=DECISION_766.fill(n="3"),
    formula=Text(
        "Số hồ sơ trực tuyến toàn trình ÷ số hồ sơ của thủ tục đủ điều kiện toàn trình × 100.",
        "Dossiers handled fully online ÷ dossiers of procedures eligible for full × 100.",
    ),
    above=ONLINE_EMC.above,
    below=Text(
        "hồ sơ của dịch vụ toàn trình khi nộp, mọi kênh", "dossiers of services that were full when filed"
    ),
    counts=Counted.DOSSIERS,
    numerator=fully_online,
    denominator=of_a_full_service,
    exclusions=ONLINE_EMC.exclusions,
    notes=(
        Text(
            "Một thủ tục được coi là đủ điều kiện khi nơi nhận đã cung cấp toàn trình vào ngày nộp.",
            "A procedure counts as eligible where its agency offered it fully on the day of filing.",
        ),
    ),
)

SYNC = Factor(
    name="synced_766",
    value=Decimal(1),
    assumed=True,
    words=Text(
        "tỷ lệ đồng bộ (766 chỉ số 1.4); giả định bằng 1 nơi hệ thống chính là cổng hoặc chưa có số liệu",
        "sync rate (766 1.4); assumed to be 1 where the site is itself the door or nothing was entered",
    ),
)

ONLINE_766 = Definition(
    identifier="online_766",
    revision=1,
    name=Text("Tỷ lệ hồ sơ nộp trực tuyến (766)", "Dossiers filed online (766)"),
    source=DECISION_766.fill(n="3.3"),
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
    below=RECEIVED,
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

ONLINE_PROVINCIAL = Definition(
    identifier="online_provincial",
    revision=1,
    name=Text("Tỷ lệ hồ sơ trực tuyến (cách tính của tỉnh)", "Online dossiers (provincial form)"),
    source=Text("Cách tính trong báo cáo của tỉnh", "The form of provincial reports"),
    formula=Text(
        "Số hồ sơ trực tuyến ÷ số hồ sơ mọi kênh của các thủ tục có dịch vụ trực tuyến, "
        "không tính hồ sơ không được tiếp nhận × 100.",
        "Online dossiers ÷ dossiers of all channels of procedures with an online service, "
        "without those not received (status 3) × 100.",
    ),
    above=Text("hồ sơ kênh trực tuyến", "dossiers of the online channel"),
    below=Text(
        "hồ sơ của thủ tục có dịch vụ trực tuyến, trừ trạng thái 3",
        "dossiers of procedures with an online service, status 3 left out",
    ),
    counts=Counted.DOSSIERS,
    numerator=filed_online,
    denominator=of_an_online_service,
    exclusions=(Reason.LEVEL_UNKNOWN, Reason.STATUS_UNKNOWN, Reason.CHANNEL_UNKNOWN),
)


def _filed(who: str, identifier: str, name: Text, above: Text) -> Definition:
    return Definition(
        identifier=identifier,
        revision=1,
        name=name,
        source=Text("Motcua: trực tuyến trung thực", "Motcua: honest online"),
        formula=Text(
            f"Số {above.vi} ÷ số hồ sơ mọi kênh × 100.", f"Count of {above.en} ÷ all dossiers × 100."
        ),
        above=above,
        below=RECEIVED,
        counts=Counted.DOSSIERS,
        numerator=filed_online_by(who),
        denominator=filed_in_any_way,
        exclusions=(Reason.CHANNEL_UNKNOWN, Reason.FILED_BY_UNKNOWN),
    )


ONLINE_SELF = _filed(
    "self",
    "online_self",
    Text("Tỷ lệ hồ sơ người dân tự nộp trực tuyến", "Filed online by the person"),
    Text("hồ sơ trực tuyến do người dân, doanh nghiệp tự nộp", "online dossiers filed by the person"),
)
ONLINE_HELPED = _filed(
    "helped",
    "online_helped",
    Text("Tỷ lệ hồ sơ nộp trực tuyến có người giúp", "Filed online with help"),
    Text("hồ sơ trực tuyến có người giúp nộp", "online dossiers filed with help"),
)
ONLINE_TYPED = _filed(
    "officer",
    "online_typed",
    Text("Tỷ lệ hồ sơ cán bộ nhập hộ", "Typed in online by an officer"),
    Text("hồ sơ ghi là trực tuyến nhưng do cán bộ nhập", "dossiers marked online that an officer typed in"),
)
