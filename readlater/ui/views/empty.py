"""What an empty library says: one sentence, three ways to begin, and where the articles live."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeySequence, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from readlater import paths
from readlater.ui.icons import svg
from readlater.ui.theme import Theme, sized
from readlater.ui.views.button_row import ButtonRow

SERIF: Final = ["Literata Variable", "Literata", "Georgia", "Noto Serif", "DejaVu Serif", "serif"]
_WIDTH_PX: Final = 480
_ICON_PX: Final = 44


def thin_icon(name: str, colour: QColor, size_px: int, ratio: float) -> QPixmap:
    """An icon for the middle of a pane: as large as it is, its lines stay thin."""
    side = round(size_px * ratio)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawn = re.sub(r'stroke-width="[^"]*"', 'stroke-width="1.15"', svg(name, colour))
    QSvgRenderer(QByteArray(drawn.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


class FirstStart(QWidget):
    """The hero of the first ten minutes; `folder` is where the library lies."""

    paste_wanted = Signal()
    file_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, theme: Theme, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon, self._heading, self._text, self._place = QLabel(), QLabel(), QLabel(), QLabel()
        self.paste = QPushButton(self.tr("Paste a link"))
        self.file = QPushButton(self.tr("Choose a file…"))
        self.sample = QPushButton(self.tr("Read the sample"))
        self._say(folder)
        self._lay_out()
        self.paste.setDefault(True)
        self.paste.clicked.connect(self.paste_wanted)
        self.file.clicked.connect(self.file_wanted)
        self.sample.clicked.connect(self.sample_wanted)
        theme.changed.connect(self._wear)
        self._wear()

    def _say(self, folder: Path) -> None:
        key = QKeySequence(QKeySequence.StandardKey.Paste)
        keys = key.toString(QKeySequence.SequenceFormat.NativeText) or "Ctrl+V"
        self._heading.setText(self.tr("Drop a link here"))
        text = self.tr(
            "Or paste one with %1, anywhere in this window. Readlater keeps a clean copy "
            "that you can read without a network, for as long as you like."
        ).replace("%1", keys)
        self._text.setText(f'<p style="line-height: 140%">{escape(text)}</p>')
        self._place.setText(
            self.tr("Everything stays on this computer, in %1").replace("%1", paths.shown(folder))
        )
        self._text.setAccessibleName(text)
        self.setAccessibleName(f"{self._heading.text()}. {text}")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(0)
        column.addStretch(1)
        for label, gap in ((self._icon, 18), (self._heading, 8), (self._text, 22)):
            self._center(column, label)
            column.addSpacing(gap)
        for button in (self.paste, self.file, self.sample):
            button.setMinimumHeight(40)
        column.addWidget(ButtonRow((self.paste, self.file, self.sample)))
        column.addSpacing(26)
        self._center(column, self._place)
        column.addStretch(1)

    def _center(self, column: QVBoxLayout, label: QLabel) -> None:
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setWordWrap(label is not self._icon)
        rich = label is self._text
        label.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
        label.setMaximumWidth(_WIDTH_PX)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(label, 1000)
        row.addStretch(1)
        column.addLayout(row)

    def _wear(self) -> None:
        wear = self._theme.colours
        accent = wear.colour("accent")
        self._icon.setPixmap(thin_icon("inbox", accent, _ICON_PX, self.devicePixelRatioF()))
        heading = QFont(SERIF)
        heading.setPixelSize(sized(self.font(), 12).pixelSize())
        heading.setWeight(QFont.Weight.DemiBold)
        self._heading.setFont(heading)
        self._text.setFont(sized(self.font(), 1))
        self._place.setFont(sized(self.font(), -1))
        for button in (self.paste, self.file, self.sample):
            button.setFont(sized(self.font(), 1))
            button.setStyleSheet("QPushButton { padding: 9px 16px; min-height: 20px; }")
        for label in (self._text, self._place):
            label.setStyleSheet(f"color: {wear.quiet};")
