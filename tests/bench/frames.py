"""The first frame of a web view that shows another text than before, for the benches of reading."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEventLoop, QRect, QTimer
from PySide6.QtQuickWidgets import QQuickWidget
from PySide6.QtWebEngineWidgets import QWebEngineView

_LIMIT_MS: Final = 8000
_QUIET_MS: Final = 120
_STRIP_PX: Final = 120  # the title and what follows; looking must not cost a frame


def rest(ms: int) -> None:
    """Run the event loop for a while."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


class Frames:
    """Looks at what each frame of `view` shows in the middle of its column."""

    def __init__(self, view: QWebEngineView) -> None:
        self._view = view
        self._loop = QEventLoop()
        self._limit = QTimer(interval=_LIMIT_MS, singleShot=True)
        self._limit.timeout.connect(self._loop.quit)
        view.loadFinished.connect(self._on_loaded)
        self._heard: QQuickWidget | None = None
        self._is_looking = self._is_grabbing = False
        self._before = b""
        self._rendered = self._painted = 0.0
        self.count = 0
        self._hear()

    def time_ms(self, call: Callable[[], None], *, loads: bool = False) -> float:
        """From `call` to the first frame with another text in sight; waits for a calm page first.

        A frame without any text is not one, nor where it `loads` one before the end of that.
        """
        self._calm()
        self._before, self._painted = b"" if loads else self._seen(), 0.0
        self._is_looking = not loads
        begun = time.perf_counter()
        call()
        self._limit.start()
        self._loop.exec()
        self._limit.stop()
        self._is_looking = False
        if not self._painted:
            raise SystemExit("no other text came into sight")
        return (self._painted - begun) * 1000

    def _calm(self) -> None:
        """Until no frame came for a while."""
        while True:
            self._hear()
            count = self.count
            rest(_QUIET_MS)
            if count == self.count:
                return

    def _hear(self) -> None:
        """A navigation may bring a new process, and with it a new widget."""
        widget = self._view.focusProxy()
        if not isinstance(widget, QQuickWidget):
            raise SystemExit("the engine draws in another way than this bench knows")
        if widget is not self._heard:
            self._heard = widget
            widget.quickWindow().afterRendering.connect(self._on_rendered)
            widget.quickWindow().update()

    def _on_loaded(self) -> None:
        self._hear()
        self._is_looking = True
        if self._heard is not None:
            self._heard.quickWindow().update()

    def _on_rendered(self) -> None:
        if self._is_grabbing:
            return
        self.count += 1
        if self._is_looking:
            self._rendered = time.perf_counter()
            QTimer.singleShot(0, self._look)

    def _look(self) -> None:
        rendered, seen = self._rendered, self._seen()
        if self._is_looking and seen != self._before and len(set(seen)) > 8:
            self._painted = rendered
            self._loop.quit()

    def _seen(self) -> bytes:
        assert self._heard is not None
        self._is_grabbing = True
        image = self._heard.grabFramebuffer()
        self._is_grabbing = False
        wide, high = image.width(), image.height()
        part = image.copy(QRect(wide // 4, high // 14, wide // 2, _STRIP_PX))
        return bytes(part.constBits())
