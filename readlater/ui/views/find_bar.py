"""Finding words in the open article: a field, which of how many, and the way out."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget
from typing_extensions import override

from readlater.ui.icons import icon
from readlater.ui.theme import Colours, Theme, of_page, style_sheet, tabular

_HEIGHT_PX: Final = 44
_FIELD_PX: Final = 280


class FindBar(QWidget):
    """`wanted` carries the words and whether to go back; `closed` comes when it goes."""

    wanted = Signal(str, bool)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._page = theme, ""
        self.setFixedHeight(_HEIGHT_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 12, 5)
        row.setSpacing(4)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find in this article"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.field.setAcceptDrops(False)  # a link that is dropped here is to be saved
        self.field.setMaximumWidth(_FIELD_PX)
        self.field.textChanged.connect(lambda words: self.wanted.emit(words, False))
        self.count = QLabel()
        self.count.setFont(tabular(self.font()))
        self.count.setContentsMargins(8, 0, 8, 0)
        self._deeds = [
            self._button("chevron-up", self.tr("Previous"), lambda: self.go(back=True)),
            self._button("chevron-down", self.tr("Next"), lambda: self.go(back=False)),
            self._button("x", self.tr("Close"), self.leave),
        ]
        for widget in (self.field, self.count, *(b for _, b in self._deeds)):
            row.addWidget(widget)
        row.addStretch()
        self.hide()
        theme.changed.connect(self._wear)
        self._wear()

    def _button(self, name: str, words: str, deed: object) -> tuple[str, QToolButton]:
        button = QToolButton()
        action = QAction(words, button)
        action.triggered.connect(deed)
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setFixedSize(32, 32)
        button.setAccessibleName(words)
        return name, button

    def set_page_theme(self, theme: str) -> None:
        """Be one sheet with the page under it; "" wears the window's colours."""
        if theme != self._page:
            self._page = theme
            self._wear()

    @property
    def _colours(self) -> Colours:
        return of_page(self._page) if self._page else self._theme.colours

    def ask(self) -> None:
        """Come up with the words of the last time selected."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self.go(back=False)

    def go(self, *, back: bool) -> None:
        """To the next place of the words, or to the one before."""
        if self.field.text():
            self.wanted.emit(self.field.text(), back)

    def say(self, at: int, of: int) -> None:
        """Say which of how many places is marked."""
        if not self.field.text():
            self.count.setText("")
        elif not of:
            self.count.setText(self.tr("Not found"))
        else:
            number = QLocale().toString
            words = self.tr("%1 of %2").replace("%1", number(at)).replace("%2", number(of))
            self.count.setText(words)

    def leave(self) -> None:
        """Go, and mark nothing any more."""
        if not self.isHidden():
            self.hide()
            self.count.setText("")
            self.wanted.emit("", False)
            self.closed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go(back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), self._colours
        painter.fillRect(self.rect(), colours.colour("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colours.colour("line"))

    def _wear(self) -> None:
        colours = self._colours
        self.setStyleSheet("" if colours is self._theme.colours else style_sheet(colours))
        self.count.setStyleSheet(f"color: {colours.quiet};")
        for name, button in self._deeds:
            button.defaultAction().setIcon(icon(name, colours.colour("quiet"), 16))
