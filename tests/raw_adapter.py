"""The page as it came for the attack bench, made the way the library and `RawPane` make it."""

from __future__ import annotations

from typing import Any

from readlater.article import Access
from readlater.library.comparing import Part
from readlater.ui.reader.raw_walls import RawDocument, document

URL = "https://page.example/story"


def made(html: str, number: int, *, sanitised: bool = True, csp_meta: bool = True) -> RawDocument:
    """The document of a hostile page; a test may leave out the cleaning."""
    from readlater.pipeline.raw import Beside
    from readlater.pipeline.raw.page import as_came
    from readlater.pipeline.sanitize import as_came_for_reading

    body = html
    if sanitised:
        raw = as_came(html, URL, None, Beside(access=Access.FULL))
        body = as_came_for_reading(raw.html, {})
    return document(number, [Part(URL, body)], theme="light", title="{}/{}", csp_meta=csp_meta)


class Adapter:
    @staticmethod
    def before_app() -> None:
        """Nothing: the scheme is registered with the first surface, before its profile."""

    def __init__(self) -> None:
        from readlater.ui.reader.raw_surface import RawSurface

        self._surface = RawSurface(lambda _digest: None)
        self.page: Any = self._surface.page
        self._count = 0

    def load(self, html: str) -> None:
        """Show `html` as a page as it came; `page.loadFinished` tells when it is there."""
        self._count += 1
        self._surface.show(made(html, self._count))
