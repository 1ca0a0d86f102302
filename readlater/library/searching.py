"""Lists and searches: one page of rows at a time, hits with the words marked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from readlater.article import Article, Counts, Span, View
from readlater.errors import LibraryError
from readlater.library.core import Core
from readlater.storage import articles, copies, search
from readlater.storage.connection import Connection
from readlater.storage.rows import where

# A snippet costs about as much as finding its row: they are made for what a person sees at once.
SNIPPETS_QUICK = 12
SNIPPETS_RANKED = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """A found article, its title and a piece of its text with the found words marked.

    Far down in the list `snippet` is (): the excerpt serves there.
    """

    article: Article
    title: tuple[Span, ...]
    snippet: tuple[Span, ...]


class Searching:
    """Queries only; `interrupt` stops a running search from another thread."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._running: set[Connection] = set()
        self._lock = threading.Lock()

    def counts(self) -> Counts:
        """The numbers of the sidebar."""
        with self._core.store.snapshot() as connection:
            return articles.counts(connection)

    def count(self, view: View) -> int:
        """How many articles a view holds, its query aside."""
        with self._core.store.read() as connection:
            return articles.count(connection, view)

    def cards(self, view: View, offset: int, limit: int) -> tuple[Article, ...]:
        """`limit` articles of a view from `offset`, its query aside."""
        with self._core.store.read() as connection:
            return tuple(articles.page(connection, view, offset, limit))

    def find(self, view: View, *, ranked: bool, limit: int = 200) -> tuple[Hit, ...]:
        """The articles of a view that its query finds; () when it was interrupted.

        Not ranked: titles by rank, then the newest hits in bodies, quick enough for each key.
        Ranked: titles and bodies by bm25, the title above the body.
        """
        condition, arguments = where(view)
        look = search.ranked if ranked else search.quick
        try:
            with self._interruptible() as connection:
                ids = look(connection, view.query, condition, arguments, limit)
                found = articles.many(connection, ids)
                most = SNIPPETS_RANKED if ranked else SNIPPETS_QUICK
                texts = [self._text(connection, article.id) for article in found[:most]]
                texts += [""] * (len(found) - len(texts))
        except LibraryError as error:
            if error.code != "interrupted":
                raise
            return ()
        return tuple(
            Hit(
                article,
                search.marked(article.title or article.url, view.query),
                search.snippet(text, view.query) if text else (),
            )
            for article, text in zip(found, texts, strict=True)
        )

    def interrupt(self) -> None:
        """Stop the searches that run now."""
        with self._lock:
            for connection in self._running:
                connection.interrupt()

    @contextmanager
    def _interruptible(self) -> Iterator[Connection]:
        with self._core.store.snapshot() as connection:
            with self._lock:
                self._running.add(connection)
            try:
                yield connection
            finally:
                with self._lock:
                    self._running.discard(connection)

    @staticmethod
    def _text(connection: Connection, article: int) -> str:
        copy = copies.shown(connection, article)
        return copies.text(connection, copy) if copy is not None else ""
