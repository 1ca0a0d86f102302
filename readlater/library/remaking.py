"""Articles made anew from what came: several at once, shown first or done with undo."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from readlater.article import Changes, Extracted
from readlater.errors import ExtractionError
from readlater.library import showing
from readlater.library.core import BODIES, Core
from readlater.library.fetching import Extractor
from readlater.library.gathering import again
from readlater.library.versions import is_loss
from readlater.pipeline import EXTRACTOR_VERSION
from readlater.storage import articles, copies, corrections, earlier, parts, queue, undo
from readlater.storage.connection import Connection


class Outcome(StrEnum):
    """What became of one article: `LOSS` is what would lose too much and was left as it is."""

    CHANGED = "changed"
    SAME = "same"
    LOSS = "loss"
    FAILED = "failed"
    NO_PAGE = "no_page"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Remade:
    """One article: what is held, and what would be or was made of its page (None: nothing)."""

    id: int
    outcome: Outcome
    title: str = ""
    held: Extracted | None = None
    made: Extracted | None = None


@dataclass(frozen=True, slots=True)
class _Work:
    """What is known of one article beside its outcome."""

    remade: Remade
    copy: int = 0
    keep: frozenset[str] = frozenset()
    extractor: int = 0

    @property
    def is_of_an_older_extractor(self) -> bool:
        """Whether only the number of the extractor differs."""
        same = self.remade.outcome is Outcome.SAME
        return same and self.extractor != EXTRACTOR_VERSION


Each = Callable[[Remade], None]


class Remaking:
    """Extracts in threads, writes in small transactions under one deed."""

    def __init__(self, core: Core, worker: Callable[[], Extractor]) -> None:
        self._core = core
        self._worker = worker

    def all(self) -> list[int]:
        """The ids of all articles, trashed ones too."""
        with self._core.store.read() as connection:
            return articles.all_ids(connection)

    def look(self, ids: Sequence[int], *, at_once: int = 1) -> Iterator[Remade]:
        """What a newer extractor would change, one by one; nothing is changed."""
        for work in self._made(ids, at_once):
            yield work.remade

    def apply(
        self,
        ids: Sequence[int],
        each: Each = lambda _: None,
        *,
        at_once: int = 1,
        force: bool = False,
        deed: int = 0,
    ) -> int:
        """Make articles anew; what would lose too much is left as it is unless `force`.

        `each` hears of every one once it is kept. Goes on under `deed` while that stands; returns
        the id that undo knows it by, 0 when nothing was changed. May be stopped or killed at any
        time: what was told is kept, the rest is as it was, and doing it again goes on.
        """
        made = self._made(ids, at_once)
        while chunk := list(islice(made, BODIES)):
            deed, done = self._write(chunk, deed, force=force)
            for one in done:
                each(one)
        return deed

    def refresh(self, ids: Sequence[int]) -> None:
        """Make articles anew because their corrections have changed; no deed of its own."""
        for work in self._made(ids, 1):
            changes = Changes(frozenset([work.remade.id]), membership=True)
            with self._core.write(changes) as writing:
                if _is_as_it_was(writing.connection, work):
                    _show(writing.connection, work)

    def _made(self, ids: Sequence[int], at_once: int) -> Iterator[_Work]:
        """Articles with what was made of them, in the order of `ids`, a few ahead at a time."""
        pool = ThreadPoolExecutor(at_once, "remake")
        ahead: deque[Future[_Work]] = deque()
        try:
            rest = iter(ids)
            while True:
                for article in islice(rest, 2 * at_once - len(ahead)):
                    ahead.append(pool.submit(self._make, article))
                if not ahead:
                    return
                yield ahead.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _make(self, article: int) -> _Work:
        with self._core.store.snapshot() as connection:
            row = articles.get(connection, article)
            copy = copies.shown(connection, article) or copies.newest(connection, article)
            title = (row.title or row.url) if row is not None else ""
            if row is None or copy is None or not copies.is_raw_sound(connection, copy):
                return _Work(Remade(article, Outcome.NO_PAGE, title))
            held = copies.extracted_if_sound(connection, copy)
            keep = corrections.keep(connection, article)
            extractor = copies.extractor(connection, copy)
            response = copies.raw(connection, copy)
            following, of = parts.following(connection, copy)
        remade = Remade(article, Outcome.FAILED, title, held)
        work = _Work(remade, copy, keep, extractor)
        if response is None:
            return work
        try:
            made = again(response, following, of, self._worker(), keep)
        except ExtractionError:
            return work
        outcome = Outcome.LOSS if is_loss(made, held) else Outcome.CHANGED
        if made == held:
            outcome = Outcome.SAME
        return replace(work, remade=replace(remade, outcome=outcome, made=made))

    def _write(self, chunk: Sequence[_Work], deed: int, *, force: bool) -> tuple[int, list[Remade]]:
        """One transaction; the deed, and what became of each article."""
        told: list[Remade] = []
        changed: set[int] = set()
        wanted = {Outcome.CHANGED, Outcome.LOSS} if force else {Outcome.CHANGED}
        old = [w for w in chunk if w.is_of_an_older_extractor]
        if not old and not any(work.remade.outcome in wanted for work in chunk):
            return deed, [work.remade for work in chunk]
        with self._core.write() as writing:
            connection = writing.connection
            for work in chunk:
                remade = work.remade
                if remade.outcome in wanted:
                    kept = _is_as_it_was(connection, work)
                    deed = self._put(connection, deed, work) if kept else deed
                    changed |= {remade.id} if kept else set()
                    remade = replace(remade, outcome=Outcome.CHANGED if kept else Outcome.MOVED)
                told.append(remade)
            for work in old:
                copies.set_extractor(connection, work.copy, EXTRACTOR_VERSION)
            if changed:
                writing.changes = Changes(frozenset(changed), membership=True)
        return deed, told

    def _put(self, connection: Connection, deed: int, work: _Work) -> int:
        """Keep what was made, under `deed` while that stands; returns the deed."""
        if not work.extractor:  # the first text of a page that could not be read: nothing to undo
            _show(connection, work)
            return deed
        if not undo.stands(connection, deed):
            deed = undo.begin(connection, "remade", self._core.clock())
        with undo.recorded(connection, deed, [work.remade.id]):
            earlier.keep(connection, deed, work.copy)
            _show(connection, work)
        return deed


def _is_as_it_was(connection: Connection, work: _Work) -> bool:
    """Whether an article still is what it was when its page was read."""
    article, copy = work.remade.id, work.copy
    standing = copies.shown(connection, article) or copies.newest(connection, article)
    if standing != copy or corrections.keep(connection, article) != work.keep:
        return False
    return copies.extracted_if_sound(connection, copy) == work.remade.held


def _show(connection: Connection, work: _Work) -> None:
    made = work.remade.made
    if made is not None:
        copies.fill(connection, work.copy, made, EXTRACTOR_VERSION)
        showing.show(connection, work.remade.id, work.copy, made)
        queue.settle(connection, work.remade.id)
