"""What is published of procedures, and what can be paid: Decision 766 by procedure."""

from decimal import Decimal

from motcua.core.texts import Text
from motcua.monitoring.rules.definition import Counted, Definition, Hit, share_of
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


def _decided(
    number: str, identifier: str, name: Text, above: Text, below: Text, hit: Hit, *notes: Text
) -> Definition:
    return Definition(
        identifier=identifier,
        revision=1,
        name=name,
        source=DECISION_766.fill(n=number),
        formula=share_of(above, below),
        above=above,
        below=below,
        counts=Counted.PROCEDURES,
        hit=hit,
        notes=(
            Text(
                "Mỗi thủ tục tính một lần cho mỗi bộ hoặc tỉnh; trong kỳ có một lần chậm thì tính là chậm.",
                "A procedure counts once for each ministry or province; late once in the period is late.",
            ),
            *notes,
        ),
    )


PUBLISHED_ON_TIME_766 = _decided(
    "1.1",
    "published_on_time_766",
    Text("Tỷ lệ thủ tục công bố đúng hạn", "Procedures published on time"),
    Text(
        "thủ tục có quyết định công bố trước ngày văn bản có hiệu lực đủ số ngày làm việc",
        "procedures whose decision came enough working days before its law took effect",
    ),
    Text(
        "thủ tục được công bố (mới, sửa đổi, bãi bỏ) bằng quyết định trong kỳ",
        "procedures published (new, amended, abolished) by decisions of the period",
    ),
    Hit.PUBLISHED,
    Text(
        "20 ngày làm việc với bộ, 5 với tỉnh. Không rõ ngày hiệu lực thì loại ra và nêu riêng.",
        "20 working days for a ministry, 5 for a province. Where the effect is not known it is left out.",
    ),
)
PUBLIC_ON_TIME_766 = _decided(
    "1.2",
    "public_on_time_766",
    Text("Tỷ lệ thủ tục công khai đúng hạn", "Procedures made public on time"),
    Text(
        "thủ tục công khai trên Cơ sở dữ liệu quốc gia đúng hạn",
        "procedures public on the national database in time",
    ),
    Text(
        "thủ tục được công khai hoặc đến hạn công khai trong kỳ",
        "procedures made public, or to be made public, in the period",
    ),
    Hit.PUBLIC,
    Text(
        "Trong 10 ngày làm việc với bộ, 5 với tỉnh kể từ ngày ký quyết định; bãi bỏ thì không tính.",
        "Within 10 working days for a ministry, 5 for a province; an abolished one is not counted.",
    ),
)
