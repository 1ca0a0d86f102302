"""The library's changes as Qt signals on the window's thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from readlater.article import Changes, Progress
from readlater.library import Library


class Events(QObject):
    """One signal for all changes, one for rows on their way."""

    changed = Signal(object)
    """Changes"""
    progressed = Signal(object)
    """Progress"""

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unsubscribe = library.subscribe(self._on_event)

    def close(self) -> None:
        """Hear nothing more."""
        self._unsubscribe()

    def _on_event(self, event: Changes | Progress) -> None:
        # Called on the deed's thread: a signal crosses over to the thread of its receiver.
        if isinstance(event, Progress):
            self.progressed.emit(event)
        else:
            self.changed.emit(event)
