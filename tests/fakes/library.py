"""The library's facade over a Python list, with a log of what was asked of it."""

import itertools
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from readlater.article import (
    Access,
    Article,
    Changes,
    Counts,
    Place,
    Progress,
    Sort,
    Span,
    Spot,
    State,
    Status,
    View,
)
from readlater.errors import InputError
from readlater.settings import Settings


@dataclass(frozen=True)
class Hit:
    article: Article
    title: tuple[Span, ...]
    snippet: tuple[Span, ...]


@dataclass(frozen=True)
class Page:
    article: Article
    html: str
    spot: Spot | None = None
    typography: dict[str, object] = field(default_factory=dict)
    icon: str = ""


def article(article_id: int, title: str | None = None, **values: Any) -> Article:
    """A ready, full article saved `article_id` seconds after the epoch."""
    given: dict[str, Any] = {
        "url": f"https://site{article_id % 7}.example/{article_id}",
        "saved_at": float(article_id),
        "title": f"Article {article_id}" if title is None else title,
        "status": Status.READY,
        "access": Access.FULL,
        "word_count": 230,
    }
    return Article(id=article_id, **(given | values))


def _in_place(one: Article, view: View) -> bool:
    live = one.state is not State.TRASHED
    unread = one.state is State.UNREAD
    return {
        Place.UNREAD: unread,
        Place.CONTINUE: unread and 0 < one.progress < 1,
        Place.FAVOURITES: live and one.favourite,
        Place.ARCHIVE: one.state is State.ARCHIVED,
        Place.ALL: live,
        Place.PREVIEWS: live and one.access not in (None, Access.FULL),
        Place.FAILED: live and one.status is Status.FAILED,
        Place.TRASH: not live,
        Place.TAG: live and view.tag in one.tags,
    }[view.place]


_KEYS: dict[Sort, Callable[[Article], Any]] = {
    Sort.NEWEST: lambda a: (-a.saved_at, -a.id),
    Sort.OLDEST: lambda a: (a.saved_at, a.id),
    Sort.TITLE: lambda a: (a.title.casefold(), a.id),
    Sort.SITE: lambda a: (a.site_name.casefold(), a.id),
    Sort.SHORTEST: lambda a: (a.word_count, a.id),
    Sort.LONGEST: lambda a: (-a.word_count, a.id),
}


class FakeLibrary:
    """All services in one: searching, reading, fetching, tidying and saving are itself."""

    def __init__(
        self,
        articles: Iterable[Article] = (),
        pictures: dict[str, bytes] | None = None,
        html: dict[int, str] | None = None,
    ) -> None:
        self.folder, self.settings = Path("library"), Settings()
        self.searching = self.reading = self.fetching = self.tidying = self.saving = self
        self.rows = {one.id: one for one in articles}
        self.pictures, self._html = pictures or {}, html or {}
        self._listeners: list[Callable[[Changes | Progress], None]] = []
        self.asked: list[tuple[Any, ...]] = []
        self.interrupts = 0

    def subscribe(self, listener: Callable[[Changes | Progress], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, what: Changes | Progress) -> None:
        for listener in self._listeners:
            listener(what)

    # searching

    def _list(self, view: View) -> list[Article]:
        chosen = [one for one in self.rows.values() if _in_place(one, view)]
        return sorted(chosen, key=_KEYS[view.sort])

    def counts(self) -> Counts:
        self.asked.append(("counts",))
        tags = sorted({tag for one in self.rows.values() for tag in one.tags})
        return Counts(
            {p: len(self._list(View(p))) for p in Place if p is not Place.TAG},
            tuple((tag, len(self._list(View(Place.TAG, tag)))) for tag in tags),
            sum(one.status is Status.QUEUED for one in self.rows.values()),
        )

    def count(self, view: View) -> int:
        self.asked.append(("count", view))
        return len(self._list(view))

    def cards(self, view: View, offset: int, limit: int) -> tuple[Article, ...]:
        self.asked.append(("cards", view, offset, limit))
        return tuple(self._list(view)[offset : offset + limit])

    def find(self, view: View, *, ranked: bool, limit: int = 200) -> tuple[Hit, ...]:
        self.asked.append(("find", view, ranked))
        word = view.query.casefold()
        found = [a for a in self._list(view) if word in f"{a.title} {a.excerpt}".casefold()]
        if ranked:
            found.sort(key=lambda a: -f"{a.title} {a.excerpt}".casefold().count(word))
        return tuple(Hit(a, marked(a.title, word), marked(a.excerpt, word)) for a in found[:limit])

    def interrupt(self) -> None:
        self.interrupts += 1

    # reading

    def article(self, article_id: int) -> Article:
        if article_id not in self.rows:
            raise InputError("no_such_article", id=article_id)
        return self.rows[article_id]

    def page(self, article_id: int) -> Page:
        one = self.article(article_id)
        if one.status is not Status.READY:
            raise InputError("no_text_yet")
        self.asked.append(("page", article_id))
        return Page(one, self._html.get(article_id, f"<p>Text of {article_id}</p>"))

    def thumbnail(self, digest: str) -> bytes | None:
        self.asked.append(("thumbnail", digest))
        return self.pictures.get(digest)

    def progress(self, article_id: int) -> Progress | None:
        return None

    def mark_read(self, article_id: int) -> None:
        self._set([article_id], membership=False, read_at=time.time())

    # tidying

    def _set(self, ids: Sequence[int], *, membership: bool = True, **values: Any) -> None:
        for article_id in ids:
            self.rows[article_id] = replace(self.rows[article_id], **values)
        self.tell(Changes(frozenset(ids), membership))

    def archive(self, ids: Sequence[int], *, on: bool = True) -> None:
        self._set(ids, archived_at=1.0 if on else None)

    def trash(self, ids: Sequence[int]) -> None:
        self._set(ids, trashed_at=1.0)

    def favourite(self, ids: Sequence[int], *, on: bool = True) -> None:
        self._set(ids, favourite=on)

    def change(self, article_id: int, **values: Any) -> None:
        self._set([article_id], membership=False, **values)

    # saving

    def put(self, *articles: Article) -> None:
        self.rows |= {one.id: one for one in articles}
        self.tell(Changes(frozenset(one.id for one in articles), membership=True))


def marked(text: str, word: str) -> tuple[Span, ...]:
    """`text` in spans, each occurrence of `word` marked."""
    spans, at, low = [], 0, text.casefold()
    for _ in itertools.count():
        found = low.find(word, at)
        if found < 0:
            break
        if found > at:
            spans.append(Span(text[at:found]))
        spans.append(Span(text[found : found + len(word)], marked=True))
        at = found + len(word)
    return (*spans, Span(text[at:])) if text[at:] else tuple(spans)
