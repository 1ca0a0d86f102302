"""Work off the queue from the terminal until given rows, or all, are done."""

from __future__ import annotations

import threading
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor, wait

from readlater.article import Article, Changes, Progress, Status
from readlater.cli.output import ProgressLine, complain, json_line, line, say
from readlater.library import Library

THREADS = 4
# A row that is put off for longer stays queued, and the terminal says so.
PATIENCE_S = 120.0
# How often rows that another process fetches are looked at.
LOOK_S = 0.1
# Every so many looks all rows are looked at; in between those that changed in this process.
ALL_EVERY = 10


class Work:
    """The rows that are waited for; `only` None is everything that is queued."""

    def __init__(self, library: Library, only: Collection[int] | None, *, as_json: bool) -> None:
        self._library = library
        self._only = None if only is None else set(only)
        self._as_json = as_json
        self._failed = False
        self._stop = threading.Event()
        self._line = ProgressLine(on=not as_json)
        self._lock = threading.Lock()
        self._pending: set[int] = set(library.fetching.queued() if only is None else only)
        self._total = len(self._pending)
        self._changed: set[int] = set()
        self._looks = 0

    def run(self) -> bool:
        """Fetch until all is done; whether all came. Ctrl+C gives the rest back to the queue."""
        unsubscribe = self._library.subscribe(self._on_event)
        with ThreadPoolExecutor(THREADS, "fetch") as pool:
            threads = [pool.submit(self._fetch) for _ in range(THREADS)]
            try:
                while not self._look():
                    done, _ = wait(threads, timeout=LOOK_S)
                    for thread in done:
                        thread.result()  # a bug in a thread is a bug here
            finally:
                self._stop.set()
                self._line.clear()
                unsubscribe()
        return not self._failed

    def _on_event(self, event: Changes | Progress) -> None:
        if isinstance(event, Changes):
            with self._lock:
                self._changed |= event.ids

    def _fetch(self) -> None:
        while not self._stop.is_set():
            with self._lock:
                only = None if self._only is None else frozenset(self._pending)
            if not self._library.fetching.step(self._stop, only=only):
                self._stop.wait(LOOK_S)

    def _look(self) -> bool:
        """Report what is done since the last look; whether nothing is left to wait for."""
        look_at_all = self._looks % ALL_EVERY == 0
        self._looks += 1
        if self._only is None and look_at_all:
            new = set(self._library.fetching.queued()) - self._pending
            self._pending |= new
            self._total += len(new)
        with self._lock:
            wanted = self._pending if look_at_all else self._pending & self._changed
            wanted, self._changed = set(wanted), set()
        for article in self._library.reading.articles(sorted(wanted)):
            self._report(*article)
        done = self._total - len(self._pending)
        self._line.show(f"{done} of {self._total} done")
        return not self._pending

    def _report(self, wanted: int, article: Article | None) -> None:
        if article is not None and article.status is Status.QUEUED:
            if self._library.fetching.wait_s(article) <= PATIENCE_S and not _waits_outside(article):
                return
            if article.problem is not None:
                complain(article.url, article.problem)
            self._failed = True
        elif article is not None and article.problem is not None:
            self._line.clear()
            complain(article.url or article.title, article.problem)
            self._failed = True
        with self._lock:
            self._pending.discard(wanted)
        if article is not None:
            self._line.clear()
            say(json_line(article) if self._as_json else line(article))


def _waits_outside(article: Article) -> bool:
    """Whether a row waits for something that no waiting here brings about."""
    codes = ("offline", "disk_full", "library_busy")
    return article.problem is not None and article.problem.code in codes
