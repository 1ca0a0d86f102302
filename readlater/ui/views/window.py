"""The window: sidebar, list and reader side by side, and what goes between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QLocale, QPoint, QSettings, QSize, Signal
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget
from typing_extensions import override

from readlater.article import Article, Changes, Counts, Place, Progress, View
from readlater.ui.icons import icon
from readlater.ui.models.articles import ArticlesModel
from readlater.ui.models.thumbnails import Thumbnails
from readlater.ui.pace import Pace
from readlater.ui.reader.resting import Resting
from readlater.ui.reader.typography import Typography
from readlater.ui.theme import Theme
from readlater.ui.views import window_state
from readlater.ui.views.arranging import Arranging
from readlater.ui.views.bars import Bar, Foot
from readlater.ui.views.layout import Pane, Panes
from readlater.ui.views.list_pane import ListPane
from readlater.ui.views.opening import Opening
from readlater.ui.views.reader_pane import ReaderPane
from readlater.ui.views.sidebar import Sidebar
from readlater.ui.views.window_state import WindowState

if TYPE_CHECKING:
    from readlater.library import Library
    from readlater.ui.events import Events
    from readlater.ui.jobs import Jobs
    from readlater.ui.reader.view import ReaderView

_SIZE: Final = QSize(1280, 800)
_SMALLEST: Final = QSize(360, 420)
# While pages come in, the sidebar counts this often.
_COUNT_EVERY_MS: Final = 300


class MainWindow(QMainWindow):
    """The three panes over one library.

    `reader_factory` makes the page's view when it is first wanted; `state` keeps geometry, panes,
    place and order.
    `toasted` carries words to show for a moment and whether undo is offered with them.
    """

    toasted = Signal(str, bool)
    selection_changed = Signal()
    article_changed = Signal()
    view_changed = Signal(object)
    counted = Signal(object)
    closed = Signal()  # nothing more is to be asked of the library
    menu_wanted = Signal(QPoint)

    def __init__(
        self,
        library: Library,
        jobs: Jobs,
        events: Events,
        theme: Theme,
        reader_factory: Callable[[], ReaderView],
        state: QSettings,
    ) -> None:
        super().__init__()
        self._library, self._jobs, self._events = library, jobs, events
        self._theme, self._state = theme, state
        self._counts = Counts({})
        self._pending_id = 0
        self._resting = Resting(self)
        self._is_over = False
        self.model = ArticlesModel(library.searching, jobs, self)
        self.thumbnails = Thumbnails(library.reading, jobs, self)
        self.sidebar = Sidebar(theme)
        self.list_pane = ListPane(self.model, theme, self.thumbnails)
        self.typography = Typography(library.settings, self)
        self.reader_pane = ReaderPane(theme, reader_factory, self.typography)
        self.opening = Opening(library, jobs, self.reader_pane, self.list_pane.cards.near, self)
        self.arranging = Arranging(
            self,
            is_reading=lambda: self.opening.article is not None,
            is_greeting=lambda: self.list_pane.is_blank,
            panel_px=lambda: self.reader_pane.panel_px,
        )
        self.bar_sidebar, self.bar_list = Bar(theme, "surface"), self.list_pane.bar
        self.bar_reader = self.reader_pane.bar
        self._foot = Foot(theme)
        self._panes = Panes(self._sidebar_pane(), self.list_pane, self.reader_pane)
        self._back = QAction(self.tr("Places"), self)
        self._back_button = self.bar_list.add_first(self._back)
        self._count_soon = Pace(_COUNT_EVERY_MS, self.count, self)
        self.setCentralWidget(self._panes)
        self.setWindowTitle("Readlater")
        self.setMinimumSize(_SMALLEST)
        self.resize(_SIZE)
        self._connect()
        self._restore()
        self.list_pane.cards.setFocus()
        self.count()

    def _sidebar_pane(self) -> QWidget:
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.bar_sidebar, self.sidebar, self._foot):
            column.addWidget(widget)
        return pane

    def _connect(self) -> None:
        self._events.changed.connect(self._on_changed)
        self._events.progressed.connect(self._on_progressed)
        self.sidebar.place_chosen.connect(self._on_place)
        self.list_pane.view_wanted.connect(self.choose)
        cards = self.list_pane.cards
        cards.chosen.connect(self.opening.choose)
        cards.opened.connect(self._on_opened)
        cards.clicked.connect(lambda _index: self._bring_reader())
        cards.menu_wanted.connect(self.menu_wanted)
        cards.selectionModel().selectionChanged.connect(lambda *_: self._on_selection())
        self.model.reloaded.connect(self._on_reloaded)
        self.model.loaded.connect(lambda *_: self._select_pending())
        self.opening.changed.connect(self._on_article)
        self.reader_pane.back.triggered.connect(self.back)
        self._back.triggered.connect(self.back)
        self._panes.resized.connect(self._lay_out)
        self.arranging.changed.connect(self._lay_out)
        self.reader_pane.panel_wanted.connect(self.arranging.on_panel_wanted)
        self._resting.long_away.connect(self.reader_pane.sleep)
        self._resting.back.connect(self.reader_pane.wake)
        self._theme.changed.connect(self._wear)
        self._wear()

    # what others ask of the window

    def view(self) -> View:
        """What the list shows."""
        return self.model.view

    def counts(self) -> Counts:
        """How many articles each place held when they were last counted."""
        return self._counts

    def current(self) -> Article | None:
        """The article that deeds are about when none else is selected."""
        return self.list_pane.cards.current_article() or self.opening.article

    def selected_ids(self) -> tuple[int, ...]:
        """The selected articles that are known; the open one when none is selected."""
        ids = self.list_pane.cards.selected_ids()
        open_now = self.opening.article
        return ids or ((open_now.id,) if open_now else ())

    def with_selected(self, deed: Callable[[tuple[int, ...]], None]) -> None:
        """Call `deed` with all selected ids; rows never looked at are read first, off this thread.

        A deed on everything after Ctrl+A goes this way.
        """
        ranges = self.list_pane.cards.selected_ranges()
        known = self.selected_ids()
        if len(known) >= sum(map(len, ranges)):
            deed(known)
            return
        searching, view = self._library.searching, self.model.view

        def work() -> tuple[int, ...]:
            found = (searching.cards(view, rows.start, len(rows)) for rows in ranges)
            return tuple(article.id for articles in found for article in articles)

        self._jobs.run(work, deed)

    def choose(self, view: View) -> None:
        """Show a place, a tag, an order or a query."""
        self.sidebar.show_view(view)
        self.list_pane.show_view(view)
        self.list_pane.search.set_count(self._held(view))
        self.view_changed.emit(view)

    def select(self, article_id: int) -> None:
        """Make an article the chosen one, as soon as its row is known, and open it."""
        self._pending_id = article_id
        self.opening.choose(article_id)
        self._select_pending()

    def focus_search(self) -> None:
        """Bring the search field up and put the cursor into it."""
        if not self.list_pane.isVisible():
            self.arranging.unfold_list()
        self.list_pane.focus_search()

    def toast(self, text: str, undo: bool = False) -> None:
        """Say something for a moment, with Undo when the last deed can be undone."""
        self.toasted.emit(text, undo)

    def count(self) -> None:
        """Count the places anew now."""
        self._jobs.latest("counts", self._library.searching.counts, self._on_counted)

    def status(self) -> str:
        """The quiet line at the foot of the sidebar."""
        return self._foot.text()

    def say_status(self, text: str) -> None:
        """A quiet line at the foot of the sidebar; "" takes it away."""
        self._foot.say(text)

    def step(self, by: int) -> None:
        """Choose the next article (1) or the one before (-1)."""
        self.list_pane.cards.step(by)

    def open_current(self) -> None:
        """Open the chosen article at once and bring the reader to the front."""
        self._on_opened(0)

    def back(self) -> None:
        """Bring up the pane behind the one in front."""
        self.arranging.back()
        self.list_pane.cards.setFocus()

    def _give_page_keys(self) -> None:
        """Before the list goes: Qt would take the focus on to the next button or link."""
        pane = self.reader_pane
        if not pane.has_keys:
            pane.take_keys()

    # what happens

    def _on_changed(self, changes: Changes) -> None:
        self.model.on_changed(changes)
        self.opening.on_changed(changes)
        self._count_soon.want()

    def _on_progressed(self, progress: Progress) -> None:
        self.model.on_progressed(progress)
        self.opening.on_progressed(progress)

    def _on_place(self, view: View) -> None:
        self.choose(replace(view, sort=self.model.view.sort))
        if self.arranging.folds.front is Pane.SIDEBAR:
            self.arranging.choose_list()

    def _on_opened(self, _article_id: int) -> None:
        self.opening.now()
        self._bring_reader()
        view = self.reader_pane.page_view
        if view is not None and self.reader_pane.showing is view:
            view.focus_page()

    def _bring_reader(self) -> None:
        if self.list_pane.cards.selected_count():
            self.arranging.bring_reader()

    def _on_article(self) -> None:
        if self.arranging.may_read_alone:
            self._lay_out()
        self.article_changed.emit()

    def _on_selection(self) -> None:
        count = self.list_pane.cards.selected_count()
        if count > 1:
            number = QLocale().toString(count)
            self.say_status(self.tr("%1 articles selected").replace("%1", number))
        else:
            self._say_saving()
        self.selection_changed.emit()

    def _on_reloaded(self) -> None:
        self._select_pending()
        self._greet()

    def _select_pending(self) -> None:
        row = self.model.row_of(self._pending_id) if self._pending_id else -1
        if row >= 0:
            self._pending_id = 0
            self.list_pane.cards.choose_row(row)

    def _on_counted(self, counts: Counts) -> None:
        is_first, self._counts = not self._counts.places, counts
        self.sidebar.set_counts(counts)
        view = self.model.view
        if is_first and view.place is Place.TAG and view.tag not in dict(counts.tags):
            self.choose(View(sort=view.sort))  # the tag went while the window was closed
        self.list_pane.search.set_count(self._held(self.model.view))
        self._say_saving()
        self._greet()
        self.counted.emit(counts)

    def _held(self, view: View) -> int:
        if view.place is Place.TAG:
            return dict(self._counts.tags).get(view.tag, 0)
        return self._counts.places.get(view.place, 0)

    def _say_saving(self) -> None:
        queued = self._counts.queued
        number = QLocale().toString(queued)
        words = self.tr("Saving %1 articles") if queued > 1 else self.tr("Saving %1 article")
        self.say_status(words.replace("%1", number) if queued else "")

    def _greet(self) -> None:
        """An empty library greets; otherwise an empty reader keeps quiet."""
        places = self._counts.places
        empty = bool(places) and not any(places.values())
        if self.list_pane.set_blank(blank=empty):
            self._lay_out()
        self.bar_reader.show_buttons(shown=not empty)
        if empty:
            self.reader_pane.show_first_start()
        elif self.opening.article is None and not self.list_pane.cards.selected_count():
            self.reader_pane.say("", self.tr("Choose an article to read it here."))

    # panes and state

    def _lay_out(self) -> None:
        panes, alone = self.arranging.panes, self.arranging.is_reading_alone
        if panes == {Pane.READER}:
            self._give_page_keys()
        self._panes.show_panes(panes)
        self.bar_reader.setVisible(not alone)
        self.menuBar().setVisible(not alone)
        narrow = self.arranging.can_go_back
        self.reader_pane.back_button.setVisible(narrow and Pane.LIST not in panes)
        self._back_button.setVisible(narrow and Pane.LIST in panes and Pane.SIDEBAR not in panes)

    def _wear(self) -> None:
        self._back.setIcon(icon("panel-left", self._theme.colours.colour("quiet"), 16))

    def _restore(self) -> None:
        state = window_state.load(self._state)
        if not state.geometry.isEmpty():
            self.restoreGeometry(state.geometry)
        if not state.panes.isEmpty():
            self._panes.restore(state.panes)
        self.arranging.set(state.folds)
        self.reader_pane.show_beside(shown=state.is_beside)
        self.choose(state.view)

    def keep_state(self) -> None:
        """Write down geometry, panes, place and order, as closing does."""
        view, beside = replace(self.view(), query=""), self.reader_pane.is_beside_wanted
        state = WindowState(
            self.saveGeometry(), self._panes.state(), self.arranging.folds, view, beside
        )
        window_state.save(state, self._state)
        self.typography.keep()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._lay_out()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.keep_state()
        self._let_go()
        super().closeEvent(event)

    def _let_go(self) -> None:
        """Ask nothing more of the library, which is closed after the window."""
        if self._is_over:
            return
        self._is_over = True
        self.closed.emit()
        self._events.changed.disconnect(self._on_changed)
        self._events.progressed.disconnect(self._on_progressed)
        self._count_soon.stop()
        self.opening.stop()
        self.model.stop()
