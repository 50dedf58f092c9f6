"""What is published of procedures, and what can be paid: Decision 766 by procedure."""

from decimal import Decimal

from motcua.core.texts import Text
from motcua.monitoring.rules.definition import Counted, Definition, Hit
from motcua.monitoring.rules.definitions_online import DECISION_766, PROVISION

COMPLETE_766 = Definition(
    identifier="complete_766",
    revision=1,
    name=Text("Tỷ lệ thủ tục công khai đủ bộ phận", "Procedures published with all parts"),
    source=DECISION_766.fill(n="1.3"),
    formula=Text(
        "Số thủ tục công khai đủ các bộ phận ÷ số thủ tục thuộc thẩm quyền × 100, vào ngày cuối kỳ.",
        "Procedures published with all their parts ÷ procedures in authority × 100, on the last day.",
    ),
    above=Text(
        "thủ tục có đủ tên, trình tự, cách thức, thành phần hồ sơ, thời hạn, đối tượng, cơ quan thực hiện",
        "procedures with name, steps, ways, papers, time limit, subjects and performing agency",
    ),
    below=Text(
        "thủ tục thuộc thẩm quyền có nội dung công bố", "procedures in authority that have a published record"
    ),
    counts=Counted.PROCEDURES,
    hit=Hit.COMPLETE,
    notes=(
        PROVISION.notes[0],
        Text(
            "Thủ tục chưa có nội dung công bố được loại ra và nêu riêng; mẫu đơn, mẫu kết quả không kiểm "
            "được bằng máy.",
            "Procedures without a record are left out and stated; forms cannot be checked by a machine.",
        ),
    ),
)
PAYABLE_ONLINE_766 = Definition(
    identifier="payable_online_766",
    revision=1,
    name=Text("Tỷ lệ thủ tục có thanh toán trực tuyến", "Fee-bearing procedures integrated for payment"),
    source=DECISION_766.fill(n="3.5"),
    formula=Text(
        "Số thủ tục có hồ sơ mang dữ liệu phí, lệ phí trong kỳ ÷ số thủ tục có phí, lệ phí × 100.",
        "Procedures with dossiers that carry a fee in the period ÷ procedures that bear a fee × 100.",
    ),
    above=Text("thủ tục có hồ sơ mang phí, lệ phí khác 0", "procedures with a dossier whose fee is not zero"),
    below=Text("thủ tục có phí, lệ phí theo nội dung công bố", "procedures whose record states a fee"),
    counts=Counted.PROCEDURES,
    hit=Hit.PAYABLE,
    threshold=Decimal(80),
    notes=(
        PROVISION.notes[0],
        Text(
            "Thủ tục chưa rõ có phí hay không được loại ra và nêu riêng.",
            "Procedures of which the fee is not known are left out and stated.",
        ),
    ),
)
