"""A list of articles as a table model that reads only the rows somebody looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QLocale,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    QUrl,
    Signal,
)
from typing_extensions import override

from readlater.article import Article, Changes, Progress, Status, View
from readlater.ui.mime import OWN_FORMAT
from readlater.ui.models import said
from readlater.ui.models.cards import Card, Pages, runs

if TYPE_CHECKING:
    from readlater.errors import ReadLaterError
    from readlater.library.searching import Searching
    from readlater.ui.jobs import Jobs

Index = QModelIndex | QPersistentModelIndex

_FLAGS: Final = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)

CARD_ROLE: Final = Qt.ItemDataRole.UserRole + 1
RANK_AFTER_MS: Final = 300
PAGE_ROWS: Final = 64
PAGES_KEPT: Final = 16


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one look into the library gave: `count` None when only pages were asked for."""

    count: int | None
    pages: tuple[tuple[int, tuple[Card, ...]], ...]
    ranked: bool = False


class ArticlesModel(QAbstractTableModel):
    """One column of cards for a `View`; rows not held yet give None for `CARD_ROLE`.

    A view says through `need` which rows it shows; they come from the library's own thread.
    `reloading` and `reloaded` stand around every change of what row holds which article, so that
    a view can keep its place by id; `loaded` names rows that became known or different,
    `progressed` one that came further on its way.
    """

    reloading = Signal()
    reloaded = Signal()
    loaded = Signal(int, int)
    progressed = Signal(int)
    counted = Signal(int)

    def __init__(
        self,
        searching: Searching,
        jobs: Jobs,
        parent: QObject | None = None,
        *,
        page_rows: int = PAGE_ROWS,
        pages_kept: int = PAGES_KEPT,
    ) -> None:
        super().__init__(parent)
        self._searching, self._jobs = searching, jobs
        self._pages = Pages(page_rows, pages_kept)
        self._count = 0
        self._view = View()
        self._shown: View | None = None
        self._progress: dict[int, Progress] = {}
        self._wanted, self._current, self._held_id = (0, 0), 0, 0
        self._generation, self._busy, self._dirty = 0, False, False
        self._ranked_busy, self._ranked = False, False
        self._stale: set[int] = set()
        self._told: frozenset[int] = frozenset()
        self._rank = QTimer(self, interval=RANK_AFTER_MS, singleShot=True)
        self._rank.timeout.connect(self.rank)

    # what is shown

    @property
    def view(self) -> View:
        """The place, order and query that were asked for last."""
        return self._view

    @property
    def shown(self) -> View | None:
        """The view whose rows are held now, which may lag behind `view`."""
        return self._shown

    @property
    def is_settled(self) -> bool:
        """Whether the rows are those of `view`, with nothing on its way."""
        return self._shown == self._view and not self._busy and not self._dirty

    def set_view(self, view: View) -> None:
        """Show another place, order or query; a query is found fast now and ranked after a rest."""
        if view == self._view and self._shown is not None:
            return
        if self._ranked_busy:
            self._searching.interrupt()
        if replace(view, query="") != replace(self._view, query="") or not view.query:
            self._wanted, self._current = (0, 0), 0
        self._view, self._ranked = view, False
        self._rank.stop()
        if view.query:
            self._rank.start()
        self._reload()

    def rank(self) -> None:
        """Order what the query finds by relevance, bodies included; nothing without a query."""
        self._rank.stop()
        if self._view.query and not self._ranked:
            self._ranked = True
            self._reload()

    def stop(self) -> None:
        """Rank nothing that rests."""
        self._rank.stop()

    def need(self, first: int, last: int) -> None:
        """Rows `first` to `last` are looked at: fetch those that are not held."""
        self._wanted = (max(0, first), max(0, last))
        self._pump()

    def hold(self, row: int) -> None:
        """The article of `row` is the current one: it stays where it is when results re-rank."""
        card = self.card(row)
        self._current = max(0, row)
        self._held_id = card.article.id if card else 0

    def card(self, row: int) -> Card | None:
        """The card of `row`, or None while it is not known."""
        return self._pages.get(row)

    def row_of(self, article_id: int) -> int:
        """The row of an article among the known ones; -1 when it is not known."""
        return self._pages.row_of(article_id)

    def ids_within(self, ranges: Sequence[range]) -> tuple[int, ...]:
        """The ids of the known rows that lie in any of `ranges`, from top to bottom."""
        known = sorted((row, card.article.id) for row, card in self._pages.rows())
        return tuple(i for row, i in known if any(row in rows for rows in ranges))

    def known_ids(self, rows: Iterable[int]) -> tuple[int, ...]:
        """The ids of those of `rows` that are known."""
        return tuple(card.article.id for row in rows if (card := self.card(row)))

    # what happens elsewhere

    def on_changed(self, changes: Changes) -> None:
        """Refresh what a deed changed: rows by id, or everything shown when rows moved."""
        numbers = self._pages.numbers_with(changes.ids)
        for article_id in changes.ids:
            self._progress.pop(article_id, None)
        self._told |= changes.ids
        if changes.membership or (self._view.query and numbers):
            self._reload()
            return
        self._stale |= numbers
        self._pump()

    def on_progressed(self, progress: Progress) -> None:
        """Show how far a row has come."""
        self._progress[progress.id] = progress
        row = self._pages.set_progress(progress)
        if row >= 0:
            self.progressed.emit(row)
            self._refresh(row, row)

    # looking into the library

    def _reload(self) -> None:
        self._generation += 1
        self._dirty = True
        self._pump()

    def _pump(self) -> None:
        if self._busy:
            return
        if self._dirty:
            self._dirty = False
            self._ask(self._whole())
        elif not self._view.query and (missing := self._missing()):
            self._ask(self._part(missing))

    def _missing(self) -> tuple[int, ...]:
        first, last = self._wanted
        last = min(last, self._count - 1)
        if last < first:
            return ()
        size = self._pages.size
        absent = set(self._pages.touch(first, last))
        looked_at = set(range(first // size, last // size + 1))
        self._pages.drop(self._stale - looked_at)
        self._stale &= looked_at
        return tuple(sorted(absent | self._stale))

    def _whole(self) -> Callable[[], _Answer]:
        view, ranked, searching = self._view, self._ranked, self._searching
        size = self._pages.size
        rows = {*range(self._wanted[0] // size, self._wanted[1] // size + 1), self._current // size}

        def find() -> _Answer:
            hits = searching.find(view, ranked=ranked)
            cards = tuple(Card(hit.article, hit.title, hit.snippet) for hit in hits)
            return _Answer(len(cards), ((0, cards),), ranked)

        def read() -> _Answer:
            count = searching.count(view)
            last = max(0, count - 1) // size
            numbers = sorted({min(number, last) for number in rows})
            return _Answer(count, _read(searching, view, numbers, size))

        self._ranked_busy = bool(view.query) and ranked
        return find if view.query else read

    def _part(self, numbers: Sequence[int]) -> Callable[[], _Answer]:
        view, searching, size = self._view, self._searching, self._pages.size
        return lambda: _Answer(None, _read(searching, view, numbers, size))

    def _ask(self, work: Callable[[], _Answer]) -> None:
        generation, view = self._generation, self._view
        told, self._told = self._told, frozenset()
        self._busy = True

        def done(answer: _Answer) -> None:
            self._busy = self._ranked_busy = False
            if generation == self._generation:
                self._take(answer, view, told)
            else:
                self._told |= told
            self._pump()

        def failed(error: ReadLaterError) -> None:
            self._busy = self._ranked_busy = False
            self._told |= told
            if generation == self._generation:
                self._jobs.problem.emit(error)
            else:  # an interrupted search is no problem: a newer one is under way
                self._pump()

        self._jobs.run(work, done, failed)

    # taking the answer in

    def _take(self, answer: _Answer, view: View, told: frozenset[int]) -> None:
        pages = [(first, [self._with_progress(c) for c in cards]) for first, cards in answer.pages]
        if view.query and self._shown == view and answer.ranked:
            pages = [(0, self._in_place(pages[0][1]))]
        count = self._count if answer.count is None else answer.count
        moved = self._shown != view or count != self._count or self._differ(pages)
        news = [self._news(first, cards, told, everything=moved) for first, cards in pages]
        if moved and self._shown is not None:
            self.reloading.emit()
        if moved:
            self.beginResetModel()
        if answer.count is not None:
            self._pages.clear()
            self._stale.clear()
        self._count, self._shown = count, view
        for first, cards in pages:
            self._pages.put(first, cards)
            self._stale.discard(first // self._pages.size)
        if moved:
            self.endResetModel()
            self.counted.emit(count)
            self.reloaded.emit()
        for rows in filter(None, news):
            self.loaded.emit(rows[0], rows[-1])
            for run in runs(rows):
                self._refresh(run.start, run.stop - 1)

    def _news(
        self, first: int, cards: Sequence[Card], told: frozenset[int], *, everything: bool
    ) -> list[int]:
        """The rows of a page to draw again: new or different ones, and those that were told of.

        A row may be the same and what belongs to it another: its picture came after it.
        """
        return [
            row
            for row, card in enumerate(cards, first)
            if everything or card.article.id in told or card != self._pages.get(row)
        ]

    def _differ(self, pages: Sequence[tuple[int, Sequence[Card]]]) -> bool:
        for first, cards in pages:
            for row, card in enumerate(cards, first):
                held = self._pages.get(row)
                if held is not None and held.article.id != card.article.id:
                    return True
        return False

    def _in_place(self, cards: list[Card]) -> list[Card]:
        at = self._pages.row_of(self._held_id)
        if at < 0:
            return cards
        held = next((c for c in cards if c.article.id == self._held_id), self._pages.get(at))
        others = [c for c in cards if c.article.id != self._held_id]
        return [*others[:at], *([held] if held else []), *others[at:]]

    def _with_progress(self, card: Card) -> Card:
        if card.article.status is not Status.QUEUED:
            self._progress.pop(card.article.id, None)
            return card
        progress = self._progress.get(card.article.id)
        return replace(card, progress=progress) if progress else card

    def _refresh(self, first: int, last: int) -> None:
        last = min(last, self._count - 1)
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0))

    # what Qt asks

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        card = self._pages.get(index.row()) if index.isValid() else None
        if card is None:
            return None
        match role:
            case _ if role == CARD_ROLE:
                return card
            case Qt.ItemDataRole.DisplayRole:
                return said.title(card.article)
            case Qt.ItemDataRole.AccessibleTextRole:
                return said.spoken(card.article, QLocale(), date.today())
            case _:
                return None

    @override
    def mimeTypes(self) -> list[str]:
        return [OWN_FORMAT, "text/uri-list"]

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        articles = [card.article for index in indexes if (card := self.card(index.row()))]
        return mime_of(articles)


def _read(
    searching: Searching, view: View, numbers: Sequence[int], size: int
) -> tuple[tuple[int, tuple[Card, ...]], ...]:
    pages = []
    for number in numbers:
        articles = searching.cards(view, number * size, size)
        pages.append((number * size, tuple(Card(article) for article in articles)))
    return tuple(pages)


def mime_of(articles: Sequence[Article]) -> QMimeData:
    """Articles as their addresses, and as our own ids so that a drop at home is known."""
    data = QMimeData()
    data.setUrls([QUrl(article.url) for article in articles])
    data.setText("\n".join(article.url for article in articles))
    data.setData(OWN_FORMAT, ",".join(str(article.id) for article in articles).encode())
    return data
