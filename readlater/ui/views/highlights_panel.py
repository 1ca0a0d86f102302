"""The panel beside the text: the note on the article, and its highlights in order."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from readlater.article import FoundHighlight
from readlater.library.highlighting import Painted
from readlater.ui.icons import icon
from readlater.ui.models.highlights import HighlightsModel
from readlater.ui.theme import Theme, sized
from readlater.ui.views.highlight_list import HighlightList

WIDTH_PX: Final = 300


class HighlightsPanel(QWidget):
    """Its list tells what is wanted; those not found in the text any more stand at its end."""

    note_wanted = Signal()
    copy_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setMinimumWidth(WIDTH_PX)
        self.model = HighlightsModel(self)
        self.list = HighlightList(self.model, theme, with_source=False)
        self._title = QLabel()
        self._title.setFont(sized(self.font(), 0, weight=QFont.Weight.DemiBold))
        self._copy = self._button(self.tr("Copy all as Markdown"))
        self._copy.clicked.connect(self.copy_wanted)
        self._close = self._button(self.tr("Close"))
        self._close.clicked.connect(self.close_wanted)
        head = QHBoxLayout()
        head.setContentsMargins(14, 10, 8, 6)
        head.addWidget(self._title, 1)
        head.addWidget(self._copy)
        head.addWidget(self._close)
        self.note = QPushButton()
        self.note.setFlat(True)
        self.note.clicked.connect(self.note_wanted)
        self._note_text = QLabel()
        self._note_text.setWordWrap(True)
        self._note_text.setTextFormat(Qt.TextFormat.PlainText)
        self._note_text.setContentsMargins(24, 0, 20, 8)
        self._empty = QLabel(self.tr("Select a passage and press H, or 1 to 4 for a colour."))
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(24, 8, 20, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        notes = QHBoxLayout()
        notes.setContentsMargins(10, 0, 12, 4)
        notes.addWidget(self.note)
        notes.addStretch(1)
        column.addLayout(notes)
        for widget in (self._note_text, self._empty):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        theme.changed.connect(self._wear)
        self._wear()
        self.setFocusProxy(self.list)
        self.show_painted(Painted(0, 0, ()))

    def show_painted(self, painted: Painted) -> None:
        """Show an article's note and highlights."""
        rows = [FoundHighlight(held, "", "", "") for held in painted.highlights]
        chosen = self.list.current()
        self.model.show(rows)
        if chosen is not None:
            self.list.choose(chosen.highlight.id)
        count = QLocale().toString(len(rows))
        words = self.tr("Highlights") + (f" · {count}" if rows else "")
        self._title.setText(words)
        self._empty.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self._copy.setEnabled(bool(rows) or bool(painted.note))
        self._note_text.setText(painted.note)
        self._note_text.setVisible(bool(painted.note))
        self.note.setText(
            self.tr("Edit the note on the article")
            if painted.note
            else self.tr("Add a note on the article")
        )
        self.note.setEnabled(bool(painted.article))

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setFixedSize(30, 30)
        button.setIconSize(QSize(16, 16))
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(name)
        button.setAccessibleName(name)
        return button

    def _wear(self) -> None:
        wear = self._theme.colours
        quiet = wear.colour("quiet")
        self._copy.setIcon(icon("copy", quiet))
        self._close.setIcon(icon("x", quiet))
        self.note.setIcon(icon("sticky-note", wear.colour("accent")))
        self.note.setStyleSheet(
            f"QPushButton {{ color: {wear.accent}; border: 2px solid transparent;"
            " background: transparent; text-align: left; padding: 2px; }"
            f"QPushButton:focus {{ border-color: {wear.accent}; }}"
        )
        self._empty.setStyleSheet(f"color: {wear.quiet};")
        self._title.setStyleSheet(f"color: {wear.text};")
        self._note_text.setStyleSheet(f"color: {wear.text};")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, wear = QPainter(self), self._theme.colours
        painter.fillRect(self.rect(), wear.colour("canvas"))
        edge = self.width() - 1 if self.isRightToLeft() else 0
        painter.fillRect(edge, 0, 1, self.height(), wear.colour("line"))
