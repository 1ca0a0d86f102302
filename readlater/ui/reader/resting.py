"""Tells when a window has been out of sight for long, and when it is back."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

LONG_MS: Final = 10 * 60 * 1000
_KINDS: Final = frozenset({QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.WindowStateChange})


class Resting(QObject):
    """Watches one window: hidden or minimised for `long_ms`, `long_away` comes, then `back`."""

    long_away = Signal()
    back = Signal()

    def __init__(self, window: QWidget, *, long_ms: int = LONG_MS) -> None:
        super().__init__(window)
        self._window = window
        self._is_away = False
        self._timer = QTimer(self, interval=long_ms, singleShot=True)
        self._timer.timeout.connect(self._on_long)
        window.installEventFilter(self)

    def _on_long(self) -> None:
        self._is_away = True
        self.long_away.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() in _KINDS:
            if event.type() == QEvent.Type.Hide or self._window.isMinimized():
                self._timer.start()
            else:
                self._timer.stop()
                if self._is_away:
                    self._is_away = False
                    self.back.emit()
        return False
