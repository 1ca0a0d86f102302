"""Pictures over the whole window: one at a time, with its caption, its number and its deeds."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from readlater.ui.icons import icon
from readlater.ui.models.pictures import Decoded
from readlater.ui.views.picture_canvas import STEP, PictureCanvas

_GROUND, _TEXT, _QUIET = "#141416", "#f2f2f4", "#b4b4bb"
_HIT_PX: Final = 36
_BAR_PX: Final = 48
_SIDE_PX: Final = 52
_LONGEST_CAPTION: Final = 320
_PAN_PX: Final = 80
_OURS: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_ON: Final = frozenset({Qt.Key.Key_J, Qt.Key.Key_PageDown, Qt.Key.Key_N})
_BACK: Final = frozenset({Qt.Key.Key_K, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace})
_LEAVE: Final = frozenset({Qt.Key.Key_Escape, Qt.Key.Key_M, Qt.Key.Key_Q})
_ARROWS: Final = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class PictureSheet(QWidget):
    """Covers `over`. `stepped` asks for a picture so many further on, or back, or for an end.

    `deed` carries "copy", "copy_address", "save" or "web". While it is there every key is its own.
    """

    stepped = Signal(int)
    deed = Signal(str)
    closed = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.canvas = PictureCanvas(self)
        self.canvas.left.connect(self.leave)
        self.canvas.scaled.connect(self._wear)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._number = _label(_TEXT)
        self._caption = _label(_TEXT, wrap=True)
        self._word = _label(_QUIET, wrap=True)
        self.buttons: dict[str, QToolButton] = {}
        self._lay_out()
        self._is_on_web = False
        self._all_words = ""
        over.installEventFilter(self)
        self.setGeometry(over.rect())

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(16, 6, 8, 6)
        top.addWidget(self._number)
        top.addStretch(1)
        named = (
            ("smaller", "zoom-out", self.tr("Smaller")),
            ("larger", "zoom-in", self.tr("Larger")),
            ("fit", "maximize", self.tr("Fit to the window")),
            ("copy", "copy", self.tr("Copy the picture")),
            ("save", "download", self.tr("Save the picture as…")),
            ("web", "external-link", self.tr("Open on the web")),
            ("close", "x", self.tr("Close")),
        )
        for name, sign, words in named:
            top.addWidget(self._button(name, sign, words))
        middle = QHBoxLayout()
        middle.setContentsMargins(8, 0, 8, 0)
        middle.addWidget(self._button("back", "chevron-left", self.tr("Previous picture"), 24))
        middle.addWidget(self.canvas, 1)
        middle.addWidget(self._button("next", "chevron-right", self.tr("Next picture"), 24))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(middle, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(_SIDE_PX + 8, 8, _SIDE_PX + 8, 16)
        foot.addWidget(self._caption)
        column.addLayout(foot)
        self._word.setParent(self.canvas)

    def _button(self, name: str, sign: str, words: str, size_px: int = 18) -> QToolButton:
        button = self.buttons[name] = QToolButton()
        button.setIcon(icon(sign, _TEXT, size_px))
        button.setIconSize(QSize(size_px, size_px))
        button.setFixedSize(_HIT_PX, _HIT_PX)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setStyleSheet(
            "QToolButton { background: transparent; border: 2px solid transparent;"
            " border-radius: 8px; padding: 0; min-height: 0; }"
            "QToolButton:hover { background: rgba(255, 255, 255, 30); }"
            "QToolButton:focus { border-color: #8fb2ff; }"
        )
        button.clicked.connect(lambda: self._on_button(name))
        return button

    # what is shown

    def show_picture(
        self, number: int, of: int, words: str, *, caption: str = "", is_on_web: bool
    ) -> None:
        """Name the picture that comes; `words` are for those who do not see it."""
        self._is_on_web = is_on_web
        shown = self.tr("%1 of %2").replace("%1", f"{number:n}").replace("%2", f"{of:n}")
        self._number.setText(shown if of > 1 else "")
        self._all_words = caption
        self._caption.setText(_cut(caption))
        self._caption.setVisible(bool(caption))
        for name in ("back", "next"):
            self.buttons[name].setVisible(of > 1)
        self.buttons["back"].setEnabled(number > 1)
        self.buttons["next"].setEnabled(number < of)
        self.setAccessibleName(" · ".join(part for part in (shown, words) if part))
        self.canvas.setAccessibleName(words)
        self.canvas.show_picture(None)
        self._say("")
        self._wear()

    def fill(self, shown: Decoded | None) -> None:
        """Show the picture that was named; None says that it cannot be drawn."""
        self.canvas.show_picture(shown)
        self._say("" if shown is not None else self.tr("This picture cannot be shown here."))
        self._wear()

    def open(self) -> None:
        """Cover the window and take the keys."""
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def leave(self) -> None:
        """Go, and give back what was covered."""
        if self.isVisible():
            self._over.removeEventFilter(self)
            self.hide()
            self.closed.emit()

    @property
    def number(self) -> str:
        """The counter as it is read."""
        return self._number.text()

    @property
    def caption(self) -> str:
        """What stands under the picture."""
        return self._caption.text()

    @property
    def word(self) -> str:
        """What is said in the picture's place."""
        return self._word.text()

    def _say(self, words: str) -> None:
        self._word.setText(words)
        self._word.setVisible(bool(words))
        self._word.setGeometry(self.canvas.rect())

    def _wear(self) -> None:
        empty = self.canvas.is_empty
        for name in ("larger", "smaller", "fit", "copy"):
            self.buttons[name].setEnabled(not empty)
        if not empty:
            for name in ("smaller", "fit"):
                self.buttons[name].setEnabled(not self.canvas.is_fit)
        self.buttons["web"].setVisible(self._is_on_web)

    # what a person does

    def _on_button(self, name: str) -> None:
        deeds = {
            "smaller": lambda: self.canvas.zoom(1 / STEP),
            "larger": lambda: self.canvas.zoom(STEP),
            "fit": self.canvas.fit,
            "back": lambda: self.stepped.emit(-1),
            "next": lambda: self.stepped.emit(1),
            "close": self.leave,
        }
        deeds.get(name, lambda: self.deed.emit(name))()

    @override
    def event(self, event: QEvent) -> bool:
        # Else the letters of the window would act on the article under the picture.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(not _is_the_windows(event))
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers() & _OURS
        if held == Qt.KeyboardModifier.ControlModifier:
            self._with_control(key)
        elif key in _ARROWS:
            self._arrow(key)
        elif key in _ON or key in _BACK:
            self.stepped.emit(1 if key in _ON else -1)
        elif key == Qt.Key.Key_Space:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.stepped.emit(-1 if back else 1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.stepped.emit(-10_000 if key == Qt.Key.Key_Home else 10_000)
        elif key in _LEAVE and not held:
            self.leave()
        else:
            self._zoom_key(key)

    def _with_control(self, key: Qt.Key) -> None:
        deeds = {Qt.Key.Key_C: "copy", Qt.Key.Key_S: "save"}
        if key in deeds and self.buttons[deeds[key]].isEnabled():
            self.deed.emit(deeds[key])
        elif key == Qt.Key.Key_W:
            self.leave()
        else:
            self._zoom_key(key)

    def _zoom_key(self, key: Qt.Key) -> None:
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.canvas.zoom(STEP)
        elif key == Qt.Key.Key_Minus:
            self.canvas.zoom(1 / STEP)
        elif key == Qt.Key.Key_0:
            self.canvas.fit()
        elif key == Qt.Key.Key_1:
            self.canvas.actual()
        elif key == Qt.Key.Key_O and self._is_on_web:
            self.deed.emit("web")

    def _arrow(self, key: Qt.Key) -> None:
        """Moves what does not fit; else the next picture, or the one before."""
        x, y = _ARROWS[key]
        if not self.canvas.is_fit:
            self.canvas.pan(QPointF(x * _PAN_PX, y * _PAN_PX))
            return
        sideways = -x if self.isRightToLeft() else x
        self.stepped.emit(-1 if (sideways or y) > 0 else 1)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        offered = (
            ("copy", "copy", self.tr("Copy the picture"), not self.canvas.is_empty),
            ("save", "download", self.tr("Save the picture as…"), True),
            ("copy_address", "link", self.tr("Copy the picture's address"), self._is_on_web),
            ("web", "external-link", self.tr("Open on the web"), self._is_on_web),
        )
        for name, sign, words, works in offered:
            if works:
                action = menu.addAction(icon(sign, self.palette().text().color()), words)
                action.triggered.connect(lambda _on=False, name=name: self.deed.emit(name))
        menu.popup(event.globalPos())

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab stays among the buttons: what is covered is not to be reached."""
        shown = [b for b in self.buttons.values() if b.isVisible() and b.isEnabled()]
        now = next_at = -1
        for at, button in enumerate(shown):
            if button.hasFocus():
                now = at
        if shown:
            next_at = (now + (1 if next else -1)) % len(shown) if now >= 0 or next else -1
            shown[next_at].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._over:
            self.setGeometry(self._over.rect())
        return False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._word.setGeometry(self.canvas.rect())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(_GROUND))


def _is_the_windows(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_F11 or event.matches(QKeySequence.StandardKey.Quit)


def _label(colour: str, *, wrap: bool = False) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if wrap:
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    label.setMinimumHeight(QFontMetrics(label.font()).height())
    label.setStyleSheet(f"color: {colour}; background: transparent;")
    return label


def _cut(words: str) -> str:
    if len(words) <= _LONGEST_CAPTION:
        return words
    return words[: _LONGEST_CAPTION - 1].rstrip() + "…"
