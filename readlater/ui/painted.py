"""Waits for a window's first paint, and then until nothing is to be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

_INPUT: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})


class AfterPaint(QObject):
    """Calls `then` once: when one of `widgets` has painted and nobody did anything for `rest_ms`.

    Nothing is called while none of them has been painted, however long that takes.
    """

    def __init__(
        self, widgets: Sequence[QWidget], rest_ms: int, then: Callable[[], object]
    ) -> None:
        super().__init__(widgets[0])
        self._widgets = widgets
        self._then = then
        self._rest = QTimer(self, interval=rest_ms, singleShot=True)
        self._rest.timeout.connect(self._on_rested)
        for widget in widgets:
            widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_painted = self._rest.isActive()
        if event.type() in _INPUT if is_painted else event.type() == QEvent.Type.Paint:
            self._rest.start()
        return False

    def _on_rested(self) -> None:
        for widget in self._widgets:
            widget.removeEventFilter(self)
        QTimer.singleShot(0, self, self._call)  # after all that waits for the window already

    def _call(self) -> None:
        self._then()
        self.deleteLater()
