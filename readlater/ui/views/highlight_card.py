"""Paints one highlight of a list: the quote on its colour, its note, its tags and where from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from unicodedata import bidirectional

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from readlater.article import FoundHighlight, Span
from readlater.ui.models.highlights import FOUND_ROLE
from readlater.ui.theme import CORNER_PX, Theme, sized
from readlater.ui.views.highlight_bar import colour_name
from readlater.ui.views.text_block import TextBlock

_SIDE_PX: Final = 14
_PAD_PX: Final = 10
_GAP_PX: Final = 6
_LINES: Final = 8
_NOTE_LINES: Final = 6


@dataclass(slots=True)
class _Parts:
    """A card laid out for one width."""

    quote: TextBlock
    note: TextBlock
    foot: TextBlock
    height_px: int


class HighlightCards(QStyledItemDelegate):
    """`with_source` adds the article's title under each highlight."""

    def __init__(self, theme: Theme, view: QWidget, *, with_source: bool) -> None:
        super().__init__(view)
        self._theme, self._view, self._with_source = theme, view, with_source
        self._laid: dict[tuple[FoundHighlight, int], _Parts] = {}

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        width = self._view.width()
        found = index.data(FOUND_ROLE)
        return QSize(width, self._parts(found, width).height_px if found is not None else 0)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        found: FoundHighlight | None = index.data(FOUND_ROLE)
        if found is None:
            return
        wear = self._theme.colours
        rect: QRect = option.rect
        state = option.state
        parts = self._parts(found, rect.width())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, wear.colour("accent_soft"))
        left, top = rect.left() + _SIDE_PX, rect.top() + _PAD_PX
        box = QRectF(left, top, rect.width() - 2 * _SIDE_PX, parts.quote.height_px + 12)
        self._paint_box(painter, box, found)
        painter.setPen(wear.colour("text" if found.highlight.placed else "quiet"))
        parts.quote.draw(painter, left + 10, top + 6)
        top += round(box.height()) + _GAP_PX
        painter.setPen(wear.colour("text"))
        parts.note.draw(painter, left + 10, top)
        top += parts.note.height_px + (_GAP_PX if parts.note.height_px else 0)
        painter.setPen(wear.colour("quiet"))
        parts.foot.draw(painter, left + 10, top)
        painter.restore()

    def _paint_box(self, painter: QPainter, box: QRectF, found: FoundHighlight) -> None:
        colour = QColor(colour_name(self._theme, found.highlight.colour))
        if found.highlight.placed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
        else:
            painter.setPen(QPen(self._theme.colours.colour("quiet"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, CORNER_PX, CORNER_PX)
        if not found.highlight.placed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(box.right() - 10, box.top() + 10), 4, 4)

    def _parts(self, found: FoundHighlight, width_px: int) -> _Parts:
        key = (found, width_px)
        if key not in self._laid:
            if len(self._laid) > 4_000:
                self._laid.clear()
            self._laid[key] = self._lay_out(found, width_px - 2 * _SIDE_PX - 20)
        return self._laid[key]

    def _lay_out(self, found: FoundHighlight, width_px: int) -> _Parts:
        held, base = found.highlight, self._view.font()
        small = sized(base, -1)

        def block(text: str, font: QFont, most: int) -> TextBlock:
            line_px = round(QFontMetrics(font).height() * 1.25)
            shown = " ".join(text.split())
            width = max(40, width_px)
            return TextBlock((Span(shown),), font, width, line_px, most=most, rtl=_is_rtl(shown))

        quote, note = block(held.selector.quote, base, _LINES), block(held.note, base, _NOTE_LINES)
        foot = block(self._foot(found), small, 1)
        height = 2 * _PAD_PX + quote.height_px + 12
        height += note.height_px + _GAP_PX if note.height_px else 0
        height += foot.height_px + _GAP_PX if foot.height_px else 0
        return _Parts(quote, note, foot, height)

    def _foot(self, found: FoundHighlight) -> str:
        held = found.highlight
        parts = [] if held.placed else [_tr("Not found in the text any more")]
        if self._with_source:
            parts += [part for part in (found.title or found.url, found.site_name) if part]
        parts += [f"#{tag}" for tag in held.tags]
        return " · ".join(parts)


def _is_rtl(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left (UAX #9, P2)."""
    for letter in text:
        direction = bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def _tr(text: str) -> str:
    return QCoreApplication.translate("HighlightCards", text)
