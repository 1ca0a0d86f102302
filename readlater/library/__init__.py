"""The facade: one small service per kind of deed over the same store."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from readlater.library.caring import Caring
from readlater.library.core import Core, Done, Listener
from readlater.library.fetching import Extractor, Fetcher, Fetching
from readlater.library.reading import Page, Reading
from readlater.library.saving import Outcome, Saved, Saving
from readlater.library.searching import Hit, Searching
from readlater.library.tidying import Tidying
from readlater.settings import Settings

__all__ = ["Done", "Hit", "Library", "Outcome", "Page", "Saved", "open_library"]


class _Closing(Protocol):
    def close(self) -> None: ...


class Library:
    """Wires the services together; every method of them may be called from any thread."""

    def __init__(
        self, core: Core, net: Fetcher, worker: Extractor, closing: tuple[_Closing, ...]
    ) -> None:
        self._core = core
        self._closing = closing
        self.folder = core.folder
        self.settings = core.settings
        self.fetching = Fetching(core, net, worker)
        self.saving = Saving(core, self.fetching.stop)
        self.reading = Reading(core)
        self.tidying = Tidying(core)
        self.searching = Searching(core)
        self.caring = Caring(core, worker)

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
) -> Library:
    """Open the library in `folder`, made where there is none.

    `net` and `worker` are made here unless given. Raises LibraryError: `folder_not_writable`,
    `not_a_library`, `library_damaged`, `library_too_new`, `library_busy`.
    """
    settings = settings or Settings()
    core = Core(folder, settings, clock) if clock else Core(folder, settings)
    with contextlib.ExitStack() as undo:
        undo.callback(core.close)
        ours: list[_Closing] = []
        if worker is None:
            from readlater.worker import Worker

            worker = own_worker = Worker()
            ours.append(own_worker)
        if net is None:
            from readlater.net import Net

            net = own_net = Net(settings)
            ours.append(own_net)
        library = Library(core, net, worker, tuple(ours))
        undo.pop_all()
    return library
