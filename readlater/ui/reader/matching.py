"""The same words in both copies of a page: which are in view, and bringing them into view."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineScript
from shiboken6 import isValid

from readlater import resources

_WORLD: Final = QWebEngineScript.ScriptWorldId.ApplicationWorld
_REST_MS: Final = 60
# So long after it was moved from here, what a page tells of its scrolling is not a person's.
_QUIET_MS: Final = 350

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
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
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
        self._quiet.start()
        self._release()
        script = f"globalThis.matching?.go({json.dumps(list(passages))})"
        self._page.runJavaScript(script, _WORLD, lambda found: then(found is True))

    def _on_scrolled(self) -> None:
        if not self._quiet.isActive() and not self._rest.isActive():
            self._rest.start()
