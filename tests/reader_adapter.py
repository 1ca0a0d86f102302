"""The app's own reading page for the attack bench, made the way `ReaderView` makes it."""

from __future__ import annotations

from dataclasses import dataclass

from readlater.article import Article


@dataclass(frozen=True)
class RawPage:
    article: Article
    html: str


class Adapter:
    @staticmethod
    def before_app() -> None:
        """Nothing: the scheme is registered with the first surface, before its profile."""

    def __init__(self) -> None:
        from readlater.ui.reader.surface import Surface

        self._surface = Surface(lambda _digest: None)
        self.page = self._surface.page
        self._surface.shown.connect(lambda _id: self.page.loadFinished.emit(True))
        self._count = 0

    def load(self, html: str) -> None:
        """Show `html` as the text of an article; `page.loadFinished` tells when it is there."""
        self._count += 1
        article = Article(id=self._count, url="https://page.example/story", saved_at=0.0)
        self._surface.show(RawPage(article, html))
