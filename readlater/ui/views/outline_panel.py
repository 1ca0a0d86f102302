"""The headings of the open article in a small window; choosing one goes there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from readlater.ui.reader.tour import Heading
from readlater.ui.theme import Theme, sized
from readlater.ui.views.raised import Popup

_WIDTH_PX: Final = 320
_MOST_PX: Final = 420
_ROW_PX: Final = 30


class OutlinePanel(Popup):
    """`chosen` carries the number of a heading."""

    chosen = Signal(int)

    def __init__(
        self, theme: Theme, headings: Sequence[Heading], under: int, parent: QWidget
    ) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName(self.tr("Outline"))
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 10, 6, 6)
        column.setSpacing(4)
        heading = QLabel(self.tr("Outline"))
        heading.setFont(sized(self.font(), -1, weight=QFont.Weight.DemiBold))
        heading.setStyleSheet(f"color: {theme.colours.quiet};")
        heading.setContentsMargins(10, 0, 8, 0)
        column.addWidget(heading)
        self.list = QListWidget()
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setStyleSheet(
            f"QListWidget {{ background: {theme.colours.raised}; outline: 0; }}"
            f" QListWidget::item {{ border: 0; height: {_ROW_PX}px; padding: 0 8px; }}"
            " QListWidget::item { border-radius: 4px; }"
            f" QListWidget::item:selected {{ background: {theme.colours.accent_soft};"
            f" color: {theme.colours.text}; }}"
        )
        top = min((h.level for h in headings[1:]), default=1)
        for item in headings:
            depth = 0 if item.level == 1 else min(3, item.level - top)
            row = QListWidgetItem("\u2003" * depth + item.words)
            row.setToolTip(item.words)
            if item.level == 1:
                row.setFont(sized(self.font(), 0, weight=QFont.Weight.DemiBold))
            self.list.addItem(row)
        self.list.setCurrentRow(under)
        self.list.setFixedSize(_WIDTH_PX, min(_MOST_PX, _ROW_PX * max(1, len(headings)) + 4))
        self.list.itemActivated.connect(self._on_chosen)
        self.list.itemClicked.connect(self._on_chosen)
        column.addWidget(self.list)
        self.setFocusProxy(self.list)

    def _on_chosen(self, item: QListWidgetItem) -> None:
        self.chosen.emit(self.list.row(item))
        self.close()
