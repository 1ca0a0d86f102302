"""A loopback server that answers with the raw bytes a test gives it, and remembers who asked."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Asked:
    """One request: its method, target and headers (names in lower case)."""

    method: str
    target: str
    headers: dict[str, str]


Answer = bytes | Iterable[bytes] | None


def page(
    body: bytes = b"<!doctype html><p>A page</p>", status: str = "200 OK", **headers: str
) -> bytes:
    """A whole response; underscores in the names of `headers` stand for dashes."""
    named = {"Content_Type": "text/html", "Content_Length": str(len(body)), **headers}
    lines = [f"HTTP/1.1 {status}"] + [f"{n.replace('_', '-')}: {v}" for n, v in named.items()]
    return "\r\n".join(lines).encode("latin-1") + b"\r\nConnection: close\r\n\r\n" + body


def moved(to: str, status: str = "302 Found", **headers: str) -> bytes:
    """A redirect."""
    return page(b"moved", status, Location=to, **headers)


@dataclass
class Web:
    """Give `answer` a request; it returns the bytes of the response, in pieces if need be."""

    answer: Callable[[Asked], Answer]
    certificate: ssl.SSLContext | None = None
    asked: list[Asked] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        scheme = "https" if self.certificate else "http"
        return f"{scheme}://{host}:{self.port}{path}"

    @property
    def place(self) -> str:
        """What the setting needs to let a test in."""
        return f"127.0.0.1:{self.port}"

    def _serve(self, sock: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            piece = sock.recv(65536)
            if not piece:
                return
            head += piece
        first, *lines = head.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ", 2)
        headers = {n.lower(): v.strip() for n, _, v in (line.partition(":") for line in lines)}
        asked = Asked(method, target, headers)
        self.asked.append(asked)
        answer = self.answer(asked)
        for piece in [answer] if isinstance(answer, bytes) else answer or ():
            sock.sendall(piece)

    @contextlib.contextmanager
    def running(self) -> Iterator[Web]:
        """Serve until the end of `with`; `released` is set then, for what waits in `answer`."""
        web = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with contextlib.suppress(OSError):  # the client hung up
                    sock = self.request
                    if web.certificate:
                        sock = web.certificate.wrap_socket(sock, server_side=True)
                    with sock:
                        web._serve(sock)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            block_on_close = False

        with Server(("127.0.0.1", 0), Handler) as server:
            self.port = server.server_address[1]
            thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
            thread.start()
            try:
                yield self
            finally:
                self.released.set()
                server.shutdown()
                thread.join()
