"""Care for the library: checked and mended, and the sample article."""

from __future__ import annotations

from collections.abc import Callable

from readlater import resources
from readlater.article import Changes, Extracted, Response
from readlater.errors import ExtractionError
from readlater.library.core import Core
from readlater.library.fetching import Extractor
from readlater.library.gathering import again
from readlater.library.healing import Doctor, Report
from readlater.library.showing import show_if_better
from readlater.pipeline import EXTRACTOR_VERSION
from readlater.storage import articles, copies, corrections, parts, queue

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
        with self._core.store.read() as connection:
            keep = corrections.keep(connection, article)
            following, of = parts.following(connection, copy)
        try:
            extracted = again(response, following, of, self._worker(), keep)
        except ExtractionError:
            return None
        with self._core.write(Changes(frozenset([article]), membership=True)) as writing:
            connection = writing.connection
            if not parts.are_sound(connection, copy):  # the doctor found one that is damaged
                parts.keep(connection, copy, following, of)
            copies.fill(connection, copy, extracted, EXTRACTOR_VERSION)
            show_if_better(connection, article, copy, extracted)
            queue.settle(connection, article)
        return extracted
