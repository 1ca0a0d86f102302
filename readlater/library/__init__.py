"""The facade: one small service per kind of deed over the same store."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, Protocol, TypeVar, cast

from readlater.library.caring import Caring
from readlater.library.comparing import Comparing, Unwrapper
from readlater.library.core import Core, Done, Listener
from readlater.library.correcting import Correcting
from readlater.library.fetching import Extractor as FetchExtractor
from readlater.library.fetching import Fetcher, Fetching
from readlater.library.highlighting import Highlighting
from readlater.library.reading import Page, Reading
from readlater.library.remaking import Remaking
from readlater.library.saving import Outcome, Saved, Saving
from readlater.library.searching import Hit, Searching
from readlater.library.tidying import Tidying
from readlater.settings import Settings

__all__ = ["Done", "Hit", "Library", "Outcome", "Page", "Saved", "open_library"]


T = TypeVar("T")


class Extractor(FetchExtractor, Unwrapper, Protocol):
    """All that is asked of the extraction process: `readlater.worker.Worker`."""


class _Closing(Protocol):
    def close(self) -> None: ...


class _Late(Generic[T]):
    """A part that is made when it is first wanted: requests alone costs more than the window."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: T | None = None

    def __call__(self) -> T:
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made

    def close(self) -> None:
        if self._made is not None:
            cast("_Closing", self._made).close()


class Library:
    """Wires the services together; every method of them may be called from any thread."""

    def __init__(
        self,
        core: Core,
        net: Callable[[], Fetcher],
        worker: Callable[[], Extractor],
        closing: tuple[_Closing, ...],
    ) -> None:
        self._core = core
        self._closing = closing
        self.folder = core.folder
        self.settings = core.settings
        self.fetching = Fetching(core, net, worker)
        self.saving = Saving(core, self.fetching.stop)
        self.reading = Reading(core)
        self.highlighting = Highlighting(core)
        self.searching = Searching(core)
        self.comparing = Comparing(core, worker)
        self.caring = Caring(core, worker)
        self.correcting = Correcting(core, worker)
        self.remaking = Remaking(core, worker)
        self.tidying = Tidying(core, self.remaking.refresh)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Hear of every change and of rows on their way; returns the way out.

        The listener is called on the thread of the deed.
        """
        return self._core.subscribe(listener)

    def poll(self) -> None:
        """Notice what other processes have changed."""
        self._core.poll()

    def close(self) -> None:
        """Let go of what is under way, and close; what is queued goes on at the next start."""
        self.fetching.close()
        for part in self._closing:
            part.close()
        self._core.close()


def open_library(
    folder: Path,
    settings: Settings | None = None,
    *,
    net: Fetcher | None = None,
    worker: Extractor | None = None,
    clock: Callable[[], float] | None = None,
    extractors: int = 1,
) -> Library:
    """Open the library in `folder`, made where there is none.

    `net` and `worker` are made here unless given, the latter with `extractors` processes. Raises
    LibraryError: `folder_not_writable`, `not_a_library`, `library_damaged`, `library_too_new`,
    `library_busy`.
    """
    settings = settings or Settings()
    core = Core(folder, settings, clock) if clock else Core(folder, settings)
    late_net, late_worker = (
        _Late(lambda: _new_net(settings)),
        _Late(lambda: _new_worker(extractors)),
    )
    return Library(
        core,
        late_net if net is None else lambda: net,
        late_worker if worker is None else lambda: worker,
        (late_worker, late_net),
    )


def _new_net(settings: Settings) -> Fetcher:
    from readlater.net import Net

    return Net(settings)


def _new_worker(size: int) -> Extractor:
    from readlater.worker import Worker

    return Worker(size=size)
