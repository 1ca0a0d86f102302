"""Opening the chosen article: at once, or where one stops passing by; and marked as read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal

from readlater.article import Article, Changes, Progress, Spot
from readlater.errors import ReadLaterError
from readlater.ui.reader.ready import Ready
from readlater.ui.views.ahead import Ahead, Near, has_copy
from readlater.ui.views.reader_pane import ReaderPane

if TYPE_CHECKING:
    from readlater.library import Library
    from readlater.ui.jobs import Jobs

_Found: TypeAlias = "tuple[Article, Ready | None, Progress | None]"

# Long enough that J held down does not load every article it passes, short enough not to be felt.
REST_MS: Final = 90


class Opening(QObject):
    """Which article is open; `changed` when it is another one, or became different."""

    changed = Signal()

    def __init__(
        self, library: Library, jobs: Jobs, pane: ReaderPane, near: Near, parent: QObject
    ) -> None:
        """`near` names the articles round the chosen one, as for `Ahead`."""
        super().__init__(parent)
        self._library, self._jobs, self._pane = library, jobs, pane
        self._id = 0
        self._article: Article | None = None
        self._page: Ready | None = None
        self._is_passing = False  # several were chosen in a row: the one where it stops is opened
        self.ahead = Ahead(library, jobs, near, pane.divides, self)
        self.spoken: set[int] = set()  # whose place a voice keeps: not where the page stands
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self.now)
        pane.progressed.connect(self._on_read_on)
        pane.shown.connect(self.ahead.on_opened)
        pane.slept.connect(self.ahead.rest)

    @property
    def article(self) -> Article | None:
        """The open article as it was when it was last looked at."""
        return self._article

    @property
    def is_resting(self) -> bool:
        """Whether something was chosen just now: it is not opened yet, or not marked as read."""
        return self._rest.isActive()

    def choose(self, article_id: int) -> None:
        """Open an article; who passes several by opens the one where they stop. 0 closes."""
        if article_id == self._id:
            return
        self._id = article_id
        if not article_id:
            self._close()
            return
        self._is_passing = self._rest.isActive()
        self._rest.start()
        if not self._is_passing:
            self._open(article_id)

    def now(self) -> None:
        """Open what was chosen without waiting, and mark it as read."""
        self._rest.stop()
        if self._is_passing:
            self._open(self._id)
        elif self._article is not None and self._article.id == self._id:
            self._mark_read(self._article)

    def stop(self) -> None:
        """Load nothing that rests, nor ahead."""
        self._rest.stop()
        self.ahead.stop()

    def on_changed(self, changes: Changes) -> None:
        """Look again when the open article is among those a deed changed."""
        if self._id in changes.ids and not self._is_passing:
            self._load(self._id)
        self.ahead.on_changed(changes)

    def on_progressed(self, progress: Progress) -> None:
        """Show how far the open row has come."""
        article = self._article
        if progress.id == self._id and article is not None and not has_copy(article):
            self._pane.show_state(article, progress)

    def _close(self) -> None:
        self._rest.stop()
        self._is_passing = False
        self._article = self._page = None
        self._pane.say("", "")
        self.changed.emit()

    def _open(self, article_id: int) -> None:
        self._is_passing = False
        ready = self.ahead.take(article_id)
        if ready is not None:
            self._on_loaded((ready.article, ready, None))
        else:
            self._load(article_id)

    def _load(self, article_id: int) -> None:
        reading, fetching, page = self._library.reading, self._library.fetching, self._page
        held = page if page is not None and page.article.id == article_id else None
        known, ahead = self._article, self.ahead

        def work() -> _Found:
            article = reading.article(article_id)
            if not has_copy(article):
                return article, None, fetching.progress(article_id)
            if held is not None and known is not None and _is_own_deed(known, article):
                return article, held, None
            read = ahead.page(article.id)
            return read.article, read, None

        self._jobs.latest("page", work, self._on_loaded, self._on_failed)

    def _on_failed(self, error: ReadLaterError) -> None:
        if error.code == "no_such_article":  # its save was undone, or the trash was emptied
            self.choose(0)
        else:
            self._jobs.problem.emit(error)

    def _on_loaded(self, found: _Found) -> None:
        article, page, progress = found
        if article.id != self._id:
            return
        was, self._article = self._page, article
        if page is None:
            self._page = None
            self._pane.show_state(article, progress)
        elif was is None or not _is_same(was, page):
            self._page = page
            self._pane.show_page(page)
        else:
            self._pane.show_end(article)
        if not self._rest.isActive():
            self._mark_read(article)
        self.changed.emit()

    def _mark_read(self, article: Article) -> None:
        """What was passed by is not read."""
        if self._page is not None and article.read_at is None:
            reading, article_id = self._library.reading, article.id
            self._jobs.run(lambda: reading.mark_read(article_id))

    def _on_read_on(self, article_id: int, progress: float, spot: Spot | None) -> None:
        reading = self._library.reading
        if article_id not in self.spoken:
            self._jobs.run(lambda: reading.set_progress(article_id, progress, spot))


def _is_own_deed(was: Article, now: Article) -> bool:
    """Whether only what a person does to an article changed: then its page need not be read."""

    def apart(article: Article) -> Article:
        return replace(
            article,
            read_at=None,
            progress=0.0,
            tags=(),
            favourite=False,
            archived_at=None,
            trashed_at=None,
        )

    return was != now and apart(was) == apart(now)


def _is_same(was: Ready, page: Ready) -> bool:
    """Whether a person would see no difference: then the page is left as it stands."""
    old, new = was.article, page.article
    return (
        old.id == new.id
        and old.title == new.title
        and old.access == new.access
        and (old.removed_count, old.put_back_count) == (new.removed_count, new.put_back_count)
        and (was.html, was.icon) == (page.html, page.icon)
    )
