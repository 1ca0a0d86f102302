"""Saving links and pages: durable before anything is fetched, and never twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from readlater.article import Access, Article, Changes, Picture, Problem, Response, State, Status
from readlater.errors import InputError
from readlater.library.core import CHUNK, Core, Done
from readlater.library.names import clean_tags, joined
from readlater.net import urls
from readlater.storage import articles, assets, copies, queue, tags, undo
from readlater.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one link; `kind` is new, again, restored or refetch."""

    id: int
    url: str
    kind: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of the links of one save, and which of them are no web addresses."""

    outcomes: tuple[Outcome, ...]
    undo_id: int = 0
    problems: tuple[tuple[str, Problem], ...] = ()

    @property
    def ids(self) -> tuple[int, ...]:
        """The rows, in the order of the links."""
        return tuple(outcome.id for outcome in self.outcomes)


class Saving:
    """Deeds that put rows into the queue."""

    def __init__(self, core: Core, stop: Callable[[Sequence[int]], None]) -> None:
        self._core = core
        self._stop = stop

    def add(self, links: Sequence[str], wanted_tags: Sequence[str] = ()) -> Saved:
        """Save links, durable on return; they are fetched later.

        Raises InputError when none of them is a web address; otherwise those that are not
        are named in `Saved.problems`.
        """
        names = clean_tags(wanted_tags)
        good, problems = _sorted_out(links)
        if not good:
            raise_for(problems)
        outcomes: list[Outcome] = []
        deed = 0
        now = self._core.clock()
        for start in range(0, len(good), CHUNK):
            with self._core.write() as writing:
                deed = deed or undo.begin(writing.connection, "saved", now)
                chunk = [
                    # The newest is on top: the first link is to be the newest by a hair.
                    self._put(writing.connection, deed, url, names, at=now - i * 1e-5)
                    for i, url in enumerate(good[start : start + CHUNK], start)
                ]
                ids = frozenset(outcome.id for outcome in chunk)
                writing.changes = Changes(ids, membership=True, tags=bool(names))
                outcomes += chunk
        self._stop([outcome.id for outcome in outcomes if outcome.kind == "refetch"])
        return Saved(tuple(outcomes), deed, tuple(problems))

    def add_page(
        self,
        body: bytes,
        url: str = "",
        content_type: str = "text/html",
        wanted_tags: Sequence[str] = (),
        pictures: Sequence[Picture] = (),
    ) -> Saved:
        """Save a page that came whole (a saved file), durable on return.

        Without an address it is a row of its own, known by its bytes, and waits for one.
        """
        names = clean_tags(wanted_tags)
        url = urls.normalise(url) if url else ""
        stored = {
            picture.url: (self._core.assets.keep(picture.body), picture) for picture in pictures
        }
        with self._core.write() as writing:
            connection = writing.connection
            deed = undo.begin(connection, "saved", self._core.clock())
            if url:
                outcome = self._put(connection, deed, url, names, at=self._core.clock())
            else:
                key = f"file:{hashlib.sha256(body).hexdigest()}"
                outcome = self._put(connection, deed, "", names, at=self._core.clock(), key=key)
            response = Response(url, 200, (), body, content_type)
            copy = copies.add(connection, outcome.id, response, self._core.clock())
            for digest, picture in stored.values():
                assets.record(connection, digest, picture)
            assets.link(connection, outcome.id, {a: digest for a, (digest, _) in stored.items()})
            with undo.recorded(connection, deed, [outcome.id]):
                queue.hold(connection, outcome.id, copy)
            writing.changes = Changes(frozenset([outcome.id]), membership=True, tags=bool(names))
        return Saved((outcome,), deed)

    def set_address(self, article: int, url: str) -> None:
        """Give a row another address and fetch it anew.

        Raises InputError `address_taken`, naming the article that has it already.
        """
        url = urls.normalise(url)
        with self._core.write(Changes(frozenset([article]), membership=True)) as writing:
            connection = writing.connection
            other = articles.by_key(connection, urls.key(url))
            if other not in (None, article):
                taken = articles.get(connection, other or 0)
                raise InputError("address_taken", title=(taken.title if taken else "") or url)
            deed = undo.begin(connection, "address", self._core.clock())
            with undo.recorded(connection, deed, [article]):
                values = {"url": url, "key": urls.key(url), "host": urls.host(url)}
                articles.update(connection, article, values)
                queue.enqueue(connection, article)
            articles.index(connection, article)
        self._stop([article])

    def retry(self, ids: Sequence[int]) -> None:
        """Fetch failed or waiting rows now."""
        self._enqueue(ids)

    def refetch(self, ids: Sequence[int]) -> None:
        """Fetch articles again; a better copy that is held stays."""
        self._enqueue(ids)

    def _enqueue(self, ids: Sequence[int]) -> None:
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            with self._core.write(Changes(frozenset(chunk), membership=True)) as writing:
                for article in articles.existing(writing.connection, chunk):
                    self._queue(writing.connection, article)
            self._stop(chunk)

    @staticmethod
    def _queue(connection: Connection, article: int) -> None:
        """Have a row fetched, or, where it has no address, its saved page read again."""
        held = articles.get(connection, article)
        copy = copies.newest(connection, article)
        if held is not None and not held.url and copy is not None:
            queue.hold(connection, article, copy)
        else:
            queue.enqueue(connection, article)

    def cancel(self, ids: Sequence[int]) -> Done:
        """Stop fetching these rows; one that holds a copy stays ready with it."""
        with self._core.write(Changes(frozenset(ids), membership=True)) as writing:
            for article in ids:
                queue.fail(writing.connection, article, Problem("cancelled"))
        self._stop(ids)
        return Done("cancelled", tuple(ids))

    def _put(
        self,
        connection: Connection,
        deed: int,
        url: str,
        names: Sequence[str],
        *,
        at: float,
        key: str = "",
    ) -> Outcome:
        key = key or urls.key(url)
        known = articles.by_key(connection, key)
        if known is None:
            host = urls.host(url) if url else ""
            article = articles.insert(connection, url=url, key=key, host=host, now=at)
            tags.put(connection, article, names)
            articles.index(connection, article)
            undo.created(connection, deed, article, at)
            return Outcome(article, url, "new")
        held = articles.get(connection, known)
        with undo.recorded(connection, deed, [known]):
            kind = self._again(connection, known, held, url)
            tags.put(connection, known, joined(tags.of(connection, known), names))
            values = {"saved_at": at, "archived_at": None, "trashed_at": None, "removed_at": None}
            articles.update(connection, known, values)
        articles.index(connection, known)
        return Outcome(known, url, kind)

    def _again(self, connection: Connection, known: int, held: Article | None, url: str) -> str:
        """What a second save of a row does, by what is held."""
        if held is None:  # its save was undone: it comes back as new
            articles.update(connection, known, {"url": url, "host": urls.host(url) if url else ""})
            if copies.shown(connection, known) is None:
                self._queue(connection, known)
            return "new"
        if url and wants_refetch(held, url):
            if urls.is_gift(url) or not urls.is_gift(held.url):
                articles.update(connection, known, {"url": url, "host": urls.host(url)})
            queue.enqueue(connection, known)
            return "refetch"
        return "again" if held.state is State.UNREAD else "restored"


def wants_refetch(held: Article, url: str) -> bool:
    """Whether saving `url` again should fetch: what failed or is cut, and not a whole copy."""
    if held.status is Status.QUEUED:
        return urls.is_gift(url) and url != held.url
    if urls.is_gift(url) and any(e.code == "says_not_free" for e in held.evidence):
        return True  # a gift may bring more than what looked whole; a lesser copy never stays
    return held.status is Status.FAILED or held.access not in (None, Access.FULL)


def raise_for(problems: Sequence[tuple[str, Problem]]) -> NoReturn:
    """Raise the first problem of a save in which no link was good."""
    if not problems:
        raise InputError("no_link")
    problem = problems[0][1]
    raise InputError(problem.code, **problem.args)


def _sorted_out(links: Sequence[str]) -> tuple[list[str], list[tuple[str, Problem]]]:
    good: dict[str, None] = {}
    problems: list[tuple[str, Problem]] = []
    for link in links:
        try:
            good[urls.normalise(link)] = None
        except InputError as error:
            problems.append((link, error.problem))
    return list(good), problems
