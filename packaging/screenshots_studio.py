"""The real window over a library of our own, brought into a size and drawn once it is still."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

import screenshots_library
from PySide6.QtCore import (
    QEventLoop,
    QMessageLogContext,
    QRect,
    Qt,
    QTimer,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from screenshots_table import Shot
from typing_extensions import override

from readlater.article import Status, View
from readlater.library import open_library
from readlater.settings import Settings
from readlater.ui.app import build
from readlater.ui.reader.view import ReaderView
from readlater.ui.views.layout import Pane

_SCREEN: Final = {
    "name": "wide",
    "x": 0,
    "y": 0,
    "width": 2560,
    "height": 2800,
    "logicalDpi": 96,
    "logicalBaseDpi": 96,
    "dpr": 1,
}
# Still means: two looks, this far apart, that show the same. What always moves is drawn as it is.
_LOOK_MS: Final = 90
_LOOKS: Final = 16
_BACKDROP: Final = {False: "#cfcfd2", True: "#0a0a0b"}


_ENDING: Final = "äßungsverhältnismöglichkeitenübersicht"


_OF_NO_SCREEN: Final = re.compile(
    "QRhi|Failed to create RHI|Vulkan|GBM|GPUInfo|This plugin does not|Sandboxing|OpenType support"
)


class NotReachedError(Exception):
    """The window did not come to what was to be drawn; the message says where it stopped."""


def prepare_qt(scale: int) -> None:
    """Draw without a screen, at a scale; Chromium's sandbox does not start as root."""
    # A screen wider than the window, so that what floats stands where it would.
    handle, screen = tempfile.mkstemp(suffix=".json")
    with os.fdopen(handle, "w") as file:
        json.dump({"screens": [_SCREEN]}, file)
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screen}"
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--log-level=3")
    qInstallMessageHandler(_hear)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"


