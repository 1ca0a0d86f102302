"""The library's changes as Qt signals on the window's thread, a flood of them as a few."""

from __future__ import annotations

import threading
from typing import Final

from PySide6.QtCore import QObject, Signal

from readlater.article import Changes, Progress
from readlater.library import Library
from readlater.ui.pace import Pace

# The first event after a rest is told at once, those of a flood together: each makes the list
# look into the library and paint.
TOLD_EVERY_MS: Final = 100


class Told:
    """Events of any thread put together: one `Changes`, and how far each row came last.

    Telling the changes first and each row's progress after them ends where telling every event
    in turn would: a change of a row undoes the progress that was told before it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._changes: Changes | None = None
        self._progress: dict[int, Progress] = {}

    def add(self, event: Changes | Progress) -> bool:
        """Put an event to the others; whether it is the first since `take`."""
        with self._lock:
            is_first = self._changes is None and not self._progress
            if isinstance(event, Progress):
                self._progress[event.id] = event
            else:
                self._changes = both(self._changes or Changes(), event)
                for article_id in event.ids & self._progress.keys():
                    del self._progress[article_id]
            return is_first

    def take(self) -> tuple[Changes | None, tuple[Progress, ...]]:
        """All of it, which is held no more."""
        with self._lock:
            taken = self._changes, tuple(self._progress.values())
            self._changes, self._progress = None, {}
            return taken


def both(one: Changes, other: Changes) -> Changes:
    """What two deeds changed."""
    return Changes(
        one.ids | other.ids,
        membership=one.membership or other.membership,
        tags=one.tags or other.tags,
    )


class Events(QObject):
    """One signal for all changes, one for rows on their way."""

    changed = Signal(object)
    """Changes"""
    progressed = Signal(object)
    """Progress"""
    _came = Signal()

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told = Told()
        self._pace = Pace(TOLD_EVERY_MS, self._tell, self)
        self._came.connect(self._pace.want)
        self._unsubscribe = library.subscribe(self._on_event)

    def flush(self) -> None:
        """Tell what is held now; only on the window's thread."""
        self._pace.stop()
        self._tell()

    def close(self) -> None:
        """Hear and tell nothing more."""
        self._unsubscribe()
        self._pace.stop()
        self._told.take()

    def _on_event(self, event: Changes | Progress) -> None:
        # Called on the deed's thread: a signal crosses over to the thread of its receiver.
        if self._told.add(event):
            self._came.emit()

    def _tell(self) -> None:
        changes, progress = self._told.take()
        if changes is not None:
            self.changed.emit(changes)
        for one in progress:
            self.progressed.emit(one)
