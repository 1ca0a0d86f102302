"""The application: one window on one library, what it is made of, and how it ends."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QSettings, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QRhiWidget, QWidget

from readlater import __version__, words
from readlater.errors import LibraryError
from readlater.library import Library, open_library
from readlater.settings import Settings
from readlater.ui import messages
from readlater.ui.actions.table import Actions
from readlater.ui.events import Events
from readlater.ui.icons import icon
from readlater.ui.jobs import FetchLane, Jobs
from readlater.ui.network import watch_network
from readlater.ui.painted import AfterPaint
from readlater.ui.reader.view import ReaderView
from readlater.ui.single import SingleWindow
from readlater.ui.theme import Theme
from readlater.ui.views.window import MainWindow

NO_DISPLAY = 3
_NO_DISPLAY = (
    "There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set, so no window can open. "
    "The commands work without one: readlater --help.\n"
)
_ROOT = (
    "Readlater opens no window for root: the engine that shows pages keeps its walls only for an "
    "ordinary user. Start Readlater as one; the commands work for root too.\n"
)
# How often the window looks whether another process has changed the library.
POLL_MS = 1000
# The web engine starts once the first list is painted and nobody waits for anything.
PREPARE_MS = 400


def run_window(folder: Path, settings: Settings, links: Sequence[str]) -> int:
    """Open the window on the library in `folder` and stay until it is closed.

    Returns 0; 1 for root and when there is no library that can be used; 3 without a display.
    """
    if not has_display():
        sys.stderr.write(_NO_DISPLAY)
        return NO_DISPLAY
    if is_unsafe_root():
        sys.stderr.write(_ROOT)
        return 1
    # The web engine is loaded later, and wants this to be said before the application is made.
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("readlater")
    app.setApplicationDisplayName("Readlater")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("readlater")
    links = [absolute(link) for link in links]
    door = SingleWindow(folder, app)
    if door.hand_over(links):
        return 0
    library = open_or_ask(folder, settings)
    if library is None:
        return 1
    if library.folder != folder:
        door = SingleWindow(library.folder, app)
    door.listen()
    parts = build(library)
    sys.excepthook = lambda *bug: show_bug(parts.window, *bug)
    door.called.connect(lambda more: _on_called(parts, more))
    for number in (signal.SIGINT, signal.SIGTERM):  # heard at the next tick of the poll timer
        signal.signal(number, lambda *_: app.quit())
    parts.window.show()
    parts.lane.start()
    if links:
        parts.actions.save_sources(links)
    code = app.exec()
    door.close()
    parts.close()
    return code


@dataclass(slots=True)
class Parts:
    """Everything a window is made of; `close` ends it in order."""

    library: Library
    jobs: Jobs
    events: Events
    lane: FetchLane
    theme: Theme
    window: MainWindow
    actions: Actions
    timer: QTimer

    def close(self) -> None:
        """End the threads first, then the pages, then the library."""
        self.timer.stop()
        self.lane.close()
        view = self.window.reader_pane.page_view
        if view is not None:
            view.close_page()
        self.actions.deeds.raw.close()
        self.jobs.close()
        self.events.close()
        self.library.close()


def build(library: Library) -> Parts:
    """Make a window on an open library; the caller shows it and starts its fetching."""
    jobs, events = Jobs(), Events(library)
    lane = FetchLane(library)
    theme = Theme(library.settings.theme)
    theme.apply(QApplication.instance())
    state = QSettings(str(library.folder / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(
        library,
        jobs,
        events,
        theme,
        lambda: ReaderView(library.reading.asset, run=jobs.run),
        state,
    )
    _settle_surface(window)
    window.setWindowIcon(icon("inbox", theme.colours.colour("accent"), 64))
    actions = Actions(window, library, jobs, theme)
    events.changed.connect(lambda _changes: lane.wake())
    jobs.problem.connect(lambda error: window.toast(messages.error(error)))
    for source in (jobs.crashed, lane.crashed):
        source.connect(lambda bug: show_bug(window, type(bug), bug, bug.__traceback__))
    timer = QTimer(window, interval=POLL_MS)
    timer.timeout.connect(lambda: jobs.latest("poll", library.poll, lambda _none: None))
    timer.start()
    cards = window.list_pane.cards
    AfterPaint(
        (cards.viewport(), cards, window.reader_pane, window.sidebar),
        PREPARE_MS,
        window.reader_pane.prepare,
    )
    watch_network(window, lambda: jobs.run(library.fetching.hurry, lambda _rows: lane.wake()))
    return Parts(library, jobs, events, lane, theme, window, actions, timer)


def _settle_surface(window: MainWindow) -> None:
    """Give the window the kind of native surface that the web engine needs, before it is shown.

    Qt makes a shown window anew when its first widget that draws through the graphics card is
    added: it flashes and loses the focus.
    """
    if QGuiApplication.platformName() == "offscreen":
        return
    seed = QRhiWidget(window)
    seed.setFixedSize(1, 1)
    seed.move(-1, -1)


def open_or_ask(
    folder: Path, settings: Settings, ask: Callable[[Path, str], Path | None] | None = None
) -> Library | None:
    """Open the library; where its folder cannot be used, offer another until one can or none is.

    `ask` is given the folder and the sentence, and answers another folder or None.

    The folder that was chosen holds for this run; `--library` names it for the next.
    """
    while True:
        try:
            return open_library(folder, settings)
        except LibraryError as error:
            chosen = (ask or _another_folder)(folder, words.sentence(error.problem))
        if chosen is None:
            return None
        folder = chosen


def _another_folder(folder: Path, sentence: str) -> Path | None:
    box = QMessageBox(QMessageBox.Icon.Warning, "Readlater", sentence)
    box.setInformativeText(
        QCoreApplication.translate("App", "Readlater keeps your articles in one folder.")
    )
    other = box.addButton(
        QCoreApplication.translate("App", "Choose another folder…"),
        QMessageBox.ButtonRole.AcceptRole,
    )
    box.addButton(QMessageBox.StandardButton.Close)
    box.exec()
    if box.clickedButton() is not other:
        return None
    chosen = QFileDialog.getExistingDirectory(
        None, QCoreApplication.translate("App", "Choose a folder for the library"), str(folder)
    )
    return Path(chosen) if chosen else None


def has_display() -> bool:
    """Whether a window can open: always but on Linux without an X or Wayland display."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def is_unsafe_root() -> bool:
    """Whether this is root with Chromium's sandbox on, which ends such a process at once."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return root and os.environ.get("QTWEBENGINE_DISABLE_SANDBOX") != "1"


def absolute(link: str) -> str:
    """A file's name as it is valid in another process too; a link as it is."""
    path = Path(link)
    return str(path.absolute()) if "://" not in link and path.exists() else link


def _on_called(parts: Parts, links: list[str]) -> None:
    window = parts.window
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    if links:
        parts.actions.save_sources(links)


def show_bug(
    parent: QWidget,
    kind: type[BaseException],
    bug: BaseException,
    trace: TracebackType | None,
) -> None:
    """Say loudly that something unexpected happened, with what helps to mend it."""
    details = "".join(traceback.format_exception(kind, bug, trace))
    sys.stderr.write(details)
    said = QCoreApplication.translate(
        "App", "Something went wrong inside Readlater. What you saved is safe."
    )
    box = QMessageBox(QMessageBox.Icon.Critical, "Readlater", said, parent=parent)
    box.setInformativeText(
        QCoreApplication.translate(
            "App", "Restart Readlater. If it happens again, send these details to its makers."
        )
    )
    box.setDetailedText(f"Readlater {__version__}\n\n{details}")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
