"""A page's view that only remembers what it was told to show."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class QuietReader(QWidget):
    """The methods and signals of ReaderView that the window uses, without the web engine."""

    progressed = Signal(int, float)
    link_clicked = Signal(str)
    access_clicked = Signal(int)
    link_hovered = Signal(str)
    save_wanted = Signal(str)
    copied = Signal(str)
    shown = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[Any] = []
        self.themes: list[str] = []
        self.restored: list[float] = []
        self.made = 0
        self.marking = None

    def make(self) -> None:
        self.made += 1

    def show_article(self, page: Any) -> None:
        self.pages.append(page)

    def show_nothing(self) -> None:
        self.pages.append(None)

    def restore(self, progress: float) -> None:
        self.restored.append(progress)

    def set_theme(self, theme: str) -> None:
        self.themes.append(theme)

    def focus_page(self) -> None:
        self.setFocus()
