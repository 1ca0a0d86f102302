"""The deeds on given articles, whether they are selected, open or named by a sheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication

from readlater.article import Access, View
from readlater.errors import InputError, ReadLaterError
from readlater.library import Done
from readlater.library.remaking import Remade
from readlater.ui import messages
from readlater.ui.actions.doing import Doing, Ids


class RowDeeds(Doing):
    """Each takes the ids of what it is about."""

    def _with_urls(self, ids: Ids, use: Callable[[list[str]], None]) -> None:
        reading = self.library.reading

        def work() -> list[str]:
            found = (article for _, article in reading.articles(ids))
            return [a.url for a in found if a is not None and a.url]

        self.jobs.run(work, use)

    def open_on_the_web(self, ids: Ids) -> None:
        """Open the addresses in the browser of the person."""

        def use(urls: list[str]) -> None:
            opened = [self.open_url(QUrl(url, QUrl.ParsingMode.TolerantMode)) for url in urls]
            if not all(opened):
                self.toast.say(self.tr("No browser could be opened. Copy the link instead."))

        self._with_urls(ids, use)

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
                self.on_done(stopped)

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

    def read_sample(self) -> None:
        """Put the sample on top of Unread and open it."""

        def done(article_id: int) -> None:
            self.window.choose(View())
            self.window.select(article_id)

        self.jobs.run(self.library.caring.add_sample, done, self.fail)

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
