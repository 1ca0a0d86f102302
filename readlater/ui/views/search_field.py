"""The field that searches the library as one types."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget
from typing_extensions import override

from readlater.ui.icons import icon
from readlater.ui.theme import CORNER_PX, Theme

_HEIGHT_PX = 30
_ICON_PX = 16


class SearchField(QLineEdit):
    """`typed` at each key, `entered` on Enter, `left` when the list should have the keys."""

    typed = Signal(str)
    entered = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(_HEIGHT_PX)
        self.setFrame(False)
        self.setAccessibleName(self.tr("Search articles"))
        self.setStyleSheet(
            "QLineEdit { background: transparent; border: 0; padding: 0; margin: 0; }"
        )
        self._clear = QToolButton(self)
        self._clear.setFixedSize(22, 22)
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.setToolTip(self.tr("Clear the search"))
        self._clear.setAccessibleName(self.tr("Clear the search"))
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self.setTextMargins(33, 0, 28, 0)
        self.set_count(0)
        self.textChanged.connect(self._on_text)
        theme.changed.connect(self._wear)
        self._wear()

    def set_count(self, count: int) -> None:
        """Say how many articles there are to search."""
        number = QLocale().toString(count)
        many = self.tr("Search %1 articles") if count > 1 else self.tr("Search %1 article")
        self.setPlaceholderText(many.replace("%1", number) if count else self.tr("Search"))

    def set_query(self, query: str) -> None:
        """Show a query that came from elsewhere, without asking for it again."""
        self.blockSignals(True)
        self.setText(query)
        self.blockSignals(False)
        self._clear.setVisible(bool(query))

    def _wear(self) -> None:
        self._clear.setIcon(icon("x", self._theme.colours.colour("quiet"), 14))
        self.update()

    def _on_text(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self.typed.emit(text.strip())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                if self.text():
                    self.clear()
                else:
                    self.left.emit()
            case Qt.Key.Key_Down:
                self.left.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit(self.text().strip())
            case _:
                super().keyPressEvent(event)
                return
        event.accept()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        mirrored = self.isRightToLeft()
        self._clear.move(5 if mirrored else self.width() - 27, (self.height() - 22) // 2)
        self.setTextMargins(*((28, 0, 33, 0) if mirrored else (33, 0, 28, 0)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours, focused = self._theme.colours, self.hasFocus()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(colours.colour("canvas" if focused else "surface"))
        painter.setPen(QPen(colours.colour("accent" if focused else "line"), 1))
        if focused:
            painter.setPen(QPen(colours.colour("accent"), 2))
            frame = frame.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, CORNER_PX, CORNER_PX)
        place = QRect(9, (self.height() - _ICON_PX) // 2, _ICON_PX, _ICON_PX)
        if self.isRightToLeft():
            place.moveRight(self.width() - 10)
        icon("search", colours.colour("quiet"), _ICON_PX).paint(painter, place)
        painter.end()
        super().paintEvent(event)
