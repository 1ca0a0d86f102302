"""The small outlined badge of access and the chips of tags, painted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle

from readlater.article import Access
from readlater.ui.icons import ACCESS_COLOURS, ACCESS_ICONS, icon
from readlater.ui.models import said
from readlater.ui.theme import Colours

GAP_PX: Final = 6
_ICON_PX: Final = 12
_CHIP_MOST_PX: Final = 150


def row_height_px(font: QFont) -> int:
    """The height of a line of pills and chips."""
    return QFontMetrics(font).height() + 5


def draw_pill(
    painter: QPainter, line: QRect, font: QFont, verdict: Access, colours: Colours
) -> int:
    """Draw the badge of access at the beginning of `line`; its width in pixels."""
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    words, way = said.access(verdict), painter.layoutDirection()
    width = 6 + _ICON_PX + 5 + QFontMetrics(strong).horizontalAdvance(words) + 9
    pill = QStyle.visualRect(way, line, QRect(line.left(), line.top(), width, line.height()))
    colour = colours.colour(ACCESS_COLOURS[verdict])
    painter.setPen(QPen(colour, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    round_px = pill.height() / 2
    painter.drawRoundedRect(QRectF(pill).adjusted(0.5, 0.5, -0.5, -0.5), round_px, round_px)
    inset = (pill.height() - _ICON_PX) // 2
    place = QRect(pill.left() + 7, pill.top() + inset, _ICON_PX, _ICON_PX)
    drawn = icon(ACCESS_ICONS[verdict], colour, _ICON_PX)
    drawn.paint(painter, QStyle.visualRect(way, pill, place))
    text = QRect(pill.left() + 6 + _ICON_PX + 6, pill.top(), width, pill.height())
    _draw_text(painter, QStyle.visualRect(way, pill, text), strong, colour, words)
    return width


def draw_chips(
    painter: QPainter, line: QRect, indent_px: int, font: QFont, tags: Sequence[str], look: Colours
) -> None:
    """Draw the tags that fit into `line` from `indent_px` on; `+2` stands for the rest."""
    metrics = QFontMetrics(font)
    left = indent_px
    for at, tag in enumerate(tags):
        text = metrics.elidedText(tag, Qt.TextElideMode.ElideRight, _CHIP_MOST_PX)
        more = f"+{len(tags) - at}"
        last = at == len(tags) - 1
        room = line.width() - left - (0 if last else _chip_px(metrics, more) + GAP_PX)
        if _chip_px(metrics, text) > room:
            _draw_chip(painter, line, left, font, more, look)
            return
        left += _draw_chip(painter, line, left, font, text, look) + GAP_PX


def _draw_chip(
    painter: QPainter, line: QRect, indent_px: int, font: QFont, text: str, look: Colours
) -> int:
    width = _chip_px(QFontMetrics(font), text)
    place = QRect(line.left() + indent_px, line.top(), width, line.height())
    chip = QStyle.visualRect(painter.layoutDirection(), line, place)
    over = look.colour("text")
    over.setAlphaF(0.07)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(over)
    shape = QRectF(chip).adjusted(0, 0.5, 0, -0.5)
    painter.drawRoundedRect(shape, shape.height() / 2, shape.height() / 2)
    _draw_text(painter, chip.adjusted(7, 0, -7, 0), font, look.colour("quiet"), text)
    return width


def _draw_text(painter: QPainter, rect: QRect, font: QFont, colour: QColor, text: str) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, text)


def _chip_px(metrics: QFontMetrics, text: str) -> int:
    return metrics.horizontalAdvance(text) + 14
