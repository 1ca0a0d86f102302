"""A sentence in the middle whose lines are about equally long, so that no word stands alone."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel
from typing_extensions import override

_FLAGS = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
_STEP_PX = 4


def even_width_px(text: str, metrics: QFontMetrics, width_px: int) -> int:
    """The least width in which `text` takes no more lines than in `width_px`."""

    def height(width: int) -> int:
        return metrics.boundingRect(QRect(0, 0, width, 10_000), int(_FLAGS), text).height()

    lines = height(width_px)
    low, high = 0, width_px
    while high - low > _STEP_PX:
        middle = (low + high) // 2
        # A word wider than the width sticks out without taking another line.
        fits = metrics.boundingRect(QRect(0, 0, middle, 10_000), int(_FLAGS), text).width()
        if height(middle) <= lines and fits <= middle:
            high = middle
        else:
            low = middle
    return high


class EvenLabel(QLabel):
    """A label of plain text that is balanced when it is painted; it asks for no other room."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        inner = self.contentsRect()
        width = even_width_px(self.text(), self.fontMetrics(), inner.width())
        place = QRect(inner)
        place.setWidth(width)
        place.moveCenter(inner.center())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(place, int(_FLAGS), self.text())
