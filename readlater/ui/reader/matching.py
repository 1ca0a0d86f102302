"""The same words in both copies of a page: which are in view, and bringing them into view."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, QPointF, QTimer, Signal
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineScript
from shiboken6 import isValid

from readlater import resources

_WORLD: Final = QWebEngineScript.ScriptWorldId.ApplicationWorld
_REST_MS: Final = 60
# What a page was scrolled to from here is told by it as well, to the pixel or so.
_SAME_PX: Final = 3.0

Passage = tuple[str, float]
"""Letters of a passage in view, and how far below the upper edge it begins, in CSS pixels."""


class Matching(QObject):
    """Watches one page. `moved` comes when a person has scrolled it."""

    moved = Signal()

    def __init__(self, page: QWebEnginePage, release: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._page, self._release = page, release
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self.moved)
        self._going = 0
        self._put_at = -1.0
        page.scrollPositionChanged.connect(self._on_scrolled)
        page.destroyed.connect(self._rest.stop)

    def install(self) -> None:
        """Once the page has loaded."""
        self._page.runJavaScript(resources.text("html/matching.js"), _WORLD)

    def seen(self, then: Callable[[Sequence[Passage]], None]) -> None:
        """Ask which passages are in view, the highest first."""

        def heard(said: object) -> None:
            if isinstance(said, str) and said:
                then([(words, float(top)) for words, top in json.loads(said)])

        if isValid(self._page):
            self._page.runJavaScript("globalThis.matching?.seen()", _WORLD, heard)

    def go(
        self, passages: Sequence[Passage], then: Callable[[bool], None] = lambda _found: None
    ) -> None:
        """Bring the first of these passages that the page has to the height it is told with."""
        if not isValid(self._page):
            return
        self._going += 1
        self._release()

        def heard(at: object) -> None:
            self._going -= 1
            found = isinstance(at, int | float) and at >= 0
            if found:
                self._put_at = float(at)  # type: ignore[arg-type]  # a number, as just seen
            then(found)

        script = f"globalThis.matching?.go({json.dumps(list(passages))})"
        self._page.runJavaScript(script, _WORLD, heard)

    def _on_scrolled(self, at: QPointF) -> None:
        is_ours = self._going or abs(at.y() - self._put_at) < _SAME_PX
        if not is_ours and not self._rest.isActive():
            self._rest.start()
