"""How ``motcua run`` starts the demo's identity provider beside the portal."""

import socket
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from motcua.cli.processes import Child

OFFSET = 1000  # the provider's usual port is the portal's and this


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the provider will be, and what the portal is told of it."""

    home: Path
    port: int
    environ: Mapping[str, str]

    @property
    def words(self) -> str:
        """What is printed of it."""
        return (
            f"Demo identity provider: http://localhost:{self.port}, for citizen, citizen2, helper\n"
            "and newcomer (known only there), with the same password."
        )


def plan(host: str, port: int) -> Plan | None:
    """Choose its port and agree on the portal's secret; None when a real provider is configured."""
    from django.conf import settings

    from motcua.demo import provider

    if settings.OIDC_ISSUER:
        return None
    home = Path(settings.HOME) / "idp"
    before = provider.known(home)
    usual = port + OFFSET if port + OFFSET < 65536 else port - OFFSET
    chosen = _free(host, before.port if before else usual)
    agreed = provider.prepare(home, port=chosen, portal_port=port, password=before.password if before else "")
    environ = {
        "MOTCUA_OIDC_ISSUER": agreed.issuer,
        "MOTCUA_OIDC_CLIENT_ID": agreed.client_id,
        "MOTCUA_OIDC_CLIENT_SECRET": agreed.secret,
        "MOTCUA_OIDC_NAME": provider.NAME,
    }
    return Plan(home, chosen, environ)


def child(chosen: Plan, host: str, port: int, environ: Mapping[str, str]) -> Child:
    """The process, told the password of the demo that stands now; its home is its own."""
    from motcua.demo import provider, queries

    found = queries.accounts()
    provider.prepare(
        chosen.home, port=chosen.port, portal_port=port, password=found.password if found else ""
    )
    own = {name: value for name, value in environ.items() if name not in _PORTALS}
    own |= {"MOTCUA_HOME": str(chosen.home), "MOTCUA_PORT": str(chosen.port)}
    return Child("identity provider", ("provider", "--host", host), own, log=chosen.home / "provider.log")


_PORTALS = {
    "DATABASE_URL",
    "DJANGO_SETTINGS_MODULE",
    "MOTCUA_PUBLIC_URL",
    *(f"MOTCUA_KEY_{name}" for name in ("SESSION", "PERSONAL", "INDEX", "SEAL")),
}


def _free(host: str, wanted: int) -> int:
    """``wanted`` if nobody serves on it, else some free port."""
    for port in (wanted, 0):
        with closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
                return int(probe.getsockname()[1])
            except OSError:
                continue
    raise OSError("no port is free")
