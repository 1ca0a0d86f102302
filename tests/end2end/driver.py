"""The real application without a screen, driven by lines of JSON: a hand for the tests.

    driver.py FOLDER     one command a line on standard input, one answer a line on standard output

{"drop": [links]}   drop links onto the middle of the window   -> {"taken": true}
{"paste": text}     put text on the clipboard, press Ctrl+V    -> {}
{"rows": n}         wait for n rows, all of them done          -> {"rows": [[id, title, status]]}
{"read": id}        open an article   -> {"text": words, "pictures": n, "said": the page's text}
{"keys": text}      press these keys in the window             -> {}
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QCoreApplication,
    QEventLoop,
    QMimeData,
    QPoint,
    QPointF,
    QSocketNotifier,
    Qt,
    QTimer,
    QUrl,
)
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import QWebEngineScript
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication

from readlater.article import Place, Status, View
from readlater.library import open_library
from readlater.settings import Settings
from readlater.ui.app import Parts, build

WORLD = QWebEngineScript.ScriptWorldId.ApplicationWorld
MOST_TURNS = 4500
SEEN = (
    "JSON.stringify({text: document.body.innerText.split(/\\s+/).length, pictures: "
    "[...document.images].filter(i => i.complete && i.naturalWidth > 0).length, waiting: "
    "[...document.images].filter(i => i.hasAttribute('src') && !i.complete).length, "
    "said: document.body.innerText})"
)


class Driver:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._window = parts.window

    def until(self, done: Callable[[], bool]) -> None:
        """Turn the event loop until `done`; the process ends when it never is."""
        for _ in range(MOST_TURNS):
            if done():
                return
            loop = QEventLoop()
            QTimer.singleShot(20, loop.quit)
            loop.exec()
        sys.stderr.write("what was waited for did not come\n")
        os._exit(9)

    def drop(self, links: list[str]) -> dict[str, Any]:
        mime = QMimeData()
        mime.setText("\n".join(links))
        mime.setUrls([QUrl(link) for link in links])
        middle = QPoint(self._window.width() // 2, self._window.height() // 2)
        given = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0))
        enter = QDragEnterEvent(middle, *given)
        QCoreApplication.sendEvent(self._window, enter)
        event = QDropEvent(QPointF(middle), *given)
        QCoreApplication.sendEvent(self._window, event)
        return {"taken": enter.isAccepted() and event.isAccepted()}

    def paste(self, text: str) -> dict[str, Any]:
        self.until(self._window.isActiveWindow)
        QGuiApplication.clipboard().setText(text)
        QTest.keyClick(
            self._window.list_pane.cards, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier
        )
        return {}

    def keys(self, text: str) -> dict[str, Any]:
        QTest.keyClicks(self._window.list_pane.cards, text)
        return {}

    def rows(self, count: int) -> dict[str, Any]:
        look = self._parts.library.searching

        def done() -> bool:
            rows = look.cards(View(Place.ALL), 0, 500)
            return len(rows) == count and all(r.status is not Status.QUEUED for r in rows)

        self.until(done)
        rows = look.cards(View(Place.ALL), 0, 500)
        return {"rows": [[r.id, r.title, r.status] for r in rows]}

    def read(self, article: int) -> dict[str, Any]:
        title = self._parts.library.reading.article(article).title
        self._window.select(article)
        pane = self._window.reader_pane
        self.until(lambda: pane.showing is not None and pane.showing is pane.page_view)
        seen: dict[str, Any] = {}

        def done() -> bool:
            view = self._window.findChild(QWebEngineView)
            # A page that ends answers with nothing.
            view.page().runJavaScript(
                SEEN, WORLD, lambda found: seen.update(json.loads(found or "{}"))
            )
            return " ".join(title.split()) in " ".join(seen.get("said", "").split()) and (
                seen["waiting"] == 0
            )

        self.until(done)
        return {name: seen[name] for name in ("text", "pictures", "said")}

    def answer(self, command: dict[str, Any]) -> dict[str, Any]:
        ((name, value),) = command.items()
        return getattr(self, name)(value)  # type: ignore[no-any-return]


def main() -> int:
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(sys.argv[:1])
    library = open_library(Path(sys.argv[1]), Settings(private_addresses=("127.0.0.0/8",)))
    parts = build(library)
    parts.window.show()
    parts.lane.start()
    driver = Driver(parts)
    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)

    def on_line() -> None:
        notifier.setEnabled(False)
        line = sys.stdin.readline()
        if not line:
            app.quit()
            return
        sys.stdout.write(json.dumps(driver.answer(json.loads(line))) + "\n")
        sys.stdout.flush()
        notifier.setEnabled(True)

    notifier.activated.connect(on_line)
    code = app.exec()
    parts.window.close()
    parts.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
