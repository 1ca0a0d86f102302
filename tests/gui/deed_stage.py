"""A whole window over a real library, with its actions: only the page's view is a quiet one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fakes.reader import QuietReader
from PySide6.QtCore import QSettings, QUrl
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete
from site_server import PROSE

from readlater.article import Article, View
from readlater.library import Library
from readlater.ui.actions.table import Actions
from readlater.ui.events import Events
from readlater.ui.jobs import Jobs
from readlater.ui.theme import Theme
from readlater.ui.views.window import MainWindow

META = (
    '{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Cut", '
    '"isAccessibleForFree": false, "wordCount": 9000}'
)
CUT_PAGE = (
    f"<html lang=en><head><title>Cut</title><script type=application/ld+json>{META}</script></head>"
    f"<body><article><h1>Cut</h1>{''.join(f'<p>Part {i}. {PROSE}</p>' for i in range(4))}"
    "<p>And then there was the man who</p><div class=paywall><p>Subscribe to read the rest</p>"
    "</div></article>"
).encode()


@dataclass
class Stage:
    library: Library
    jobs: Jobs
    events: Events
    theme: Theme
    window: MainWindow
    actions: Actions
    qtbot: QtBot
    opened: list[str]
    bugs: list[object] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until all work is done and everything that follows from it too."""
        self._drain()
        self.window.opening.now()  # what rests before it opens
        self.window.count()
        self._drain()

    def _drain(self) -> None:
        for _ in range(5):
            self.events.flush()
            with self.qtbot.waitCallback(timeout=20_000) as reached:
                self.jobs.run(lambda: None, lambda _none: reached())
            QApplication.processEvents()

    def press(self, key: object, *modifiers: object) -> None:
        """Press a key in the widget that has the focus."""
        widget = QApplication.focusWidget() or self.window
        self.qtbot.keyClick(widget, key, *modifiers)

    def trigger(self, name: str) -> None:
        action = self.actions.action(name)
        assert action.isEnabled(), name
        action.trigger()
        self.settle()

    def show(self, view: View | None = None, *, row: int | None = 0) -> None:
        """Show a place and choose a row of it, opened."""
        self.window.choose(view or View())
        self.settle()
        if row is not None:
            self.window.list_pane.cards.choose_row(row)
            self.window.opening.now()
            self.settle()

    def article(self, article_id: int) -> Article:
        return self.library.reading.article(article_id)

    @property
    def toast(self) -> str:
        return self.actions.deeds.toast.text

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=20_000)


@contextmanager
def stage(
    library: Library,
    qtbot: QtBot,
    folder: Path,
    *,
    theme: str = "light",
    reader: Callable[[], QWidget] = QuietReader,
) -> Iterator[Stage]:
    jobs, events, colours = Jobs(), Events(library), Theme(theme)
    colours.apply()
    state = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(library, jobs, events, colours, reader, state)
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    actions = Actions(
        window,
        library,
        jobs,
        colours,
        settings_file=folder / "settings.toml",
        open_url=open_url,
    )
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    made = Stage(library, jobs, events, colours, window, actions, qtbot, opened)
    jobs.crashed.connect(made.bugs.append)
    made.settle()
    yield made
    made.settle()
    window.close()
    jobs.close()
    events.close()
    delete(window)
    assert made.bugs == []
