"""Highlights as rows: a page at a time, more of them when they come into sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from typing_extensions import override

from readlater.article import FoundHighlight

FOUND_ROLE: Final = Qt.ItemDataRole.UserRole + 1
PAGE_ROWS: Final = 100
_Index = QModelIndex | QPersistentModelIndex


class HighlightsModel(QAbstractListModel):
    """`more_wanted(offset)` asks for the rows from there; `append` answers it."""

    more_wanted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[FoundHighlight] = []
        self._has_more = self._asked = False

    def show(self, rows: Sequence[FoundHighlight], *, more: bool = False) -> None:
        """Show these rows in place of what is there; `more` when there are others behind them."""
        self._asked, self._has_more = False, more
        old = [row.highlight.id for row in self._rows]
        if old == [row.highlight.id for row in rows]:
            self._rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def append(self, offset: int, rows: Sequence[FoundHighlight], *, more: bool) -> None:
        """Add the rows that were asked for, unless the list has become another one."""
        if offset != len(self._rows) or not self._asked:
            return
        self._asked, self._has_more = False, more
        if rows:
            self.beginInsertRows(QModelIndex(), offset, offset + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    def found(self, row: int) -> FoundHighlight | None:
        """The highlight of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, highlight: int) -> int:
        """The row of a highlight; -1 when it is not among those read."""
        ids = [row.highlight.id for row in self._rows]
        return ids.index(highlight) if highlight in ids else -1

    def rows(self) -> tuple[FoundHighlight, ...]:
        """All that is read."""
        return tuple(self._rows)

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    @override
    def canFetchMore(self, parent: _Index) -> bool:
        return not parent.isValid() and self._has_more and not self._asked

    @override
    def fetchMore(self, parent: _Index) -> None:
        if self.canFetchMore(parent):
            self._asked = True
            self.more_wanted.emit(len(self._rows))

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = self.found(index.row()) if index.isValid() else None
        if found is None:
            return None
        if role == FOUND_ROLE:
            return found
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return found.highlight.selector.quote
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return " · ".join(part for part in (found.highlight.note, found.title) if part)
        return None
