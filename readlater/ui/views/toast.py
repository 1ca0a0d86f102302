"""What was just done, said for a moment at the foot of the window, with Undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QEnterEvent,
    QFontMetrics,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from readlater.ui.theme import Theme
from readlater.ui.views.raised import SHADOW_PX, paint_raised

SHOWN_MS: Final = 6000
# A long sentence takes longer to read: about 15 characters a second.
_MS_A_CHARACTER: Final = 65
_ABOVE_FOOT_PX: Final = 22
_WIDEST_PX: Final = 520
_GROUND, _TEXT, _DEED = "#2b2b2f", "#f4f4f5", "#a9c4ff"


class Toast(QWidget):
    """Floats over `over`, in the middle of `beside` when that is in sight.

    It goes by itself, but not while the pointer is over it or its button has the focus.
    """

    def __init__(self, theme: Theme, over: QWidget, beside: QWidget | None = None) -> None:
        super().__init__(over)
        self._theme, self._over, self._beside = theme, over, beside
        self._undo: Callable[[], None] | None = None
        margin = SHADOW_PX
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(margin + 16, margin + 7, margin + 10, margin + 7)
        row.setSpacing(14)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setMinimumHeight(28)
        self._button = QPushButton(self.tr("Undo"))
        self._button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.clicked.connect(self._on_undo)
        self._button.installEventFilter(self)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        self.setStyleSheet(
            f"QLabel {{ color: {_TEXT}; background: transparent; }}"
            f"QPushButton {{ color: {_DEED}; background: transparent;"
            " border: 2px solid transparent; border-radius: 5px; padding: 2px 6px;"
            " font-weight: 600; min-height: 20px; }"
            "QPushButton:hover { background: #3b3b41; }"
            f"QPushButton:focus {{ border-color: {_DEED}; padding: 2px 6px; }}"
        )
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        over.installEventFilter(self)
        if beside is not None:
            beside.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What is said now; "" when nothing is."""
        return "" if self.isHidden() else self._text.text()

    @property
    def button(self) -> QPushButton:
        """The button that undoes."""
        return self._button

    @property
    def shown_ms(self) -> int:
        """How long it stays from now on; -1 while it waits for the pointer or the focus to go."""
        return self._timer.remainingTime()

    def say(self, text: str, undo: Callable[[], None] | None = None, deed: str = "") -> None:
        """Say `text`; offer Undo, or what `deed` calls it, when there is something to do."""
        if not text:
            return
        self._undo = undo
        self._button.setText(deed or self.tr("Undo"))
        self._button.setVisible(undo is not None)
        margin = SHADOW_PX
        end = margin + (10 if undo else 16)
        self._row.setContentsMargins(margin + 16, margin + 7, end, margin + 7)
        self._fit(text)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._count_down()

    def take_back(self) -> None:
        """Say nothing any more."""
        self._timer.stop()
        self.hide()

    def _fit(self, text: str) -> None:
        self._text.setText(text)
        room = min(_WIDEST_PX, self._over.width() - 160)
        wide = QFontMetrics(self._text.font()).horizontalAdvance(text) + 2
        self._text.setWordWrap(wide > room)
        self._text.setFixedWidth(max(40, min(wide, room)))
        self._text.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._row.activate()
        self.adjustSize()

    def _place(self) -> None:
        over, beside = self._over, self._beside
        middle = over.width() // 2
        if beside is not None and beside.isVisible() and beside.width() >= self.width():
            middle = beside.mapTo(over, beside.rect().center()).x()
        left = max(0, min(middle - self.width() // 2, over.width() - self.width()))
        self.move(left, over.height() - self.height() - _ABOVE_FOOT_PX + SHADOW_PX)

    def _count_down(self) -> None:
        if not self.underMouse() and not self._button.hasFocus():
            self._timer.start(max(SHOWN_MS, len(self._text.text()) * _MS_A_CHARACTER))

    def _on_undo(self) -> None:
        undo = self._undo
        self.take_back()
        if undo is not None:
            undo()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._button:
            if kind == QEvent.Type.FocusIn:
                self._timer.stop()
            elif kind == QEvent.Type.FocusOut and self.isVisible():
                self._timer.start(SHOWN_MS)
        elif kind in (QEvent.Type.Resize, QEvent.Type.Move) and self.isVisible():
            self._place()
        return False

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        if self.isVisible():
            self._count_down()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        body = self.rect().adjusted(SHADOW_PX, SHADOW_PX, -SHADOW_PX, -SHADOW_PX)
        line = self._theme.colours.colour("line") if self._theme.dark else None
        paint_raised(QPainter(self), body, QColor(_GROUND), line, dark=self._theme.dark)
