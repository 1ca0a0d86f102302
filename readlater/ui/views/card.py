"""One article as a card: its height for a width, and its painting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from readlater.article import Status
from readlater.ui.icons import icon
from readlater.ui.models.articles import CARD_ROLE
from readlater.ui.models.cards import Card
from readlater.ui.models.thumbnails import SIDE_PX, Thumbnails
from readlater.ui.theme import CORNER_PX, Theme
from readlater.ui.views import pills
from readlater.ui.views.card_layout import (
    BODY_GAP_PX,
    BY_GAP_PX,
    CHIPS_GAP_PX,
    ICON_GAP_PX,
    ICON_PX,
    LINE_GAP_PX,
    SIDE_PAD_PX,
    TOP_PX,
    CardLayout,
    Faces,
    Sheet,
)

# What stands under transparent pictures in the dark; as in reader.css.
_PAPER: Final = "#d9d9dc"
# Some screens of cards: those in sight and what is measured around them.
_LAYOUTS_KEPT: Final = 256


class CardDelegate(QStyledItemDelegate):
    """Paints cards from `CARD_ROLE`; `phase` (0..1) is where the saving lines stand."""

    def __init__(self, theme: Theme, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._thumbnails = theme, thumbnails
        self._layouts: dict[int, CardLayout] = {}
        self._sheet = Sheet(Faces.of(QFont()), theme.colours, date.today(), mirrored=False)
        self.phase = 0.5

    def set_font(self, font: QFont) -> None:
        """Measure and paint with the faces made from `font`."""
        self._use(replace(self._sheet, faces=Faces.of(font), today=date.today()))

    def height_px(self, card: Card | None, width_px: int) -> int:
        """The height of a card in a list of `width_px`, its dividing line included."""
        if card is None:
            return self._sheet.faces.unknown_px
        return self._layout(card, width_px).height_px

    def _use(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._layouts.clear()

    def _layout(self, card: Card, width_px: int) -> CardLayout:
        article = card.article
        digest = article.lead_asset
        has_thumbnail = bool(digest) and not self._thumbnails.is_missing(digest)
        held = self._layouts.pop(article.id, None)
        if held is None or not held.is_of(card, width_px, has_thumbnail=has_thumbnail):
            held = CardLayout(card, width_px, self._sheet, has_thumbnail=has_thumbnail)
        self._layouts[article.id] = held
        if len(self._layouts) > _LAYOUTS_KEPT:
            del self._layouts[next(iter(self._layouts))]
        return held

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        width = option.rect.width()
        return QSize(width, self.height_px(index.data(CARD_ROLE), width))

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        colours = self._theme.colours
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, colours.colour("accent_soft" if selected else "canvas"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colours.colour("line"))
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        if mirrored != self._sheet.mirrored or colours is not self._sheet.colours:
            self._use(replace(self._sheet, colours=colours, mirrored=mirrored))
        card = index.data(CARD_ROLE)
        if isinstance(card, Card):
            self._paint_card(painter, rect, self._layout(card, rect.width()))
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Active:
            edge = rect.right() - 1 if mirrored else rect.left()
            painter.fillRect(edge, rect.top(), 2, rect.height() - 1, colours.colour("accent"))
        painter.restore()

    def _paint_card(self, painter: QPainter, rect: QRect, laid: CardLayout) -> None:
        article, colours, mirrored = laid.card.article, self._theme.colours, self._sheet.mirrored
        thumb = rect.width() - 2 * SIDE_PAD_PX - laid.text_px
        left = rect.left() + SIDE_PAD_PX + (thumb if mirrored else 0)
        top = rect.top() + TOP_PX
        painter.setPen(colours.colour("text"))
        laid.title.draw(painter, left, top)
        top += laid.title.height_px
        painter.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
        )
        line = QRect(left, top, laid.text_px, 0)
        if article.status is Status.READY:
            top = self._paint_ready(painter, line, laid)
        else:
            top = self._paint_state(painter, line, laid)
        if laid.has_thumbnail:
            far = rect.right() + 1 - SIDE_PAD_PX - SIDE_PX
            side = rect.left() + SIDE_PAD_PX if mirrored else far
            self._paint_thumbnail(painter, side, rect.top() + TOP_PX, article.lead_asset)
            top = max(top, rect.top() + TOP_PX + SIDE_PX)
        whole = QRect(rect.left() + SIDE_PAD_PX, top, rect.width() - 2 * SIDE_PAD_PX, 0)
        if laid.has_chips:
            self._paint_chips(painter, whole, laid)
        if 0 < article.progress < 1 and article.status is Status.READY:
            accent = colours.colour("accent")
            accent.setAlphaF(0.75)
            done = round(whole.width() * article.progress)
            begin = whole.right() + 1 - done if mirrored else whole.left()
            painter.fillRect(begin, rect.bottom() - 1, done, 2, accent)

    def _paint_ready(self, painter: QPainter, line: QRect, laid: CardLayout) -> int:
        top = self._paint_quiet(painter, line, laid)
        if not laid.body.height_px:
            return top
        laid.body.draw(painter, line.left(), top + BODY_GAP_PX)
        return top + BODY_GAP_PX + laid.body.height_px

    def _paint_quiet(self, painter: QPainter, line: QRect, laid: CardLayout) -> int:
        faces = self._sheet.faces
        rect = QRect(line.left(), line.top() + BY_GAP_PX, line.width(), faces.quiet_px)
        painter.setFont(faces.quiet)
        painter.setPen(self._theme.colours.colour("quiet"))
        side = Qt.AlignmentFlag.AlignRight if laid.at_right else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        way = painter.layoutDirection()
        if laid.rtl:
            painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        painter.drawText(rect, flags, laid.quiet_line)
        painter.setLayoutDirection(way)
        return rect.top() + faces.quiet_px

    def _paint_state(self, painter: QPainter, line: QRect, laid: CardLayout) -> int:
        faces, colours = self._sheet.faces, self._theme.colours
        if laid.is_moving:
            top = self._paint_quiet(painter, line, laid) + LINE_GAP_PX
            self._paint_moving_line(painter, QRectF(line.left(), top, line.width(), 2))
            return top + 2
        top, left = line.top() + BODY_GAP_PX, line.left()
        _, sign = laid.state
        if sign:
            hue = colours.colour("amber" if sign == "triangle-alert" else "quiet")
            place = QRect(left, top + (faces.quiet_px - ICON_PX) // 2, ICON_PX, ICON_PX)
            if self._sheet.mirrored:
                place.moveRight(line.right())
            else:
                left += ICON_PX + ICON_GAP_PX
            icon(sign, hue, ICON_PX).paint(painter, place)
        painter.setPen(colours.colour("quiet"))
        laid.state_block.draw(painter, left, top)
        return top + laid.state_block.height_px

    def _paint_moving_line(self, painter: QPainter, rail: QRectF) -> None:
        colours = self._theme.colours
        painter.fillRect(rail, colours.colour("line"))
        length = rail.width() * 0.38
        begin = rail.left() + (rail.width() + length) * self.phase - length
        piece = QRectF(begin, rail.top(), length, rail.height()).intersected(rail)
        painter.fillRect(piece, colours.colour("accent"))

    def _paint_chips(self, painter: QPainter, line: QRect, laid: CardLayout) -> None:
        faces, colours, article = self._sheet.faces, self._theme.colours, laid.card.article
        place = QRect(line.left(), line.top() + CHIPS_GAP_PX, line.width(), 0)
        place.setHeight(pills.row_height_px(faces.small))
        indent = 0
        if laid.has_pill and article.access is not None:
            width = pills.draw_pill(painter, place, faces.small, article.access, colours)
            indent = width + pills.GAP_PX
        pills.draw_chips(painter, place, indent, faces.small, article.tags, colours)

    def _paint_thumbnail(self, painter: QPainter, left: int, top: int, digest: str) -> None:
        pixmap = self._thumbnails.pixmap(digest, painter.device().devicePixelRatio())
        if pixmap is None:
            return
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(left, top, SIDE_PX, SIDE_PX), CORNER_PX, CORNER_PX)
        painter.save()
        painter.setClipPath(shape)
        if self._theme.dark and pixmap.hasAlphaChannel():  # black lines on nothing, as on the page
            painter.fillPath(shape, QColor(_PAPER))
        painter.drawPixmap(left, top, pixmap)
        painter.restore()
