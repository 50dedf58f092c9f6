"""What is known of the demo in this home: its accounts, kept in ``MOTCUA_HOME/demo.json``."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from motcua.core.texts import Text
from motcua.demo.people import PROVIDER_LEVELS

FICTION = Text(
    "Tỉnh mẫu: “Ninh Thuận nếu vẫn còn”. Tên và mã xã, phường là thật; "
    "mã cơ quan, con người và hồ sơ là hư cấu.",
    "Demo province: “Ninh Thuận as if it had gone on”. Names and codes of communes are real; "
    "agency codes, people and dossiers are made up.",
)


@dataclass(frozen=True, slots=True)
class DemoAccounts:
    """One password for all, and (user name, who it is) of each account."""

    password: str
    accounts: tuple[tuple[str, str], ...]

    @property
    def table(self) -> str:
        """The password and the accounts as the command line prints them."""
        width = max(len(username) for username, _ in self.accounts)
        lines = [f"  {username:<{width}}  {who}" for username, who in self.accounts]
        return "\n".join(
            [
                "Demo accounts (made-up persons), one password for all:",
                f"  password: {self.password}",
                "",
                *lines,
            ]
        )


def _file() -> Path:
    return Path(settings.HOME) / "demo.json"


def _draft() -> Path:
    return Path(settings.HOME) / "demo.json.draft"


def exists() -> bool:
    """True when this home holds the demo province."""
    return _file().is_file()


def accounts() -> DemoAccounts | None:
    """The demo's accounts with their password; None when this home holds no demo."""
    try:
        record = json.loads(_file().read_text("utf-8"))
    except FileNotFoundError:
        return None
    return DemoAccounts(record["password"], tuple((a["username"], a["who"]) for a in record["accounts"]))


def keep_draft(made: DemoAccounts) -> None:
    """Write the accounts beside their final place, readable by the owner only."""
    record = {
        "password": made.password,
        "accounts": [{"username": username, "who": who} for username, who in made.accounts],
    }
    discard_draft()
    handle = os.open(_draft(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(record, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())


def adopt_draft() -> DemoAccounts | None:
    """Give the draft its name, now that the database holds the demo; None when there is none."""
    try:
        _draft().rename(_file())
    except FileNotFoundError:
        return None
    return accounts()


def discard_draft() -> None:
    """Remove a draft whose database was never committed."""
    _draft().unlink(missing_ok=True)


def provider_level(username: str) -> int:
    """The level at which the demo's identity provider has identified one of its people; 0 for nobody."""
    return PROVIDER_LEVELS.get(username, 0)
