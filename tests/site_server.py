"""A loopback web site for tests: pages by path, and a list of what was asked for."""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

PROSE = (
    "The harbour wall was never handsome, and nobody in the town had ever claimed that it was. "
    "It was built in a hurry after the flood, raised twice, and patched each spring by whoever "
    "owed the council a favour, until the year in which the engineers opened it instead. "
)


@dataclass(frozen=True)
class Reply:
    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


Answer = Reply | Callable[[], Reply]


class Held:
    """A page that waits after it was asked for, until it is set free."""

    def __init__(self, reply: Reply) -> None:
        self._reply = reply
        self.asked = threading.Event()
        self._free = threading.Event()

    def __call__(self) -> Reply:
        self.asked.set()
        self._free.wait(60)
        return self._reply

    def wait_until_asked(self) -> None:
        assert self.asked.wait(60)

    def set_free(self) -> None:
        self._free.set()


def article(
    title: str, words: str = "", *, head: str = "", paragraphs: int = 6, after: str = ""
) -> Reply:
    """A page with an ordinary article; `words` make its text its own."""
    body = "".join(f"<p>{words} Part {i}. {PROSE}</p>" for i in range(paragraphs))
    return Reply(
        f"<!doctype html><html lang=en><head><title>{title}</title>{head}</head><body>"
        f"<nav><a href=/>Home</a></nav><article><h1>{title}</h1>{body}{after}</article>"
        "<footer>All rights kept</footer></body></html>".encode()
    )


def png(
    colour: tuple[int, int, int] = (120, 150, 180), width: int = 320, height: int = 200
) -> bytes:
    """A plain PNG of one colour."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    row = b"\0" + bytes(colour) * width
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(row * height))
        + chunk(b"IEND", b"")
    )


class Site:
    """Serves `pages` on 127.0.0.1 until the block ends; `asked` are the paths in order.

    An icon that is not among them is not there, and was not asked for.
    """

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.default: Answer = Reply(b"not here", 404)
        self.asked: list[str] = []
        self.agents: list[str] = []
        self.most_at_once = 0
        self._open = 0
        self._lock = threading.Lock()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/favicon.ico" and self.path not in site.pages:
                    self._send(Reply(b"not here", 404))
                    return
                with site._lock:
                    site.asked.append(self.path)
                    site.agents.append(self.headers.get("User-Agent", ""))
                    site._open += 1
                    site.most_at_once = max(site.most_at_once, site._open)
                try:
                    found = site.pages.get(self.path, site.default)
                    self._send(found if isinstance(found, Reply) else found())
                finally:
                    with site._lock:
                        site._open -= 1

            def _send(self, reply: Reply) -> None:
                try:
                    self.send_response(reply.status)
                    self.send_header("Content-Type", reply.content_type)
                    self.send_header("Content-Length", str(len(reply.body)))
                    for name, value in reply.headers.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(reply.body)
                except (BrokenPipeError, ConnectionResetError):
                    return  # the client has let go

            def log_message(self, *_: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def url(self, path: str) -> str:
        return self.base + path

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __exit__(self, *_: object) -> None:
        if self._thread.is_alive():
            self.stop()
