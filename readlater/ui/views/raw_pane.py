"""The page as it came, with the line over it; its engine is made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from readlater.ui.icons import icon
from readlater.ui.reader.colours import colours
from readlater.ui.reader.passing import Passing
from readlater.ui.theme import Theme
from readlater.ui.views.link_line import LinkLine
from readlater.ui.views.raw_bar import RawBar

if TYPE_CHECKING:
    from PySide6.QtWebEngineWidgets import QWebEngineView

    from readlater.ui.reader.matching import Matching
    from readlater.ui.reader.raw_surface import RawSurface
    from readlater.ui.reader.raw_walls import RawDocument
    from readlater.ui.reader.scheme import Read, Run

_OUTSIDE: Final = ("http://", "https://", "mailto:")


class RawPane(QWidget):
    """Shows one page at a time. `read` and `run` are as those of `ReaderView`."""

    shown = Signal(int)
    link_clicked = Signal(str)
    save_wanted = Signal(str)
    change_wanted = Signal(str, str)  # "put-back" or "take-out", and the fingerprint of a block
    found = Signal(int, int)
    moved = Signal()
    ended = Signal()

    def __init__(
        self, theme: Theme, read: Read, parent: QWidget | None = None, *, run: Run | None = None
    ) -> None:
        super().__init__(parent)
        self._app_theme, self._read, self._run = theme, read, run
        self._surface: RawSurface | None = None
        self._view: QWebEngineView | None = None
        self._line: LinkLine | None = None
        self._page_theme = "light"
        self._back: Collection[str] = ()
        self.bar = RawBar(theme)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.bar)
        self._column.addStretch(0)
        self.setAutoFillBackground(True)
        self.set_page_theme("light")

    @property
    def matching(self) -> Matching | None:
        """The words of the page, once its engine is there."""
        return self._surface.matching if self._surface is not None else None

    @property
    def open_id(self) -> int:
        """The article whose page is there; 0 for none."""
        return self._surface.open_id if self._surface is not None else 0

    def show_document(self, document: RawDocument, back: Collection[str]) -> None:
        """Load a page; `shown` follows. `back` are the fingerprints of blocks put back."""
        self._back = back
        self._make().show(document)

    def set_page_theme(self, theme: str) -> None:
        """Wear "light", "sepia", "dark" or "black" at once."""
        self._page_theme = theme
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(colours(theme)["canvas"]))
        self.setPalette(palette)
        if self._surface is not None:
            self._surface.set_theme(theme)

    def find_words(self, words: str, *, back: bool = False) -> None:
        """Mark `words` in the page and go to the next one; "" ends it. `found` follows."""
        if self._view is None:
            return
        from PySide6.QtWebEngineCore import QWebEnginePage

        flags = QWebEnginePage.FindFlag.FindBackward if back else QWebEnginePage.FindFlag(0)
        self._view.page().findText(words, flags, lambda _result: None)

    def focus_page(self) -> None:
        """Give the keys to the page."""
        self.setFocus()

    @property
    def has_keys(self) -> bool:
        """Whether the page or its line has the focus."""
        widget = self.window().focusWidget()
        return widget is not None and (widget is self or self.isAncestorOf(widget))

    def page_down(self) -> bool:
        """Scroll on by a page; False when nothing is open."""
        if self._surface is None or not self._surface.open_id:
            return False
        self._surface.turn(1)
        return True

    def close_page(self) -> None:
        """End the engine; it can be made anew afterwards."""
        if self._surface is None or self._view is None:
            return
        self.setFocusProxy(None)  # type: ignore[arg-type]  # the stub is wrong, Qt allows it
        self._view.hide()
        self._surface.close()
        self._view.deleteLater()
        self._surface.deleteLater()
        self._surface = self._view = self._line = None

    def _make(self) -> RawSurface:
        if self._surface is not None:
            return self._surface
        from PySide6.QtWebEngineWidgets import QWebEngineView

        from readlater.ui.reader.raw_surface import RawSurface

        if self._run is None:
            self._surface = surface = RawSurface(self._read, parent=self)
        else:
            self._surface = surface = RawSurface(self._read, run=self._run, parent=self)
        surface.set_theme(self._page_theme)  # before the view: it paints the canvas at once
        self._view = view = QWebEngineView(self)
        view.setPage(surface.page)
        passing = Passing(view)
        passing.paged.connect(self._on_paged)
        passing.touched.connect(surface.matching.let_go)
        self._line = LinkLine(self._app_theme, view)
        self._column.addWidget(view, 1)
        self.setFocusProxy(view)
        surface.link_hovered.connect(self._line.say)
        surface.link_clicked.connect(self.link_clicked)
        surface.change_wanted.connect(self.change_wanted)
        surface.matching.moved.connect(self.moved)
        surface.shown.connect(self._on_shown)
        passing.save_clicked.connect(self._on_save_clicked)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._on_menu)
        view.page().findTextFinished.connect(
            lambda result: self.found.emit(result.activeMatch(), result.numberOfMatches())
        )
        return surface

    def _on_shown(self, article_id: int) -> None:
        if self._surface is not None:
            self._surface.mark(_words(), self._back)
        self.shown.emit(article_id)

    def _on_paged(self, way: int) -> None:
        if self._surface is not None:
            self._surface.turn(way)

    def _on_save_clicked(self) -> None:
        if self._line is not None and self._line.address.startswith(("http://", "https://")):
            self.save_wanted.emit(self._line.address)

    def _on_menu(self, at: QPoint) -> None:
        if self._view is not None:
            self._menu(self._view).popup(self._view.mapToGlobal(at))

    def _menu(self, view: QWebEngineView) -> QMenu:
        from PySide6.QtWebEngineCore import QWebEnginePage

        page, request = view.page(), view.lastContextMenuRequest()
        link = request.linkUrl().toString() if request is not None else ""
        quiet = colours(self._page_theme)["quiet"]
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)

        def offer(name: str, words: str, deed: Callable[[], object]) -> None:
            menu.addAction(icon(name, quiet), words).triggered.connect(lambda: deed())

        if page.hasSelection():
            offer("copy", _tr("Copy"), lambda: page.triggerAction(QWebEnginePage.WebAction.Copy))
        if link.startswith(_OUTSIDE):
            clipboard = QGuiApplication.clipboard()
            offer("link", _tr("Copy link"), lambda: clipboard.setText(link))
            if not link.startswith("mailto:"):
                offer("plus", _tr("Save the link"), lambda: self.save_wanted.emit(link))
            offer("external-link", _tr("Open on the web"), lambda: self.link_clicked.emit(link))
        menu.addAction(_tr("Select all")).triggered.connect(
            lambda: page.triggerAction(QWebEnginePage.WebAction.SelectAll)
        )
        return menu


def _words() -> dict[str, str]:
    return {
        "isOut": _tr("Not in the article"),
        "isBack": _tr("Put back into the article"),
        "putBack": _tr("Put back"),
        "takeOut": _tr("Take out again"),
        "lang": QCoreApplication.translate("ReaderView", "en"),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReaderView", text)
