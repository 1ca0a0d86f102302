"""How a deed is done: on the library's thread, then said in a toast with Undo."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QUrl, Signal

from readlater.article import Place
from readlater.errors import ReadLaterError
from readlater.library import Done, Library
from readlater.ui import messages
from readlater.ui.actions.situation import Situation
from readlater.ui.intake import Intake
from readlater.ui.views.drop_frame import DropFrame
from readlater.ui.views.toast import Toast

if TYPE_CHECKING:
    from readlater.ui.jobs import Jobs
    from readlater.ui.theme import Theme
    from readlater.ui.views.window import MainWindow

Ids = tuple[int, ...]
# After Ctrl+A the first of them say what the deeds are about: a key must not wait for the rest.
_LOOKED_AT: Final = 200


class Doing(QObject):
    """What all deeds on one window and its library need.

    `changed` when undo or redo may work now, or not; `address_wanted` for a saved page that does
    not name its own.
    """

    changed = Signal()
    address_wanted = Signal(int)

    def __init__(
        self,
        window: MainWindow,
        library: Library,
        jobs: Jobs,
        theme: Theme,
        *,
        settings_file: Path,
        open_url: Callable[[QUrl], bool],
    ) -> None:
        super().__init__(window)
        self.window, self.library, self.jobs, self.theme = window, library, jobs, theme
        self.settings_file = settings_file
        self.open_url = open_url
        self.can_undo = self.can_redo = False
        self.toast = Toast(theme, window, window.reader_pane)
        self.frame = DropFrame(theme, window)
        self.intake = Intake(window, library, jobs, self.frame, self.say, self.address_wanted.emit)
        # After each change, this window's or another process's, and once at the start.
        window.counted.connect(lambda _counts: self._look_back())
        window.toasted.connect(lambda text, undo: self.say(text, int(undo)))

    def situation(self) -> Situation:
        """What the deeds are about just now."""
        window, counts = self.window, self.window.counts()
        cards, model = window.list_pane.cards, window.model
        count = cards.selected_count()
        rows = islice(chain.from_iterable(cards.selected_ranges()), _LOOKED_AT)
        known = tuple(card.article for row in rows if (card := model.card(row)) is not None)
        open_now = window.opening.article
        if not count and open_now is not None:
            known = (open_now,)
        return Situation(
            articles=known,
            count=max(count, len(known)),
            place=window.view().place,
            searching=bool(window.view().query),
            in_trash=counts.places.get(Place.TRASH, 0),
            held=sum(counts.places.values()),
            can_undo=self.can_undo,
            can_redo=self.can_redo,
        )

    def on_selected(self, deed: Callable[[Ids], None]) -> None:
        """Call `deed` with the ids of all that is selected, when there is something."""

        def with_some(ids: Ids) -> None:
            if ids:
                deed(ids)

        self.window.with_selected(with_some)

    def do(self, work: Callable[[], Done]) -> None:
        """Do a deed that can be undone, and say so."""
        self.jobs.run(work, self.on_done, self.fail)

    def say(self, text: str, undo_deeds: int = 0) -> None:
        """Say something for a moment; Undo undoes the last `undo_deeds` deeds."""
        if undo_deeds:
            self._may(undo=True, redo=False)
        self.toast.say(text, (lambda: self.undo(undo_deeds)) if undo_deeds else None)

    def undo(self, deeds: int = 1) -> None:
        """Undo the last deed, or the last few that were one to the person."""
        tidying = self.library.tidying

        def work() -> tuple[Done, ...]:
            return tuple(tidying.undo() for _ in range(deeds))

        def done(undone: tuple[Done, ...]) -> None:
            self._may(undo=True, redo=True)
            ids = tuple(row for deed in undone for row in deed.ids)
            self.toast.say(messages.undone(Done(undone[0].code, ids)))

        self.jobs.run(work, done, self.fail)

    def redo(self) -> None:
        """Do again what was undone last."""

        def done(again: Done) -> None:
            self._may(undo=True, redo=True)
            self.toast.say(messages.redone(again))

        self.jobs.run(self.library.tidying.redo, done, self.fail)

    def on_done(self, done: Done) -> None:
        """Say what was done."""
        self.say(messages.done(done), 1 if done.undo_id else 0)

    def fail(self, error: ReadLaterError) -> None:
        """Say why something did not work."""
        self.toast.say(messages.error(error))

    def _look_back(self) -> None:
        """Ask the library what can be undone and redone: undo lasts over a restart."""
        tidying = self.library.tidying

        def work() -> tuple[bool, bool]:
            return bool(tidying.next_undo()), bool(tidying.next_redo())

        self.jobs.latest("undo", work, lambda found: self._may(undo=found[0], redo=found[1]))

    def _may(self, *, undo: bool, redo: bool) -> None:
        if (undo, redo) != (self.can_undo, self.can_redo):
            self.can_undo, self.can_redo = undo, redo
            self.changed.emit()

    def open_link(self, url: str) -> None:
        """Open a link of the page that is read, when it is one of the web or of mail."""
        if url.startswith(("http://", "https://", "mailto:")):
            self.open_url(QUrl(url))

    def say_saved(self, path: Path) -> None:
        """Say that a file was written, and offer its folder."""
        folder = QUrl.fromLocalFile(str(path.parent))
        words = self.tr("Saved as %1").replace("%1", messages.shortened(path.name))
        self.toast.say(words, lambda: self._show_folder(folder), self.tr("Open folder"))

    def _show_folder(self, folder: QUrl) -> None:
        self.open_url(folder)
