"""Highlights in the page: what is selected, what was clicked, and painting them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, QPointF, QRectF, QTimer, Signal
from PySide6.QtWebEngineCore import QWebEngineScript
from shiboken6 import isValid

from readlater import resources
from readlater.article import Highlight, Selector
from readlater.library import shown_text
from readlater.ui.reader.passing import Passing
from readlater.ui.reader.surface import Surface

_WORLD: Final = QWebEngineScript.ScriptWorldId.ApplicationWorld
# The engine tells of a selection at each step of the mouse, and after a click takes it away; the
# focus it moves after the key.
_LOOK_MS: Final = 60


class Marking(QObject):
    """Watches the page of one Surface and paints on it, without a change to the page itself.

    Boxes are in pixels of the view. `selected` carries a Selector; positions count in the text of
    `library.shown_text`.
    """

    selected = Signal(object, QRectF)
    clicked = Signal(int, QRectF)
    save_clicked = Signal()
    """Ctrl+Shift and a click: the link under the pointer is to be saved."""
    web_clicked = Signal(str)
    """Ctrl or the middle button and a click: a link is to be opened outside."""
    focused = Signal(str)
    """The address of the link that the keys are on; "" where they are on none."""
    left = Signal()
    """Nothing is selected, and no highlight was clicked."""

    def __init__(self, surface: Surface, passing: Passing, parent: QObject) -> None:
        super().__init__(parent)
        self._surface, self._page = surface, surface.page
        self._shown = self._goal = 0
        self._painting: tuple[int, int, tuple[Highlight, ...]] = (0, 0, ())
        self._point = QPointF(-1, -1)
        self._is_down = self._is_selected = False
        self._soon = QTimer(self, singleShot=True, interval=_LOOK_MS)
        self._soon.timeout.connect(self._look)
        self._moved_on = QTimer(self, singleShot=True, interval=_LOOK_MS)
        self._moved_on.timeout.connect(lambda: self._call("focused", then=self._on_focused))
        surface.prepared.connect(self._install)
        surface.shown.connect(self._on_shown)
        self._page.destroyed.connect(self._soon.stop)
        self._page.destroyed.connect(self._moved_on.stop)
        self._page.selectionChanged.connect(self._on_selection)
        self._page.scrollPositionChanged.connect(lambda _at: self.left.emit())
        passing.save_clicked.connect(self.save_clicked)
        passing.tabbed.connect(self._moved_on.start)
        self._page.web_clicked.connect(self.web_clicked)
        passing.pressed.connect(self._on_pressed)
        passing.released.connect(self._on_released)

    def paint(self, article: int, length: int, highlights: Sequence[Highlight]) -> None:
        """Show the highlights of an article over its text of `length` characters, now or when it
        is there; nothing is shown where the page's text is another one.
        """
        self._painting = (article, length, tuple(highlights))
        if self._shown == article:
            self._paint()

    def go(self, highlight: int) -> None:
        """Scroll to a highlight and show which one it is, now or when its article is there."""
        self._goal = highlight
        if self._shown == self._painting[0]:
            self._reach()

    def step(self, way: int) -> None:
        """Go to the next highlight (1) or the one before (-1), and offer its deeds."""
        self._surface.release()
        self._call("step", way, then=self._on_stepped)

    def sentence(self, way: int) -> None:
        """Select the first sentence in view, or from what is selected the next or the last one."""
        self._surface.release()
        self._call("sentence", way, then=self._on_sentence)

    def extend(self, way: int) -> None:
        """Select one sentence more (1) at the end of what is selected, or one less (-1)."""
        self._surface.release()
        self._call("extend", way, then=self._on_sentence)

    def unselect(self) -> None:
        """Let go of what is selected."""
        self._call("unselect")

    def look(self, then: Callable[[Selector | None], None]) -> None:
        """Ask what is selected just now."""

        def heard(said: object) -> None:
            answer = _heard(said)
            then(_selector(answer["selected"]) if answer and answer["selected"] else None)

        self._call("look", -1, -1, then=heard)

    def hold(self, addresses: Sequence[str]) -> None:
        """Put a sign beside the links with these addresses: one has what they lead to."""
        self._call("hold", list(addresses))

    def _install(self) -> None:
        self._shown = 0
        self._page.runJavaScript(resources.text("html/highlights.js"), _WORLD)
        self._call("install", rules())

    def _on_shown(self, article: int) -> None:
        self._shown = article
        self.left.emit()
        self._paint()

    def _paint(self) -> None:
        article, length, highlights = self._painting
        fits = article == self._shown
        marks = [
            [h.id, h.colour, h.selector.start, h.selector.end, bool(h.note)]
            for h in highlights
            if fits and h.placed
        ]
        self._call("paint", length, marks)
        if fits and self._goal:
            self._reach()

    def _reach(self) -> None:
        goal, self._goal = self._goal, 0
        self._surface.release()  # else the place that is kept would scroll back
        self._call("go", goal)

    def _on_pressed(self) -> None:
        self._is_down = True
        self._soon.stop()
        self.left.emit()

    def _on_released(self, at: QPointF) -> None:
        self._is_down, self._point = False, at / self._page.zoomFactor()
        self._soon.start()

    def _on_selection(self) -> None:
        if not self._is_down:
            self._soon.start()

    def _look(self) -> None:
        point, self._point = self._point, QPointF(-1, -1)
        is_click = point.x() >= 0
        self._call(
            "look", point.x(), point.y(), then=lambda said: self._on_looked(said, is_click=is_click)
        )

    def _on_looked(self, said: object, *, is_click: bool) -> None:
        answer = _heard(said)
        if answer is None or self._is_down:
            return
        was_selected, self._is_selected = self._is_selected, bool(answer["selected"])
        if answer["selected"]:
            self._tell_selected(answer["selected"])
        elif answer["ids"]:
            self.clicked.emit(answer["ids"][0], self._box(answer["box"]))
        elif is_click or was_selected:
            self.left.emit()

    def _on_focused(self, said: object) -> None:
        self.focused.emit(said if isinstance(said, str) else "")

    def _on_stepped(self, said: object) -> None:
        answer = _heard(said)
        if answer is not None:
            # The scrolling it took is told of later, and would take the bar away again.
            QTimer.singleShot(
                _LOOK_MS, self, lambda: self.clicked.emit(answer["id"], self._box(answer["box"]))
            )

    def _on_sentence(self, said: object) -> None:
        answer = _heard(said)
        if answer is not None:
            self._soon.start()

    def _tell_selected(self, answer: dict[str, Any]) -> None:
        self.selected.emit(_selector(answer), self._box(answer["box"]))

    def _box(self, box: Sequence[float]) -> QRectF:
        zoom = self._page.zoomFactor()
        return QRectF(*(side * zoom for side in box))

    def _call(
        self, deed: str, *given: object, then: Callable[[object], None] | None = None
    ) -> None:
        if not isValid(self._page):  # the view was closed while a sheet was open
            return
        arguments = ", ".join(json.dumps(value) for value in given)
        script = f"globalThis.marks?.{deed}({arguments})"
        if then is None:
            self._page.runJavaScript(script, _WORLD)
        else:
            self._page.runJavaScript(script, _WORLD, then)


def rules() -> dict[str, object]:
    """The argument of `marks.install`: which text counts, and how highlights look."""
    return {
        "blocks": shown_text.BLOCKS,
        "spaces": list(shown_text.SPACES),
        "unseen": list(shown_text.UNSEEN),
        "css": resources.text("css/highlights.css"),
    }


def _selector(answer: dict[str, Any]) -> Selector:
    names = ("quote", "prefix", "suffix", "start", "end")
    return Selector(**{name: answer[name] for name in names})


def _heard(said: object) -> Any:
    """What the page answered as JSON; None when it ended first, or has nothing to say."""
    return json.loads(said) if isinstance(said, str) and said else None
