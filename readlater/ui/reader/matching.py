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
# A view that has just come finds its width late, and its text moves about meanwhile.
_SETTLED_MS: Final = 150
_HOLD_MS: Final = 1500
_ANSWER_MS: Final = 300

Passage = tuple[str, float]
"""Letters of a passage in view, and where it begins: CSS pixels below the upper edge, or, below 0,
which part of it is above the edge."""


class Matching(QObject):
    """Watches one page. `moved` comes when a person has scrolled it."""

    moved = Signal()

    def __init__(self, page: QWebEnginePage, release: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._page, self._release = page, release
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self.moved)
        # An answer may stay out, when the page ends first.
        self._going = QTimer(self, singleShot=True, interval=_ANSWER_MS)
        self._put_at = -1.0
        self._held: tuple[Passage, ...] = ()
        self._hold = QTimer(self, singleShot=True, interval=_HOLD_MS)
        self._again = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._again.timeout.connect(self._on_resized)
        page.contentsSizeChanged.connect(self._on_resized)
        page.scrollPositionChanged.connect(self._on_scrolled)
        for timer in (self._rest, self._hold, self._again, self._going):
            page.destroyed.connect(timer.stop)

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
        self._going.start()
        self._release()

        def heard(at: object) -> None:
            self._going.stop()
            found = isinstance(at, int | float) and at >= 0
            if found:
                self._put_at = float(at)  # type: ignore[arg-type]  # a number, as just seen
            then(found)

        script = f"globalThis.matching?.go({json.dumps(list(passages))})"
        self._page.runJavaScript(script, _WORLD, heard)

    def hold(self, passages: Sequence[Passage]) -> None:
        """As `go`, and again while the page still finds its width, unless `let_go` is called."""
        self._held = tuple(passages)
        if self._held:
            self._hold.start()
            self._again.start()
            self.go(self._held)

    def let_go(self) -> None:
        """A person has moved the page: it is theirs."""
        self._hold.stop()

    def _on_resized(self) -> None:
        if self._hold.isActive():
            self.go(self._held)

    def _on_scrolled(self, at: QPointF) -> None:
        is_ours = self._going.isActive() or abs(at.y() - self._put_at) < _SAME_PX
        if not is_ours and not self._rest.isActive():
            self._rest.start()
