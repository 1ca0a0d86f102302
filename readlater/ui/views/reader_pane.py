"""The right pane: the deeds for the open article on top, and under them what is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from readlater.article import Article, Progress
from readlater.ui.icons import icon
from readlater.ui.reader.ready import Ready
from readlater.ui.reader.typography import Typography
from readlater.ui.theme import Theme
from readlater.ui.views.bars import Bar
from readlater.ui.views.find_bar import FindBar
from readlater.ui.views.list_pane import Note

if TYPE_CHECKING:
    from readlater.library.reading import Page
    from readlater.ui.reader.view import ReaderView


_BESIDE_PX: Final = 300
_ROOM_FOR_BOTH_PX: Final = 640
_WIDEST_PX: Final = 16_777_215  # Qt's own


class StateView(Protocol):
    """What shows a row without a page: a QWidget with this."""

    def show_article(self, article: Article, progress: Progress | None) -> None:
        """Show how far a queued row is, or why one failed, with the deeds that work."""


class Cover(Protocol):
    """What may stand in a page's place, and then takes its words and keys."""

    def find_words(self, words: str, *, back: bool = False) -> None: ...
    def focus_page(self) -> None: ...
    def page_down(self) -> bool: ...


class ReaderPane(QWidget):
    """A stack: nothing, the first start, a page, or the state of a row that has none yet.

    The page's view is made by `factory` when the first page is shown or `prepare` is called, as
    the web engine costs more than the whole window.
    """

    progressed = Signal(int, float, object)
    shown = Signal(int)
    slept = Signal()
    panel_wanted = Signal()  # or no longer

    def __init__(
        self,
        theme: Theme,
        factory: Callable[[], ReaderView],
        typography: Typography,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._factory, self._typography = theme, factory, typography
        self._page_view: ReaderView | None = None
        self._page_id = 0
        self._state_view: QWidget | None = None
        self._first_start: QWidget | None = None
        self._beside: QWidget | None = None
        self._other_page: QWidget | None = None
        self._left_for_other: QWidget | None = None
        self.is_beside_wanted = False
        self.bar = Bar(theme, "canvas")
        self.back = QAction(self.tr("Back"), self)
        self.back_button = self.bar.add_first(self.back)
        self.back_button.hide()
        self._note = Note(theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._note)
        # The second half, and what stands in the page's place, are the raw page's desk's.
        self.halves = QSplitter(Qt.Orientation.Horizontal, handleWidth=1, childrenCollapsible=False)
        self.halves.addWidget(self._stack)
        self.cover: Cover | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.find_bar = FindBar(theme)
        self.find_bar.wanted.connect(self._on_find)
        self.find_bar.closed.connect(self._give_keys)
        column.addWidget(self.bar)
        column.addWidget(self.find_bar)
        self._middle = QHBoxLayout()
        self._middle.setSpacing(0)
        self._middle.addWidget(self.halves, 1)
        column.addLayout(self._middle)
        self._stack.currentChanged.connect(lambda _at: self._lay_beside())
        self._stack.currentChanged.connect(lambda _at: self._wear_bar())
        theme.changed.connect(self._wear)
        typography.changed.connect(self._wear_page)
        self._wear()

    @property
    def page_view(self) -> ReaderView | None:
        """The page's view, once it is made."""
        return self._page_view

    @property
    def article_half(self) -> QWidget:
        """What stands beside the page as it came, or gives it its place."""
        return self._stack

    @property
    def showing(self) -> QWidget | None:
        """The widget in front."""
        return self._stack.currentWidget()

    def set_first_start(self, widget: QWidget) -> None:
        """What an empty library shows."""
        self._first_start = widget
        self._stack.addWidget(widget)

    def set_state_view(self, widget: QWidget) -> None:
        """A `StateView` for rows that are queued or failed."""
        self._state_view = widget
        self._stack.addWidget(widget)

    def set_beside(self, panel: QWidget) -> None:
        """A panel that stands beside a page when it is wanted, or in its place without room."""
        self._beside = panel
        panel.hide()
        self._middle.addWidget(panel)

    def show_beside(self, *, shown: bool) -> None:
        """Want the panel beside the page, or no longer."""
        self.is_beside_wanted = shown
        self.panel_wanted.emit()
        self._lay_beside()
        if shown and self.is_beside_alone and self._beside is not None:
            self._beside.setFocus()  # the page is out of sight, and with it what had the keys

    @property
    def panel_px(self) -> int:
        """How wide the panel beside the page is; 0 while it is not wanted."""
        return _BESIDE_PX if self.is_beside_wanted else 0

    @property
    def is_beside_alone(self) -> bool:
        """Whether the panel stands in the page's place, as both have no room."""
        return self.is_beside_wanted and self.width() < _ROOM_FOR_BOTH_PX

    def set_other_page(self, widget: QWidget) -> None:
        """A page that may stand in the article's place without closing it."""
        self._other_page = widget
        self._stack.addWidget(widget)

    def show_other_page(self) -> None:
        """Show it; `leave_other_page` gives the place back."""
        if self._other_page is not None and self.showing is not self._other_page:
            self._left_for_other = self.showing
            self._stack.setCurrentWidget(self._other_page)

    def leave_other_page(self) -> None:
        """Show again what was there before the other page."""
        if self.showing is self._other_page and self._left_for_other is not None:
            self._stack.setCurrentWidget(self._left_for_other)

    def _lay_beside(self) -> None:
        if self._beside is None:
            return
        on_page = self._page_view is not None and self.showing is self._page_view
        shown = self.is_beside_wanted and on_page
        alone = shown and self.is_beside_alone
        self._beside.setMaximumWidth(_WIDEST_PX if alone else _BESIDE_PX)
        self._beside.setVisible(shown)
        self.halves.setVisible(not alone)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_beside()

    def prepare(self) -> ReaderView:
        """Make the page's view now, while nothing else is to be done."""
        if self._page_view is None:
            view = self._page_view = self._factory()
            self._wear_page()
            view.progressed.connect(self.progressed)
            view.shown.connect(self.shown)
            view.found.connect(self.find_bar.say)
            self._stack.addWidget(view)
            view.make()
            return view
        return self._page_view

    def divides(self, page: Page) -> bool:
        """Whether words are divided in `page`; any thread may ask."""
        return self._typography.look_for(page.typography).divides

    def show_page(self, page: Ready) -> None:
        """Show a page from where it was left; one that is read just now keeps its place."""
        view = self.prepare()
        again = self._stack.currentWidget() is view and self._page_id == page.article.id
        self._page_id = page.article.id
        self.find_bar.leave()
        self._typography.open(page.article.id, page.typography)
        progress = page.article.progress
        if not again and 0 < progress < 1:
            view.show_article(page, at=progress, spot=page.spot)
        else:
            view.show_article(page, keep_place=again)
        self._stack.setCurrentWidget(view)

    def show_end(self, article: Article) -> None:
        """Offer at the end of the page what can be done with `article` as it has become."""
        if self._page_view is not None and self._stack.currentWidget() is self._page_view:
            self._page_view.show_end(article)

    @property
    def has_keys(self) -> bool:
        """Whether the page, or what belongs to it, has the focus."""
        widget = QApplication.focusWidget()
        return widget is not None and self.isAncestorOf(widget)

    def take_keys(self) -> None:
        """Give the keys to what is in front: the page, or what stands in its place."""
        if self.is_reading:
            self._give_keys()
        elif self.showing is not None:
            self.showing.setFocus()

    @property
    def is_reading(self) -> bool:
        """Whether a page is in front."""
        return self._page_view is not None and self._stack.currentWidget() is self._page_view

    def find_words(self) -> None:
        """Find words in the page, when one is in front."""
        tour = self._page_view.tour if self._page_view is not None else None
        if self.is_reading:
            if tour is not None:
                tour.close_note(lambda _was_open: None)
            self.find_bar.ask()

    def escape(self, leave: Callable[[], None]) -> None:
        """Close what lies over the page, or `leave` it when nothing does."""
        tour = self._page_view.tour if self._page_view is not None else None
        if not self.find_bar.isHidden():
            self.find_bar.leave()
        elif self.showing is self._other_page:
            self.leave_other_page()
            self._give_keys()
        elif tour is None or not self.is_reading:
            leave()
        else:
            tour.close_note(lambda was_open: None if was_open else leave())

    def sleep(self) -> None:
        """Nobody sees the window for long: give the engine's memory back."""
        self.slept.emit()
        if self._page_view is not None:
            self._page_view.sleep()

    def wake(self) -> None:
        """The window is seen again."""
        if self._page_view is not None and self.is_reading:
            self._page_view.wake()

    def _on_find(self, words: str, back: bool) -> None:
        page = self.cover or self._page_view
        if page is not None:
            page.find_words(words, back=back)

    def _give_keys(self) -> None:
        page = self.cover or self._page_view
        if page is not None and self.is_reading:
            page.focus_page()

    def page_down(self) -> bool:
        """Scroll what is read on by a page; False at its end, or when nothing is open."""
        page = self.cover or self._page_view
        return page is not None and page.page_down()

    def show_state(self, article: Article, progress: Progress | None) -> None:
        """Show a row that has no page."""
        if self._state_view is None:
            self.say("", "")
            return
        self._state_view.show_article(article, progress)  # type: ignore[attr-defined]
        self._stack.setCurrentWidget(self._state_view)
        self._forget_page()

    def show_first_start(self) -> None:
        """Show what an empty library says."""
        if self._first_start is not None:
            self._stack.setCurrentWidget(self._first_start)
            self._forget_page()

    def say(self, heading: str, text: str) -> None:
        """Show a quiet sentence, or nothing, in place of an article."""
        self._note.say(heading, text)
        self._stack.setCurrentWidget(self._note)
        self._forget_page()

    def _forget_page(self) -> None:
        self._page_id = 0
        self.find_bar.leave()
        self._typography.open(0, {})
        if self._page_view is not None:
            self._page_view.show_nothing()

    def _wear_page(self) -> None:
        view, look = self._page_view, self._typography.look
        if view is not None:
            theme = look.theme_in(dark=self._theme.dark)
            view.set_look(look)
            view.set_theme(theme)
        self._wear_bar()

    def _wear_bar(self) -> None:
        """The bar and the page under it are one sheet, whatever the window wears."""
        theme = self._typography.look.theme_in(dark=self._theme.dark)
        for bar in (self.bar, self.find_bar):
            bar.set_page_theme(theme if self.is_reading else "")

    def _wear(self) -> None:
        self._wear_page()
        self.back.setIcon(icon("arrow-left", self._theme.colours.colour("quiet"), 16))
