"""A click on a badge in the list opens its sheet, and does not move the selection."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QStyle
from typing_extensions import override

from readlater.article import Access, Article, Status
from readlater.ui.models import said
from readlater.ui.models.articles import CARD_ROLE
from readlater.ui.theme import sized
from readlater.ui.views import pills
from readlater.ui.views.article_list import ArticleList
from readlater.ui.views.card_layout import BOTTOM_PX, SIDE_PAD_PX


class BadgeClicks(QObject):
    """Watches the list's viewport; `open_sheet(id, at)` with the corner under the badge."""

    def __init__(self, cards: ArticleList, open_sheet: Callable[[int, QPoint], None]) -> None:
        super().__init__(cards)
        self._cards, self._open = cards, open_sheet
        cards.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            found = self._badge_at(event.position().toPoint())
            if found is not None and event.button() == Qt.MouseButton.LeftButton:
                article, badge = found
                corner = badge.bottomRight() if self._cards.isRightToLeft() else badge.bottomLeft()
                at = self._cards.viewport().mapToGlobal(corner + QPoint(0, 6))
                self._open(article.id, at)
        return False

    def badge_rect(self, row: int) -> QRect:
        """Where the badge of a row is in the viewport; an empty rectangle where it has none."""
        index = self._cards.model().index(row, 0)
        card = index.data(CARD_ROLE)
        article = card.article if card is not None else None
        if article is None or not _has_badge(article) or article.access is None:
            return QRect()
        rect = self._cards.visualRect(index)
        small = sized(self._cards.font(), -2)
        strong = QFont(small)
        strong.setWeight(QFont.Weight.DemiBold)
        height = pills.row_height_px(small)
        width = 32 + QFontMetrics(strong).horizontalAdvance(said.access(article.access))
        top = rect.bottom() - BOTTOM_PX - height
        badge = QRect(rect.left() + SIDE_PAD_PX, top, width, height + 1)
        return QStyle.visualRect(self._cards.layoutDirection(), rect, badge)

    def _badge_at(self, at: QPoint) -> tuple[Article, QRect] | None:
        index = self._cards.indexAt(at)
        badge = self.badge_rect(index.row()) if index.isValid() else QRect()
        return (index.data(CARD_ROLE).article, badge) if badge.contains(at) else None


def _has_badge(article: Article) -> bool:
    return article.status is Status.READY and article.access not in (None, Access.FULL)