def _hear(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Pass on what Qt says, but for what it says of every machine without a screen."""
    if not _OF_NO_SCREEN.search(text):
        sys.stderr.write(f"{text}\n")


class LongWords(QTranslator):
    """Every text a third longer, with the letters of German: what is cut then is cut in German."""

    @override
    def isEmpty(self) -> bool:
        return False

    @override
    def translate(
        self,
        context: str,
        text: str,
        _disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        if context == "QShortcut":
            return text
        words = text.replace("%Ln", str(n)) if n >= 0 else text
        body = words.removesuffix("…")
        more = _ENDING[: max(2, len(body) // 3)]
        return f"{body}{more}{words[len(body) :]}"


class Studio:
    """One window; its library is in `folder`, which is the home of the drawing too."""

    def __init__(self, folder: Path, library: str, tongue: str) -> None:
        os.environ["HOME"] = str(folder)  # so that the library's place reads as a person's own
        self._translator = LongWords() if tongue == "long" else None
        if self._translator is not None:
            QApplication.installTranslator(self._translator)
        is_rtl = tongue == "rtl"
        QApplication.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if is_rtl else Qt.LayoutDirection.LeftToRight
        )
        self._fetches = False
        self.web = screenshots_library.Web()
        place = folder / ".local" / "share" / "readlater"
        self.library = open_library(place, Settings(theme="light"), net=self.web)
        screenshots_library.fill(self.library, library)
        self.parts = build(self.library)
        self.parts.actions.deeds.settings_file = folder / "settings.toml"
        self.window = self.parts.window
        self.window.resize(1280, 800)
        self.window.show()
        self.until(lambda: bool(self.window.counts().places), "counting")
        self._shown = 0
        self.window.reader_pane.prepare().shown.connect(self._on_shown)

    def _on_shown(self, article: int) -> None:
        self._shown = article

    def fetch(self) -> None:
        """Fetch what is queued, from now on."""
        if not self._fetches:
            self._fetches = True
            self.parts.lane.start()
        self.parts.lane.wake()

    def trigger(self, name: str) -> None:
        """Do an action of the menus by its id."""
        action = self.parts.actions.action(name)
        if not action.isEnabled():
            raise NotReachedError(f"{name} cannot be chosen")
        action.trigger()

    @property
    def page(self) -> ReaderView:
        """The view of the page that is open."""
        view = self.window.reader_pane.page_view
        if view is None:
            raise NotReachedError("there is no page")
        return view

    def wear(self, shot: Shot) -> None:
        """The plain window in the size, theme and typography of a shot."""
        window, subject = self.window, shot.subject
        self.tidy_up()
        window.resize(*shot.size)
        dark = shot.theme in ("dark", "black")
        self.parts.theme.set("dark" if dark else "light")
        is_own = subject.on_page and shot.theme in ("sepia", "black")
        look = replace(subject.look, theme=shot.theme) if is_own else subject.look
        window.typography.set(look)

    def tidy_up(self) -> None:
        """Close what floats and go back to the list of Unread."""
        window = self.window
        for widget in QApplication.topLevelWidgets():
            if widget is not window and widget.isVisible():
                widget.close()
        self.parts.actions.deeds.toast.take_back()
        self.parts.actions.deeds.frame.hide()
        pane = window.reader_pane
        pane.find_bar.leave()
        view = pane.page_view
        if view is not None and view.tour is not None and view.marking is not None:
            view.tour.close_note(lambda _was_open: None)
            view.marking.unselect()
        pane.leave_other_page()
        pane.show_beside(shown=False)
        window.arranging.read_quietly(on=False)
        window.resize(1280, 800)
        if Pane.SIDEBAR not in window.arranging.panes:
            window.arranging.fold_sidebar()
        window.list_pane.search.clear()
        if window.view() != View():
            window.choose(View())
        window.activateWindow()
        self.rest(20)

    def bring_list(self) -> None:
        """Bring the list to the front where not all panes have room."""
        panes = self.window.arranging.panes
        if Pane.LIST not in panes and Pane.READER in panes:
            self.window.back()
        elif Pane.LIST not in panes:
            self.window.arranging.fold_sidebar()

    def open(self, host: str, *, down: float = 0.0) -> None:
        """Open the article of a host, `down` from its beginning, and bring the reader to front."""
        window, opening = self.window, self.window.opening
        wanted = screenshots_library.rows(self.library)[host]
        held = opening.article
        if held is None or held.id != wanted.id or not window.reader_pane.is_reading:
            self._shown = 0
        window.select(wanted.id)
        self.until(
            lambda: opening.article is not None and opening.article.id == wanted.id, f"open {host}"
        )
        self.until(lambda: window.list_pane.cards.selected_count() == 1, f"choosing {host}")
        window.arranging.bring_reader()
        if wanted.status is Status.READY:
            self.until(lambda: self._shown == wanted.id, f"showing {host}")
            self.rest(120)
            self.page.restore(down)

    def until(self, done: Callable[[], bool], what: str) -> None:
        """Wait up to 15 seconds."""
        for _ in range(600):
            if done():
                return
            self.rest(25)
        raise NotReachedError(what)

    @staticmethod
    def rest(ms: int) -> None:
        """Let the window live for a while."""
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    def floating(self, kind: type[QWidget] = QWidget) -> QWidget:
        """Wait for something over the window, and give it."""
        found: list[QWidget] = []

        def look() -> bool:
            for widget in QApplication.topLevelWidgets():
                if widget is not self.window and widget.isVisible() and isinstance(widget, kind):
                    found.append(widget)
            return bool(found)

        self.until(look, "opening what floats")
        return found[-1]

    def drawn(self) -> QImage:
        """The window with what floats over it, once it is still."""
        last = self._look()
        for _ in range(_LOOKS):
            self.rest(_LOOK_MS)
            now = self._look()
            if now == last:
                break
            last = now
        return last

    def _look(self) -> QImage:
        window = self.window
        over = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not window]
        # What opened last is on top: popups over dialogs, whatever Qt lists first.
        over.sort(key=lambda widget: widget.windowType() == Qt.WindowType.Popup)
        places = [QRect(window.mapFromGlobal(w.pos()), w.size()) for w in over]
        whole = window.rect()
        for place in places:
            whole = whole.united(place)
        ratio = window.devicePixelRatio()
        picture = QImage(whole.size() * ratio, QImage.Format.Format_RGB32)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(_BACKDROP[self.parts.theme.dark]))
        painter = QPainter(picture)
        painter.drawPixmap(-whole.topLeft(), window.grab())
        for widget, place in zip(over, places, strict=True):
            _draw(painter, widget, place.translated(-whole.topLeft()))
        painter.end()
        return picture

    def close(self) -> None:
        """End the window and its threads."""
        self.web.hang.set()
        self.tidy_up()
        self.window.close()
        self.rest(100)  # what was asked of the library is answered
        self.parts.close()
        if self._translator is not None:
            QApplication.removeTranslator(self._translator)


def _draw(painter: QPainter, widget: QWidget, place: QRect) -> None:
    """A window over the window; a thin line stands for the frame that a desktop gives dialogs."""
    painter.drawPixmap(place.topLeft(), widget.grab())
    if widget.windowType() == Qt.WindowType.Dialog:
        painter.setPen(QColor(128, 128, 132, 130))
        painter.drawRect(place.adjusted(-1, -1, 0, 0))
