"""A window, or only its list, over a library of the test's making."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from fakes.jobs import HeldJobs
from fakes.library import FakeLibrary
from fakes.reader import QuietReader
from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from readlater.article import Changes, Progress, View
from readlater.ui.models.articles import ArticlesModel
from readlater.ui.models.thumbnails import Thumbnails
from readlater.ui.theme import Theme
from readlater.ui.views.article_list import ArticleList
from readlater.ui.views.window import MainWindow


class Events(QObject):
    changed = Signal(object)
    progressed = Signal(object)

    def __init__(self, library: FakeLibrary) -> None:
        super().__init__()
        library.subscribe(self._on_event)

    def _on_event(self, event: Changes | Progress) -> None:
        (self.progressed if isinstance(event, Progress) else self.changed).emit(event)


@dataclass
class ListStage:
    library: FakeLibrary
    jobs: HeldJobs
    events: Events
    theme: Theme
    model: ArticlesModel
    cards: ArticleList

    def settle(self) -> None:
        settle(self.jobs)

    def top(self) -> tuple[int, int]:
        """Which article is at the upper edge, and how far it begins above, in pixels."""
        row = self.cards.rowAt(0)
        return self.model.card(row).article.id, self.cards.rowViewportPosition(row)


def settle(jobs: HeldJobs) -> None:
    """Do all work, and what follows from it."""
    for _ in range(4):
        jobs.settle()
        QApplication.processEvents()


def list_stage(library: FakeLibrary, qtbot, size: tuple[int, int] = (360, 752)) -> ListStage:
    jobs, events, theme = HeldJobs(), Events(library), Theme("light")
    theme.apply()
    model = ArticlesModel(library.searching, jobs)
    events.changed.connect(model.on_changed)
    events.progressed.connect(model.on_progressed)
    cards = ArticleList(model, theme, Thumbnails(library.reading, jobs))
    qtbot.addWidget(cards)
    cards.resize(*size)
    cards.show()
    model.set_view(View())
    settle(jobs)
    return ListStage(library, jobs, events, theme, model, cards)


@dataclass
class WindowStage:
    library: FakeLibrary
    jobs: HeldJobs
    events: Events
    theme: Theme
    window: MainWindow

    def settle(self) -> None:
        """Do all work, the articles that rest before they open included."""
        settle(self.jobs)
        if self.window.opening.is_resting:
            self.window.opening.now()
        settle(self.jobs)

    @property
    def reader(self) -> QuietReader | None:
        return self.window.reader_pane.page_view

    def ids(self) -> list[int]:
        model = self.window.model
        return [c.article.id for row in range(model.rowCount()) if (c := model.card(row))]


def window_stage(library: FakeLibrary, qtbot, folder: Path) -> WindowStage:
    jobs, events, theme = HeldJobs(), Events(library), Theme("light")
    theme.apply()
    state = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(library, jobs, events, theme, QuietReader, state)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    settle(jobs)
    return WindowStage(library, jobs, events, theme, window)


def colours_of(image: QImage) -> dict[str, int]:
    """How many of an image's pixels have each colour."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = Counter(memoryview(plain.constBits()).cast("B").cast("I"))
    return {f"#{value & 0xFFFFFF:06x}": count for value, count in pixels.items()}
