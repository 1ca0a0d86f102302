"""One article as a card: its height for a width, and its painting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import (
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from readlater.article import Access, Article, Span, Status
from readlater.ui.icons import icon
from readlater.ui.models import said
from readlater.ui.models.articles import CARD_ROLE
from readlater.ui.models.cards import Card
from readlater.ui.models.thumbnails import SIDE_PX, Thumbnails
from readlater.ui.theme import CORNER_PX, Theme, sized
from readlater.ui.views import pills
from readlater.ui.views.text_block import TextBlock, line_count

SIDE_PAD_PX: Final = 16
TOP_PX: Final = 12
BOTTOM_PX: Final = 13
_THUMB_GAP_PX: Final = 12
_BY_GAP_PX: Final = 3
_BODY_GAP_PX: Final = 5
_CHIPS_GAP_PX: Final = 8
_LINE_GAP_PX: Final = 10
_ICON_PX: Final = 14


@dataclass(frozen=True, slots=True)
class Faces:
    """The fonts of a card and the heights of their lines in pixels."""

    unread: QFont
    read: QFont
    quiet: QFont
    small: QFont
    title_px: int
    quiet_px: int

    @staticmethod
    def of(font: QFont) -> Faces:
        """The faces for the application's font: title one step up, quiet lines one down."""
        unread = sized(font, 1, weight=QFont.Weight.DemiBold)
        read, quiet = sized(font, 1, weight=QFont.Weight.Normal), sized(font, -1)
        small = sized(font, -2)
        title = max(round(unread.pixelSize() * 1.32), QFontMetrics(unread).height())
        low = max(round(quiet.pixelSize() * 1.42), QFontMetrics(quiet).height())
        return Faces(unread, read, quiet, small, title, low)

    def title(self, article: Article) -> QFont:
        """Semi-bold until it was read."""
        return self.unread if article.read_at is None else self.read


