"""What opening an article costs, as a ratio to a bare shell swap and to a bare view that loads.

Run as `PYTHONPATH=.:tests python tests/bench/bench_reader.py`: wall time from the call to the
first frame with the text, the median of interleaved runs; memory of the process and its children.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if hasattr(os, "geteuid") and os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer
from PySide6.QtQuickWidgets import QQuickWidget
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication

from readlater import resources
from readlater.article import Article
from readlater.ui.reader.look import Look
from readlater.ui.reader.view import ReaderView

RUNS = 15
OPENED = 200
WORLD = 1
SENTENCE = (
    "The log of the station is a plain book with a wire through its back, meant for weather, and "
    "between the columns of the winter there are sentences that nobody has asked for. "
)


@dataclass(frozen=True)
class Page:
    article: Article
    html: str
    icon: str = ""


def page(number: int, paragraphs: int) -> Page:
    parts = (
        f"<h2>Part {i}</h2>" if i % 12 == 11 else f"<p>{number}.{i} {SENTENCE * 3}</p>"
        for i in range(paragraphs)
    )
    article = Article(number, f"https://bench.example/{number}", 0.0, title=f"Article {number}")
    return Page(replace(article, language="en", word_count=paragraphs * 93), "".join(parts))


class Frames:
    """Waits for the frame that shows what a call has brought."""

    def __init__(self, view: QWebEngineView) -> None:
        self.view = view
        self.loop = QEventLoop()
        self.answered = self.painted = False
        self._heard: QQuickWidget | None = None
        self._hear()

    def _hear(self) -> None:
        """A navigation may bring a new process, and with it a new widget."""
        widget = self.view.focusProxy()
        if not isinstance(widget, QQuickWidget):
            raise SystemExit("the engine draws in another way than this bench knows")
        if widget is not self._heard:
            self._heard = widget
            widget.quickWindow().afterRendering.connect(self._on_painted)
            widget.quickWindow().update()

    def _on_painted(self) -> None:
        self.painted = True
        self._done()

    def answer(self, *_: object) -> None:
        self.answered = True
        self._hear()
        self._done()

    def _done(self) -> None:
        if self.answered and self.painted:
            self.loop.quit()

    def time_ms(self, call: Callable[[], None]) -> float:
        self.answered = self.painted = False
        begun = time.perf_counter()
        call()
        QTimer.singleShot(5000, self.loop.quit)
        self.loop.exec()
        return (time.perf_counter() - begun) * 1000


def rest(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def memory_mb() -> float:
    """Proportional memory of this process and all below it (Linux), shared pages by their part."""
    processes = {os.getpid()}
    for _ in range(4):
        for entry in Path("/proc").glob("[0-9]*/stat"):
            try:
                parent = int(entry.read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            if parent in processes:
                processes.add(int(entry.parent.name))
    total = 0
    for process in processes:
        try:
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        except OSError:
            continue
        total += int(rollup.partition("\nPss:")[2].split()[0])
    return total / 1024


class Bench:
    def __init__(self) -> None:
        self.reader = ReaderView(lambda _digest: None)
        self.reader.make()  # its scheme is to be known before any other page is made
        self.bare = QWebEngineView()
        for widget in (self.reader, self.bare):
            widget.resize(900, 860)
            widget.show()
        self.open(page(1, 10))
        view = self.reader.focusProxy()
        if not isinstance(view, QWebEngineView):
            raise SystemExit("there is no view")
        self.engine: QWebEnginePage = view.page()
        self.bare.setHtml("<p>Warm</p>")
        rest(1500)
        self.frames, self.bare_frames = Frames(view), Frames(self.bare)
        self.reader.shown.connect(self.frames.answer)
        self.bare.loadFinished.connect(self.bare_frames.answer)
        css = "".join(resources.text(f"css/{name}.css") for name in ("colours", "reader"))
        self.head = f"<!doctype html><html class=light lang=en><meta charset=utf-8><style>{css}"

    def open(self, shown: Page) -> None:
        loop = QEventLoop()
        self.reader.shown.connect(loop.quit)
        self.reader.show_article(shown)
        QTimer.singleShot(8000, loop.quit)
        loop.exec()

    def opened_ms(self, shown: Page) -> float:
        return self.frames.time_ms(lambda: self.reader.show_article(shown))

    def swapped_ms(self, shown: Page) -> float:
        html = f"<h1>{shown.article.title}</h1><div class=body>{shown.html}</div>"
        script = (
            f"document.getElementById('article').innerHTML = {json.dumps(html)};"
            "scrollTo(0, 0); document.body.offsetHeight"
        )
        answer = self.frames.answer
        return self.frames.time_ms(lambda: self.engine.runJavaScript(script, WORLD, answer))

    def loaded_ms(self, shown: Page) -> float:
        html = f"{self.head}</style><article id=article><h1>x</h1>{shown.html}</article>"
        return self.bare_frames.time_ms(lambda: self.bare.setHtml(html))

    def worn_ms(self, look: Look, theme: str) -> float:
        def wear() -> None:
            self.reader.set_theme(theme)
            self.reader.set_look(look)
            self.engine.runJavaScript("1", WORLD, self.frames.answer)

        return self.frames.time_ms(wear)


def main() -> int:
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(sys.argv[:1])
    bench, number = Bench(), 10
    sys.stdout.write("article   ours ms  shell ms  load ms  ours/shell  ours/load\n")
    for name, paragraphs in (("short", 8), ("long", 110)):
        taken: dict[str, list[float]] = {"ours": [], "shell": [], "load": []}
        for _ in range(RUNS):
            number += 1
            taken["ours"].append(bench.opened_ms(page(number, paragraphs)))
            taken["shell"].append(bench.swapped_ms(page(number + 5000, paragraphs)))
            taken["load"].append(bench.loaded_ms(page(number, paragraphs)))
        ours, shell, load = (statistics.median(values) for values in taken.values())
        sys.stdout.write(
            f"{name:8}  {ours:7.1f}  {shell:8.1f}  {load:7.1f}"
            f"  {ours / shell:10.2f}  {ours / load:9.2f}\n"
        )
    bench.open(page(9000, 110))
    looks = [(Look(size_px=19 + i % 5), ("light", "dark")[i % 2]) for i in range(RUNS)]
    worn = statistics.median(bench.worn_ms(*look) for look in looks)
    sys.stdout.write(f"theme and size, long article: {worn:.1f} ms to the next frame\n")
    bench.bare.deleteLater()
    sizes = []
    for i in range(OPENED):
        bench.open(page(20_000 + i, 40))
        if i in (OPENED // 10, OPENED - 1):
            rest(1000)
            sizes.append(memory_mb())
    sys.stdout.write(
        f"memory after {OPENED // 10} articles {sizes[0]:.0f} MB, after {OPENED}"
        f" {sizes[1]:.0f} MB: {sizes[1] / sizes[0]:.2f}\n"
    )
    bench.reader.hide()
    before = memory_mb()
    bench.reader.sleep()
    rest(1500)
    sys.stdout.write(f"hidden for long: {before:.0f} MB, then {memory_mb():.0f} MB\n")
    bench.reader.close_page()
    app.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
