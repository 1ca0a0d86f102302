"""One picture that is zoomed and moved about: painted from the copy that fits its size."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QEvent,
    QIODevice,
    QPointF,
    QRectF,
    QSizeF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QMovie,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QSizePolicy, QWidget
from typing_extensions import override

from readlater.ui.models.pictures import Decoded

STEP: Final = 1.25
# A small picture is made no larger than this by itself.
_LARGEST_FIT: Final = 2.0
_LARGEST: Final = 8.0
_A_NOTCH: Final = 120
_CLICK_PX: Final = 6
# What is see-through was drawn for a page: most of it is dark.
_PLATE: Final = "#f4f4f5"


class PictureCanvas(QWidget):
    """Shows a `Decoded`; a scale is how many logical pixels of the screen one of the file takes."""

    scaled = Signal()
    left = Signal()
    """A click beside the picture."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._levels: tuple[QImage, ...] = ()
        self._size = QSizeF()
        self._scale, self._centre = 1.0, QPointF()  # the picture's point in the widget's middle
        self._is_fit = True
        self._grip: tuple[QPointF, QPointF] | None = None
        self._pressed = QPointF()
        self._movie: QMovie | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.grabGesture(Qt.GestureType.PinchGesture)

    def show_picture(self, shown: Decoded | None) -> None:
        """Show a picture, fitted; None shows nothing."""
        self._end_movie()
        self._levels = shown.levels if shown is not None else ()
        self._size = QSizeF(shown.full_size) if shown is not None else QSizeF()
        if shown is not None and shown.moving:
            self._play(shown.moving)
        self._grip = None
        self.fit()

    @property
    def scale(self) -> float:
        """How large a pixel of the picture is on the screen."""
        return self._scale

    @property
    def is_fit(self) -> bool:
        """Whether all of the picture is seen, as large as that goes."""
        return self._is_fit

    @property
    def is_empty(self) -> bool:
        """Whether nothing is shown."""
        return not self._levels

    @property
    def frame(self) -> QRectF:
        """Where the picture is, in the widget."""
        middle = QRectF(self.rect()).center()
        size = self._size * self._scale
        return QRectF(middle - self._centre * self._scale, size)

    @property
    def image(self) -> QImage:
        """The picture itself, in the size it was decoded to."""
        return self._levels[0] if self._levels else QImage()

    def fit(self) -> None:
        """All of it in view."""
        self._is_fit = True
        self._scale = self._fit_scale()
        self._centre = QPointF(self._size.width() / 2, self._size.height() / 2)
        self._changed()

    def actual(self, at: QPointF | None = None) -> None:
        """A pixel of the picture for a pixel of the screen, round the point `at` of the widget."""
        self._zoom_to(1 / self.devicePixelRatioF(), at)

    def toggle(self, at: QPointF) -> None:
        """Its own size, or larger where that is the fitted one; and back."""
        if not self._is_fit:
            self.fit()
            return
        own = 1 / self.devicePixelRatioF()
        self._zoom_to(own if own > 1.2 * self._scale else 2.5 * self._scale, at)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Larger or smaller by `factor`, with the point `at` of the widget held still."""
        self._zoom_to(self._scale * factor, at)

    def pan(self, by: QPointF) -> None:
        """Move the picture by so many pixels of the screen."""
        self._centre = self._kept(self._centre - by / self._scale)
        self.update()

    def _zoom_to(self, scale: float, at: QPointF | None) -> None:
        if self.is_empty:
            return
        least = self._fit_scale()
        scale = max(least, min(scale, max(_LARGEST / self.devicePixelRatioF(), 4 * least)))
        middle = QRectF(self.rect()).center()
        away = (at if at is not None else middle) - middle
        held = self._centre + away / self._scale
        self._scale, self._is_fit = scale, scale <= least * 1.001
        self._centre = self._kept(held - away / scale)
        self._changed()

    def _fit_scale(self) -> float:
        if self._size.isEmpty():
            return 1.0
        wide, tall = self.width() / self._size.width(), self.height() / self._size.height()
        return max(0.0001, min(wide, tall, _LARGEST_FIT))

    def _kept(self, centre: QPointF) -> QPointF:
        """No edge is pulled away from its side, and what is smaller than the room stays central."""

        def held(value: float, whole: float, room: float) -> float:
            half = room / self._scale / 2
            return whole / 2 if 2 * half >= whole else max(half, min(value, whole - half))

        return QPointF(
            held(centre.x(), self._size.width(), self.width()),
            held(centre.y(), self._size.height(), self.height()),
        )

    def _changed(self) -> None:
        can_move = not self._is_fit
        shape = Qt.CursorShape.OpenHandCursor if can_move else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.update()
        self.scaled.emit()

    def _play(self, body: bytes) -> None:
        buffer = QBuffer(self)
        buffer.setData(QByteArray(body))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        movie = self._movie = QMovie(buffer, QByteArray(), self)
        buffer.setParent(movie)
        movie.frameChanged.connect(self._on_frame)
        movie.start()

    def _on_frame(self, _number: int) -> None:
        if self._movie is not None:
            self._levels = (self._movie.currentImage(), *self._levels[1:])
            self.update()

    def _end_movie(self) -> None:
        if self._movie is not None:
            self._movie.stop()
            self._movie.deleteLater()
            self._movie = None

    @override
    def hideEvent(self, event: object) -> None:
        self._end_movie()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._is_fit:
            self.fit()
        else:
            self._centre = self._kept(self._centre)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.is_empty:
            return
        painter = QPainter(self)
        image, frame = self._level(), self.frame
        seen = frame & QRectF(self.rect())
        if image.hasAlphaChannel():
            painter.fillRect(seen, QColor(_PLATE))
        x, y = image.width() / frame.width(), image.height() / frame.height()
        part = QRectF(
            (seen.x() - frame.x()) * x,
            (seen.y() - frame.y()) * y,
            seen.width() * x,
            seen.height() * y,
        )
        # Far in, its pixels are what one looks at.
        smooth = self._scale * self.devicePixelRatioF() < 4
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(seen, image, part)

    def _level(self) -> QImage:
        """The smallest copy that has a pixel for each of the device."""
        if self._movie is not None:
            return self._levels[0]
        wanted = self.frame.width() * self.devicePixelRatioF()
        fits = [level for level in self._levels if level.width() >= wanted * 0.99]
        return fits[-1] if fits else self._levels[0]

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / _A_NOTCH
        if notches:
            self.zoom(STEP**notches, event.position())
        event.accept()

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom(1 + event.value(), event.position())
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                at = QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint()))
                self.zoom(pinch.scaleFactor(), at)
                return True
        return super().event(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position()
        if event.button() == Qt.MouseButton.LeftButton and not self._is_fit:
            self._grip = (event.position(), self._centre)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            begun, centre = self._grip
            self._centre = self._kept(centre - (event.position() - begun) / self._scale)
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        self._changed()
        still = (event.position() - self._pressed).manhattanLength() < _CLICK_PX
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and still and not self.frame.contains(event.position()):
            self.left.emit()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position()
        if self.frame.contains(event.position()):
            self.toggle(event.position())
