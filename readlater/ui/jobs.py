"""The only module that starts threads for the window: work out there, answers on its thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from readlater.errors import ReadLaterError
from readlater.library import Library

log = logging.getLogger(__name__)
T = TypeVar("T")

FETCH_THREADS = 4
# The longest sleep of an idle fetch thread; anything new wakes it at once.
LONGEST_SLEEP_S = 60.0
# How soon a due row whose host is busy is looked at again, should no finished row wake us.
BUSY_HOST_S = 1.0


class Jobs(QObject):
    """Runs work on one thread, in order; what it answers comes back on the window's thread.

    What needs no library, and long, has a thread of its own: `aside`.
    """

    problem = Signal(object)
    """A ReadLaterError that the caller of `run` did not handle."""
    crashed = Signal(object)
    """An exception that nobody expected: a bug."""
    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = ThreadPoolExecutor(1, "library")
        self._aside = ThreadPoolExecutor(1, "aside")  # its thread begins with its first work
        self._newest: dict[str, int] = {}
        self._is_closed = False
        self._answered.connect(self._on_answered)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[ReadLaterError], None] | None = None,
    ) -> None:
        """Do `work` after all earlier work; then `done` or `failed` on the window's thread."""
        self._lane.submit(self._do, work, done, failed)

    def aside(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[ReadLaterError], None] | None = None,
    ) -> None:
        """As `run`, for long work without the library, such as pictures: the library goes on."""
        self._aside.submit(self._do, work, done, failed)

    def latest(
        self,
        key: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[ReadLaterError], None] | None = None,
    ) -> None:
        """As `run`, but only the newest call of a key is done and answered."""
        number = self._newest[key] = self._newest.get(key, 0) + 1

        def is_newest() -> bool:
            return self._newest[key] == number

        def only_newest(answer: T) -> None:
            if is_newest():
                done(answer)

        def only_newest_failed(error: ReadLaterError) -> None:
            if is_newest():
                (failed or self.problem.emit)(error)

        def run() -> None:
            if is_newest():
                self._do(work, only_newest, only_newest_failed)

        self._lane.submit(run)

    def close(self) -> None:
        """Finish what was asked for, and end the threads; nobody hears of it any more."""
        self._is_closed = True
        self._aside.shutdown(wait=True)
        self._lane.shutdown(wait=True)

    def _do(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None,
        failed: Callable[[ReadLaterError], None] | None,
    ) -> None:
        try:
            answer = work()
        except ReadLaterError as error:
            tell, problem = failed or self.problem.emit, error
            self._answered.emit(lambda: tell(problem))
        except Exception as error:  # noqa: BLE001  # one of the two doors: a bug is shown
            bug = error
            self._answered.emit(lambda: self.crashed.emit(bug))
        else:
            if done is not None:
                tell_done = done
                self._answered.emit(lambda: tell_done(answer))

    def _on_answered(self, call: Callable[[], None]) -> None:
        if not self._is_closed:
            call()


class FetchLane(QObject):
    """Threads that work off the queue while the window is open."""

    crashed = Signal(object)

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._stop = threading.Event()
        self._news = threading.Condition()
        self._count = 0
        self._threads = ThreadPoolExecutor(FETCH_THREADS, "fetch")

    def start(self) -> None:
        """Go on with whatever is queued."""
        for _ in range(FETCH_THREADS):
            self._threads.submit(self._loop)

    def wake(self) -> None:
        """Something was queued, or came due."""
        with self._news:
            self._count += 1
            self._news.notify_all()

    def close(self) -> None:
        """Let go of what is under way; it is queued still."""
        self._stop.set()
        self.wake()
        self._threads.shutdown(wait=True)

    def _loop(self) -> None:
        try:
            while not self._stop.is_set():
                seen = self._count
                if self._library.fetching.step(self._stop):
                    self.wake()
                else:
                    self._sleep(seen)
        except ReadLaterError as error:
            # The library itself cannot be used: each further step would say the same.
            log.exception("fetching stopped")
            self.crashed.emit(error)
        except Exception as error:  # noqa: BLE001  # one of the two doors: a bug is shown
            self.crashed.emit(error)

    def _sleep(self, seen: int) -> None:
        due_s = self._library.fetching.due_in_s()
        limit_s = LONGEST_SLEEP_S if due_s is None else max(BUSY_HOST_S, due_s)
        with self._news:
            self._news.wait_for(
                lambda: self._count != seen or self._stop.is_set(), min(limit_s, LONGEST_SLEEP_S)
            )
