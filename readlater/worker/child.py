"""The process that meets hostile pages: it answers frames, and has no library and no network."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, BinaryIO

from readlater.article import Extracted, Response
from readlater.pipeline.parts import Outlook
from readlater.worker import wire

# What the client tells apart: a bug ends Python with 1.
EXIT_MEMORY = 77
Frame = tuple[dict[str, Any], bytes]
Answer = Callable[[dict[str, Any], bytes], tuple[dict[str, object], bytes]]
_REFUSED = (
    "socket.bind socket.connect socket.getaddrinfo socket.gethostbyaddr socket.gethostbyname "
    "socket.sendmsg socket.sendto os.exec os.fork os.forkpty os.posix_spawn os.startfile os.system "
    "os.spawn subprocess.Popen os.chmod os.chown os.link os.mkdir os.remove os.rename os.rmdir "
    "os.symlink os.truncate os.utime shutil.rmtree sqlite3.connect winreg.SetValue"
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def serve(stdin: BinaryIO, stdout: BinaryIO, answer: Answer | None = None) -> int:
    """Answer frames (with `answer`, else as the client expects) until `stdin` ends; exit status.

    Both streams need a file descriptor; they are taken over, so that whatever prints writes to
    standard error. The process ends at once when its parent is gone.
    """
    frames_in = os.fdopen(os.dup(stdin.fileno()), "rb")
    frames_out = os.fdopen(os.dup(stdout.fileno()), "wb")
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123  a device, not a file of ours
        os.dup2(nothing.fileno(), stdin.fileno())
    os.dup2(sys.stderr.fileno(), stdout.fileno())
    sys.stdout = sys.stderr
    limits = wire.receive(frames_in)
    if limits is None:
        return 0
    _limit_memory(int(limits[0]["memory_bytes"]))
    _warm_up()
    _lock()
    wire.send(frames_out, {"ready": True})
    frames: SimpleQueue[Frame] = SimpleQueue()
    threading.Thread(target=_listen, args=(frames_in, frames), daemon=True).start()
    return _answer_all(frames, frames_out, answer or _answer, float(limits[0]["timeout_s"]))


def _answer_all(
    frames: SimpleQueue[Frame], frames_out: BinaryIO, answer: Answer, timeout_s: float
) -> int:
    while True:
        header, body = frames.get()
        _set_alarm(timeout_s * 2)
        try:
            wire.send(frames_out, *answer(header, body))
        except MemoryError:
            os._exit(EXIT_MEMORY)
        except BrokenPipeError:
            return 0
        _set_alarm(0)


def _listen(frames_in: BinaryIO, frames: SimpleQueue[Frame]) -> None:
    """In a thread of its own, to notice the parent's end in the middle of a page."""
    try:
        while (frame := wire.receive(frames_in)) is not None:
            frames.put(frame)
    finally:
        os._exit(0)


def _answer(header: dict[str, Any], body: bytes) -> tuple[dict[str, object], bytes]:
    if header["do"] == "thumbnail":
        from readlater.pipeline import thumbnail

        made = thumbnail.make(body, int(header["size_px"]))
        return {"made": made is not None}, made or b""
    if header["do"] == "icon":
        from readlater.pipeline import thumbnail

        made = thumbnail.icon(body, int(header["size_px"]))
        return {"made": made is not None}, made or b""
    if header["do"] == "join":
        from readlater.pipeline import joining

        parts = [wire.decode(Extracted, part) for part in json.loads(body)]
        return {"extracted": wire.encode(joining.join(parts, int(header["of"])))}, b""
    if header["do"] == "raw":
        return _raw(header, body)
    name = "outlook" if header["do"] == "look" else "extracted"
    return {name: wire.encode(_of_page(header, body))}, b""


def _raw(header: dict[str, Any], body: bytes) -> tuple[dict[str, object], bytes]:
    from readlater.pipeline.raw import Beside, page

    response = wire.decode(Response, header["response"], body=body)
    beside = wire.decode(Beside, header["beside"])
    made = page.as_came(response.body, response.url, response.content_type or None, beside)
    return {"raw": wire.encode(made, without="html")}, made.html.encode("utf-8", "replace")


def _of_page(header: dict[str, Any], body: bytes) -> Extracted | Outlook:
    from readlater.pipeline import extract_page, parts

    response = wire.decode(Response, header["response"], body=body)
    if header["do"] == "look":
        return parts.look(
            body, response.url, response.content_type or None, whole=bool(header["whole"])
        )
    return extract_page(
        response.body,
        response.url,
        response.content_type or None,
        status=response.status,
        headers=response.headers,
        keep=frozenset(header.get("keep", ())),
    )


def _set_alarm(seconds: float) -> None:
    """End this process by itself if its parent cannot: without a handler, SIGALRM kills."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(size_bytes: int) -> None:
    """Address space, where the system knows such a limit; macOS ignores it, Windows has none."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size_bytes, size_bytes))


def _warm_up() -> None:
    """Import what would want more than reading later, and what a first page would wait for."""
    import lxml.html
    import nh3  # noqa: F401

    del lxml


def _lock() -> None:
    """Refuse sockets, processes and writing to Python code; nothing takes the hook away again."""
    sys.dont_write_bytecode = True
    refused = frozenset(_REFUSED.split())

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event in refused:
            raise PermissionError(event)
        if event == "open" and args[0] != os.devnull and _writes(args[1], args[2]):
            raise PermissionError(event)

    sys.addaudithook(hook)


def _writes(mode: str | None, flags: int) -> bool:
    return bool(flags & _WRITING) or any(letter in (mode or "") for letter in "wax+")
