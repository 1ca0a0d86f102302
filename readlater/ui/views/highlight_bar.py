"""The small bar beside what is selected or a highlight: colours, note, tags, copy, remove."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from readlater.article import Highlight
from readlater.ui.icons import icon
from readlater.ui.reader.colours import colours
from readlater.ui.theme import Theme, sized
from readlater.ui.views.raised import SHADOW_PX, paint_raised

_BUTTON_PX: Final = 32
_ICON: Final = QSize(18, 18)
_GAP_PX: Final = 8
_NOTE_PX: Final = 300
_NOTE_CHARACTERS: Final = 160


def colour_name(theme: Theme, number: int) -> str:
    """The highlight colour `number` (1 to 4) of the window's theme as `#rrggbb`."""
    return colours("dark" if theme.dark else "light")[f"mark-{number}"]


def swatch(theme: Theme, number: int, *, chosen: bool = False, size_px: int = 18) -> QIcon:
    """A disc of a highlight's colour, with a ring when it is the chosen one."""
    made = QIcon()
    for scale in (1.0, 2.0):
        pixmap = QPixmap(round(size_px * scale), round(size_px * scale))
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = QColor(colour_name(theme, number))
        edge = theme.colours.colour("text" if chosen else "quiet")
        painter.setPen(QPen(edge, 2 if chosen else 1))
        painter.setBrush(fill)
        inset = 1.5 if chosen else 2.0
        painter.drawEllipse(QRectF(0, 0, size_px, size_px).adjusted(inset, inset, -inset, -inset))
        painter.end()
        made.addPixmap(pixmap)
    return made


class HighlightBar(QWidget):
    """Stands over the page beside a box; it never takes the keys, so that a selection stays."""

    coloured = Signal(int)
    note_wanted = Signal()
    tags_wanted = Signal()
    copy_wanted = Signal()
    search_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._page = theme, parent
        self.highlight: Highlight | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        margin = SHADOW_PX
        column = QVBoxLayout(self)
        column.setContentsMargins(margin + 6, margin + 4, margin + 6, margin + 4)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(0)
        column.addLayout(row)
        self._row = row
        names = (self.tr("Yellow"), self.tr("Green"), self.tr("Blue"), self.tr("Pink"))
        self._colours = [
            self._button(f"{name} ({n})", partial(self.coloured.emit, n))
            for n, name in enumerate(names, 1)
        ]
        self._row.addSpacing(6)
        self._icons: list[tuple[QToolButton, str]] = []
        self._named("sticky-note", self.tr("Note (N)"), self.note_wanted.emit)
        self._tags = self._named("tag", self.tr("Tags of the highlight"), self.tags_wanted.emit)
        self._named("copy", self.tr("Copy"), self.copy_wanted.emit)
        search = self.tr("Search the library for this")
        self._search = self._named("search", search, self.search_wanted.emit)
        self._remove = self._named("trash-2", self.tr("Remove"), self.removal_wanted.emit)
        self._note = QLabel()
        self._note.setWordWrap(True)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setMaximumWidth(_NOTE_PX)
        self._note.setContentsMargins(9, 0, 9, 8)
        self._note.setFont(sized(self.font(), -1))
        column.addWidget(self._note)
        theme.changed.connect(self._wear)
        self._wear()
        self._box = QRectF()
        self.hide()
        parent.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In a page of another width the lines break elsewhere: the bar would stand beside none."""
        if event.type() == QEvent.Type.Resize:
            self.hide()
        return False

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        """A sheet that opens by key over the page is not stood upon."""
        if now is not None and now.window() is not self.window():
            self.hide()

    def corner(self) -> QPoint:
        """Where on the screen a sheet may open that leaves what it is about in sight."""
        room = self._page.rect()
        below = round(self._box.bottom()) + _GAP_PX
        if self.geometry().bottom() > self._box.bottom() or below > room.height() * 0.75:
            return self.mapToGlobal(QPoint(SHADOW_PX, SHADOW_PX))
        return self._page.mapToGlobal(QPoint(self.x() + SHADOW_PX, below))

    def show_for(self, box: QRectF, highlight: Highlight | None) -> None:
        """Show the deeds for a highlight, or for what is selected, beside `box` of the parent."""
        self.highlight, self._box = highlight, box
        note = highlight.note if highlight is not None else ""
        short = note if len(note) <= _NOTE_CHARACTERS else note[: _NOTE_CHARACTERS - 1] + "…"
        self._note.setText(short)
        self._note.setVisible(bool(note))
        self._tags.setVisible(highlight is not None)
        self._remove.setVisible(highlight is not None)
        self._search.setVisible(highlight is None)
        self._wear()
        self.adjustSize()
        self._place(box)
        self.show()
        self.raise_()

    def buttons(self) -> list[QToolButton]:
        """The buttons in sight, in their order."""
        return [b for b in (*self._colours, *(b for b, _ in self._icons)) if not b.isHidden()]

    def _place(self, box: QRectF) -> None:
        """Above the box, or below it where there is no room, and never outside the parent."""
        room = self._page.rect()
        width, height = self.width(), self.height()
        left = round(box.center().x() - width / 2)
        left = max(-SHADOW_PX + 4, min(left, room.width() - width + SHADOW_PX - 4))
        top = round(box.top()) - height + SHADOW_PX - _GAP_PX
        if top + SHADOW_PX < 4:
            top = round(box.bottom()) - SHADOW_PX + _GAP_PX
        self.move(left, max(-SHADOW_PX + 4, min(top, room.height() - height + SHADOW_PX - 4)))

    def _button(self, name: str, deed: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setFixedSize(_BUTTON_PX, _BUTTON_PX)
        button.setIconSize(_ICON)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(lambda: deed())
        self._row.addWidget(button)
        return button

    def _named(self, name: str, text: str, deed: Callable[[], None]) -> QToolButton:
        button = self._button(text, deed)
        self._icons.append((button, name))
        return button

    def _wear(self) -> None:
        wear = self._theme.colours
        chosen = self.highlight.colour if self.highlight is not None else 0
        for number, button in enumerate(self._colours, 1):
            button.setIcon(swatch(self._theme, number, chosen=number == chosen))
        for button, name in self._icons:
            button.setIcon(icon(name, wear.colour("quiet"), 16))
        self._note.setStyleSheet(f"color: {wear.text};")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        wear, margin = self._theme.colours, SHADOW_PX
        body = self.rect().adjusted(margin, margin, -margin, -margin)
        painter = QPainter(self)
        ground, line = wear.colour("raised"), wear.colour("line")
        paint_raised(painter, body, ground, line, dark=self._theme.dark)
