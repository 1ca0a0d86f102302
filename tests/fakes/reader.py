"""A page's view that only remembers what it was told to show."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class QuietReader(QWidget):
    """The methods and signals of ReaderView that the window uses, without the web engine."""

    progressed = Signal(int, float, object)
    link_clicked = Signal(str)
    access_clicked = Signal(int)
    removed_clicked = Signal(int)
    deed_clicked = Signal(str)
    picture_clicked = Signal(int)
    picture_wanted = Signal(str, str)
    resized_text = Signal(int)
    ended = Signal()
    found = Signal(int, int)
    tour = None
    link_hovered = Signal(str)
    save_wanted = Signal(str)
    aloud_wanted = Signal(object)
    copied = Signal(str)
    shown = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[Any] = []
        self.themes: list[str] = []
        self.restored: list[float] = []
        self.kept: list[bool] = []
        self.made = 0
        self.slept: list[str] = []
        self.ends: list[Any] = []
        self.looks: list[Any] = []
        self.finds: list[tuple[str, bool]] = []
        self.marking = self.matching = self.spoken = None

    def make(self) -> None:
        self.made += 1

    def show_article(
        self, page: Any, *, keep_place: bool = False, at: float = 0.0, spot: Any = None
    ) -> None:
        self.pages.append(page)
        self.kept.append(keep_place)
        if at:
            self.restored.append(at)

    def show_nothing(self) -> None:
        self.pages.append(None)

    def restore(self, progress: float, spot: Any = None) -> None:
        self.restored.append(progress)

    def show_end(self, article: Any) -> None:
        self.ends.append(article)

    def sleep(self) -> None:
        self.slept.append("sleep")

    def wake(self) -> None:
        self.slept.append("wake")

    def set_look(self, look: Any) -> None:
        self.looks.append(look)

    def find_words(self, words: str, *, back: bool = False) -> None:
        self.finds.append((words, back))

    def set_theme(self, theme: str) -> None:
        self.themes.append(theme)

    def focus_page(self) -> None:
        self.setFocus()
