"""The clock of one request: its deadline and its cancelling cut the sockets it holds."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from types import TracebackType

from readlater.errors import FetchError

_TICK_S = 0.05


class Watch:
    """Runs from `with` to its end, over look-up, connections, redirects and the whole body.

    A time-out of a read alone starts anew with every byte of a slow server, so a thread shuts the
    sockets down at the deadline or when `cancelled` (called on that thread) says so; whoever reads
    them then asks `check`. `time.monotonic` stands still while a Linux or macOS machine sleeps, so
    a deadline goes on after waking; where it does not, the request ends as passing and is tried
    again.
    """

    def __init__(self, deadline_s: float, cancelled: Callable[[], bool]) -> None:
        self._end = time.monotonic() + deadline_s
        self._cancelled = cancelled
        self._stopped_by = ""
        self._held: list[socket.socket] = []
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="net-watch", daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        self._thread.join()
        for sock in self._held:
            sock.close()

    @property
    def remaining_s(self) -> float:
        """Seconds to the deadline, never below a hundredth (0 would mean not to wait at all)."""
        return max(0.01, self._end - time.monotonic())

    def check(self, host: str) -> None:
        """Raises FetchError `cancelled` or `timeout` (passing) when this request is over."""
        self._look()
        if self._stopped_by == "cancelled":
            raise FetchError("cancelled")
        if self._stopped_by:
            raise FetchError("timeout", passing=True, host=host)

    def hold(self, sock: socket.socket) -> None:
        """Cut `sock` when the time comes. A duplicate is kept: TLS takes the original over."""
        with self._lock:
            self._held.append(sock.dup())

    def wait(self, ready: Callable[[float], bool], host: str) -> None:
        """Call `ready` (it waits up to the given seconds) until it is true; raises as `check`."""
        while True:
            self.check(host)
            if ready(min(_TICK_S, self.remaining_s)):
                return

    def _look(self) -> None:
        if not self._stopped_by:
            if self._cancelled():
                self._stopped_by = "cancelled"
            elif time.monotonic() >= self._end:
                self._stopped_by = "timeout"

    def _run(self) -> None:
        while not self._done.wait(_TICK_S):
            self._look()
            if self._stopped_by:
                with self._lock:
                    for sock in self._held:
                        with contextlib.suppress(OSError):
                            sock.shutdown(socket.SHUT_RDWR)


class Turns:
    """At most `per_host` requests at one time to one host."""

    def __init__(self, per_host: int) -> None:
        self._per_host = per_host
        self._running: dict[str, int] = {}
        self._freed = threading.Condition()

    @contextlib.contextmanager
    def turn(self, host: str, watch: Watch) -> Iterator[None]:
        """Wait for a turn at `host` and hold it; raises as `Watch.check`."""
        watch.wait(lambda wait_s: self._take(host, wait_s), host)
        try:
            yield
        finally:
            with self._freed:
                self._running[host] -= 1
                if not self._running[host]:
                    del self._running[host]
                self._freed.notify_all()

    def _take(self, host: str, wait_s: float) -> bool:
        with self._freed:
            free = self._freed.wait_for(lambda: self._running.get(host, 0) < self._per_host, wait_s)
            if free:
                self._running[host] = self._running.get(host, 0) + 1
            return free
