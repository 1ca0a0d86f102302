"""Where a list stands, in terms of articles: noted before its rows move, found again after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QTableView

from readlater.article import View
from readlater.ui.models.articles import ArticlesModel

_FOLLOWING: Final = 128


@dataclass(frozen=True, slots=True)
class KeptPlace:
    """What a list showed; ids are 0 for none, offsets in pixels below the viewport's edge.

    `following` are the articles after the current one, `current_y_px` None when it was not in
    sight.
    """

    view: View | None
    current_id: int
    current_row: int
    current_y_px: int | None
    following: tuple[int, ...]
    selected: frozenset[int]
    everything: bool
    top_id: int
    top_y_px: int

    def row_after(self, model: ArticlesModel) -> int:
        """The current article's row now; when a deed took it, that of the next one left.

        -1 in another view that does not hold it, or when nothing was current.
        """
        if self.current_row < 0 or self.view != model.shown:
            return model.row_of(self.current_id) if self.current_id else -1
        for article_id in (self.current_id, *self.following):
            row = model.row_of(article_id)
            if row >= 0:
                return row
        return min(self.current_row, model.rowCount() - 1)

    def anchor(self, model: ArticlesModel, row: int) -> tuple[int, int]:
        """The row that is held still, and where its upper edge stands; -1 for none.

        `row` is that of the current article now.
        """
        if row >= 0 and self.current_y_px is not None:
            return row, self.current_y_px
        if self.view != model.shown:
            return -1, 0
        return model.row_of(self.top_id), self.top_y_px


def note(
    cards: QTableView, model: ArticlesModel, selected: frozenset[int], *, everything: bool
) -> KeptPlace:
    """Note where `cards` stands over `model`; `everything` when all rows are selected."""
    row, top = cards.currentIndex().row(), max(0, cards.rowAt(0))
    y_px = cards.rowViewportPosition(row)
    in_sight = row >= 0 and 0 <= y_px < cards.viewport().height()
    return KeptPlace(
        model.shown,
        _id(model, row),
        row,
        y_px if in_sight else None,
        model.known_ids(range(row + 1, row + 1 + _FOLLOWING)) if row >= 0 else (),
        selected,
        everything,
        _id(model, top),
        cards.rowViewportPosition(top),
    )


def _id(model: ArticlesModel, row: int) -> int:
    card = model.card(row)
    return card.article.id if card else 0
