"""The rows of a list that are known: a few pages of cards, the least used forgotten first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from readlater.article import Article, Progress, Span


@dataclass(frozen=True, slots=True)
class Card:
    """What one row shows; spans only when a query found it."""

    article: Article
    title: tuple[Span, ...] = ()
    snippet: tuple[Span, ...] = ()
    progress: Progress | None = None


class Pages:
    """Cards by row, held in pages of `size` rows, at most `kept` pages."""

    def __init__(self, size: int, kept: int) -> None:
        self.size = size
        self._kept = kept
        self._pages: OrderedDict[int, list[Card]] = OrderedDict()

    def clear(self) -> None:
        """Forget every row."""
        self._pages.clear()

    def get(self, row: int) -> Card | None:
        """The card of `row`, or None when its page is not held."""
        number, at = divmod(row, self.size)
        page = self._pages.get(number)
        if page is None or at >= len(page):
            return None
        return page[at]

    def touch(self, first: int, last: int) -> tuple[int, ...]:
        """Mark the pages of rows `first` to `last` as used; the numbers of those not held."""
        numbers = range(first // self.size, last // self.size + 1)
        for number in numbers:
            if number in self._pages:
                self._pages.move_to_end(number)
        return tuple(number for number in numbers if number not in self._pages)

    def put(self, first: int, cards: Iterable[Card]) -> None:
        """Hold the cards from row `first` on, which begins a page."""
        held = list(cards)
        for at in range(0, len(held), self.size):
            number = (first + at) // self.size
            self._pages[number] = held[at : at + self.size]
            self._pages.move_to_end(number)
        while len(self._pages) > self._kept:
            self._pages.popitem(last=False)

    def drop(self, numbers: Iterable[int]) -> None:
        """Forget the pages of these numbers."""
        for number in numbers:
            self._pages.pop(number, None)

    def numbers_with(self, ids: frozenset[int]) -> frozenset[int]:
        """The pages that hold one of these articles."""
        return frozenset(row // self.size for row, card in self.rows() if card.article.id in ids)

    def rows(self) -> Iterator[tuple[int, Card]]:
        """Every row that is held, with its card."""
        for number, page in self._pages.items():
            yield from enumerate(page, number * self.size)

    def row_of(self, article_id: int) -> int:
        """The row of an article among those held; -1 when it is not."""
        return next((row for row, card in self.rows() if card.article.id == article_id), -1)

    def set_progress(self, progress: Progress) -> int:
        """Note how far an article is; its row, or -1."""
        row = self.row_of(progress.id)
        if row >= 0:
            page = self._pages[row // self.size]
            page[row % self.size] = replace(page[row % self.size], progress=progress)
        return row


def runs(rows: Sequence[int]) -> list[range]:
    """Ascending rows as ranges without gaps."""
    made: list[range] = []
    for row in rows:
        if made and made[-1].stop == row:
            made[-1] = range(made[-1].start, row + 1)
        else:
            made.append(range(row, row + 1))
    return made
