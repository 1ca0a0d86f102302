"""Prints an article from a page of its own that nobody sees, behind the same walls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QEventLoop, QObject, QTimer
from PySide6.QtGui import QPageLayout, QPageRanges
from shiboken6 import delete

from readlater import __version__, resources
from readlater.ui.models import said
from readlater.ui.reader import scheme
from readlater.ui.reader.highlighting import rules
from readlater.ui.reader.look import Look
from readlater.ui.reader.paper import Sheet
from readlater.ui.reader.pdf_facts import with_facts
from readlater.ui.reader.surface import WORLD, Surface
from readlater.ui.reader.template import Page

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWebEngineWidgets import QWebEngineView

_LOOK_MS: Final = 40
# A picture that does not come by then is not printed; the rest is.
_LONGEST_MS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Order:
    """What to print: the page, its typography, what stands round it, the paper, which sheets.

    No `ranges` are all.
    """

    page: Page
    look: Look
    sheet: Sheet
    layout: QPageLayout
    ranges: QPageRanges = field(default_factory=QPageRanges)


class Press(QObject):
    """Makes one PDF and is gone; `done` gets its bytes, b"" when the engine made none.

    With `printer`, which is set up, it prints there instead: `printed` hears whether it took all.
    """

    def __init__(
        self,
        order: Order,
        read: scheme.Read,
        done: Callable[[bytes], None],
        *,
        run: scheme.Run = scheme.run_here,
        printer: QPrinter | None = None,
        printed: Callable[[bool], None] = lambda _took: None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._order, self._done = order, done
        self._printer, self._printed = printer, printed
        self._view: QWebEngineView | None = None
        self._is_over = self._is_dressed = False
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._ask)
        self._limit = QTimer(self, interval=_LONGEST_MS, singleShot=True)
        self._limit.timeout.connect(self._on_late)
        self._limit.start()
        surface = self._surface = Surface(read, run=run, parent=self)
        surface.set_theme("light")
        surface.set_look(order.look)
        surface.shown.connect(lambda _id: self._dress())
        surface.page.renderProcessTerminated.connect(lambda *_: self._end(b""))
        surface.show(order.page)

    def _dress(self) -> None:
        sheet, page = self._order.sheet, self._surface.page
        page.runJavaScript(resources.text("html/paper.js"), WORLD)
        named = ("title", "css", "properties", "facts", "links")
        self._surface.call("paper.dress", {name: getattr(sheet, name) for name in named})
        if sheet.highlights:
            page.runJavaScript(resources.text("html/highlights.js"), WORLD)
            self._surface.call("marks.install", rules())
            marks = [
                [h.id, h.colour, h.selector.start, h.selector.end, bool(h.note)]
                for h in sheet.highlights
            ]
            self._surface.call("marks.paint", sheet.length, marks)
        notes = [h.note for h in sheet.highlights if h.note]
        self._surface.call("paper.note", notes, sheet.note, sheet.notes)
        self._is_dressed = True
        self._limit.start()
        self._look.start()

    def _on_late(self) -> None:
        """What has come by now is printed; without the text there is nothing."""
        if self._is_dressed:
            self._print()
        else:
            self._end(b"")

    def _ask(self) -> None:
        self._surface.call("paper.isReady", then=self._on_ready)

    def _on_ready(self, ready: object) -> None:
        if ready is True and self._look.isActive():
            self._print()

    def _print(self) -> None:
        if self._is_over:
            return
        self._look.stop()
        self._limit.stop()
        order = self._order
        if self._printer is not None:
            self._put_on(self._printer)
            return
        self._surface.page.printToPdf(self._on_printed, order.layout, order.ranges)

    def _put_on(self, printer: QPrinter) -> None:
        """Only a view prints on paper: it needs none to be seen, and paints in a thread of Qt's."""
        from PySide6.QtWebEngineWidgets import QWebEngineView

        view = self._view = QWebEngineView()
        view.setPage(self._surface.page)
        view.printFinished.connect(self._on_paper)
        view.print(printer)

    def _on_paper(self, took: bool) -> None:
        if not self._is_over:
            self._end(b"", took=took)

    def _on_printed(self, made: QByteArray) -> None:
        pdf = bytes(made.data())
        article = self._order.page.article
        facts = {
            "Title": said.title(article),
            "Author": article.byline,
            "Subject": article.url,
            "Creator": f"Readlater {__version__}",
        }
        self._end(with_facts(pdf, facts) if pdf.startswith(b"%PDF-") else b"")

    def _end(self, pdf: bytes, *, took: bool = False) -> None:
        if self._is_over:
            return
        self._is_over = True
        self._look.stop()
        self._limit.stop()
        # Not from within the engine's own call.
        QTimer.singleShot(0, self, lambda: self._close(pdf, took=took))

    def _close(self, pdf: bytes, *, took: bool) -> None:
        self._let_go()
        self.deleteLater()
        if self._printer is not None:
            self._printed(took)
        else:
            self._done(pdf)

    def _let_go(self) -> None:
        if self._view is not None:
            delete(self._view)
            self._view = None
        self._surface.close()

    def stop(self) -> None:
        """End without a PDF: nobody is told. What is on its way to the printer is waited for."""
        if self._view is not None and not self._is_over:
            waiting = QEventLoop()
            self._view.printFinished.connect(waiting.quit)
            QTimer.singleShot(_LONGEST_MS, waiting.quit)
            waiting.exec()
        self._is_over = True
        self._look.stop()
        self._limit.stop()
        self._let_go()
