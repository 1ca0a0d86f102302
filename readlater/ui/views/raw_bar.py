"""The line over the page as it came: what it is, from when and where, and the ways out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from readlater.ui.icons import icon
from readlater.ui.reader.template import long_date
from readlater.ui.theme import Theme, sized

_HEIGHT_PX: Final = 44
_SHORT_PX: Final = 560


class RawBar(QWidget):
    """`web_wanted`, `beside_wanted` and `back_wanted` are its deeds."""

    web_wanted = Signal()
    beside_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._whole = ""
        self._is_beside = False
        self.setFixedHeight(_HEIGHT_PX)
        self.sign = QLabel()
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setFont(sized(self.font(), -1))
        self.words.setMinimumWidth(0)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.web = self._button(self.tr("Open on the web"), self.web_wanted.emit)
        self.beside = self._button(self.tr("Side by side"), self.beside_wanted.emit)
        self.back = self._button(self.tr("Back to the article"), self.back_wanted.emit)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 12, 5)
        row.setSpacing(4)
        row.addWidget(self.sign)
        row.addSpacing(5)
        row.addWidget(self.words, 1)
        for button in (self.web, self.beside, self.back):
            row.addWidget(button)
        theme.changed.connect(self._wear)
        self._wear()

    def say(self, came_at: float, address: str, size_bytes: int) -> None:
        """Say when the page came, from where, and how large it is."""
        day = datetime.fromtimestamp(came_at, UTC).astimezone().date()
        locale = QLocale()
        when = long_date(QDate(day.year, day.month, day.day).toString("yyyy-MM-dd"), locale)
        first = self.tr("The page as it came, saved %1").replace("%1", when)
        size = locale.formattedDataSize(size_bytes, 0, QLocale.DataSizeFormat.DataSizeSIFormat)
        self._whole = f"{first} · {address.partition('://')[2] or address} · {size}"
        self.words.setToolTip(address)
        self.words.setAccessibleName(self._whole)
        self._fit()

    def set_beside(self, *, on: bool, has_room: bool) -> None:
        """Wear whether the article stands beside the page, and whether both have room."""
        self._is_beside = on
        self.beside.setVisible(has_room and not on)
        self._fit()

    def _button(self, words: str, deed: object) -> QToolButton:
        button = QToolButton(self)
        action = QAction(f" {words}", button)  # without the space the icon touches it
        action.setToolTip(words)
        action.triggered.connect(deed)
        button.setDefaultAction(action)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(words)
        button.setFixedHeight(32)
        return button

    def _fit(self) -> None:
        is_short = self.width() < _SHORT_PX
        style = Qt.ToolButtonStyle
        for button in (self.web, self.beside, self.back):
            wanted = style.ToolButtonIconOnly
            if button is self.back and not is_short:
                wanted = style.ToolButtonTextBesideIcon
            button.setToolButtonStyle(wanted)
        room = self.words.width()
        elide = Qt.TextElideMode.ElideRight
        self.words.setText(self.words.fontMetrics().elidedText(self._whole, elide, room))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._row.activate()
        self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), self._theme.colours
        painter.fillRect(self.rect(), colours.colour("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colours.colour("line"))

    def _wear(self) -> None:
        quiet = self._theme.colours.colour("quiet")
        self.sign.setPixmap(icon("file-text", quiet, 16).pixmap(16, 16))
        self.words.setStyleSheet(f"color: {self._theme.colours.quiet};")
        for button, name in (
            (self.web, "external-link"),
            (self.beside, "columns-2"),
            (self.back, "book-open"),
        ):
            button.defaultAction().setIcon(icon(name, quiet, 16))
