"""The widget one reads in: a plain canvas until the engine is wanted, then the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from readlater.article import Article, Spot
from readlater.ui.icons import icon
from readlater.ui.reader.colours import colours
from readlater.ui.reader.look import Look
from readlater.ui.reader.passing import Passing
from readlater.ui.reader.template import Page

if TYPE_CHECKING:
    from PySide6.QtWebEngineWidgets import QWebEngineView

    from readlater.ui.reader.highlighting import Marking
    from readlater.ui.reader.matching import Matching
    from readlater.ui.reader.scheme import Read, Run
    from readlater.ui.reader.spoken import SpokenMark
    from readlater.ui.reader.surface import Surface
    from readlater.ui.reader.tour import Tour


class ReaderView(QWidget):
    """Shows one article at a time; makes no request and never navigates.

    `read(digest)` gives an asset's bytes and media type, or None. `run(work, done)`, such as
    `Jobs.run`, takes the reading and the sanitising off the GUI thread; without it both happen
    at once.
    """

    link_clicked = Signal(str)
    link_hovered = Signal(str)
    progressed = Signal(int, float, object)
    access_clicked = Signal(int)
    removed_clicked = Signal(int)
    deed_clicked = Signal(str)
    ended = Signal()  # a person pages on, and there is no more of the article
    resized_text = Signal(int)  # larger (1) or smaller (-1), by Ctrl and the wheel
    shown = Signal(int)
    found = Signal(int, int)  # which of the words' places is marked (from 1), and of how many
    save_wanted = Signal(str)
    highlight_wanted = Signal()
    picture_clicked = Signal(int)
    picture_wanted = Signal(str, str)
    """A deed ("open", "copy" or "save") on the picture of a digest, from the menu."""
    aloud_wanted = Signal(QPointF)
    """The text is to be read aloud from this point of the view on."""
    quote_wanted = Signal()
    """What is selected is to be copied with its source."""
    copied = Signal(str)
    """What was copied, to be said."""

    def __init__(
        self, read: Read, parent: QWidget | None = None, *, run: Run | None = None
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._run = run
        self._theme, self._look = "light", Look()
        self._surface: Surface | None = None
        self._view: QWebEngineView | None = None
        self._is_asleep = False
        self._asleep: tuple[Page, float, Spot | None] | None = None
        self.marking: Marking | None = None
        self.matching: Matching | None = None
        self.spoken: SpokenMark | None = None
        self._frame = QVBoxLayout(self)
        self._frame.setContentsMargins(0, 0, 0, 0)
        self.setAutoFillBackground(True)
        self.set_theme(self._theme)

    def make(self) -> None:
        """Start the engine and load the empty page: 0.2 to 1.3 s, so when the window is idle."""
        if self._surface is not None:
            return
        self._is_asleep = False
        from PySide6.QtWebEngineWidgets import QWebEngineView

        from readlater.ui.reader.highlighting import Marking
        from readlater.ui.reader.matching import Matching
        from readlater.ui.reader.spoken import SpokenMark
        from readlater.ui.reader.surface import Surface

        given: dict[str, Any] = {} if self._run is None else {"run": self._run}
        self._surface = surface = Surface(self._read, parent=self, **given)
        surface.set_theme(self._theme)  # before the view: it paints the page's canvas at once
        surface.set_look(self._look)
        self._view = view = QWebEngineView(self)
        view.setPage(surface.page)
        passing = Passing(view)
        passing.touched.connect(surface.release)
        passing.paged.connect(self._on_paged)
        passing.resized.connect(self.resized_text)
        self.marking = Marking(surface, passing, surface)
        self.matching = Matching(surface.page, surface.release, surface)
        surface.prepared.connect(self.matching.install)
        passing.touched.connect(self.matching.let_go)
        self.spoken = SpokenMark(surface, passing, surface)
        self._frame.addWidget(view)
        self.setFocusProxy(view)
        for mine, its in (
            (self.link_clicked, surface.link_clicked),
            (self.link_hovered, surface.link_hovered),
            (self.progressed, surface.progressed),
            (self.access_clicked, surface.access_clicked),
            (self.removed_clicked, surface.removed_clicked),
            (self.deed_clicked, surface.deed_clicked),
            (self.picture_clicked, surface.picture_clicked),
            (self.shown, surface.shown),
        ):
            its.connect(mine)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._on_menu)
        view.page().findTextFinished.connect(
            lambda result: self.found.emit(result.activeMatch(), result.numberOfMatches())
        )
        surface.prepare()

    def show_article(
        self, page: Page, *, keep_place: bool = False, at: float = 0.0, spot: Spot | None = None
    ) -> None:
        """Show `page` at `spot`, or at `at` (0..1); makes the engine where it is not there yet.

        With `keep_place` a text that changed under who reads it stays at what they read.
        """
        self._asleep = None
        self.make()
        if self._surface is not None:
            self._surface.show(page, keep_place=keep_place, at=at, spot=spot)

    def show_nothing(self) -> None:
        """Show a plain canvas."""
        self._asleep = None
        if self._surface is not None:
            self._surface.clear()

    def set_theme(self, theme: str) -> None:
        """Wear "light", "sepia", "dark" or "black" at once."""
        self._theme = theme
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(colours(theme)["canvas"]))
        self.setPalette(palette)
        if self._surface is not None:
            self._surface.set_theme(theme)

    def set_look(self, look: Look) -> None:
        """Set the page in this typography at once; the line one reads stays where it is."""
        self._look = look
        if self._surface is not None:
            self._surface.set_look(look)

    def show_end(self, article: Article) -> None:
        """Offer what can be done with the open article now that it has become `article`."""
        if self._surface is not None:
            self._surface.show_end(article)

    @property
    def tour(self) -> Tour | None:
        """The ways through the open article, once the engine is there."""
        return None if self._surface is None else self._surface.tour

    def restore(self, progress: float, spot: Spot | None = None) -> None:
        """Go to `spot`, or to `progress` (0..1), and stay while pictures come in."""
        if self._surface is not None:
            self._surface.restore(progress, spot)

    def find_words(self, words: str, *, back: bool = False) -> None:
        """Mark `words` in the page and go to the next one; "" ends it. `found` follows."""
        if self._view is None:
            return
        from PySide6.QtWebEngineCore import QWebEnginePage

        flags = QWebEnginePage.FindFlag.FindBackward if back else QWebEnginePage.FindFlag(0)
        if words and self._surface is not None:
            self._surface.release()
        self._view.page().findText(words, flags, lambda _result: None)

    def page_down(self) -> bool:
        """Scroll on by a page; False at the end, or when nothing is open."""
        return self._surface is not None and self._surface.page_down()

    def focus_page(self) -> None:
        """Give the keys to the page."""
        self.setFocus()

    def sleep(self) -> None:
        """End the engine while nobody sees the page; its memory goes back to the system."""
        if self._surface is not None:
            self._asleep = self._surface.open_now
            self.close_page()
            self._is_asleep = True

    def wake(self) -> None:
        """Make the engine anew after `sleep`, with what was open, where one was."""
        if not self._is_asleep:
            return
        self._is_asleep = False
        self.make()
        held, self._asleep = self._asleep, None
        if held is not None and self._surface is not None:
            page, progress, spot = held
            self._surface.show(page, at=progress, spot=spot)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._surface is not None and event.size().width() != event.oldSize().width():
            self._surface.hold()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.wake()

    def close_page(self) -> None:
        """End the engine; the view can be made anew afterwards."""
        if self._surface is None or self._view is None:
            return
        self.setFocusProxy(None)  # type: ignore[arg-type]  # the stub is wrong, Qt allows it
        self._view.hide()
        self._surface.close()
        self._view.deleteLater()
        self._surface.deleteLater()
        self._surface = self._view = self.marking = self.matching = self.spoken = None

    def _on_paged(self, way: int) -> None:
        if self._surface is not None and way < 0:
            self._surface.turn(way)
        elif not self.page_down():
            self.ended.emit()

    def _on_menu(self, at: QPoint) -> None:
        if self._view is not None:
            self._menu().popup(self._view.mapToGlobal(at))

    def _menu(self) -> QMenu:
        """Copy, copy link, select all: the page has nothing else to offer."""
        from PySide6.QtWebEngineCore import QWebEnginePage

        assert self._view is not None  # noqa: S101 - only called from it
        page = self._view.page()
        request = self._view.lastContextMenuRequest()
        encoded = QUrl.ComponentFormattingOption.FullyEncoded  # decoded, it may look like another
        link = request.linkUrl().toString(encoded) if request is not None else ""
        quiet = colours(self._theme)["quiet"]
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        if page.hasSelection():
            deed = menu.addAction(icon("copy", quiet), _tr("Copy"))
            deed.triggered.connect(lambda: page.triggerAction(QWebEnginePage.WebAction.Copy))
            deed = menu.addAction(icon("text-quote", quiet), _tr("Copy the quote with its source"))
            deed.triggered.connect(self.quote_wanted)
            deed = menu.addAction(icon("highlighter", quiet), _tr("Highlight"))
            deed.triggered.connect(self.highlight_wanted)
        if link.startswith(("http://", "https://", "mailto:")):
            deed = menu.addAction(icon("link", quiet), _tr("Copy link"))
            deed.triggered.connect(lambda: QGuiApplication.clipboard().setText(link))
            self._offer_link(menu, link, request.linkText() if request is not None else "")
            deed = menu.addAction(icon("external-link", quiet), _tr("Open on the web"))
            deed.triggered.connect(lambda: self.link_clicked.emit(link))
        shown = request.mediaUrl() if request is not None else QUrl()
        if shown.path().startswith("/asset/"):
            self._offer_picture(menu, shown.path().removeprefix("/asset/"))
        at = QPointF(request.position()) if request is not None else QPointF()
        deed = menu.addAction(icon("headphones", quiet), _tr("Read aloud from here"))
        deed.triggered.connect(lambda: self.aloud_wanted.emit(at))
        deed = menu.addAction(_tr("Select all"))
        deed.triggered.connect(lambda: page.triggerAction(QWebEnginePage.WebAction.SelectAll))
        return menu

    def _offer_picture(self, menu: QMenu, digest: str) -> None:
        quiet = colours(self._theme)["quiet"]
        offered = (
            ("open", "image", _tr("Open the picture large")),
            ("copy", "copy", _tr("Copy the picture")),
            ("save", "download", _tr("Save the picture as…")),
        )
        for name, sign, words in offered:
            deed = menu.addAction(icon(sign, quiet), words)
            deed.triggered.connect(
                lambda _on=False, name=name: self.picture_wanted.emit(name, digest)
            )

    def ask_page(self, script: str, then: Callable[[object], None]) -> None:
        """Ask our own world in the page; nothing is answered while there is no engine."""
        if self._surface is not None:
            self._surface.call(script, then=then)

    def _offer_link(self, menu: QMenu, link: str, words: str) -> None:
        from readlater.exporters.highlights import linked

        quiet = colours(self._theme)["quiet"]
        deed = menu.addAction(icon("copy", quiet), _tr("Copy link as Markdown"))
        text = linked(words or link, link)
        deed.triggered.connect(lambda: QGuiApplication.clipboard().setText(text))
        deed.triggered.connect(lambda: self.copied.emit(_tr("Link copied as Markdown")))
        if not link.startswith("mailto:"):
            deed = menu.addAction(icon("plus", quiet), _tr("Save the link"))
            deed.triggered.connect(lambda: self.save_wanted.emit(link))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReaderView", text)
