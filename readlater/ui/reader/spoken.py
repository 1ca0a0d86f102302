"""The spoken sentence in the page: marked without touching its tree, and kept in view."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QObject, QPointF, QTimer, Signal
from shiboken6 import isValid

from readlater import resources
from readlater.ui.reader.passing import Passing
from readlater.ui.reader.surface import Surface

# After the last touch the page is a person's for so long.
_HAND_MS: Final = 600


@dataclass(frozen=True, slots=True)
class Here:
    """A place of the shown text; -1 is the title. `within`: the sentence that holds it is meant.

    `is_end` is whether the end of the page is in view.
    """

    at: int
    within: bool
    is_end: bool


@dataclass(frozen=True, slots=True)
class Told:
    """The sentence of an article that is to be marked, in a text of `length` characters."""

    article: int
    length: int
    start: int
    end: int


class SpokenMark(QObject):
    """Follows the voice until a person moves the page away from it, and again when it is back."""

    followed = Signal(bool)  # whether the page goes along with the voice
    touched = Signal()  # a person moved the page

    def __init__(self, surface: Surface, passing: Passing, parent: QObject) -> None:
        super().__init__(parent)
        self._surface = surface
        self._shown = 0
        self._told: Told | None = None
        self.is_following = True
        self._hand = QTimer(self, singleShot=True, interval=_HAND_MS)
        self._hand.timeout.connect(self._look)
        surface.page.destroyed.connect(self._hand.stop)
        surface.prepared.connect(self._install)
        surface.shown.connect(self._on_shown)
        passing.touched.connect(self._on_touched)

    @property
    def shown(self) -> int:
        """The article in the page; 0 before the first."""
        return self._shown

    def mark(self, told: Told) -> None:
        """Mark a sentence, now or when its article is there."""
        self._told = told
        if self._shown == told.article:
            self._mark()

    def clear(self) -> None:
        """Mark nothing; the next sentence is followed."""
        self._told = None
        self._follow(on=True)
        self._call("clear")

    def back(self) -> None:
        """Go to the spoken sentence, and follow it again."""
        self._hand.stop()
        self._follow(on=True)
        self._surface.release()
        self._call("go")

    def here(self, then: Callable[[Here], None]) -> None:
        """Ask what is selected, or where the page stands."""
        self._call("here", then=lambda said: self._answer(said, then))

    def at(self, point: QPointF, then: Callable[[Here], None]) -> None:
        """Ask what is at a point of the view."""
        spot = point / self._surface.page.zoomFactor()
        self._call("at", spot.x(), spot.y(), then=lambda said: self._answer(said, then))

    @staticmethod
    def _answer(said: object, then: Callable[[Here], None]) -> None:
        answer = _heard(said)
        if answer is not None:
            then(Here(answer["at"], answer["within"], answer["end"]))

    def _install(self) -> None:
        self._shown = 0
        self._surface.page.runJavaScript(resources.text("html/aloud.js"), 1)
        self._call("install", resources.text("css/aloud.css"))

    def _on_shown(self, article: int) -> None:
        is_new, self._shown = article != self._shown, article
        if is_new:
            self._hand.stop()
            self._follow(on=True)
        if self._told is not None and self._told.article == article:
            self._mark()
        else:
            self._call("clear")

    def _mark(self) -> None:
        told = self._told
        if told is None:
            return
        follow = self.is_following and not self._hand.isActive()
        if follow:
            self._surface.release()  # else the place that is kept would scroll back
        self._call("mark", told.length, told.start, told.end, follow, then=self._on_marked)

    def _on_marked(self, said: object) -> None:
        answer = _heard(said)
        if answer is not None and answer["fits"] and not self._hand.isActive():
            self._follow(on=bool(answer["seen"]))

    def _on_touched(self) -> None:
        self.touched.emit()
        if self._told is not None and self._told.article == self._shown:
            self._hand.start()

    def _look(self) -> None:
        self._call("seen", then=self._on_looked)

    def _on_looked(self, said: object) -> None:
        answer = _heard(said)
        if answer is not None and not self._hand.isActive():
            self._follow(on=bool(answer))

    def _follow(self, *, on: bool) -> None:
        if on != self.is_following:
            self.is_following = on
            self.followed.emit(on)

    def _call(
        self, deed: str, *given: object, then: Callable[[object], None] | None = None
    ) -> None:
        if isValid(self._surface) and isValid(self._surface.page):
            self._surface.call(f"globalThis.aloud?.{deed}", *given, then=then)


def _heard(said: object) -> Any:
    """What the page answered as JSON; None when it ended first, or has nothing to say."""
    return json.loads(said) if isinstance(said, str) and said else None
