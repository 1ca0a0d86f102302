"""Paste, drop and files: from what is offered to rows in the library, and what is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
)
from typing_extensions import override

from readlater.article import Problem, View
from readlater.errors import InputError
from readlater.library import Library, Outcome
from readlater.library import intake as taking
from readlater.library.page_files import read_page_file
from readlater.ui import messages
from readlater.ui.mime import offer_of
from readlater.ui.views.drop_frame import DropFrame

if TYPE_CHECKING:
    from readlater.ui.jobs import Jobs
    from readlater.ui.views.window import MainWindow

_MB = 2**20


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an offer: links, saved pages, what was refused, and how many deeds it was."""

    links: tuple[Outcome, ...] = ()
    pages: tuple[Outcome, ...] = ()
    refused: tuple[Problem, ...] = ()
    not_links: tuple[tuple[str, Problem], ...] = ()
    deeds: int = 0

    @property
    def said(self) -> str:
        """All of it in one line."""
        parts = [
            messages.saved(self.links) if self.links else "",
            messages.pages_saved(len(self.pages)) if self.pages else "",
            messages.not_links(self.not_links),
            messages.refused(self.refused),
        ]
        return " · ".join(part for part in parts if part)

    @property
    def alone(self) -> Outcome | None:
        """The one row it is about, when it is only one."""
        rows = (*self.links, *self.pages)
        return rows[0] if len(rows) == 1 else None


def take_in(
    library: Library, links: Sequence[str], files: Sequence[Path], tags: Sequence[str] = ()
) -> Taken:
    """Save links and files, each durable on return; what cannot be saved is named, not raised.

    Files may hold links themselves. All links are one deed, each page is one.
    """
    limit = library.settings.page_limit_mb * _MB
    found, deeds = list(links), 0
    pages: list[Outcome] = []
    refused: list[Problem] = []
    for path in files:
        try:
            held = read_page_file(path, limit_bytes=limit)
            if held.kind == "links":
                found += held.urls
                continue
            saved = library.saving.add_page(
                held.body, held.url, held.content_type, tags, held.pictures
            )
        except InputError as error:
            refused.append(error.problem)
            continue
        pages += saved.outcomes
        deeds += 1
    if not found:
        return Taken((), tuple(pages), tuple(refused), (), deeds)
    try:
        added = library.saving.add(found, tags)
    except InputError as error:
        return Taken((), tuple(pages), (*refused, error.problem), (), deeds)
    return Taken(added.outcomes, tuple(pages), tuple(refused), added.problems, deeds + 1)


class Intake(QObject):
    """Takes what is pasted and dropped on the window.

    `say(text, undo_deeds)` tells what happened (`undo_deeds` 0: nothing to undo), `ask_address`
    asks for the address of a saved page that does not name its own.
    """

    def __init__(
        self,
        window: MainWindow,
        library: Library,
        jobs: Jobs,
        frame: DropFrame,
        say: Callable[[str, int], None],
        ask_address: Callable[[int], None],
    ) -> None:
        super().__init__(window)
        self._window, self._library, self._jobs = window, library, jobs
        self._frame, self._say, self._ask_address = frame, say, ask_address
        window.setAcceptDrops(True)
        # A drop on the search field is a link to save like any other.
        window.list_pane.search.setAcceptDrops(False)
        window.installEventFilter(self)

    def paste(self) -> None:
        """Save what the clipboard holds, or say why it cannot be saved."""
        self.take(QGuiApplication.clipboard().mimeData())

    def take(self, mime: QMimeData) -> None:
        """Save what `mime` offers, or say why it cannot be saved."""
        decided = taking.decide(offer_of(mime))
        if decided.problem is not None:
            self._say(messages.error(decided.problem), 0)
        else:
            self.save(decided.links, decided.files)

    def save_sources(self, sources: Sequence[str]) -> None:
        """Save links and names of files, as they are given on a command line."""
        files = tuple(Path(s) for s in sources if "://" not in s and Path(s).exists())
        named = {str(path) for path in files}
        self.save(tuple(s for s in sources if str(Path(s)) not in named or "://" in s), files)

    def save(
        self, links: Sequence[str], files: Sequence[Path] = (), tags: Sequence[str] = ()
    ) -> None:
        """Save links and files; their rows are there at once."""
        if links or files:
            library = self._library
            self._jobs.run(lambda: take_in(library, links, files, tags), self._on_taken)

    def clipboard_links(self) -> tuple[str, ...]:
        """The links the clipboard holds; () for anything else."""
        mime = QGuiApplication.clipboard().mimeData()
        return taking.decide(offer_of(mime)).links if mime is not None else ()

    def _on_taken(self, taken: Taken) -> None:
        self._say(taken.said, taken.deeds)
        one = taken.alone
        rows = (*taken.links, *taken.pages)
        if not rows:
            return
        if one is not None and not one.url:
            self._ask_address(one.id)
        was_empty = not any(self._window.counts().places.values())
        if was_empty:
            self._window.choose(View())
        if was_empty or (one is not None and one.kind != "new"):
            self._window.select(rows[0].id)

    # drags over the window

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            self._on_enter(event)
            return True
        if kind == QEvent.Type.DragMove and isinstance(event, QDragMoveEvent):
            self._accept(event)
            return True
        if kind == QEvent.Type.DragLeave:
            self._frame.hide()
        elif kind == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self._frame.hide()
            self._accept(event)
            self.take(event.mimeData())
            return True
        return False

    def _on_enter(self, event: QDragEnterEvent) -> None:
        offer = offer_of(event.mimeData())
        if offer.own:
            event.ignore()
            return
        decided = taking.decide(offer)
        if decided.problem is not None:
            self._frame.show_for(messages.error(decided.problem), works=False)
        else:
            words = messages.offered(len(decided.links), len(decided.files))
            self._frame.show_for(words, works=True)
        self._accept(event)

    @staticmethod
    def _accept(event: QDropEvent) -> None:
        # A move would make the other program delete its own.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
