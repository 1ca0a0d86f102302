"""All the deeds of one window: on rows, by dialogs, and those of the desks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit
from typing_extensions import override

from readlater.article import Access
from readlater.library import Library
from readlater.ui.actions.dialogs import Dialogs
from readlater.ui.actions.highlight_desk import HighlightDesk
from readlater.ui.actions.highlight_shelf import HighlightShelf
from readlater.ui.actions.link_desk import LinkDesk
from readlater.ui.actions.listen_desk import ListenDesk
from readlater.ui.actions.page import PageDeeds
from readlater.ui.actions.paper_desk import PaperDesk
from readlater.ui.actions.picture_desk import PictureDesk
from readlater.ui.actions.raw_desk import RawDesk
from readlater.ui.actions.row_deeds import RowDeeds
from readlater.ui.actions.situation import Situation

if TYPE_CHECKING:
    from readlater.ui.jobs import Jobs
    from readlater.ui.theme import Theme
    from readlater.ui.views.window import MainWindow


class Deeds(RowDeeds):
    """The deeds, the dialogs that ask for some, and the desks that hold the rest."""

    def __init__(
        self,
        window: MainWindow,
        library: Library,
        jobs: Jobs,
        theme: Theme,
        *,
        settings_file: Path,
        open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(
            window, library, jobs, theme, settings_file=settings_file, open_url=open_url
        )
        self.dialogs = Dialogs(self)
        self.dialogs.row_deed_wanted.connect(self.on_row)
        self.address_wanted.connect(self.dialogs.ask_address)
        self.page = PageDeeds(self)
        self.highlights = HighlightDesk(self)
        self.shelf = HighlightShelf(self, self.highlights)
        self.links = LinkDesk(self)
        self.raw = RawDesk(self, self.links)
        self.paper = PaperDesk(self)
        self.pictures = PictureDesk(self)
        self.listen = ListenDesk(self)
        self.dialogs.settings_changed.connect(self.listen.on_settings)

    @override
    def situation(self) -> Situation:
        return replace(super().situation(), **self.listen.situation())

    def on_row(self, deed: str, article_id: int) -> None:
        """A deed by its name, asked for by the pane of a row's state or the sheet of its badge."""
        ids = (article_id,)
        deeds: dict[str, Callable[[], None]] = {
            "web": lambda: self.open_on_the_web(ids),
            "retry": lambda: self.retry(ids),
            "refetch": lambda: self.refetch(ids),
            "stop": lambda: self.stop(ids),
            "complete": lambda: self.say_access(article_id, Access.FULL),
            "cut": lambda: self.say_access(article_id, Access.PREVIEW),
            "unsay": lambda: self.say_access(article_id, None),
            "removed": lambda: self.dialogs.show_removed(article_id),
            "edit": lambda: self.dialogs.edit_address(article_id),
            "settings": self.dialogs.settings,
        }
        deeds[deed]()

    def to_list(self) -> None:
        """Give the keys to the list, and bring it back when it is out of sight."""
        window = self.window
        if window.list_pane.isVisible():
            window.list_pane.cards.setFocus()
        else:
            window.back()


def text_field() -> QLineEdit | QPlainTextEdit | QTextEdit | None:
    """The text field that has the keys; None when none has."""
    widget = QApplication.focusWidget()
    return widget if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit) else None
