"""The list of cards: a table of one column that keeps its place by article, not by pixel."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget
from typing_extensions import override

from readlater.article import Article
from readlater.ui.models import said
from readlater.ui.models.articles import ArticlesModel
from readlater.ui.views.card import CardDelegate
from readlater.ui.views.kept_place import KeptPlace, note
from readlater.ui.views.rail import Rail
from readlater.ui.views.sweep import Sweep

if TYPE_CHECKING:
    from readlater.ui.models.thumbnails import Thumbnails
    from readlater.ui.theme import Theme

_AHEAD_ROWS: Final = 12


class ArticleList(QTableView):
    """Cards of an `ArticlesModel`.

    `chosen` names the current row's article (0 for none) when a person moves to it, `opened` the
    one that Enter or a double click opens.
    """

    chosen = Signal(int)
    opened = Signal(int)
    menu_wanted = Signal(QPoint)

    def __init__(
        self,
        model: ArticlesModel,
        theme: Theme,
        thumbnails: Thumbnails,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._articles, self._thumbnails = model, thumbnails
        self.single_keys = True
        self._cards = CardDelegate(theme, thumbnails, self)
        self._cards.set_font(self.font())
        self._place: KeptPlace | None = None
        self._fitting = False
        self._choosing = True
        self._current_id = 0
        self._sweep = Sweep(self, self._moving_rows, self._draw_moving)
        self._look()
        self.setModel(model)
        self.setItemDelegate(self._cards)
        model.reloading.connect(self._on_reloading)
        model.reloaded.connect(self._on_reloaded)
        model.loaded.connect(self._on_loaded)
        model.progressed.connect(self._on_progressed)
        thumbnails.arrived.connect(self._on_thumbnails)
        theme.changed.connect(self.viewport().update)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def _look(self) -> None:
        self.setAccessibleName(self.tr("Articles"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(40)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(24)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self._cards.height_px(None, 0))
        self.verticalScrollBar().setSingleStep(40)
        self._rail = Rail(self)

    # what is chosen

    def current_article(self) -> Article | None:
        """The article of the current row, when it is known."""
        card = self._articles.card(self.currentIndex().row())
        return card.article if card else None

    def near(self, steps: Iterable[int]) -> tuple[int, ...]:
        """The known articles that are so many rows below the current one, or above."""
        row = self.currentIndex().row()
        return self._articles.known_ids(row + by for by in steps) if row >= 0 else ()

    def selected_ranges(self) -> list[range]:
        """The selected rows, as ranges from top to bottom."""
        selection = self.selectionModel().selection()
        pieces = (selection.at(i) for i in range(selection.count()))
        ranges = (range(piece.top(), piece.bottom() + 1) for piece in pieces)
        return sorted(ranges, key=lambda rows: rows.start)

    def selected_count(self) -> int:
        """How many rows are selected."""
        return sum(map(len, self.selected_ranges()))

    def selected_ids(self) -> tuple[int, ...]:
        """The ids of the selected articles that are known, from top to bottom."""
        return self._articles.ids_within(self.selected_ranges())

    def choose_row(self, row: int) -> None:
        """Make `row` current and the only one selected."""
        if 0 <= row < self._articles.rowCount():
            self.setCurrentIndex(self._articles.index(row, 0))

    def step(self, by: int) -> None:
        """Choose the row `by` below the current one (or above)."""
        row = self.currentIndex().row()
        last = self._articles.rowCount() - 1
        self.choose_row(max(0, min(row + by, last)) if row >= 0 else 0)

    @override
    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().currentChanged(current, previous)
        if self._place is None and self._choosing:
            self._announce()

    def _announce(self) -> None:
        row = self.currentIndex().row()
        self._articles.hold(row)
        ids = self._articles.known_ids([row]) if row >= 0 else ()
        now = ids[0] if ids else 0
        if now != self._current_id:
            self._current_id = now
            self.chosen.emit(now)

    # rows become known

    def look_around(self) -> None:
        """Ask for the rows in sight and fit their heights."""
        first, last = self._in_sight()
        if last >= first:
            self._articles.need(max(0, first - _AHEAD_ROWS), last + _AHEAD_ROWS)
            self._fit(max(0, first - _AHEAD_ROWS), last + _AHEAD_ROWS)
        self._sweep.mind()

    def _in_sight(self) -> tuple[int, int]:
        count = self._articles.rowCount()
        if not count:
            return 0, -1
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        return first, count - 1 if last < 0 else last

    def _fit(self, first: int, last: int) -> None:
        """Give known rows their heights, holding still the first row that is wholly in sight."""
        last = min(last, self._articles.rowCount() - 1)
        if self._fitting or last < first:
            return
        self._fitting = True
        rows, width = self.verticalHeader(), self.viewport().width()
        held = self._first_whole()
        current_was_whole = self._is_whole(self.currentIndex().row())
        changed, above_px = False, 0
        for row in range(first, last + 1):
            card = self._articles.card(row)
            height, was = self._cards.height_px(card, width), rows.sectionSize(row)
            if card is not None and height != was:
                rows.resizeSection(row, height)
                changed = True
                above_px += height - was if row < held else 0
        if changed:
            self.updateGeometries()
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + above_px)
            if current_was_whole and not self._is_whole(self.currentIndex().row()):
                self.scrollTo(self.currentIndex())
        self._fitting = False

    def _first_whole(self) -> int:
        row = self.rowAt(0)
        return row + 1 if row >= 0 and self.rowViewportPosition(row) < 0 else row

    def _is_whole(self, row: int) -> bool:
        if row < 0:
            return False
        top = self.rowViewportPosition(row)
        return top >= 0 and top + self.rowHeight(row) <= self.viewport().height()

    def _on_loaded(self, first: int, last: int) -> None:
        in_sight = self._in_sight()
        for row in range(max(first, in_sight[0]), min(last, in_sight[1]) + 1):
            card = self._articles.card(row)
            if card is not None and card.article.lead_asset:
                self._thumbnails.ask_again(card.article.lead_asset)
        self._fit(max(first, in_sight[0] - _AHEAD_ROWS), min(last, in_sight[1] + _AHEAD_ROWS))
        if first <= self.currentIndex().row() <= last:
            self._announce()
        self._sweep.mind()

    def _on_progressed(self, row: int) -> None:
        first, last = self._in_sight()
        if first <= row <= last:
            self._fit(row, row)
            self._sweep.mind()

    def _on_scrolled(self, _value: int) -> None:
        if not self._fitting and self._place is None:
            self.look_around()

    def _on_thumbnails(self, digests: frozenset[str]) -> None:
        first, last = self._in_sight()
        self._fit(first, last)
        for row in range(first, last + 1):
            card = self._articles.card(row)
            if card is not None and card.article.lead_asset in digests:
                self.update(self._articles.index(row, 0))

    # rows move

    def _on_reloading(self) -> None:
        everything = self.selected_count() == self._articles.rowCount() > 1
        selected = frozenset(self.selected_ids())
        self._place = note(self, self._articles, selected, everything=everything)

    def _on_reloaded(self) -> None:
        was, model, bar = self._place, self._articles, self.verticalScrollBar()
        if was is None:
            bar.setValue(0)
            self.look_around()
            return
        row = was.row_after(model)
        anchor, y_px = was.anchor(model, row)
        self._fit(max(0, anchor - 2 * _AHEAD_ROWS), anchor + 2 * _AHEAD_ROWS)
        self._select_again(was, row)
        self.updateGeometries()
        if anchor >= 0:
            bar.setValue(self.verticalHeader().sectionPosition(anchor) - y_px)
        elif was.view != model.shown:
            bar.setValue(0)
        self._place = None
        if row < 0 and was.view != model.shown:
            self._current_id = 0  # another place was chosen: what is open stays open
        else:
            self._announce()
        self.look_around()

    def _select_again(self, was: KeptPlace, row: int) -> None:
        flag = QItemSelectionModel.SelectionFlag
        selection = self.selectionModel()
        picked = QItemSelection()
        last = self._articles.rowCount() - 1
        if was.everything and was.view == self._articles.shown and last >= 0:
            picked.select(self._articles.index(0, 0), self._articles.index(last, 0))
        for article_id in was.selected if picked.isEmpty() else ():
            at = self._articles.row_of(article_id)
            if at >= 0:
                index = self._articles.index(at, 0)
                picked.select(index, index)
        if picked.isEmpty() and row >= 0:
            index = self._articles.index(row, 0)
            picked.select(index, index)
        selection.select(picked, flag.ClearAndSelect | flag.Rows)
        if row >= 0:
            selection.setCurrentIndex(self._articles.index(row, 0), flag.NoUpdate)

    # what moves while something is saved

    @property
    def is_moving(self) -> bool:
        """Whether a line moves just now."""
        return self._sweep.is_moving

    def _draw_moving(self, rows: list[int]) -> None:
        self._cards.phase = self._sweep.phase
        for row in rows:
            self.viewport().update(self.visualRect(self._articles.index(row, 0)))

    def _moving_rows(self) -> list[int]:
        first, last = self._in_sight()
        cards = ((row, self._articles.card(row)) for row in range(first, last + 1))
        return [row for row, c in cards if c and said.is_moving(c.article, c.progress)]

    # what Qt tells

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        deed = self._deed(event)
        if deed is None:
            super().keyPressEvent(event)
        else:
            deed()
            event.accept()

    def _deed(self, event: QKeyEvent) -> Callable[[], None] | None:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        key = event.key()
        if plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current_id:
            return lambda: self.opened.emit(self._current_id)
        if plain and self.single_keys and key == Qt.Key.Key_J:
            return lambda: self.step(1)
        if plain and self.single_keys and key == Qt.Key.Key_K:
            return lambda: self.step(-1)
        return None

    @override
    def moveCursor(
        self,
        cursorAction: QAbstractItemView.CursorAction,
        modifiers: Qt.KeyboardModifier,
    ) -> QModelIndex:
        """Home and End go to the first and the last row, not column."""
        action = QAbstractItemView.CursorAction
        last = self._articles.rowCount() - 1
        if last >= 0 and cursorAction in (action.MoveHome, action.MoveEnd):
            return self._articles.index(0 if cursorAction == action.MoveHome else last, 0)
        return super().moveCursor(cursorAction, modifiers)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Nothing: single keys are deeds, and a search through all rows would read them."""

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._current_id:
            self.opened.emit(self._current_id)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.selected_count():
            by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
            rect = self.visualRect(self.currentIndex())
            corner = self.viewport().mapToGlobal(rect.center())
            self.menu_wanted.emit(corner if by_key else event.globalPos())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.look_around()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._cards.set_font(self.font())
            self.verticalHeader().setDefaultSectionSize(self._cards.height_px(None, 0))
            self.look_around()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        had_current = self.currentIndex().isValid()
        self._choosing = False
        super().focusInEvent(event)
        if not had_current:  # Qt makes the first row current, which would open it unasked
            self.selectionModel().clearCurrentIndex()
        self._choosing = True

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._sweep.stop()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look_around()
