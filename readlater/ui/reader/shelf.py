"""Pages held ready because they may be wanted next: few, bounded in bytes, never stale."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection
from typing import Final

from readlater.ui.reader.ready import Ready

MOST: Final = 3
MOST_BYTES: Final = 6_000_000


class Shelf:
    """Ready pages by the id of their article; any thread may call."""

    def __init__(self, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._lock = threading.Lock()
        self._held: OrderedDict[int, Ready] = OrderedDict()
        self._under_way: dict[object, int] = {}

    @property
    def ids(self) -> tuple[int, ...]:
        """The articles that are held, the least used first."""
        with self._lock:
            return tuple(self._held)

    @property
    def size_bytes(self) -> int:
        """About how much memory is held."""
        with self._lock:
            return self._size_bytes()

    def has(self, article_id: int) -> bool:
        """Whether an article's page is held; it counts as used now."""
        with self._lock:
            if article_id in self._held:
                self._held.move_to_end(article_id)
            return article_id in self._held

    def fill(self, article_id: int, read: Callable[[], Ready]) -> None:
        """Hold what `read` gives; the least used go for it.

        Nothing is held when the article is dropped while it is read: a deed has changed it, or
        when `read` gives another one.
        """
        mark = object()
        with self._lock:
            self._under_way[mark] = article_id
        ready = None
        try:
            ready = read()
        finally:
            with self._lock:
                is_fresh = self._under_way.pop(mark, 0) == article_id
                if ready is not None and is_fresh and ready.article.id == article_id:
                    self._hold(ready)

    def take(self, article_id: int) -> Ready | None:
        """The page of an article as it is now, which is held no more; None where it is not."""
        with self._lock:
            return self._held.pop(article_id, None)

    def drop(self, ids: Collection[int]) -> None:
        """These articles are no more what they were."""
        with self._lock:
            for article_id in [held for held in self._held if held in ids]:
                del self._held[article_id]
            for mark in [mark for mark, read in self._under_way.items() if read in ids]:
                del self._under_way[mark]

    def clear(self) -> None:
        """Hold nothing, nor what is read just now."""
        with self._lock:
            self._held.clear()
            self._under_way.clear()

    def _hold(self, ready: Ready) -> None:
        self._held[ready.article.id] = ready
        self._held.move_to_end(ready.article.id)
        while len(self._held) > self._most or self._size_bytes() > self._most_bytes:
            self._held.popitem(last=False)

    def _size_bytes(self) -> int:
        return sum(ready.size_bytes for ready in self._held.values())
