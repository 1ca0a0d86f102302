"""What floats: a rounded body on `raised` with a line round it and a soft shadow under it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from readlater.ui.theme import Theme

SHADOW_PX: Final = 22
ROUND_PX: Final = 8
_EDGE_PX: Final = 8
_STEPS: Final = 16
_SPREAD_PX: Final = 17
_DROP_PX: Final = 4


def paint_raised(
    painter: QPainter, body: QRect, ground: QColor, line: QColor | None, *, dark: bool
) -> None:
    """Paint the shadow of `body` and the body itself; the shadow reaches `SHADOW_PX` round it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for step in range(_STEPS, 0, -1):
        spread = _SPREAD_PX * step / _STEPS
        shade = QColor(0, 0, 0)
        # Each ring adds to those outside it: the sum grows as a square, so that no edge shows.
        shade.setAlphaF((0.05 if dark else 0.012) * (1 - step / _STEPS) + 0.003)
        painter.setBrush(shade)
        shape = QRectF(body).adjusted(-spread, -spread + _DROP_PX, spread, spread + _DROP_PX)
        painter.drawRoundedRect(shape, ROUND_PX + spread, ROUND_PX + spread)
    painter.setBrush(ground)
    painter.setPen(QPen(line, 1) if line is not None else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(QRectF(body).adjusted(0.5, 0.5, -0.5, -0.5), ROUND_PX, ROUND_PX)


class Popup(QWidget):
    """A small window of its own that a click outside or Escape closes; make it, fill it, `open`.

    It stays over the window that it belongs to where it has room there, else on the screen.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        flags = Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint
        super().__init__(parent, flags | Qt.WindowType.NoDropShadowWindowHint)
        self._theme, self._over = theme, parent
        # On X11 without a compositor what is see-through is black, and nobody tells which it is:
        # there the popup is cut out along its body and has no shadow.
        self._is_cut = QGuiApplication.platformName() == "xcb"
        if not self._is_cut:
            self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        margin = SHADOW_PX
        self.setContentsMargins(margin, margin, margin, margin)

    def open(self, at: QPoint) -> None:
        """Open with the upper left corner of the body at `at`, kept on the screen."""
        self.adjustSize()
        column = self.layout()
        if column is not None and column.hasHeightForWidth():
            # Qt takes the height that the words would need in a narrower sheet than it has.
            self.resize(self.width(), column.totalHeightForWidth(self.width()))
        self.move(self._placed(at))
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _placed(self, at: QPoint) -> QPoint:
        screen = QGuiApplication.screenAt(at) or QGuiApplication.primaryScreen()
        width, height = self.width() - 2 * SHADOW_PX, self.height() - 2 * SHADOW_PX
        room = screen.availableGeometry()
        over = self._over.window().geometry().intersected(room)
        if over.width() >= width + 2 * _EDGE_PX and over.contains(at):
            room.setLeft(over.left())
            room.setRight(over.right())
        left = at.x() - width if self.isRightToLeft() else at.x()
        left = max(room.left() + _EDGE_PX, min(left, room.right() - width - _EDGE_PX))
        top = max(room.top() + _EDGE_PX, min(at.y(), room.bottom() - height - _EDGE_PX))
        return QPoint(left - SHADOW_PX, top - SHADOW_PX)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _body(self) -> QRect:
        margin = SHADOW_PX
        return self.rect().adjusted(margin, margin, -margin, -margin)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_cut:
            path = QPainterPath()
            path.addRoundedRect(QRectF(self._body()), ROUND_PX, ROUND_PX)
            self.setMask(QRegion(path.toFillPolygon().toPolygon()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        wear, body = self._theme.colours, self._body()
        painter = QPainter(self)
        ground, line = wear.colour("raised"), wear.colour("line")
        paint_raised(painter, body, ground, line, dark=self._theme.dark)
