"""A scroll bar that lies over the edge of its area and takes no width from it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar
from typing_extensions import override

WIDTH_PX: Final = 10


class Rail(QScrollBar):
    """Mirrors the vertical scroll bar of `area`, which is hidden."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(Qt.Orientation.Vertical, area)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area, self._real = area, area.verticalScrollBar()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._real.rangeChanged.connect(lambda _low, _high: self._mirror())
        self._real.valueChanged.connect(self.setValue)
        self.valueChanged.connect(self._real.setValue)
        area.installEventFilter(self)
        self._mirror()

    def _mirror(self) -> None:
        real = self._real
        self.setPageStep(real.pageStep())
        self.setSingleStep(real.singleStep())
        self.setRange(real.minimum(), real.maximum())
        self.setValue(real.value())
        self.setVisible(real.maximum() > real.minimum())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._area and event.type() == QEvent.Type.Resize:
            view = self._area.contentsRect()  # the viewport still has its old size
            left = view.left() if self.isRightToLeft() else view.right() + 1 - WIDTH_PX
            self.setGeometry(left, view.top(), WIDTH_PX, view.height())
        return False
