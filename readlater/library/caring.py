"""Care for the library: checked and mended, extracted again, and the sample article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from readlater import resources
from readlater.article import Changes, Extracted, Response
from readlater.errors import ExtractionError, InputError, LibraryError
from readlater.library.core import CHUNK, Core
from readlater.library.fetching import Extractor
from readlater.library.versions import is_better
from readlater.pipeline import EXTRACTOR_VERSION
from readlater.storage import articles, assets, copies, health, queue, search
from readlater.storage.connection import Connection

SAMPLE = "html/sample.html"
SAMPLE_KEY = "readlater:sample"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the doctor found: `code`, how many, and whether it is mended now."""

    code: str
    count: int
    mended: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What the doctor looked at and found."""

    articles: int
    copies: int
    assets: int
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is left to mend."""
        return all(finding.mended for finding in self.findings)


class Caring:
    """Long deeds, in chunks: nobody waits for them."""

    def __init__(self, core: Core, worker: Callable[[], Extractor]) -> None:
        self._core = core
        self._worker = worker

    def doctor(self) -> Report:
        """Check the whole library and mend what can be mended."""
        findings: list[Finding] = []
        with self._core.store.read() as connection:
            try:
                pages = health.damaged_pages(connection)
            except LibraryError:
                pages = ["unreadable"]
        if pages:
            return self._report([Finding("damaged_pages", len(pages), mended=False)])
        for check in (
            self._links,
            self._indexes,
            self._copies,
            self._lost,
            self._assets,
            self._claims,
        ):
            findings += check()
        return self._report(findings)

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
                response = copies.raw(connection, copy) if copy is not None else None
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
                copies.add(connection, article, response, now)
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
            copies.fill(connection, copy, extracted, EXTRACTOR_VERSION)
            if shown in (None, copy):
                copies.show(connection, article, copy, extracted)
            else:
                held = copies.extracted(connection, shown) if shown is not None else None
                if is_better(extracted, held):
                    copies.show(connection, article, copy, extracted)
            queue.settle(connection, article)
        return extracted

    def _all(self) -> list[int]:
        with self._core.store.read() as connection:
            return articles.all_ids(connection)

    def _report(self, findings: list[Finding]) -> Report:
        with self._core.store.read() as connection:
            numbers = articles.totals(connection)
        return Report(*numbers, tuple(findings))

    def _links(self) -> list[Finding]:
        with self._core.store.read() as connection:
            broken = health.broken_links(connection)
        return [Finding("broken_links", broken, mended=False)] if broken else []

    def _indexes(self) -> list[Finding]:
        found = []
        with self._core.store.write() as connection:
            unsound = [n for n in health.INDEXES if not health.index_is_sound(connection, n)]
            if unsound:
                health.empty_indexes(connection)
            titles = health.title_rows_missing(connection)
            bodies = health.body_rows_missing(connection)
            health.mark_unindexed(connection, bodies)
        for start in range(0, len(titles), CHUNK):
            with self._core.store.write() as connection:
                for article in titles[start : start + CHUNK]:
                    articles.index(connection, article)
        bodies_done = self._index_bodies()
        if unsound or titles or bodies_done:
            found.append(Finding("index", len(titles) + bodies_done, mended=True))
        return found

    def _index_bodies(self) -> int:
        done = 0
        while True:
            with self._core.store.write() as connection:
                chunk = health.unindexed(connection, CHUNK // 4)
                for article in chunk:
                    self._index_body(connection, article)
            done += len(chunk)
            if not chunk:
                return done

    @staticmethod
    def _index_body(connection: Connection, article: int) -> None:
        copy = copies.shown(connection, article)
        text = copies.text(connection, copy) if copy is not None else ""
        search.index_body(connection, article, text)
        articles.update(connection, article, {"indexed": search.INDEX_VERSION})

    def _copies(self) -> list[Finding]:
        """A damaged copy goes; its article is fetched again, for its address is still known."""
        with self._core.store.read() as connection:
            damaged = list(health.damaged_copies(connection))
        lasting = 0
        for article, copy in damaged:
            with self._core.write(Changes(frozenset([article]), membership=True)) as writing:
                health.forget_copy(writing.connection, copy)
                if copies.shown(writing.connection, article) is None:
                    held = articles.get(writing.connection, article)
                    lasting += held is not None and not held.url
                    queue.enqueue(writing.connection, article)
        mended = len(damaged) - lasting
        return [
            Finding("damaged_copies", number, mended=ok)
            for number, ok in ((mended, True), (lasting, False))
            if number
        ]

    def _lost(self) -> list[Finding]:
        with self._core.store.read() as connection:
            lost = health.lost_copies(connection)
        for article in lost:
            with self._core.write(Changes(frozenset([article]), membership=True)) as writing:
                queue.enqueue(writing.connection, article)
        return [Finding("lost_copies", len(lost), mended=True)] if lost else []

    def _assets(self) -> list[Finding]:
        """Pictures that are gone or damaged are forgotten; their articles fetch them again."""
        with self._core.store.read() as connection:
            known = assets.known(connection)
        damaged = [digest for digest in known if self._core.assets.read(digest) is None]
        ids: set[int] = set()
        for digest in damaged:
            with self._core.write() as writing:
                showing = assets.shown_by(writing.connection, digest)
                assets.forget(writing.connection, digest)
                for article in showing:
                    queue.enqueue(writing.connection, article)
                ids.update(showing)
                writing.changes = Changes(frozenset(showing), membership=True)
            self._core.assets.drop(digest)
        swept = self._core.assets.sweep(known - set(damaged))
        found = []
        if damaged:
            found.append(Finding("damaged_pictures", len(damaged), mended=True))
        if swept:
            found.append(Finding("orphan_pictures", swept, mended=True))
        return found

    def _claims(self) -> list[Finding]:
        with self._core.store.read() as connection:
            holders = queue.holders(connection)
        dead = [by for by in holders if not self._core.presence.is_alive(by)]
        for by in dead:
            with self._core.store.write() as connection:
                queue.release(connection, by)
        self._core.presence.sweep()
        return [Finding("dead_claims", len(dead), mended=True)] if dead else []
