"""A client that costs the machine little: a kept connection, requests as bytes, no library in between.

Client, server and database share the cores of a benchmark; what the client spends the server cannot.
"""

import gzip
import http.cookies
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its status, its head as bytes, its body unpacked."""

    status: int
    head: bytes
    content: bytes

    def header(self, name: str) -> str:
        """A header's first value, or nothing."""
        return next(iter(self.headers(name)), "")

    def headers(self, name: str) -> list[str]:
        """All values of a header."""
        mark = name.lower() + ":"
        lines = self.head.decode("latin-1").split("\r\n")
        return [line[len(mark) :].strip() for line in lines if line.lower().startswith(mark)]

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode()


class Light:
    """One kept connection and the cookies of one browser, for one thread.

    ``headers`` go with every request. Bodies come packed by gzip where the server likes, as for a browser.
    """

    def __init__(self, address: str, headers: Mapping[str, str] | None = None) -> None:
        parts = urlsplit(address)
        self._place = (str(parts.hostname), int(parts.port or 80))
        always = {"Host": parts.netloc, "Accept": "*/*", "Accept-Encoding": "gzip", **(headers or {})}
        self._always = "".join(f"{name}: {value}\r\n" for name, value in always.items())
        self._cookies: dict[str, str] = {}
        self._socket: socket.socket | None = None
        self.address = address

    def ready(self, method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
        """The bytes of a request, to be sent again and again; ``a_b`` in ``headers`` is ``a-b``."""
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        if self._cookies:
            lines += "Cookie: " + "; ".join(f"{k}={v}" for k, v in self._cookies.items()) + "\r\n"
        if method == "POST":
            lines += f"Content-Length: {len(body)}\r\n"
        return f"{method} {path} HTTP/1.1\r\n{self._always}{lines}\r\n".encode() + body

    def send(self, request: bytes) -> Answer:
        """Send bytes made by ``ready``; a connection that the server has closed is opened anew, once."""
        kept = self._socket is not None
        try:
            return self._exchange(request)
        except (ConnectionError, EOFError):
            self.close()
            if not kept:
                raise
            return self._exchange(request)

    def get(self, path: str) -> Answer:
        """Get a page."""
        return self._with_cookies(self.send(self.ready("GET", path)))

    def post_form(self, path: str, data: Mapping[str, str], **headers: str) -> Answer:
        """Send a form; redirects are not followed."""
        body = urlencode(data).encode()
        request = self.ready("POST", path, body, Content_Type="application/x-www-form-urlencoded", **headers)
        return self._with_cookies(self.send(request))

    def close(self) -> None:
        """End the connection."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _with_cookies(self, answer: Answer) -> Answer:
        for line in answer.headers("set-cookie"):
            for name, morsel in http.cookies.SimpleCookie(line).items():
                self._cookies[name] = morsel.value
        return answer

    def _exchange(self, request: bytes) -> Answer:
        if self._socket is None:
            self._socket = socket.create_connection(self._place, timeout=60)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        got = self._more(b"")
        while (end := got.find(b"\r\n\r\n")) < 0:
            got = self._more(got)
        head, got = got[:end], got[end + 4 :]
        low = head.lower()
        at = low.find(b"\r\ncontent-length:")
        if at < 0 and b"\r\ntransfer-encoding:" in low:
            raise ValueError("the light client reads no chunks")
        length = int(low[at + 17 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        while len(got) < length:
            got = self._more(got)
        content = gzip.decompress(got) if b"\r\ncontent-encoding: gzip" in low else got
        return Answer(int(head[9:12]), head, content)

    def _more(self, got: bytes) -> bytes:
        assert self._socket is not None
        piece = self._socket.recv(65536)
        if not piece:
            raise EOFError("the server closed the connection")
        return got + piece
