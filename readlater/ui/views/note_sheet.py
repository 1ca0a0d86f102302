"""The small sheet in which a note is written, on a highlight or on the article as a whole."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from readlater.ui.theme import Theme, sized
from readlater.ui.views.raised import SHADOW_PX, Popup

_WIDTH_PX: Final = 340
_FIELD_PX: Final = 120
_PAD_PX: Final = 14
_ABOUT_CHARACTERS: Final = 90


class NoteSheet(Popup):
    """`written` carries the note once, when the sheet closes with a change.

    Escape leaves it as it was; Ctrl+Enter, or a click outside, keeps it.
    """

    written = Signal(str)

    def __init__(self, theme: Theme, heading: str, about: str, note: str, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._before, self._dropped = note, False
        column = QVBoxLayout(self)
        column.setContentsMargins(_PAD_PX, _PAD_PX, _PAD_PX, _PAD_PX)
        column.setSpacing(8)
        title = QLabel(heading)
        title.setFont(sized(self.font(), 0, weight=QFont.Weight.DemiBold))
        column.addWidget(title)
        quote = " ".join(about.split())
        if len(quote) > _ABOUT_CHARACTERS:
            quote = quote[: _ABOUT_CHARACTERS - 1] + "…"
        line = QLabel(quote)
        line.setTextFormat(Qt.TextFormat.PlainText)
        line.setWordWrap(True)
        line.setFont(sized(self.font(), -1))
        line.setStyleSheet(f"color: {theme.colours.quiet};")
        column.addWidget(line)
        line.setVisible(bool(quote))  # once it has a parent: else it is a window for a moment
        self.field = QPlainTextEdit(note)
        self.field.setFixedHeight(_FIELD_PX)
        self.field.setTabChangesFocus(True)
        self.field.setPlaceholderText(self.tr("Write a note"))
        self.field.setAccessibleName(heading)
        self.field.installEventFilter(self)
        self.field.moveCursor(QTextCursor.MoveOperation.End)
        column.addWidget(self.field)
        self.setFocusProxy(self.field)
        self.setFixedWidth(_WIDTH_PX + 2 * SHADOW_PX)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() == Qt.Key.Key_Escape:
                self._dropped = True
                self.close()
                return True
            if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.close()
                return True
        return False

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        text = self.field.toPlainText().strip()
        if not self._dropped and text != self._before:
            self._before = text
            self.written.emit(text)
        super().closeEvent(event)
