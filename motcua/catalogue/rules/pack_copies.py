"""A pack as the beginning of another one."""

import re
from collections.abc import Mapping

from motcua.catalogue.rules.pack import PackFault
from motcua.core.references import PROCEDURE_CODE
from motcua.core.tables import Problem

_CODE = re.compile(r'^code[ \t]*=[ \t]*"[^"\n]*"[ \t]*(#[^\n]*)?$', re.M)
_DRAFT = re.compile(r"^draft[ \t]*=[^\n]*\n", re.M)


def cloned(files: Mapping[str, str], code: str) -> dict[str, str]:
    """The files under another code, marked as a draft. Raises ``PackFault``."""
    if not PROCEDURE_CODE.match(code):
        raise PackFault((Problem("procedure.toml", f"“{code}” is no procedure code"),))
    head = _DRAFT.sub("", files["procedure.toml"])
    made, count = _CODE.subn(f'code = "{code}"\ndraft = true # take this line out to publish', head, count=1)
    if not count:
        raise PackFault((Problem("procedure.toml", "“code” stands on no line of its own"),))
    return {**files, "procedure.toml": made}
