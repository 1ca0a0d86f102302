"""What is read: the article, its page with its pictures, and how far one has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from readlater.article import Article, Changes, Extracted, Removed, Spot
from readlater.errors import InputError
from readlater.library.article_links import ArticleLink, links_of
from readlater.library.core import Core
from readlater.net import urls
from readlater.storage import articles, assets, copies, reading, site_icons

if TYPE_CHECKING:
    from readlater.library.spoken import Speech


@dataclass(frozen=True, slots=True)
class Page:
    """An article ready to be shown: safe html whose pictures are `/asset/<digest>`.

    `spot` is where one was; `typography` its own, by the dotted names of settings; `icon` the
    digest of its site's icon or "".
    """

    article: Article
    html: str
    removed: tuple[Removed, ...] = ()
    spot: Spot | None = None
    typography: Mapping[str, object] = field(default_factory=dict)
    icon: str = ""


class Reading:
    """Queries of one article; few of them change anything."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def article(self, article: int) -> Article:
        """The article; InputError `no_such_article`."""
        found = self.articles([article])[0][1]
        if found is None:
            raise InputError("no_such_article", id=article)
        return found

    def articles(self, ids: Sequence[int]) -> list[tuple[int, Article | None]]:
        """Each id with its article: for a merged row the one that it went into, None for none."""
        with self._core.store.snapshot() as connection:
            standing = {i: articles.standing(connection, i) for i in ids}
            found = {a.id: a for a in articles.many(connection, list(standing.values()))}
        return [(i, found.get(standing[i])) for i in ids]

    def page(self, article: int) -> Page:
        """The page as it is read, sanitised once more; InputError `no_text_yet`."""
        from readlater.pipeline.sanitize import for_reading

        with self._core.store.snapshot() as connection:
            found = self.article(article)
            extracted = self._extracted(found.id)
            digests = assets.of(connection, found.id)
            spot, typography = reading.get(connection, found.id)
            icon = site_icons.of(connection, found.id)
        html = for_reading(extracted.html, digests)
        return Page(found, html, extracted.removed, spot, typography, icon)

    def extracted(self, article: int) -> Extracted:
        """The shown copy; InputError `no_text_yet` or `no_such_article`."""
        with self._core.store.snapshot():
            return self._extracted(self.article(article).id)

    def _extracted(self, article: int) -> Extracted:
        with self._core.store.read() as connection:
            copy = copies.shown(connection, article)
            found = copies.extracted(connection, copy) if copy is not None else None
        if found is None:
            raise InputError("no_text_yet")
        return found

    def links(self, article: int) -> tuple[ArticleLink, ...]:
        """The links of an article's text, each with the row that one has of it."""
        found = links_of(self.extracted(article).html)
        return tuple(replace(link, held=self.held(link.url)) for link in found)

    def held(self, url: str) -> int:
        """The id of the article one has of an address, trashed ones aside; 0 for none."""
        try:
            key = urls.key(urls.normalise(url))
        except InputError:
            return 0
        with self._core.store.snapshot() as connection:
            own = articles.by_key(connection, key)
            rows = [own] if own is not None else []
            found = articles.many(connection, [*rows, *articles.with_keys(connection, {key})])
        return next((one.id for one in found if one.trashed_at is None), 0)

    def speech(self, article: int) -> tuple[Article, Speech, Spot | None]:
        """The article, what of it is read aloud, and where one was; InputError `no_text_yet`."""
        from readlater.library.spoken import speech_of

        with self._core.store.snapshot() as connection:
            found = self.article(article)
            extracted = self._extracted(found.id)
            spot, _ = reading.get(connection, found.id)
        language, title = found.language, found.title
        return found, speech_of(extracted.html, language, article=found.id, title=title), spot

    def text(self, article: int) -> str:
        """The article's text with standfirst and captions."""
        return self.extracted(article).text

    def pictures(self, article: int) -> dict[str, tuple[bytes, str]]:
        """The stored pictures of an article by their address: bytes and media type."""
        with self._core.store.read() as connection:
            digests = assets.of(connection, article)
        found = {address: self.asset(digest) for address, digest in digests.items()}
        return {address: picture for address, picture in found.items() if picture is not None}

    def picture_addresses(self, article: int) -> dict[str, str]:
        """The publisher's address of each stored picture of an article, by its digest."""
        with self._core.store.read() as connection:
            return {digest: address for address, digest in assets.of(connection, article).items()}

    def asset(self, digest: str) -> tuple[bytes, str] | None:
        """A stored picture's bytes and media type; None when it is not there or damaged."""
        with self._core.store.read() as connection:
            media_type = assets.media_type(connection, digest)
        body = self._core.assets.read(digest) if media_type else None
        return (body, media_type) if body is not None and media_type else None

    def thumbnail(self, digest: str) -> bytes | None:
        """The small picture of a card."""
        with self._core.store.read() as connection:
            return assets.thumbnail(connection, digest)

    def removed(self, article: int) -> tuple[Removed, ...]:
        """The blocks that were taken out."""
        return self.extracted(article).removed

    def mark_read(self, article: int) -> None:
        """Say that the article was opened; the first time counts."""
        with self._core.store.read() as connection:
            found = articles.get(connection, article)
        if found is not None and found.read_at is None:
            with self._core.write(Changes(frozenset([article]))) as writing:
                articles.update(writing.connection, article, {"read_at": self._core.clock()})

    def set_progress(self, article: int, progress: float, spot: Spot | None = None) -> None:
        """Keep how far one has read, 0 to 1, and at which words."""
        with self._core.write(Changes(frozenset([article]))) as writing:
            value = min(1.0, max(0.0, progress))
            found = articles.get(writing.connection, article)
            was = found.progress if found is not None else value
            articles.update(writing.connection, article, {"progress": value})
            reading.set_spot(writing.connection, article, spot)
            # Beginning it and ending it move it into and out of Continue.
            if (0 < was < 1) != (0 < value < 1):
                writing.changes = Changes(frozenset([article]), membership=True)

    def set_typography(self, article: int, values: Mapping[str, object]) -> None:
        """Keep an article's own typography, by dotted names; an empty one is that of all."""
        with self._core.write() as writing:
            reading.set_typography(writing.connection, article, values)
