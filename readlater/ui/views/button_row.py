"""Buttons in the middle: side by side where they have room, else one under the other."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

_GAP_PX = 8


class ButtonRow(QWidget):
    """Holds `buttons`; `offer` shows some of them in an order."""

    def __init__(self, buttons: Iterable[QPushButton], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = tuple(buttons)
        self._shown = self._buttons
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP_PX)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for button in self._buttons:
            self._row.addWidget(button)

    def offer(self, buttons: Iterable[QPushButton]) -> None:
        """Show these buttons, in this order, and hide the others."""
        self._shown = tuple(buttons)
        for button in self._buttons:
            self._row.removeWidget(button)
            button.setVisible(button in self._shown)
        for button in self._shown:
            self._row.addWidget(button)
        self._turn()

    @property
    def shown(self) -> tuple[QPushButton, ...]:
        """The buttons that are offered, in their order."""
        return self._shown

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        """Lay them along the line that has room for them, in the middle of the other."""
        widths = [button.sizeHint().width() for button in self._shown]
        needed, way = sum(widths) + _GAP_PX * (len(widths) - 1), QBoxLayout.Direction
        is_wide = needed <= self.width()
        self._row.setDirection(way.LeftToRight if is_wide else way.TopToBottom)
        side = max(0, self.width() - (needed if is_wide else max(widths, default=0))) // 2
        self._row.setContentsMargins(side, 0, side, 0)
