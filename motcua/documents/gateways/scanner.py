"""ClamAV's daemon, asked over its socket."""

import io
from urllib.parse import urlsplit

TIMEOUT = 30  # seconds for one answer


class ScannerAbsent(Exception):
    """The scanner does not answer, or answers that it cannot scan: nothing is known of the file."""


class Scanner:
    """``tcp://host:port`` or ``unix:///path/of/the/socket`` of a running clamd."""

    def __init__(self, url: str, timeout: int = TIMEOUT) -> None:
        from clamav_client.clamd import ClamdNetworkSocket, ClamdUnixSocket

        parts = urlsplit(url)
        self._clamd = (
            ClamdUnixSocket(parts.path, timeout)
            if parts.scheme == "unix"
            else ClamdNetworkSocket(parts.hostname or "127.0.0.1", parts.port or 3310, timeout)
        )

    def harmful(self, content: bytes) -> str:
        """The name of what was found, or "" for a clean file; raises ``ScannerAbsent``."""
        from clamav_client.clamd import ClamdError

        try:
            answer = self._clamd.instream(io.BytesIO(content))
        except (ClamdError, OSError, ValueError) as error:
            raise ScannerAbsent(str(error)) from error
        status, found = answer.get("stream", ("ERROR", "no answer"))
        if status == "OK":
            return ""
        if status == "FOUND":
            return found or "?"
        raise ScannerAbsent(f"{status} {found}")

    def version(self) -> str:
        """The daemon's version and the day of its signatures; raises ``ScannerAbsent``."""
        from clamav_client.clamd import ClamdError

        try:
            return str(self._clamd.version())
        except (ClamdError, OSError) as error:
            self._clamd.clamd_socket.close()  # the client leaves it open when nobody answers
            raise ScannerAbsent(str(error)) from error
