"""The clock of the thin lines that move while articles are saved in sight."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QStyle, QWidget

_TICK_MS: Final = 40
_SWEEP_MS: Final = 1600
_AT_REST: Final = 0.5


class Sweep(QObject):
    """Ticks only while `rows()` names some and `widget` is visible, and the style moves at all."""

    def __init__(
        self, widget: QWidget, rows: Callable[[], list[int]], draw: Callable[[list[int]], None]
    ) -> None:
        super().__init__(widget)
        self._widget, self._rows, self._draw = widget, rows, draw
        self.phase = _AT_REST
        self._clock = QTimer(self, interval=_TICK_MS)
        self._clock.timeout.connect(self._on_tick)

    @property
    def is_moving(self) -> bool:
        """Whether a line moves just now."""
        return self._clock.isActive()

    def mind(self) -> None:
        """Start or stop, as what is in sight asks for."""
        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        moves = self._widget.style().styleHint(hint, None, self._widget) > 0
        if not (moves and self._widget.isVisible() and self._rows()):
            self.stop()
        elif not self._clock.isActive():
            self._clock.start()

    def stop(self) -> None:
        """Stand still, in the middle."""
        self._clock.stop()
        self.phase = _AT_REST

    def _on_tick(self) -> None:
        rows = self._rows()
        if not rows:
            self.stop()
        self.phase = (self.phase + _TICK_MS / _SWEEP_MS) % 1.0
        self._draw(rows)
