"""The page as it came: in the article's place or beside it, at the same words, and away again."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer
from typing_extensions import override

from readlater.errors import ReadLaterError
from readlater.ui import messages
from readlater.ui.reader.raw_walls import RawDocument, document
from readlater.ui.views.raw_pane import RawPane

if TYPE_CHECKING:
    from readlater.article import Article
    from readlater.library.comparing import Original
    from readlater.ui.actions.link_desk import LinkDesk
    from readlater.ui.actions.row_deeds import RowDeeds
    from readlater.ui.reader.matching import Matching, Passage

ROOM_FOR_BOTH_PX: Final = 720
_NARROWEST_PX: Final = 280
# After it was left the engine stays this long, for a second look at once.
KEPT_MS: Final = 60_000


class Way(Enum):
    """How the page as it came is seen: not at all, alone, or beside its article."""

    OFF = "off"
    ALONE = "alone"
    BESIDE = "beside"


class RawDesk(QObject):
    """Reads the page off the window's thread; it is shown once it is there, else why it is not."""

    def __init__(self, deeds: RowDeeds, links: LinkDesk, *, kept_ms: int = KEPT_MS) -> None:
        super().__init__(deeds)
        self._deeds, self._links, self._jobs = deeds, links, deeds.jobs
        self._window, self._pane = deeds.window, deeds.window.reader_pane
        self._view: RawPane | None = None
        self._id = 0
        self._stamp: object = None
        self._original: Original | None = None
        self._wanted = Way.OFF
        self._watched: Matching | None = None
        self._leaving = QTimer(self, singleShot=True, interval=kept_ms)
        self._leaving.timeout.connect(self.close)
        self._window.opening.changed.connect(self._on_article)
        self._window.typography.changed.connect(self._wear)
        deeds.theme.changed.connect(self._wear)
        self._pane.installEventFilter(self)
        self._pane.slept.connect(self.close)

    @property
    def view(self) -> RawPane | None:
        """The pane of the page, once one was wanted."""
        return self._view

    @property
    def way(self) -> Way:
        """How the page is seen just now."""
        view = self._view
        if view is None or view.isHidden():
            return Way.OFF
        return Way.ALONE if self._pane.article_half.isHidden() else Way.BESIDE

    def toggle(self) -> None:
        """One key apart: the page in the article's place, and the article again."""
        self._want(Way.OFF if self.way is Way.ALONE else Way.ALONE)

    def toggle_beside(self) -> None:
        """The page beside its article where both have room, and the article alone again."""
        self._want(Way.OFF if self.way is Way.BESIDE else Way.BESIDE)

    def leave(self) -> None:
        """Back to the article, at the words that were in view."""
        self._want(Way.OFF)

    def close(self) -> None:
        """Away at once, with the engine and its memory."""
        self._leaving.stop()
        if self._view is not None:
            self._hide()
            self._view.close_page()

    # what is wanted

    def _want(self, way: Way) -> None:
        article = self._window.opening.article
        if way is Way.OFF or article is None or not self._pane.is_reading:
            self._wanted = Way.OFF
            if self.way is not Way.OFF:
                self._go_back()
            return
        self._wanted = way
        self._window.arranging.bring_reader()
        view = self._view
        if view is not None and article.id == self._id == view.open_id:
            self._show()
            return
        self._id, self._stamp = article.id, _stamp(article)
        self._read()

    def _read(self, keep: Sequence[Passage] = ()) -> None:
        comparing, article_id = self._deeds.library.comparing, self._id
        theme, title = self._theme(), self.tr("Page {0} of {1}")

        def work() -> tuple[Original, RawDocument]:
            original = comparing.original(article_id)
            return original, document(article_id, original.parts, theme=theme, title=title)

        def use(found: tuple[Original, RawDocument]) -> None:
            if found[0].id == self._id and self._wanted is not Way.OFF:
                self._use(*found, keep)

        self._jobs.latest("raw", work, use, self._on_failed)

    def _use(self, original: Original, made: RawDocument, keep: Sequence[Passage]) -> None:
        self._original = original
        view = self._made()
        view.bar.say(original.came_at, original.parts[0].url, original.size_bytes)

        def at_place(_id: int) -> None:
            view.shown.disconnect(at_place)
            if keep and view.matching is not None:
                view.matching.hold(keep)
            else:
                self._come(view)

        view.shown.connect(at_place)
        view.show_document(made, original.back)
        self._show(follow=False)

    def _on_failed(self, error: ReadLaterError) -> None:
        self._wanted = Way.OFF
        if self.way is not Way.OFF:
            self._hide()
        self._deeds.say(messages.error(error))

    # in sight

    def _made(self) -> RawPane:
        if self._view is None:
            deeds = self._deeds
            view = self._view = RawPane(
                deeds.theme, deeds.library.reading.asset, run=self._jobs.run
            )
            view.hide()
            self._pane.halves.addWidget(view)
            view.bar.web_wanted.connect(self._open_on_the_web)
            view.bar.back_wanted.connect(self.leave)
            view.bar.beside_wanted.connect(lambda: self._want(Way.BESIDE))
            view.link_clicked.connect(self._links.follow)
            view.save_wanted.connect(self._links.save)
            view.change_wanted.connect(self._on_change)
            view.found.connect(self._pane.find_bar.say)
            view.moved.connect(lambda: self._on_moved(is_raw=True))
            self._wear()
        return self._view

    def _show(self, *, follow: bool = True) -> None:
        view = self._made()
        self._leaving.stop()
        was = self.way
        has_room = self._pane.width() >= ROOM_FOR_BOTH_PX
        is_beside = self._wanted is Way.BESIDE and has_room
        self._pane.find_bar.leave()
        if follow and was is Way.OFF:
            self._come(view)
        view.show()
        self._pane.article_half.setVisible(is_beside)
        # Else the widest of what may stand in the article's place would say how wide it is.
        self._pane.article_half.setMinimumWidth(_NARROWEST_PX if is_beside else 0)
        self._pane.cover = None if is_beside else view
        view.bar.set_beside(on=is_beside, has_room=has_room)
        if is_beside and was is not Way.BESIDE:
            self._watch_article()
            QTimer.singleShot(0, self, self._halve)
        if not is_beside or self._pane.has_keys:
            view.focus_page()

    def _come(self, view: RawPane) -> None:
        """To the words of the article that are in view."""
        article, page = self._pane_matching(), view.matching
        if article is not None and page is not None:
            article.seen(page.hold)

    def _halve(self) -> None:
        """Once both are laid out: before, the splitter knows no size of what was hidden."""
        half = self._pane.halves.width() // 2
        self._pane.halves.setSizes([half, half])

    def _go_back(self) -> None:
        view = self._view
        matching = view.matching if view is not None and self.way is Way.ALONE else None
        if matching is None:
            self._leave()
        else:
            matching.seen(self._leave)

    def _leave(self, passages: Sequence[Passage] = ()) -> None:
        self._hide()
        self._leaving.start()
        if self._pane.page_view is not None and self._pane.is_reading:
            self._pane.page_view.focus_page()
        article = self._pane_matching()
        if article is not None:
            article.hold(passages)

    def _hide(self) -> None:
        self._wanted = Way.OFF
        self._pane.find_bar.leave()
        self._pane.cover = None
        self._pane.article_half.setMinimumWidth(0)
        self._pane.article_half.show()
        if self._view is not None:
            self._view.hide()

    def _open_on_the_web(self) -> None:
        if self._original is not None and self._original.parts:
            self._deeds.open_link(self._original.parts[0].url)

    def _on_change(self, deed: str, fingerprint: str) -> None:
        if deed == "put-back":
            self._deeds.put_back(self._id, fingerprint)
        else:
            self._deeds.take_out(self._id, fingerprint)

    # both copies at the same words

    def _pane_matching(self) -> Matching | None:
        return self._pane.page_view.matching if self._pane.page_view is not None else None

    def _follow(self, leader: Matching | None, other: Matching | None) -> None:
        if leader is not None and other is not None:
            leader.seen(lambda passages: other.go(passages) if passages else None)

    def _watch_article(self) -> None:
        matching = self._pane_matching()
        if matching is not None and matching is not self._watched:
            self._watched = matching
            matching.moved.connect(lambda: self._on_moved(is_raw=False))

    def _on_moved(self, *, is_raw: bool) -> None:
        if self.way is not Way.BESIDE or self._view is None:
            return
        pair = (self._view.matching, self._pane_matching())
        self._follow(*(pair if is_raw else pair[::-1]))

    # what happens meanwhile

    def _on_article(self) -> None:
        article = self._window.opening.article
        if article is None or article.id != self._id or not self._pane.is_reading:
            if self.way is not Way.OFF:
                self._hide()
                self._leaving.start()
            self._id = 0
            return
        if _stamp(article) == self._stamp:
            return
        self._stamp = _stamp(article)
        view = self._view
        if self.way is Way.OFF or view is None or view.matching is None:
            self._id = 0  # what is there no longer fits: it is read anew when it is wanted
        else:
            view.matching.seen(self._read)

    def _theme(self) -> str:
        return self._window.typography.look.theme_in(dark=self._deeds.theme.dark)

    def _wear(self) -> None:
        if self._view is not None:
            self._view.set_page_theme(self._theme())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._view is not None:
            is_narrow = self._pane.width() < ROOM_FOR_BOTH_PX
            if (self._wanted is Way.BESIDE and is_narrow == (self.way is Way.BESIDE)) or (
                self.way is Way.ALONE
            ):
                self._show(follow=False)
        return False


def _stamp(article: Article) -> object:
    """What changes when the page would be another, or marked otherwise."""
    return (article.access, article.removed_count, article.put_back_count, article.word_count)