class CardDelegate(QStyledItemDelegate):
    """Paints cards from `CARD_ROLE`; `phase` (0..1) is where the saving lines stand."""

    def __init__(self, theme: Theme, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._thumbnails = theme, thumbnails
        self._faces: Faces | None = None
        self._today = date.today()
        self.phase = 0.5

    def set_font(self, font: QFont) -> None:
        """Measure and paint with the faces made from `font`."""
        self._faces = Faces.of(font)
        self._today = date.today()

    def faces(self) -> Faces:
        """The faces in use."""
        if self._faces is None:
            self._faces = Faces.of(QFont())
        return self._faces

    def height_px(self, card: Card | None, width_px: int) -> int:
        """The height of a card in a list of `width_px`, its dividing line included."""
        faces = self.faces()
        if card is None:
            return TOP_PX + faces.title_px * 2 + _BY_GAP_PX + faces.quiet_px * 3 + BOTTOM_PX + 1
        article = card.article
        inner = self._text_px(article, width_px)
        metrics = QFontMetrics(faces.title(article))
        lines = line_count(_plain(title_spans(card)), metrics, inner, 2)
        height = TOP_PX + lines * faces.title_px
        if article.status is not Status.READY:
            height += self._state_px(card, inner)
        else:
            height += _BY_GAP_PX + faces.quiet_px
            body = line_count(_plain(body_spans(card)), QFontMetrics(faces.quiet), inner, 2)
            height += _BODY_GAP_PX + body * faces.quiet_px if body else 0
        if self._has_thumbnail(article):
            height = max(height, TOP_PX + SIDE_PX)
        if _has_chips(article):
            height += _CHIPS_GAP_PX + pills.row_height_px(faces.small)
        return height + BOTTOM_PX + 1

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
        card = index.data(CARD_ROLE)
        if isinstance(card, Card):
            self._paint_card(painter, rect, card, mirrored=mirrored)
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Active:
            edge = rect.right() - 1 if mirrored else rect.left()
            painter.fillRect(edge, rect.top(), 2, rect.height() - 1, colours.colour("accent"))
        painter.restore()

    def _paint_card(self, painter: QPainter, rect: QRect, card: Card, *, mirrored: bool) -> None:
        article, faces, colours = card.article, self.faces(), self._theme.colours
        width = self._text_px(article, rect.width())
        thumb = rect.width() - 2 * SIDE_PAD_PX - width
        left = rect.left() + SIDE_PAD_PX + (thumb if mirrored else 0)
        top = rect.top() + TOP_PX
        rtl = article.direction == "rtl" or (mirrored and not article.title)
        title = TextBlock(
            title_spans(card),
            faces.title(article),
            width,
            faces.title_px,
            rtl=rtl,
            mark=colours.colour("mark"),
            mark_text=colours.colour("text"),
        )
        painter.setPen(colours.colour("text"))
        title.draw(painter, left, top)
        top += title.height_px
        painter.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
        )
        line = QRect(left, top, width, 0)
        if article.status is Status.READY:
            top = self._paint_ready(painter, line, card, rtl=rtl)
        else:
            top = self._paint_state(painter, line, card, rtl=rtl)
        if self._has_thumbnail(article):
            far = rect.right() + 1 - SIDE_PAD_PX - SIDE_PX
            side = rect.left() + SIDE_PAD_PX if mirrored else far
            self._paint_thumbnail(painter, side, rect.top() + TOP_PX, article.lead_asset)
            top = max(top, rect.top() + TOP_PX + SIDE_PX)
        whole = QRect(rect.left() + SIDE_PAD_PX, top, rect.width() - 2 * SIDE_PAD_PX, 0)
        if _has_chips(article):
            self._paint_chips(painter, whole, article)
        if 0 < article.progress < 1 and article.status is Status.READY:
            accent = colours.colour("accent")
            accent.setAlphaF(0.75)
            done = round(whole.width() * article.progress)
            begin = whole.right() + 1 - done if mirrored else whole.left()
            painter.fillRect(begin, rect.bottom() - 1, done, 2, accent)

    def _paint_ready(self, painter: QPainter, line: QRect, card: Card, *, rtl: bool) -> int:
        faces, colours, article = self.faces(), self._theme.colours, card.article
        top = line.top() + _BY_GAP_PX
        by = said.quiet_line(article, QLocale(), self._today)
        place = QRect(line.left(), top, line.width(), faces.quiet_px)
        self._paint_quiet(painter, place, by, rtl=rtl)
        top += faces.quiet_px
        body = TextBlock(
            body_spans(card),
            faces.quiet,
            line.width(),
            faces.quiet_px,
            rtl=rtl,
            mark=colours.colour("mark"),
            mark_text=colours.colour("text"),
        )
        body.draw(painter, line.left(), top + _BODY_GAP_PX)
        return top + (_BODY_GAP_PX + body.height_px if body.height_px else 0)

    def _paint_quiet(self, painter: QPainter, rect: QRect, text: str, *, rtl: bool) -> None:
        faces = self.faces()
        painter.setFont(faces.quiet)
        painter.setPen(self._theme.colours.colour("quiet"))
        cut = QFontMetrics(faces.quiet).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if rtl or mirrored else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, flags, cut)

    def _state_px(self, card: Card, width_px: int) -> int:
        faces = self.faces()
        text, sign = _state(card)
        if said.is_moving(card.article, card.progress):
            return _BY_GAP_PX + faces.quiet_px + _LINE_GAP_PX + 2
        room = width_px - (_ICON_PX + 6 if sign else 0)
        return _BODY_GAP_PX + faces.quiet_px * line_count(text, QFontMetrics(faces.quiet), room, 2)

    def _paint_state(self, painter: QPainter, line: QRect, card: Card, *, rtl: bool) -> int:
        faces, colours = self.faces(), self._theme.colours
        text, sign = _state(card)
        if said.is_moving(card.article, card.progress):
            top = line.top() + _BY_GAP_PX
            place = QRect(line.left(), top, line.width(), faces.quiet_px)
            self._paint_quiet(painter, place, text, rtl=rtl)
            top += faces.quiet_px + _LINE_GAP_PX
            self._paint_moving_line(painter, QRectF(line.left(), top, line.width(), 2))
            return top + 2
        top, left, room = line.top() + _BODY_GAP_PX, line.left(), line.width()
        if sign:
            hue = colours.colour("amber" if sign == "triangle-alert" else "quiet")
            place = QRect(left, top + (faces.quiet_px - _ICON_PX) // 2, _ICON_PX, _ICON_PX)
            icon(sign, hue, _ICON_PX).paint(painter, place)
            left, room = left + _ICON_PX + 6, room - _ICON_PX - 6
        block = TextBlock([Span(text)], faces.quiet, room, faces.quiet_px)
        painter.setPen(colours.colour("quiet"))
        block.draw(painter, left, top)
        return top + block.height_px

    def _paint_moving_line(self, painter: QPainter, rail: QRectF) -> None:
        colours = self._theme.colours
        painter.fillRect(rail, colours.colour("line"))
        length = rail.width() * 0.38
        begin = rail.left() + (rail.width() + length) * self.phase - length
        piece = QRectF(begin, rail.top(), length, rail.height()).intersected(rail)
        painter.fillRect(piece, colours.colour("accent"))

    def _paint_chips(self, painter: QPainter, line: QRect, article: Article) -> None:
        faces, colours = self.faces(), self._theme.colours
        place = QRect(line.left(), line.top() + _CHIPS_GAP_PX, line.width(), 0)
        place.setHeight(pills.row_height_px(faces.small))
        indent = 0
        if _has_pill(article) and article.access is not None:
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
        painter.drawPixmap(left, top, pixmap)
        painter.restore()

    def _has_thumbnail(self, article: Article) -> bool:
        digest = article.lead_asset
        return bool(digest) and not self._thumbnails.is_missing(digest)

    def _text_px(self, article: Article, width_px: int) -> int:
        thumb = SIDE_PX + _THUMB_GAP_PX if self._has_thumbnail(article) else 0
        return max(40, width_px - 2 * SIDE_PAD_PX - thumb)


def title_spans(card: Card) -> tuple[Span, ...]:
    """The title with what a query marked in it."""
    return card.title or (Span(said.title(card.article)),)


def body_spans(card: Card) -> tuple[Span, ...]:
    """The snippet that a query found, else the excerpt."""
    if card.snippet:
        return card.snippet
    excerpt = " ".join(card.article.excerpt.split())
    return (Span(excerpt),) if excerpt else ()


def _plain(spans: tuple[Span, ...]) -> str:
    return "".join(span.text for span in spans)


def _state(card: Card) -> tuple[str, str]:
    article = card.article
    if article.status is Status.FAILED:
        return (said.sentence(article.problem) if article.problem else ""), "triangle-alert"
    text = said.saving_line(article, card.progress, QLocale())
    offline = article.problem is not None and article.problem.code == "offline"
    return text, "wifi-off" if offline else ("clock" if article.problem else "")


def _has_pill(article: Article) -> bool:
    return article.status is Status.READY and article.access not in (None, Access.FULL)


def _has_chips(article: Article) -> bool:
    return _has_pill(article) or bool(article.tags)
