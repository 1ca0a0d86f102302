"""Care for the library: checked and mended, extracted again, and the sample article."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from readlater import resources
from readlater.article import Changes, Extracted, Response
from readlater.errors import ExtractionError, InputError
from readlater.library.core import Core
from readlater.library.fetching import Extractor
from readlater.library.healing import Doctor, Report
from readlater.library.highlighting import settle
from readlater.library.versions import is_better
from readlater.pipeline import EXTRACTOR_VERSION
from readlater.storage import articles, copies, queue

SAMPLE = "html/sample.html"
SAMPLE_KEY = "readlater:sample"


class Caring:
    """Long deeds, in chunks: nobody waits for them."""

    def __init__(self, core: Core, worker: Callable[[], Extractor]) -> None:
        self._core = core
        self._worker = worker

    def doctor(self) -> Report:
        """Check the whole library and mend what can be mended."""
        return Doctor(self._core, self._reextract).look()

    def reextract(
        self,
        ids: Sequence[int] | None = None,
        each: Callable[[int, Extracted | None], None] = lambda _id, _extracted: None,
    ) -> int:
        """Make the articles anew from what came, offline; `None` is all. Returns how many.

        `each` hears of every row; None says that its page could not be read again. Raises
        InputError `no_raw_copy` when a single given row keeps no raw page.
        """
        done = 0
        for article in self._all() if ids is None else ids:
            with self._core.store.read() as connection:
                copy = copies.shown(connection, article) or copies.newest(connection, article)
                sound = copy is not None and copies.is_raw_sound(connection, copy)
                response = copies.raw(connection, copy) if sound and copy is not None else None
            if copy is None or response is None:
                if ids is not None:
                    raise InputError("no_raw_copy")
                continue
            extracted = self._reextract(article, copy, response)
            each(article, extracted)
            done += extracted is not None
        return done

    def add_sample(self) -> int:
        """Put our own sample article on top of Unread, and return its id."""
        body = resources.text(SAMPLE).encode()
        response = Response("", 200, (), body, "text/html; charset=utf-8")
        now = self._core.clock()
        with self._core.write() as writing:
            connection = writing.connection
            article = articles.by_key(connection, SAMPLE_KEY)
            if article is None:
                article = articles.insert(connection, url="", key=SAMPLE_KEY, host="", now=now)
                queue.hold(connection, article, copies.add(connection, article, response, now))
            unread = {"archived_at": None, "trashed_at": None, "removed_at": None, "saved_at": now}
            articles.update(connection, article, unread)
            articles.index(connection, article)
            writing.changes = Changes(frozenset([article]), membership=True)
        return article

    def _reextract(self, article: int, copy: int, response: Response) -> Extracted | None:
        try:
            extracted = self._worker().extract(response)
        except ExtractionError:
            return None
        with self._core.write(Changes(frozenset([article]), membership=True)) as writing:
            connection = writing.connection
            shown = copies.shown(connection, article)
            held = None
            if shown not in (None, copy):
                held = copies.extracted_if_sound(connection, shown)
            copies.fill(connection, copy, extracted, EXTRACTOR_VERSION)
            if is_better(extracted, held):
                copies.show(connection, article, copy, extracted)
            queue.settle(connection, article)
        settle(self._core, article)
        return extracted

    def _all(self) -> list[int]:
        with self._core.store.read() as connection:
            return articles.all_ids(connection)
