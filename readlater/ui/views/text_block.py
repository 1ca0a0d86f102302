"""Text laid out in at most so many lines, the last one elided, with marked pieces."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from readlater.article import Span


def line_count(text: str, metrics: QFontMetrics, width_px: int, most: int) -> int:
    """How many lines `text` takes when cut after `most`, two at the most: 0, 1 or `most`.

    Exact without laying anything out: what is no wider than one line takes one.
    """
    if not text:
        return 0
    return 1 if metrics.horizontalAdvance(text) <= width_px else most


class TextBlock:
    """Text of one font in at most `most` lines of `width_px`; `line_px` from line to line.

    `rtl` is how the text runs, `at_right` the side it stands at: in a mirrored window the right
    one, however it runs. `marked` are the ground and the text of marked spans.
    """

    def __init__(
        self,
        spans: Sequence[Span],
        font: QFont,
        width_px: int,
        line_px: int,
        *,
        most: int = 2,
        rtl: bool = False,
        at_right: bool = False,
        marked: tuple[QColor, QColor] | None = None,
    ) -> None:
        self._line_px = line_px
        self._ascent_px = QFontMetrics(font).ascent()
        self._drop_px = (line_px - QFontMetrics(font).height()) / 2
        self._option = _option(rtl=rtl, at_right=at_right or rtl)
        self._lines: list[QTextLayout] = []
        text = "".join(span.text for span in spans)
        formats = _formats(spans, marked)
        start = 0
        while start < len(text) and len(self._lines) < most:
            rest = text[start:]
            if len(self._lines) == most - 1:
                rest = QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width_px)
            taken = self._add_line(rest, font, width_px, _shifted(formats, start, len(rest)))
            start += taken

    @property
    def height_px(self) -> int:
        """The height of all lines."""
        return self._line_px * len(self._lines)

    def draw(self, painter: QPainter, left: float, top: float) -> None:
        """Draw with the painter's pen from the upper left corner."""
        for number, line in enumerate(self._lines):
            line.draw(painter, QPointF(left, top + number * self._line_px + self._drop_px))

    def _add_line(
        self, text: str, font: QFont, width_px: int, formats: list[QTextLayout.FormatRange]
    ) -> int:
        layout = QTextLayout(text, font)
        layout.setTextOption(self._option)
        layout.setFormats(formats)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(width_px)
        # A line with a fallback face is taller: the baselines must not jump for it.
        line.setPosition(QPointF(0, self._ascent_px - line.ascent()))
        layout.endLayout()
        self._lines.append(layout)
        return max(1, line.textLength())


def _option(*, rtl: bool, at_right: bool) -> QTextOption:
    side = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
    option = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    direction = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
    option.setTextDirection(direction)
    return option


def _formats(
    spans: Sequence[Span], marked: tuple[QColor, QColor] | None
) -> list[QTextLayout.FormatRange]:
    if marked is None or not any(span.marked for span in spans):
        return []
    made, at = [], 0
    for span in spans:
        size = _utf16(span.text)
        if span.marked:
            char = QTextCharFormat()
            char.setBackground(marked[0])
            char.setForeground(marked[1])
            made.append(_range(at, size, char))
        at += size
    return made


def _range(start: int, length: int, char: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, char
    return made


def _utf16(text: str) -> int:
    # Qt counts UTF-16 units, Python code points.
    return len(text) + sum(ord(letter) > 0xFFFF for letter in text)


def _shifted(
    formats: Sequence[QTextLayout.FormatRange], by: int, size: int
) -> list[QTextLayout.FormatRange]:
    made = []
    for one in formats:
        start, end = max(0, one.start - by), min(size, one.start + one.length - by)
        if start < end:
            made.append(_range(start, end - start, one.format))
    return made
