"""The doctor: looks at every part of the library, and mends what can be mended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from readlater.article import Changes, Extracted, Problem, Response
from readlater.errors import LibraryError
from readlater.library import showing
from readlater.library.core import CHUNK, Core
from readlater.storage import articles, assets, copies, health, highlights, queue, search
from readlater.storage.connection import Connection

Reextract = Callable[[int, int, Response], Extracted | None]


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


class Doctor:
    """One examination; `reextract` makes an article anew from its raw page."""

    def __init__(self, core: Core, reextract: Reextract) -> None:
        self._core = core
        self._reextract = reextract

    def look(self) -> Report:
        """Do all checks, the database's own first: a damaged file is left alone."""
        try:
            with self._core.store.read() as connection:
                pages = len(health.damaged_pages(connection))
        except LibraryError:
            pages = 1
        if pages:
            return self._report([Finding("damaged_pages", pages, mended=False)])
        found = [
            *self._links(),
            *self._indexes(),
            *self._copies(),
            *self._lost(),
            *self._assets(),
            *self._claims(),
        ]
        return self._report(found)

    def _report(self, findings: list[Finding]) -> Report:
        with self._core.store.read() as connection:
            numbers = articles.totals(connection)
        return Report(*numbers, tuple(findings))

    def _links(self) -> list[Finding]:
        with self._core.store.read() as connection:
            broken = health.broken_links(connection)
        return _found("broken_links", broken, mended=False)

    def _indexes(self) -> list[Finding]:
        with self._core.store.write() as connection:
            unsound = [n for n in health.INDEXES if not health.index_is_sound(connection, n)]
            if unsound:
                health.empty_indexes(connection)
            titles = health.title_rows_missing(connection)
            health.mark_unindexed(connection, health.body_rows_missing(connection))
            marks = health.highlight_rows_missing(connection)
        for start in range(0, len(titles), CHUNK):
            with self._core.store.write() as connection:
                for article in titles[start : start + CHUNK]:
                    articles.index(connection, article)
        for start in range(0, len(marks), CHUNK):
            with self._core.store.write() as connection:
                for highlight in marks[start : start + CHUNK]:
                    highlights.index(connection, highlight)
        bodies = self._index_bodies()
        return _found("index", len(titles) + len(marks) + bodies or len(unsound), mended=True)

    def _index_bodies(self) -> int:
        done = 0
        while True:
            with self._core.store.write() as connection:
                chunk = health.unindexed(connection, CHUNK // 4)
                for article in chunk:
                    _index_body(connection, article)
            done += len(chunk)
            if not chunk:
                return done

    def _copies(self) -> list[Finding]:
        with self._core.store.read() as connection:
            damaged = list(health.damaged_copies(connection))
        mended = [self._mend_copy(article, copy) for article, copy in damaged]
        return [
            *_found("damaged_copies", mended.count(True), mended=True),
            *_found("damaged_copies", mended.count(False), mended=False),
        ]

    def _mend_copy(self, article: int, copy: int) -> bool:
        """What is sound of a copy serves: the raw page, the article, or another copy of it."""
        with self._core.store.read() as connection:
            raw = copies.raw(connection, copy) if copies.is_raw_sound(connection, copy) else None
        if raw is not None:
            return self._reextract(article, copy, raw) is not None
        with self._core.write(Changes(frozenset([article]), membership=True)) as writing:
            connection = writing.connection
            if copies.is_article_sound(connection, copy):
                copies.forget_raw(connection, copy)
                return True
            copies.drop(connection, copy)
            for other in copies.kept(connection, article):
                held = copies.extracted_if_sound(connection, other)
                if held is not None:
                    showing.show(connection, article, other, held)
                    return True
            self._fetch_again(connection, article)
            return False

    def _lost(self) -> list[Finding]:
        with self._core.store.read() as connection:
            lost = health.lost_copies(connection)
            gone = health.rows_with_problem(connection, "copy_lost")
        for article in lost:
            with self._core.write(Changes(frozenset([article]), membership=True)) as writing:
                self._fetch_again(writing.connection, article)
        return _found("lost_copies", len(lost) + gone, mended=False)

    @staticmethod
    def _fetch_again(connection: Connection, article: int) -> None:
        """Its address is still known; what has none stands in Failed and says why."""
        held = articles.get(connection, article)
        queue.enqueue(connection, article)
        if held is not None and not held.url:
            queue.fail(connection, article, Problem("copy_lost"))

    def _assets(self) -> list[Finding]:
        """Pictures that are gone or damaged are forgotten; their articles fetch them again."""
        with self._core.store.read() as connection:
            known = assets.known(connection)
        damaged = [digest for digest in known if self._core.assets.read(digest) is None]
        for digest in damaged:
            with self._core.write() as writing:
                showing = assets.shown_by(writing.connection, digest)
                assets.forget(writing.connection, digest)
                for article in showing:
                    held = articles.get(writing.connection, article)
                    if held is not None and held.url and held.trashed_at is None:
                        queue.enqueue(writing.connection, article)
                writing.changes = Changes(frozenset(showing), membership=True)
            self._core.assets.drop(digest)
        swept = self._core.assets.sweep(known - set(damaged))
        return [
            *_found("damaged_pictures", len(damaged), mended=True),
            *_found("orphan_pictures", swept, mended=True),
        ]

    def _claims(self) -> list[Finding]:
        with self._core.store.read() as connection:
            holders = queue.holders(connection)
        dead = [by for by in holders if not self._core.presence.is_alive(by)]
        for by in dead:
            with self._core.store.write() as connection:
                queue.release(connection, by)
        self._core.presence.sweep()
        return _found("dead_claims", len(dead), mended=True)


def _found(code: str, count: int, *, mended: bool) -> list[Finding]:
    return [Finding(code, count, mended)] if count else []


def _index_body(connection: Connection, article: int) -> None:
    copy = copies.shown(connection, article)
    text = copies.text(connection, copy) if copy is not None else ""
    search.index_body(connection, article, text)
    articles.update(connection, article, {"indexed": search.INDEX_VERSION})
