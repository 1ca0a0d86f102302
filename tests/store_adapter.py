"""The project's store behind the small interface of a crash bench: save, enqueue, list, check."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from readlater.article import Access, Extracted, Picture, Place, Response, View
from readlater.library import Library, open_library
from readlater.pipeline.parts import Outlook
from readlater.settings import Settings


class _Web:
    """Answers with what `fetch` gives for an address."""

    def __init__(self) -> None:
        self.fetch: Callable[[str], str] = lambda url: ""

    def page(self, url: str, **_: object) -> Response:
        return Response(url, 200, (), self.fetch(url).encode(), "text/html")

    def picture(self, url: str, **_: object) -> Picture:
        raise AssertionError(url)


class _AsItIs:
    """Takes the page for the article, so that what is stored can be compared byte for byte."""

    def extract(self, response: Response, keep: frozenset[str] = frozenset()) -> Extracted:
        html = response.body.decode()
        return Extracted(title="Story", html=html, text=html, word_count=9, access=Access.FULL)

    def look(self, response: Response, *, whole: bool = False) -> Outlook:
        return Outlook()

    def join(self, parts: Sequence[Extracted], of: int = 0) -> Extracted:
        return parts[0]

    def thumbnail(self, picture: bytes, size_px: int = 144) -> bytes | None:
        return None


class Adapter:
    def __init__(self, folder: str) -> None:
        self._web = _Web()
        self._library: Library = open_library(
            Path(folder), Settings(), net=self._web, worker=_AsItIs()
        )

    def save(self, url: str, html: str) -> None:
        self._library.saving.add_page(html.encode(), url)
        self._library.fetching.step()

    def enqueue(self, url: str) -> None:
        self._library.saving.add([url])

    def run_queue(self, fetch: Callable[[str], str]) -> None:
        self._web.fetch = fetch
        while self._library.fetching.step():
            pass

    def listing(self) -> list[tuple[str, str]]:
        while self._library.fetching.step():  # a killed save goes on: its page is here already
            pass
        view = View(Place.ALL)
        rows = self._library.searching.cards(view, 0, self._library.searching.count(view))
        return [(row.url, self._digest(row.id)) for row in rows]

    def _digest(self, article: int) -> str:
        copies = dict(self._library.reading.articles([article]))
        if copies[article] is None or not copies[article].word_count:
            return ""
        html = self._library.reading.extracted(article).html
        return hashlib.sha1(html.encode(), usedforsecurity=False).hexdigest()

    def check(self) -> list[str]:
        return [
            finding.code
            for finding in self._library.caring.doctor().findings
            if finding.code != "dead_claims"
        ]

    def close(self) -> None:
        self._library.close()
