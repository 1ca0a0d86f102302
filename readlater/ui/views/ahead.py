"""The pages of an open article's neighbours, made ready while nobody waits for anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from readlater.article import Article, Changes, Progress, Status
from readlater.ui.reader.ready import Ready, made_ready
from readlater.ui.reader.shelf import Shelf

if TYPE_CHECKING:
    from readlater.library import Library
    from readlater.library.reading import Page
    from readlater.ui.jobs import Jobs

# After the article's first frames, which must have the machine to themselves.
IDLE_MS: Final = 150

Near = Callable[[Iterable[int]], Sequence[int]]


class Ahead(QObject):
    """Holds the next article, the one before, and the one after the next, seen from the open one.

    `near` gives the known ids of rows that are so many rows away from the open article;
    `divides(page)` says whether words are divided in it. A deed drops what it changes before
    anyone else hears of it, on its own thread.
    """

    def __init__(
        self,
        library: Library,
        jobs: Jobs,
        near: Near,
        divides: Callable[[Page], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._reading, self._jobs, self._near = library.reading, jobs, near
        self._divides = divides
        self._shelf = shelf = Shelf()
        self._way, self._before = 1, 0  # which way one goes, and what lies the other way
        self._is_open = False
        self._idle = QTimer(self, interval=IDLE_MS, singleShot=True)
        self._idle.timeout.connect(self._on_idle)
        # Of the shelf alone: a deed may come on any thread, and when this is gone.
        self._unsubscribe = library.subscribe(lambda event: _forget(shelf, event))

    @property
    def ids(self) -> tuple[int, ...]:
        """The articles whose pages are ready."""
        return self._shelf.ids

    def take(self, article_id: int) -> Ready | None:
        """The page of an article as it is now, if it was made ready; any thread may ask."""
        return self._shelf.take(article_id)

    def page(self, article_id: int) -> Ready:
        """The page of an article as it is now, ready; on the library's thread."""
        return self.take(article_id) or self._made(article_id)

    def on_opened(self, article_id: int) -> None:
        """An article is open and seen: its neighbours are wanted once nothing happens."""
        if article_id == self._before:
            self._way = -self._way
        self._is_open = True
        self._idle.start()

    def on_changed(self, _changes: Changes) -> None:
        """Rows moved or became different: read again what was dropped, once nothing happens."""
        if self._is_open:
            self._idle.start()

    def rest(self) -> None:
        """Hold nothing, and read nothing before an article is opened again."""
        self._is_open = False
        self._idle.stop()
        self._shelf.clear()

    def stop(self) -> None:
        """Ask nothing more of the library."""
        self.rest()
        self._unsubscribe()

    def _on_idle(self) -> None:
        way = self._way
        self._before = next(iter(self._near([-way])), 0)
        self._read_on(tuple(self._near([way, -way, 2 * way])))

    def _read_on(self, ids: Sequence[int]) -> None:
        """One at a time, so that what a person wants meanwhile waits for one at most."""
        wanted = [article_id for article_id in ids if not self._shelf.has(article_id)]
        if not wanted or self._idle.isActive() or not self._is_open:
            return
        first, *others = wanted
        self._jobs.run(
            lambda: self._hold(first),
            lambda _none: self._read_on(others),
            lambda _error: self._read_on(others),  # of a row that is gone
        )

    def _hold(self, article_id: int) -> None:
        if has_copy(self._reading.article(article_id)):
            self._shelf.fill(article_id, lambda: self._made(article_id))

    def _made(self, article_id: int) -> Ready:
        page = self._reading.page(article_id)
        return made_ready(page, divides=self._divides(page))


def has_copy(article: Article) -> bool:
    """Whether there is a page to read: while it is fetched again, too."""
    return article.status is Status.READY or article.access is not None


def _forget(shelf: Shelf, event: Changes | Progress) -> None:
    if isinstance(event, Changes):
        shelf.drop(event.ids)
