"""What the tests of the reading page share: a canary, articles, and questions to the page."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if hasattr(os, "geteuid") and os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")  # Chromium refuses root

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from readlater.article import Article
from readlater.ui.reader.view import ReaderView

# What the engine says of a machine without a graphics card.
quiet_engine = pytest.mark.qt_log_ignore(
    "QRhiGles2|Failed to create RHI|Vulkan|GBM is not supported|GPUInfo", extend=True
)
DIGEST = "a" * 64
OTHER = "b" * 64
APPLICATION_WORLD = 1
Read = Callable[[str], tuple[bytes, str] | None]


@dataclass(frozen=True)
class Page:
    article: Article
    html: str
    icon: str = ""


def article(number: int = 42, **more: Any) -> Article:
    return Article(id=number, url=f"https://site.example/{number}", saved_at=0.0, **more)


def page(html: str, number: int = 42, **more: Any) -> Page:
    return Page(article(number, **more), html)


def png() -> tuple[bytes, str]:
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("#2f6f6a"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data()), "image/png"


class Canary:
    """A web server on loopback that counts connections and remembers what was asked for."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.connections = 0
        self.paths: list[str] = []
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            words = connection.recv(65536).split()
            if len(words) > 1:
                self.paths.append(words[1].decode())
            answer = b"HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            connection.sendall(answer)

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


def engine(view: ReaderView) -> Any:
    """The engine's page of a view that is shown."""
    return view.focusProxy().page()


def opened(qtbot: QtBot, read: Read = lambda _digest: None) -> Iterator[ReaderView]:
    """A reader of 700 x 800 that is on screen, and closed afterwards."""
    made = ReaderView(read)
    made.resize(700, 800)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close_page()


def ask(qtbot: QtBot, engine_page: Any, script: str) -> Any:
    """What `script` answers in the world that the app itself uses."""
    with qtbot.waitCallback(timeout=30_000) as answered:
        engine_page.runJavaScript(f"JSON.stringify({script})", APPLICATION_WORLD, answered)
    return json.loads(answered.args[0])


def until(qtbot: QtBot, engine_page: Any, script: str, wanted: object = True) -> None:
    """Wait until `script` answers `wanted`."""
    qtbot.waitUntil(lambda: ask(qtbot, engine_page, script) == wanted, timeout=30_000)


def centre_of(qtbot: QtBot, engine_page: Any, selector: str) -> QPoint:
    script = (
        f"(() => {{ const r = document.querySelector({selector!r}).getBoundingClientRect();"
        " return [r.x + r.width / 2, r.y + r.height / 2]; })()"
    )
    x, y = ask(qtbot, engine_page, script)
    return QPoint(round(x), round(y))


def click(
    qtbot: QtBot,
    view: QWidget,
    engine_page: Any,
    selector: str,
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
) -> None:
    """A real click on the middle of what `selector` finds, through the engine's own widget."""
    target = view.focusProxy().focusProxy()
    near = [QPoint(0, 0), QPoint(1, 0)]

    def under_the_mouse() -> bool:
        near.reverse()  # the engine leaves out a move to where the mouse already is
        qtbot.mouseMove(target, centre_of(qtbot, engine_page, selector) + near[0])
        return bool(
            ask(qtbot, engine_page, f"document.querySelector({selector!r}).matches(':hover')")
        )

    qtbot.waitUntil(under_the_mouse, timeout=30_000)
    qtbot.mouseClick(target, button, pos=centre_of(qtbot, engine_page, selector))


def show_and_wait(qtbot: QtBot, stage: Any, shown: Page, show: Callable[[Page], None]) -> None:
    with qtbot.waitSignal(
        stage.shown, timeout=20_000, check_params_cb=lambda i: i == shown.article.id
    ):
        show(shown)
