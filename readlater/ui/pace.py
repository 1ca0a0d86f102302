"""A call that comes at once when it has rested, and then only every so often."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Pace(QObject):
    """`call` at most once every `every_ms`; what is wanted meanwhile is one call at the end."""

    def __init__(self, every_ms: int, call: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._call, self._wanted = call, False
        self._rest = QTimer(self, interval=every_ms, singleShot=True)
        self._rest.timeout.connect(self._on_rested)

    def want(self) -> None:
        """Call now, or as soon as the rest after the last call is over."""
        self._wanted = True
        if not self._rest.isActive():
            self._on_rested()

    def stop(self) -> None:
        """Forget what is wanted."""
        self._wanted = False
        self._rest.stop()

    def _on_rested(self) -> None:
        if self._wanted:
            self._wanted = False
            self._rest.start()
            self._call()
