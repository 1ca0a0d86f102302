"""Links of the page: opened, saved, listed, and shown before they are clicked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from readlater.article import Article, Counts, Place
from readlater.errors import InputError
from readlater.exporters.highlights import linked
from readlater.library.article_links import ArticleLink
from readlater.ui.views.link_line import LinkLine
from readlater.ui.views.links_dialog import LinksDialog

if TYPE_CHECKING:
    from readlater.ui.actions.doing import Doing, Ids
    from readlater.ui.reader.highlighting import Marking
    from readlater.ui.reader.view import ReaderView


# A page with many links takes a while to look through: who goes on at once does not wait for it.
_REST_MS: Final = 300


class LinkDesk(QObject):
    """A link to an article one has opens that; others, and all with Ctrl, open in the browser."""

    def __init__(self, deeds: Doing) -> None:
        super().__init__(deeds)
        self._deeds, self._library, self._jobs = deeds, deeds.library, deeds.jobs
        self._window = deeds.window
        self._marking: Marking | None = None
        self._held: tuple[str, ...] = ()
        self._places: Mapping[Place, int] = {}  # as they were last counted
        self._looked_at: tuple[int, Mapping[Place, int]] = (0, {})
        self.line: LinkLine | None = None
        self._rested = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rested.timeout.connect(self._look_for_held)
        self._window.article_changed.connect(self._rested.start)
        self._window.counted.connect(self._on_counted)
        self._window.closed.connect(self._on_closed)

    def _on_closed(self) -> None:
        """What rests is not looked at any more, and nothing rests from now on."""
        self._rested.stop()
        self._rested.timeout.disconnect(self._look_for_held)

    def wire(self, view: ReaderView) -> None:
        """Watch the links of a page's view; again when its engine was ended and made anew."""
        if self.line is None:
            line = self.line = LinkLine(self._deeds.theme, view)
            view.link_hovered.connect(line.say)
            view.shown.connect(lambda _id: self._on_shown())
            view.link_clicked.connect(self.follow)
            view.save_wanted.connect(self.save)
            view.copied.connect(self._deeds.say)
        if view.marking is not None and view.marking is not self._marking:
            self._marking = view.marking
            self._marking.save_clicked.connect(self._save_hovered)
            self._marking.web_clicked.connect(self._deeds.open_link)
            self._marking.focused.connect(self.line.say)

    def follow(self, url: str) -> None:
        """Open the article one has of a link, or the link in the browser."""
        reading = self._library.reading

        def use(row: int) -> None:
            if row:
                self._window.select(row)
            else:
                self._deeds.open_link(url)

        self._jobs.run(lambda: reading.held(url), use)

    def save(self, url: str) -> None:
        """Save a link."""
        self._deeds.intake.save((url,), ())

    def list_all(self) -> None:
        """Show the links of the open article, to save many at once."""
        article = self._window.opening.article
        if article is None:
            return
        reading = self._library.reading

        def show(links: tuple[ArticleLink, ...]) -> None:
            dialog = LinksDialog(self._deeds.theme, links, self._window)
            dialog.save_wanted.connect(lambda urls: self._deeds.intake.save(urls, ()))
            dialog.open_wanted.connect(self.follow)
            dialog.show()

        self._jobs.run(lambda: reading.links(article.id), show, self._deeds.fail)

    def copy_markdown(self, ids: Ids) -> None:
        """Copy the titles of articles as Markdown links, a line each."""
        reading = self._library.reading

        def work() -> list[Article]:
            return [a for _, a in reading.articles(ids) if a is not None and a.url]

        def use(found: list[Article]) -> None:
            lines = [linked(article.title or article.url, article.url) for article in found]
            QGuiApplication.clipboard().setText("\n".join(lines))
            many = self.tr("%Ln links copied as Markdown", "", len(lines))
            self._deeds.say(self.tr("Link copied as Markdown") if len(lines) == 1 else many)

        self._jobs.run(work, use)

    def _on_shown(self) -> None:
        if self.line is not None:
            self.line.say("")
        self._show_held()

    def _on_counted(self, counts: Counts) -> None:
        self._places = counts.places
        self._rested.start()

    def _look_for_held(self) -> None:
        """Ask which links of the open article lead to others that one has."""
        article = self._window.opening.article
        reading = self._library.reading
        if article is None or self._looked_at == (article.id, self._places):
            return
        self._looked_at = (article.id, self._places)

        def work() -> tuple[str, ...]:
            try:
                links = reading.links(article.id)
            except InputError:  # it has no text yet
                return ()
            return tuple(link.url for link in links if link.held not in (0, article.id))

        def use(held: tuple[str, ...]) -> None:
            self._held = held
            self._show_held()

        self._jobs.latest("held links", work, use)

    def _show_held(self) -> None:
        if self._marking is not None and self.line is not None:
            self._marking.hold(self._held)
            self.line.hold(self._held)

    def _save_hovered(self) -> None:
        if self.line is not None and self.line.address.startswith(("http://", "https://")):
            self.save(self.line.address)
