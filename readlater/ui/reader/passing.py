"""Keys and drops over the page go to the window: the engine's own widget swallows both."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QChildEvent, QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QTouchEvent, QWheelEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

# With these one moves, follows and copies in the page, whatever the window does with them.
_READING_KEYS: Final = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
    }
)
_READING_DEEDS: Final = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.SelectAll)
_PLAIN: Final = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.KeypadModifier,
)
_TOUCHES: Final = frozenset({QEvent.Type.Wheel, QEvent.Type.KeyPress, QEvent.Type.TouchBegin})
_SAVES: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_TAP_PX: Final = 12
_SPACE: Final = {Qt.KeyboardModifier.NoModifier: 1, Qt.KeyboardModifier.ShiftModifier: -1}


class Passing(QObject):
    """Watches a QWebEngineView and the widgets it makes inside itself, now and later.

    A shortcut of the window wins over the engine, but for the keys one reads with; no widget of
    the view takes drops, so that Qt offers them to the parents.
    """

    touched = Signal()  # a person uses the page: wheel, key, button or finger
    resized = Signal(int)  # Ctrl and the wheel: larger (1) or smaller (-1)
    paged = Signal(int)  # Space (1) or Shift+Space (-1), where no shortcut of the window took it

    tabbed = Signal()  # a key that moves on to another link
    save_clicked = Signal()  # with Ctrl and Shift, which the engine takes for a new window
    pressed = Signal()  # the left button, which may begin a selection
    released = Signal(QPointF)

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._take(view)
        for child in view.findChildren(QWidget):
            self._take(child)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(_is_for_reading(event))
            return True
        if kind in (QEvent.Type.ChildAdded, QEvent.Type.ChildPolished):
            child = event.child() if isinstance(event, QChildEvent) else None
            if isinstance(child, QWidget):
                self._take(child)
        elif kind == QEvent.Type.AcceptDropsChange and isinstance(watched, QWidget):
            if watched.acceptDrops():
                watched.setAcceptDrops(False)
        elif kind == QEvent.Type.Wheel and isinstance(event, QWheelEvent) and _is_zoom(event):
            self.resized.emit(1 if event.angleDelta().y() > 0 else -1)
            return True
        elif kind == QEvent.Type.TouchEnd and isinstance(event, QTouchEvent):
            self._tap(event)
        elif kind in _TOUCHES:
            return self._touch(event)
        return False

    def _mouse(self, event: QMouseEvent) -> bool:
        kind, is_left = event.type(), event.button() == Qt.MouseButton.LeftButton
        if event.modifiers() == _SAVES:
            return self._saves(event)
        if kind == QEvent.Type.MouseButtonRelease and is_left:
            self.released.emit(event.position())
        elif kind == QEvent.Type.MouseButtonPress:
            self.touched.emit()
            if is_left:
                self.pressed.emit()
        return False

    def _saves(self, event: QMouseEvent) -> bool:
        """Keep clicks with Ctrl and Shift from the engine; a move goes on to it."""
        if event.type() == QEvent.Type.MouseMove:
            return False
        is_click = event.type() == QEvent.Type.MouseButtonRelease
        if is_click and event.button() == Qt.MouseButton.LeftButton:
            self.save_clicked.emit()
        return True

    def _touch(self, event: QEvent) -> bool:
        self.touched.emit()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self.tabbed.emit()
            return self._pages(event)
        return False

    def _tap(self, event: QTouchEvent) -> None:
        """A finger that was lifted where it came down is a click; one that moved has scrolled."""
        if len(event.points()) == 1:
            point = event.points()[0]
            way = point.position() - point.pressPosition()
            if way.manhattanLength() < _TAP_PX:
                self.released.emit(point.position())

    def _pages(self, event: QKeyEvent) -> bool:
        """Space goes exactly as far as the window's own deed does."""
        way = _SPACE.get(event.modifiers()) if event.key() == Qt.Key.Key_Space else None
        if way is not None:
            self.paged.emit(way)
        return way is not None

    def _take(self, widget: QWidget) -> None:
        widget.removeEventFilter(self)  # ChildPolished comes after ChildAdded: once is enough
        widget.installEventFilter(self)
        widget.setAcceptDrops(False)


def _is_for_reading(event: QKeyEvent) -> bool:
    if any(event.matches(deed) for deed in _READING_DEEDS):
        return True
    return event.key() in _READING_KEYS and event.modifiers() in _PLAIN


def _is_zoom(event: QWheelEvent) -> bool:
    is_held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return is_held and event.angleDelta().y() != 0
