"""From J in the list to the first painted text of the next article, beside a bare shell's swap.

Run as `PYTHONPATH=.:tests python tests/bench/bench_way.py [--runs 15]`: a real library and window
(offscreen), wall time, the median of interleaved runs. The bare shell is a page of its own with
our style sheets, whose body is swapped.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if hasattr(os, "geteuid") and os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")

from bench_reader import memory_mb
from frames import Frames, rest
from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication

from readlater.library import Library, open_library
from readlater.settings import Settings
from readlater.ui.app import Parts, build

WORLD = 1
LENGTHS = {"short": 8, "long": 110}
SENTENCE = (
    "The log of the station is a plain book with a wire through its back, meant for weather, and "
    "between the columns of the winter there are sentences that nobody has asked for. "
)


def save(library: Library, number: int, paragraphs: int) -> None:
    parts = (
        f"<h2>Part {i}</h2>" if i % 12 == 11 else f"<p>{number}.{i} {SENTENCE * 3}</p>"
        for i in range(paragraphs)
    )
    head = f"<html lang=en><head><title>Story {number} of the harbour</title></head>"
    body = f"<article><h1>Story {number} of the harbour</h1>{''.join(parts)}</article>"
    library.saving.add_page(f"{head}<body>{body}".encode(), f"https://bench.example/{number}")


class Shell:
    """A bare page in a view of its own, as large as `beside`, with our style sheets."""

    def __init__(self, beside: QWebEngineView) -> None:
        self.view = QWebEngineView()
        self.page = QWebEnginePage(beside.page().profile(), self.view)
        self.view.setPage(self.page)
        self.view.resize(beside.size())
        self.view.show()
        loop = QEventLoop()
        self.page.loadFinished.connect(loop.quit)
        self.page.load("readlater://reader/")
        loop.exec()
        self.frames = Frames(self.view)

    def swapped_ms(self, title: str, html: str) -> float:
        body = f"<h1>{title}</h1><div class=body>{html}</div>"
        script = (
            f"document.getElementById('article').innerHTML = {json.dumps(body)}; scrollTo(0, 0)"
        )
        return self.frames.time_ms(lambda: self.page.runJavaScript(script, WORLD))


class Way:
    """The window with the first article open."""

    def __init__(self, parts: Parts) -> None:
        self.parts, self.window = parts, parts.window
        self.cards = parts.window.list_pane.cards
        self.unready = 0
        parts.window.show()
        view = parts.window.reader_pane.prepare()
        while not self.window.model.is_settled:
            rest(50)
        self.shown(view, lambda: self.cards.choose_row(0))
        self.reader = view
        engine = view.focusProxy()
        assert isinstance(engine, QWebEngineView)
        self.engine = engine
        rest(800)
        self.frames = Frames(engine)

    @staticmethod
    def shown(view, call) -> None:
        loop = QEventLoop()
        view.shown.connect(loop.quit)
        QTimer.singleShot(8000, loop.quit)
        call()
        loop.exec()

    def step_ms(self, key: Qt.Key) -> float:
        rest(300)
        (row,) = self.cards.near([1 if key == Qt.Key.Key_J else -1])
        self.unready += row not in self.window.opening.ahead.ids
        return self.frames.time_ms(lambda: QTest.keyClick(self.cards, key))


def walk(way: Way, steps: int) -> None:
    """Up and down the list, with all that is made ready on the way, and then long out of sight."""
    count = way.window.model.rowCount()
    said = []
    for step in range(1, steps + 1):
        key = Qt.Key.Key_J if (step // (count - 1)) % 2 else Qt.Key.Key_K
        Way.shown(way.reader, lambda key=key: QTest.keyClick(way.cards, key))
        rest(200)
        if step in (20, steps // 2, steps):
            rest(800)
            said.append(f"{step}: {memory_mb():.0f} MB")
    sys.stdout.write(f"memory of the app after so many articles  {', '.join(said)}\n")
    way.window.hide()
    way.window.reader_pane.sleep()
    rest(1500)
    sys.stdout.write(f"out of sight for long: {memory_mb():.0f} MB\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--steps", type=int, default=200)
    asked = parser.parse_args()
    runs = asked.runs
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        library = open_library(Path(folder), Settings())
        order = list(LENGTHS) * (runs + 2)
        for number, length in enumerate(order):
            save(library, number, LENGTHS[length])
        while library.fetching.step():
            pass
        parts = build(library)
        parts.window.resize(1280, 860)
        way = Way(parts)
        shell = Shell(way.engine)
        taken: dict[str, dict[str, list[float]]] = {
            name: {"ours": [], "shell": []} for name in LENGTHS
        }
        for turn in range(2 * runs + 2):
            ours = way.step_ms(Qt.Key.Key_J)
            article = parts.window.opening.article
            assert article is not None
            page = library.reading.page(article.id)
            name = min(LENGTHS, key=lambda n: abs(LENGTHS[n] * 93 - article.word_count))
            bare = shell.swapped_ms(article.title, page.html)
            if turn >= 2:
                taken[name]["ours"].append(ours)
                taken[name]["shell"].append(bare)
        sys.stdout.write("from J to painted text   ours ms  shell ms  ours/shell\n")
        for name, both in taken.items():
            ours, bare = (statistics.median(values) for values in both.values())
            sys.stdout.write(f"{name:23}  {ours:7.1f}  {bare:8.1f}  {ours / bare:10.2f}\n")
        sys.stdout.write(f"not ready beforehand: {way.unready}\n")
        shell.view.deleteLater()
        walk(way, asked.steps)
        parts.close()
    app.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
