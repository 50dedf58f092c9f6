"""How fast, and how far electronically, dossiers are handled: Decision 766 by dossier."""

from dataclasses import replace
from decimal import Decimal

from motcua.core.texts import Text
from motcua.monitoring.rules.definition import Counted, Definition, share_of
from motcua.monitoring.rules.definitions_online import DECISION_766, RECEIVED
from motcua.monitoring.rules.predicates import (
    Predicate,
    Reason,
    digitised_with_result,
    has_e_result,
    late_on,
    on_time,
    on_time_asked_once,
    paid_online,
    processed,
    received,
    reused,
    shared,
    synchronised,
    verified_identity,
    with_a_fee,
    with_a_paper_result,
)

ON_TIME_766 = Definition(
    identifier="on_time_766",
    revision=1,
    name=Text("Tỷ lệ hồ sơ trước hạn, đúng hạn", "Dossiers ended on time"),
    source=DECISION_766.fill(n="2.1"),
    formula=Text(
        "Số hồ sơ kết thúc không sau ngày hẹn trả ÷ số hồ sơ tiếp nhận × 100.",
        "Dossiers whose end is not after the promised date ÷ dossiers received × 100.",
    ),
    above=Text("hồ sơ kết thúc không sau ngày hẹn trả", "dossiers that ended by the promised date"),
    below=RECEIVED,
    counts=Counted.DOSSIERS,
    numerator=on_time,
    denominator=received,
    changes_on=late_on,
    exclusions=(
        Reason.NO_PROMISED_DATE,
        Reason.END_UNKNOWN,
        Reason.STATUS_UNKNOWN,
        Reason.PAUSE_UNKNOWN,
        Reason.SUPPLEMENTS_UNKNOWN,
    ),
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

ON_TIME_766_WIDER = replace(
    ON_TIME_766,
    identifier="on_time_766@2",
    revision=2,
    source=Text(
        f"{ON_TIME_766.source.vi}; cách hiểu rộng hơn, chưa áp dụng [M]",
        f"{ON_TIME_766.source.en}; the wider reading, not in force [M]",
    ),
    formula=Text(
        "Số hồ sơ kết thúc không sau ngày hẹn trả và không bị yêu cầu bổ sung quá một lần "
        "÷ số hồ sơ tiếp nhận × 100.",
        "Dossiers whose end is not after the promised date and that were asked for a supplement once at most "
        "÷ dossiers received × 100.",
    ),
    numerator=on_time_asked_once,
    notes=(
        *ON_TIME_766.notes[:2],
        Text(
            "Trừ thời gian chờ bổ sung. Bị yêu cầu bổ sung từ lần thứ hai, dù đã trả lời: quá hạn.",
            "Supplement time is subtracted. Asked a second time, answered or not: late.",
        ),
        *ON_TIME_766.notes[3:],
    ),
)

AVERAGE_TIME_766 = Definition(
    identifier="average_time_766",
    revision=1,
    name=Text("Thời gian giải quyết trung bình", "Average handling time"),
    source=DECISION_766.fill(n="2.2"),
    formula=Text(
        "Tổng thời gian giải quyết (phút, trừ thời gian bổ sung) của hồ sơ đã xử lý xong ÷ số hồ sơ đó.",
        "Minutes of handling (without supplement time) of processed dossiers ÷ their number.",
    ),
    above=Text(
        "phút giải quyết của hồ sơ trạng thái 9, 10", "minutes of handling of dossiers of status 9, 10"
    ),
    below=Text(
        "hồ sơ trạng thái 9, 10 tiếp nhận trong kỳ", "dossiers of status 9, 10 received in the period"
    ),
    counts=Counted.DOSSIERS,
    numerator=processed,
    denominator=processed,
    exclusions=(Reason.END_UNKNOWN, Reason.STATUS_UNKNOWN, Reason.PAUSE_UNKNOWN),
    measured=True,
    notes=(
        Text(
            "Tính bằng ngày, chỉ hiện cho từng thủ tục; không phải tỷ lệ phần trăm.",
            "In days, shown for a single procedure only; it is no per cent.",
        ),
    ),
)


def _share(
    number: str,
    identifier: str,
    name: Text,
    above: Text,
    numerator: Predicate,
    *exclusions: Reason,
    below: Text = RECEIVED,
    denominator: Predicate = received,
    threshold: int | None = None,
    notes: tuple[Text, ...] = (),
) -> Definition:
    """An indicator of Decision 766 that is a plain share of dossiers."""
    return Definition(
        identifier=identifier,
        revision=1,
        name=name,
        source=DECISION_766.fill(n=number),
        formula=share_of(above, below),
        above=above,
        below=below,
        counts=Counted.DOSSIERS,
        numerator=numerator,
        denominator=denominator,
        exclusions=exclusions,
        threshold=None if threshold is None else Decimal(threshold),
        notes=notes,
    )


PAID_ONLINE_766 = _share(
    "3.6",
    "paid_online_766",
    Text("Tỷ lệ hồ sơ thanh toán trực tuyến", "Dossiers paid online"),
    Text("hồ sơ thanh toán trực tuyến", "dossiers paid online"),
    paid_online,
    Reason.FEE_UNKNOWN,
    Reason.PAYMENT_UNKNOWN,
    below=Text(
        "hồ sơ của thủ tục có phí, lệ phí, trừ hồ sơ được miễn toàn bộ",
        "dossiers of fee-bearing procedures less those whose whole fee list is zero",
    ),
    denominator=with_a_fee,
)
E_RESULT_766 = _share(
    "4.1",
    "e_result_766",
    Text("Tỷ lệ hồ sơ có kết quả điện tử", "Dossiers with an electronic result"),
    Text("hồ sơ có kết quả điện tử", "dossiers with an electronic result"),
    has_e_result,
    Reason.RESULT_UNKNOWN,
    below=Text(
        "hồ sơ của thủ tục trả kết quả bằng văn bản", "dossiers of procedures that end in a written result"
    ),
    denominator=with_a_paper_result,
)
DIGITISED_766 = _share(
    "4.2",
    "digitised_766",
    Text("Tỷ lệ hồ sơ được số hóa", "Dossiers digitised"),
    Text(
        "hồ sơ có tệp đính kèm ở thành phần và có kết quả điện tử",
        "dossiers with files attached to their papers and an electronic result",
    ),
    digitised_with_result,
    Reason.DIGITISED_UNKNOWN,
    Reason.RESULT_UNKNOWN,
    threshold=80,
)
REUSED_766 = _share(
    "4.3",
    "reused_766",
    Text("Tỷ lệ khai thác, sử dụng lại dữ liệu số hóa", "Dossiers that reuse digitised papers"),
    Text("hồ sơ có giấy tờ được khai thác lại", "dossiers with at least one paper reused"),
    reused,
    Reason.REUSED_UNKNOWN,
    threshold=80,
)
SHARED_766 = _share(
    "4.4",
    "shared_766",
    Text("Tỷ lệ hồ sơ có kết nối, chia sẻ dữ liệu số hóa", "Dossiers connected to the person's store"),
    Text(
        "hồ sơ có giấy tờ lấy từ kho dữ liệu của người dân",
        "dossiers with at least one paper taken from the person's store",
    ),
    shared,
    Reason.STORE_UNKNOWN,
)
POPULATION_DATA_766 = _share(
    "4.5",
    "population_data_766",
    Text("Tỷ lệ hồ sơ dùng tài khoản định danh", "Dossiers filed with a verified identity"),
    Text("hồ sơ nộp bằng tài khoản đã xác thực", "dossiers filed by an account with a verified identity"),
    verified_identity,
    Reason.IDENTITY_UNKNOWN,
)
SYNCED_766 = _share(
    "1.4",
    "synced_766",
    Text("Tỷ lệ hồ sơ đồng bộ lên Cổng quốc gia", "Dossiers synchronised with the national portal"),
    Text("hồ sơ đã đồng bộ", "dossiers synchronised"),
    synchronised,
    Reason.SYNC_UNKNOWN,
    notes=(
        Text(
            "Hệ thống chính là cổng thì không có gì để đồng bộ: loại khỏi chỉ số, nêu lý do.",
            "A site that is itself the door has nothing to synchronise: left out, with the reason.",
        ),
    ),
)
