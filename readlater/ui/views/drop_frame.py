"""The frame over the whole window while something is held over it, and what a drop would do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from readlater.ui.icons import icon
from readlater.ui.theme import Theme, sized
from readlater.ui.views.raised import paint_raised

_INSET_PX: Final = 8
_ROUND_PX: Final = 10
_ICON_PX: Final = 16
_WIDEST_PX: Final = 420


class DropFrame(QWidget):
    """Covers `over`; takes no pointer, so that the window underneath gets the drop."""

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self._theme, self._text, self._works = theme, "", True
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        over.installEventFilter(self)
        self._over = over
        self.hide()

    @property
    def text(self) -> str:
        """What is shown; "" while nothing hovers."""
        return "" if self.isHidden() else self._text

    def show_for(self, text: str, *, works: bool) -> None:
        """Show what a drop would do, or why it cannot be saved."""
        self._text, self._works = text, works
        self.setAccessibleName(text)
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.update()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._over.rect())
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        wear, painter = self._theme.colours, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = wear.colour("accent_soft" if self._works else "surface")
        veil.setAlphaF(0.76)
        inset = _INSET_PX
        frame = QRectF(self.rect()).adjusted(inset + 1, inset + 1, -inset - 1, -inset - 1)
        hue = wear.colour("accent" if self._works else "quiet")
        pen = QPen(hue, 2, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([4, 2.5])
        painter.setBrush(veil)
        painter.setPen(pen)
        painter.drawRoundedRect(frame, _ROUND_PX, _ROUND_PX)
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        wear = self._theme.colours
        font = sized(self.font(), 2, weight=QFont.Weight.DemiBold)
        flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        most = QRect(0, 0, min(_WIDEST_PX, self.width() - 120), 200)
        wrap = Qt.TextFlag.TextWordWrap
        needed = QFontMetrics(font).boundingRect(most, flags | wrap, self._text).size()
        side = _ICON_PX + 12
        body = QRect(0, 0, needed.width() + side + 46, needed.height() + 29)
        body.moveCenter(self.rect().center())
        ground, line = wear.colour("raised"), wear.colour("line")
        paint_raised(
            painter, body, ground, line if self._theme.dark else None, dark=self._theme.dark
        )
        hue = wear.colour("accent" if self._works else "text")
        left = body.left() + 22
        place = QRect(left, body.center().y() - _ICON_PX // 2 + 1, _ICON_PX, _ICON_PX)
        words = QRect(left + side, body.top(), needed.width() + 2, body.height())
        if self.isRightToLeft():
            place.moveRight(body.right() - 22)
            words.moveLeft(left)
        icon("plus" if self._works else "info", hue, _ICON_PX).paint(painter, place)
        painter.setFont(font)
        painter.setPen(hue)
        painter.drawText(words, int(flags | wrap), self._text)

    @override
    def sizeHint(self) -> QSize:
        return self._over.size()
