"""The extraction process seen from the core: started when needed, killed when it must be."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from queue import LifoQueue
from typing import IO, Any, BinaryIO, TypeVar, cast

import readlater
from readlater.article import Extracted, Response
from readlater.errors import ExtractionError
from readlater.pipeline.parts import Outlook
from readlater.pipeline.raw import AsCame, Beside
from readlater.worker import wire

T = TypeVar("T")
_log = logging.getLogger(__name__)
COMMAND = (sys.executable, "-m", "readlater", "--worker")
_WATCH_S = 0.1
_QUIT_S = 2.0
# Starting Python on a busy or slow machine is no page's fault.
_START_S = 60.0


class Worker:
    """`size` processes that turn pages into articles; every method may be called from any thread.

    `timeout_s` bounds one page. `memory_bytes` bounds a process: on Linux as address space (in the
    process) and resident memory (from here), elsewhere not at all. After `idle_s` without work a
    process is let go; the next page starts one.
    """

    def __init__(
        self,
        command: Sequence[str] = COMMAND,
        *,
        timeout_s: float = 30,
        memory_bytes: int = 1536 << 20,
        idle_s: float = 60,
        size: int = 1,
    ) -> None:
        self._children = [_Child(command, timeout_s, memory_bytes, idle_s) for _ in range(size)]
        self._free: LifoQueue[_Child] = LifoQueue()
        for child in self._children:
            self._free.put(child)

    def extract(self, response: Response, keep: frozenset[str] = frozenset()) -> Extracted:
        """The article of a page; blocks with a fingerprint in `keep` stay in its text.

        ExtractionError: worker_timeout, worker_died (its memory, or a crash), extraction_failed
        (a bug), cancelled (closed meanwhile). The next page is not touched by it.
        """
        header = wire.encode(response, without="body")
        request = {"do": "extract", "response": header, "keep": sorted(keep)}
        answer, _ = self._ask(request, response.body)
        return _decoded(Extracted, answer.get("extracted"))

    def look(self, response: Response, *, whole: bool = False) -> Outlook:
        """What a page says of the other pages of its article. Raises as `extract` does."""
        header = wire.encode(response, without="body")
        answer, _ = self._ask({"do": "look", "response": header, "whole": whole}, response.body)
        return _decoded(Outlook, answer.get("outlook"))

    def as_came(self, response: Response, beside: Beside) -> AsCame:
        """The page itself, as far as its publisher showed it. Raises as `extract` does."""
        header = wire.encode(response, without="body")
        request = {"do": "raw", "response": header, "beside": wire.encode(beside)}
        answer, html = self._ask(request, response.body)
        return _decoded(AsCame, answer.get("raw"), html=html.decode("utf-8", "replace"))

    def join(self, parts: Sequence[Extracted], of: int = 0) -> Extracted:
        """One article of its pages; see `pipeline.joining`. Raises as `extract` does."""
        body = json.dumps([wire.encode(part) for part in parts]).encode()
        answer, _ = self._ask({"do": "join", "of": of}, body)
        return _decoded(Extracted, answer.get("extracted"))

    def thumbnail(self, picture: bytes, size_px: int = 144) -> bytes | None:
        """A square of `size_px` as JPEG or PNG; None where `picture` is no raster picture."""
        return self._picture("thumbnail", picture, size_px)

    def icon(self, picture: bytes, size_px: int = 64) -> bytes | None:
        """The icon of a site as a PNG of at most `size_px`; None where `picture` is none."""
        return self._picture("icon", picture, size_px)

    def _picture(self, do: str, picture: bytes, size_px: int) -> bytes | None:
        try:
            answer, made = self._ask({"do": do, "size_px": size_px}, picture)
        except ExtractionError as error:
            _log.debug("no %s: %s", do, error.code)
            return None
        return made if answer.get("made") else None

    def close(self) -> None:
        """End the processes at once; who waits for one gets `cancelled`. May be called twice."""
        for child in self._children:
            child.close()

    def _ask(self, header: Mapping[str, object], body: bytes) -> tuple[dict[str, Any], bytes]:
        child = self._free.get()
        try:
            return child.ask(header, body)
        finally:
            self._free.put(child)


def _decoded(kind: type[T], answer: object, **more: object) -> T:
    try:
        return wire.decode(kind, answer, **more)
    except (AttributeError, TypeError, ValueError, KeyError) as error:
        raise ExtractionError("extraction_failed") from error


class _Child:
    """One process and its pipes; `ask` is called by one thread at a time."""

    def __init__(
        self, command: Sequence[str], timeout_s: float, memory_bytes: int, idle_s: float
    ) -> None:
        self._command = tuple(command)
        self._timeout_s = timeout_s
        self._memory_bytes = memory_bytes
        self._idle_s = idle_s
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._idle: threading.Timer | None = None
        self._closed = threading.Event()

    def ask(self, header: Mapping[str, object], body: bytes) -> tuple[dict[str, Any], bytes]:
        with self._lock:
            self._stop_timer()
            answer = self._exchange(self._running(), header, body, self._timeout_s)
            self._start_timer()
            return answer

    def close(self) -> None:
        self._closed.set()
        process = self._process
        if process is not None:
            process.kill()
        with self._lock:
            self._stop_timer()
            if self._process is not None:
                self._discard(self._process)

    def _exchange(
        self,
        process: subprocess.Popen[bytes],
        header: Mapping[str, object],
        body: bytes,
        timeout_s: float,
    ) -> tuple[dict[str, Any], bytes]:
        watch = _Watch(process, timeout_s, self._memory_bytes)
        try:
            wire.send(cast(BinaryIO, process.stdin), header, body)
            answer = wire.receive(cast(BinaryIO, process.stdout))
        except (OSError, ValueError, wire.BrokenFrameError):
            answer = None
        reason = watch.stop()
        if answer is None or reason:
            raise self._failure(process, reason)
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._discard(self._process)
        if self._process is None:
            if self._closed.is_set():
                raise ExtractionError("cancelled")
            self._process = _start(self._command)
            if self._closed.is_set():  # close() came while it started, and could not see it
                self._discard(self._process)
                raise ExtractionError("cancelled")
            limits = {"memory_bytes": self._memory_bytes, "timeout_s": self._timeout_s}
            self._exchange(self._process, limits, b"", max(_START_S, self._timeout_s))
        return self._process

    def _failure(self, process: subprocess.Popen[bytes], reason: str) -> ExtractionError:
        """What ended the process: this side, a bug in it (Python's status 1), or its memory."""
        try:
            status = process.wait(_QUIT_S)
        except subprocess.TimeoutExpired:
            status = 1  # it wrote what is no frame
        self._discard(process)
        if self._closed.is_set():
            return ExtractionError("cancelled")
        if reason:
            return ExtractionError(reason)
        return ExtractionError("extraction_failed" if status == 1 else "worker_died")

    def _discard(self, process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            _close(pipe)
        self._process = None

    def _start_timer(self) -> None:
        self._idle = threading.Timer(self._idle_s, self._retire)
        self._idle.daemon = True
        self._idle.start()

    def _stop_timer(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None

    def _retire(self) -> None:
        """Let the idle process go; a page that came meanwhile keeps it."""
        if not self._lock.acquire(blocking=False):
            return
        try:
            if self._process is not None and self._idle is threading.current_thread():
                self._discard(self._process)
                self._idle = None
        finally:
            self._lock.release()


class _Watch:
    """Kills a process that takes too long or too much memory, while one request runs."""

    def __init__(
        self, process: subprocess.Popen[bytes], timeout_s: float, memory_bytes: int
    ) -> None:
        self._process = process
        self._end = time.monotonic() + timeout_s
        self._memory_bytes = memory_bytes
        self._done = threading.Event()
        self._reason = ""
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> str:
        """Why the process was killed, as the code of an error, or "" if it was not."""
        self._done.set()
        self._thread.join()
        return self._reason

    def _watch(self) -> None:
        while not self._done.wait(min(_WATCH_S, max(0.0, self._end - time.monotonic()))):
            if time.monotonic() >= self._end:
                self._reason = "worker_timeout"
            elif _resident_bytes(self._process.pid) > self._memory_bytes:
                self._reason = "worker_died"
            if self._reason:
                self._process.kill()
                return


def _resident_bytes(pid: int) -> int:
    """0 where the system has no /proc."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """In a session of its own, so that Ctrl+C in a terminal leaves the page to its end."""
    home = str(Path(readlater.__file__).resolve().parent.parent)
    path = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    flags |= getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    process = subprocess.Popen(  # noqa: S603  our own command
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,
        creationflags=flags,
    )
    threading.Thread(target=_listen, args=(process.stderr,), daemon=True).start()
    return process


def _listen(stderr: IO[bytes]) -> None:
    with stderr:
        for line in stderr:
            _log.debug("worker: %s", line.decode("utf-8", "replace").rstrip())


def _close(pipe: IO[bytes] | None) -> None:
    """What is still in the buffer has nobody to read it."""
    if pipe is not None:
        try:
            pipe.close()
        except OSError:
            _log.debug("worker pipe closed by the other side")
