"""What the actions do: each deed on the library's thread, then its toast with Undo."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from readlater.article import Access, Place, View
from readlater.errors import InputError, ReadLaterError
from readlater.library import Done, Library
from readlater.library.remaking import Remade
from readlater.ui import messages
from readlater.ui.actions.situation import Situation
from readlater.ui.intake import Intake
from readlater.ui.views.drop_frame import DropFrame
from readlater.ui.views.toast import Toast

if TYPE_CHECKING:
    from readlater.ui.actions.dialogs import Dialogs
    from readlater.ui.actions.highlight_desk import HighlightDesk
    from readlater.ui.actions.highlight_shelf import HighlightShelf
    from readlater.ui.actions.link_desk import LinkDesk
    from readlater.ui.actions.listen_desk import ListenDesk
    from readlater.ui.actions.page import PageDeeds
    from readlater.ui.jobs import Jobs
    from readlater.ui.theme import Theme
    from readlater.ui.views.window import MainWindow

Ids = tuple[int, ...]
# After Ctrl+A the first of them say what the deeds are about: a key must not wait for the rest.
_LOOKED_AT: Final = 200


class Deeds(QObject):
    """The deeds on one window and its library; `changed` when undo or redo may work now, or not."""

    changed = Signal()

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
        super().__init__(window)
        from readlater.ui.actions.dialogs import Dialogs
        from readlater.ui.actions.highlight_desk import HighlightDesk
        from readlater.ui.actions.highlight_shelf import HighlightShelf
        from readlater.ui.actions.link_desk import LinkDesk
        from readlater.ui.actions.listen_desk import ListenDesk
        from readlater.ui.actions.page import PageDeeds

        self.window, self.library, self.jobs, self.theme = window, library, jobs, theme
        self.settings_file = settings_file
        self._open_url = open_url
        self.toast = Toast(theme, window, window.reader_pane)
        self.frame = DropFrame(theme, window)
        self.dialogs: Dialogs = Dialogs(self)
        self.page: PageDeeds = PageDeeds(self)
        self.highlights: HighlightDesk = HighlightDesk(self)
        self.shelf: HighlightShelf = HighlightShelf(self, self.highlights)
        self.intake = Intake(window, library, jobs, self.frame, self.say, self.dialogs.ask_address)
        self.links: LinkDesk = LinkDesk(self)
        self.listen: ListenDesk = ListenDesk(self)
        self._can_undo = self._can_redo = False
        # After each change, this window's or another process's, and once at the start.
        window.counted.connect(lambda _counts: self._look_back())
        window.toasted.connect(lambda text, undo: self.say(text, int(undo)))

    # what they are about

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
            can_undo=self._can_undo,
            can_redo=self._can_redo,
            **self.listen.situation(),
        )

    def on_selected(self, deed: Callable[[Ids], None]) -> None:
        """Call `deed` with the ids of all that is selected, when there is something."""

        def with_some(ids: Ids) -> None:
            if ids:
                deed(ids)

        self.window.with_selected(with_some)

    # doing and undoing

    def do(self, work: Callable[[], Done]) -> None:
        """Do a deed that can be undone, and say so."""
        self.jobs.run(work, self._on_done, self.fail)

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

    def _on_done(self, done: Done) -> None:
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
        if (undo, redo) != (self._can_undo, self._can_redo):
            self._can_undo, self._can_redo = undo, redo
            self.changed.emit()

    # deeds on given articles

    def _with_urls(self, ids: Ids, use: Callable[[list[str]], None]) -> None:
        reading = self.library.reading

        def work() -> list[str]:
            found = (article for _, article in reading.articles(ids))
            return [a.url for a in found if a is not None and a.url]

        self.jobs.run(work, use)

    def open_on_the_web(self, ids: Ids) -> None:
        """Open the addresses in the browser of the person."""

        def use(urls: list[str]) -> None:
            opened = [self._open_url(QUrl(url, QUrl.ParsingMode.TolerantMode)) for url in urls]
            if not all(opened):
                self.toast.say(self.tr("No browser could be opened. Copy the link instead."))

        self._with_urls(ids, use)

    def open_link(self, url: str) -> None:
        """Open a link of the page that is read, when it is one of the web or of mail."""
        if url.startswith(("http://", "https://", "mailto:")):
            self._open_url(QUrl(url))

    def copy_links(self, ids: Ids) -> None:
        """Put the addresses on the clipboard, a line each."""

        def use(urls: list[str]) -> None:
            QGuiApplication.clipboard().setText("\n".join(urls))
            many = self.tr("%Ln links copied", "", len(urls))
            self.toast.say(self.tr("Link copied") if len(urls) == 1 else many)

        self._with_urls(ids, use)

    def refetch(self, ids: Ids) -> None:
        """Fetch articles anew; what has no address is passed over."""
        library = self.library

        def work() -> int:
            found = [a for _, a in library.reading.articles(ids) if a is not None and a.url]
            library.saving.refetch([a.id for a in found])
            return len(found)

        def done(count: int) -> None:
            many = self.tr("%Ln articles are fetched again", "", count)
            self.toast.say(self.tr("The article is fetched again") if count == 1 else many)

        self.jobs.run(work, done, self.fail)

    def retry(self, ids: Ids) -> None:
        """Fetch now what failed or waits."""
        self.jobs.run(lambda: self.library.saving.retry(ids), None, self.fail)

    def stop(self, ids: Ids) -> None:
        """Stop saving; what was not being saved is left as it is."""
        library = self.library

        def work() -> Done:
            found = [a for _, a in library.reading.articles(ids) if a is not None]
            return library.saving.cancel([a.id for a in found if a.status == "queued"])

        def done(stopped: Done) -> None:
            if stopped.ids:
                self._on_done(stopped)

        self.jobs.run(work, done, self.fail)

    def say_access(self, article_id: int, word: Access | None) -> None:
        """Take the reader's word on what a copy is; None goes back to the page's signs."""
        self.do(lambda: self.library.correcting.say((article_id,), word))

    def put_back(self, article_id: int, fingerprint: str) -> None:
        """Put a block that was taken out back into the text."""
        self.do(lambda: self.library.correcting.put_back(article_id, (fingerprint,)))

    def take_out(self, article_id: int, fingerprint: str) -> None:
        """Take a block that was put back out again."""
        self.do(lambda: self.library.correcting.take_out(article_id, (fingerprint,)))

    def reextract(self, ids: Ids) -> None:
        """Make articles anew from what came, one by one, so that other deeds get their turn."""
        remaking, rest = self.library.remaking, iter(ids)
        told: list[Remade] = []

        def following(deed: int) -> None:
            row = next(rest, None)
            if row is None:
                self.say(messages.remade([one.outcome for one in told]), int(bool(deed)))
                return
            self.jobs.run(
                lambda: remaking.apply((row,), told.append, deed=deed), following, self.fail
            )

        following(0)

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

    def read_sample(self) -> None:
        """Put the sample on top of Unread and open it."""

        def done(article_id: int) -> None:
            self.window.choose(View())
            self.window.select(article_id)

        self.jobs.run(self.library.caring.add_sample, done, self.fail)

    def to_list(self) -> None:
        """Give the keys to the list, and bring it back when it is out of sight."""
        window = self.window
        if window.list_pane.isVisible():
            window.list_pane.cards.setFocus()
        else:
            window.back()

    def empty_trash(self) -> None:
        """Delete for good what is in the trash: nothing undoes it."""
        emptied = self.library.tidying.empty_trash
        self.jobs.run(emptied, lambda count: self.toast.say(messages.emptied(count)))

    def set_address(
        self, article_id: int, url: str, done: Callable[[], None], refused: Callable[[str], None]
    ) -> None:
        """Give an article another address; `refused` gets the sentence why it was not taken."""

        def failed(error: ReadLaterError) -> None:
            if isinstance(error, InputError):
                refused(messages.error(error))
            else:
                self.fail(error)

        def on_set(_none: None) -> None:
            done()
            self.say(messages.done(Done("address", (article_id,))), 1)

        self.jobs.run(lambda: self.library.saving.set_address(article_id, url), on_set, failed)


def text_field() -> QLineEdit | QPlainTextEdit | QTextEdit | None:
    """The text field that has the keys; None when none has."""
    widget = QApplication.focusWidget()
    return widget if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit) else None
