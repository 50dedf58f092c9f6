"""Calling a system that listens: one POST, no redirect, and never an address inside our own network."""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

from motcua.core.tracing import span

TIMEOUT = 10.0  # seconds for each word of the other side


class HookUnreached(Exception):
    """The other side did not answer, or may not be called."""


class Caller:
    """Sends news. ``inside``: private addresses may be called too (an operator's own network)."""

    def __init__(self, *, inside: bool, timeout: float = TIMEOUT) -> None:
        self._inside, self._timeout = inside, timeout

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """The status of the answer; raises ``HookUnreached``. The name is resolved once, and that
        address is called, so that a name cannot lead elsewhere between check and call."""
        parts = urlsplit(url)
        host, secure = parts.hostname or "", parts.scheme == "https"
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection = http.client.HTTPConnection(host, parts.port or (443 if secure else 80))
        try:
            address = self._address(host, connection.port)
            plain = socket.create_connection((address, connection.port), self._timeout)
            connection.sock = (
                ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
            )
            with span("call listener", **{"server.address": host}):
                connection.request("POST", path, body, {"Host": parts.netloc, **headers})
                return connection.getresponse().status
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise HookUnreached(f"{type(error).__name__}: {error}"[:200]) from error
        finally:
            connection.close()

    def _address(self, host: str, port: int) -> str:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        allowed = [a for a in found if self._inside or ipaddress.ip_address(a).is_global]
        if not allowed:
            raise HookUnreached(f"{host} leads inside a private network")
        return allowed[0]
