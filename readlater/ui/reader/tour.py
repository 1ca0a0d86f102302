"""Ways through the open article: notes, there and back, headings, the outline."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, SignalInstance


class Call(Protocol):
    """As `Surface.call`."""

    def __call__(
        self, deed: str, *given: object, then: Callable[[object], None] | None = None
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of the article: its level (1 is the title) and its words."""

    level: int
    words: str


class Tour(QObject):
    """Moves the page by what its text names; `moved` is called before each such move."""

    def __init__(
        self, call: Call, outside: SignalInstance, moved: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._call, self._outside, self._moved = call, outside, moved
        self._may_have_note = False  # a click beside it closes it, and nobody tells

    def jump(self, name: str, address: str = "") -> None:
        """To the place `name`: a note opens beside its mark. What is not there goes outside."""
        self._moved()

        def done(found: object) -> None:
            self._may_have_note = found == "note"
            if found is False and address:
                self._outside.emit(address)

        self._call("tour.jump", name, _tr("Go to the note"), False, then=done)

    def go(self, name: str) -> None:
        """To the place `name` itself, from the note beside its mark."""
        self._moved()
        self._call("tour.jump", name, "", True)

    def back(self) -> None:
        """To where one was before the last jump."""
        self._moved()
        self._call("tour.goBack")

    def close_note(self, then: Callable[[bool], None]) -> None:
        """Close the note beside its mark; `then` hears whether one was open."""
        if not self._may_have_note:
            then(False)
            return
        self._may_have_note = False
        self._call("tour.closeNote", then=lambda was: then(was is True))

    def step_heading(self, way: int) -> None:
        """To the next heading (1) or the one before (-1)."""
        self._moved()
        self._call("tour.step", way)

    def to_heading(self, index: int) -> None:
        """To a heading by its number in the outline."""
        self._moved()
        self._call("tour.toHeading", index)

    def outline(self, then: Callable[[tuple[Heading, ...], int], None]) -> None:
        """Ask for the headings, and which of them one is under."""

        def heard(said: object) -> None:
            if isinstance(said, str) and said:
                items, under = json.loads(said)
                then(tuple(Heading(level, words) for level, words in items), under)

        self._call("tour.outline", then=heard)


def _tr(text: str) -> str:
    return QCoreApplication.translate("reader", text)
