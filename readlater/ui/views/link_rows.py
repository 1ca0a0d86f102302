"""Paints a link of a list: a box to tick, its words, and under them the address."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from readlater.library.article_links import ArticleLink
from readlater.library.shown_address import shown_address
from readlater.ui.icons import icon
from readlater.ui.theme import CORNER_PX, Theme, sized

LINK_ROLE: Final = Qt.ItemDataRole.UserRole
_HEIGHT_PX: Final = 48
_BOX_PX: Final = 16
_SIDE_PX: Final = 10
_Index = QModelIndex | QPersistentModelIndex


class LinkRows(QStyledItemDelegate):
    """A click anywhere on a row, or Space, ticks it."""

    def __init__(self, theme: Theme, view: QWidget) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(120, _HEIGHT_PX)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        link: ArticleLink = index.data(LINK_ROLE)
        wear, rect = self._theme.colours, option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(wear.colour("accent_soft"))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), CORNER_PX, CORNER_PX)
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
        middle = rect.top() + (rect.height() - _BOX_PX) // 2
        box = QRect(rect.left() + _SIDE_PX, middle, _BOX_PX, _BOX_PX)
        box = QStyle.visualRect(self._view.layoutDirection(), rect, box)
        self._paint_box(painter, box, ticked=ticked)
        left = rect.left() + 2 * _SIDE_PX + _BOX_PX
        words = QRect(left, rect.top() + 6, rect.right() - left - _SIDE_PX, _HEIGHT_PX // 2 - 6)
        address = words.translated(0, words.height())
        base = self._view.font()
        held = f" · {_tr('in your library')}" if link.held else ""
        shown = shown_address(link.url)
        for where, text, font, hue in (
            (words, link.text or shown, base, "text"),
            (address, shown + held, sized(base, -1), "quiet"),
        ):
            painter.setFont(font)
            painter.setPen(wear.colour(hue))
            short = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideMiddle, where.width()
            )
            place = QStyle.visualRect(self._view.layoutDirection(), rect, where)
            painter.drawText(
                place, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, short
            )
        painter.restore()

    def _paint_box(self, painter: QPainter, box: QRect, *, ticked: bool) -> None:
        wear = self._theme.colours
        painter.setPen(QPen(wear.colour("accent" if ticked else "quiet"), 1))
        painter.setBrush(wear.colour("accent" if ticked else "canvas"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if ticked:
            icon("check", wear.colour("on_accent"), 12).paint(painter, box.adjusted(2, 2, -2, -2))

    @override
    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        click = isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease
        space = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if not click and not (space and event.type() == QEvent.Type.KeyPress):
            return False
        role = Qt.ItemDataRole.CheckStateRole
        ticked = index.data(role) == Qt.CheckState.Checked.value
        state = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
        return model.setData(index, state.value, role)


def _tr(text: str) -> str:
    return QCoreApplication.translate("LinksDialog", text)
