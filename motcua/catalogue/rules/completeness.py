"""Which parts a published procedure must have (Decree 63/2010, article 8(2); Decision 766, 1.3)."""

from motcua.catalogue.rules.facts import Facts
from motcua.core.texts import Text

# forms and templates of results are parts as well, but no machine can tell whether one is needed
PARTS: dict[str, Text] = {
    "name": Text("tên thủ tục", "name"),
    "steps": Text("trình tự thực hiện", "order of steps"),
    "methods": Text("cách thức thực hiện", "ways of filing"),
    "papers": Text("thành phần hồ sơ", "papers"),
    "time": Text("thời hạn giải quyết", "time limit"),
    "subjects": Text("đối tượng thực hiện", "who may ask"),
    "performing": Text("cơ quan thực hiện", "performing agency"),
}


def missing_parts(facts: Facts) -> tuple[str, ...]:
    """The keys of PARTS that a procedure's record lacks, in their order; empty: it is complete."""
    there = {
        "name": bool(facts.name_vi),
        "steps": bool(facts.steps),
        "methods": bool(facts.methods),
        "papers": bool(facts.required_papers),
        "time": any(method.time.amount is not None for method in facts.methods),
        "subjects": bool(facts.subjects),
        "performing": bool(facts.performing or facts.competent),
    }
    return tuple(part for part in PARTS if not there[part])


def bears_fee(facts: Facts) -> bool | None:
    """Whether a fee is due for it; None where the record contradicts itself or does not say."""
    fees = [method.fee for method in facts.methods]
    if any(fee.amount and not fee.flag and not fee.contradiction for fee in fees):
        return True
    if fees and all(fee.free and not fee.contradiction for fee in fees):
        return False
    return None
