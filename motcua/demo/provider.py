"""The demo's identity provider: its home, its people, the portal that may ask it.

``prepare`` runs in the portal's process and writes ``setup.json`` into the provider's home; ``fill`` runs in
the provider's own process, on its own database. They share nothing else.
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from motcua.core.actor import SYSTEM
from motcua.demo.people import ACCOUNTS, NEWCOMER, PROVIDER_LEVELS, Account
from motcua.people.operations import create_account, create_person, hash_password
from motcua.people.queries import account_by_username

CLIENT = "motcua"
NAME = "Nhà cung cấp danh tính mẫu | the sample identity provider"


@dataclass(frozen=True, slots=True)
class Setup:
    """What portal and provider agree on: the provider's port, the portal's secret and addresses."""

    port: int
    client_id: str
    secret: str
    password: str
    portals: tuple[str, ...]

    @property
    def issuer(self) -> str:
        """The provider's address, which is also its name in tokens and links."""
        return f"http://localhost:{self.port}"


def known(home: Path) -> Setup | None:
    """What was agreed on before; None in a new home."""
    try:
        record = json.loads((home / "setup.json").read_text("utf-8"))
        return Setup(**{**record, "portals": tuple(record["portals"])})
    except (FileNotFoundError, KeyError, TypeError, ValueError):
        return None


def prepare(home: Path, *, port: int, portal_port: int, password: str) -> Setup:
    """Agree on port, secret and addresses and write them down, for the owner's eyes only."""
    before = known(home)
    made = Setup(
        port=port,
        client_id=CLIENT,
        secret=before.secret if before else secrets.token_urlsafe(32),
        password=password,
        portals=tuple(f"http://{host}:{portal_port}" for host in ("localhost", "127.0.0.1")),
    )
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = home / f".setup.{secrets.token_hex(4)}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(asdict(made), file)
    draft.replace(home / "setup.json")
    return made


def fill(home: Path, *, now: datetime) -> Setup | None:
    """Make the people and the portal's registration in the provider's database; None without a setup."""
    setup = known(home)
    if setup is None:
        return None
    for account in (*ACCOUNTS, NEWCOMER):
        if account.username in PROVIDER_LEVELS and account_by_username(account.username) is None:
            _person_with_account(account, setup.password, now)
    _register(setup)
    return setup


def _person_with_account(account: Account, password: str, now: datetime) -> None:
    someone = account.person
    if someone is None:
        return
    person = create_person(
        full_name=someone.full_name,
        personal_number=someone.number,
        birth_on=someone.birth_on,
        sex=someone.sex,
        phone=someone.phone,
        fictional=True,
        actor=SYSTEM,
        now=now,
    )
    create_account(
        username=account.username,
        password=hash_password(password),
        hashed=True,
        display_name=account.name,
        person_id=person,
        actor=SYSTEM,
        now=now,
    )


def _register(setup: Setup) -> None:
    from allauth.idp.oidc.models import Client  # there in the provider's process only

    client = Client.objects.filter(pk=setup.client_id).first() or Client(pk=setup.client_id)
    client.name = "Motcua"
    client.type = Client.Type.CONFIDENTIAL
    if client._state.adding or not client.check_secret(setup.secret):
        client.set_secret(setup.secret)
    client.set_scopes(["openid", "profile"])
    client.set_redirect_uris([f"{portal}/tai-khoan/provider/callback/" for portal in setup.portals])
    client.save()
