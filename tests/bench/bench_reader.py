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
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if hasattr(os, "geteuid") and os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")

from frames import Frames, rest
from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication

from readlater import resources
from readlater.article import Article
from readlater.ui.reader.look import Look
from readlater.ui.reader.view import ReaderView

RUNS = 15
OPENED = 200
COUNTED = (20, 50, 100, 150, 200)
WORLD = 1
FRAME_MS = 1000 / 60
# From the last frame in the old style to the first one in the new, by the page's own clock.
COUNT = """(() => {
  const root = document.documentElement;
  const now = () => root.className + getComputedStyle(root).fontSize;
  const was = now();
  globalThis.worn = 0;
  let last = 0;
  const look = (at) => {
    if (now() !== was) globalThis.worn = at - last;
    else { last = at; requestAnimationFrame(look); }
  };
  requestAnimationFrame(look);
  return "1";
})()"""
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
            f"document.getElementById('article').innerHTML = {json.dumps(html)}; scrollTo(0, 0)"
        )
        return self.frames.time_ms(lambda: self.engine.runJavaScript(script, WORLD))

    def loaded_ms(self, shown: Page) -> float:
        html = f"{self.head}</style><article id=article><h1>x</h1>{shown.html}</article>"
        return self.bare_frames.time_ms(lambda: self.bare.setHtml(html), loads=True)

    def worn_frames(self, look: Look, theme: str) -> tuple[float, int]:
        """From a change of theme and size to the frame that wears it, and the frames it took.

        The page itself counts, each frame by its callback: 1 is the very next one, and every
        16.7 ms more without a frame is one that was missed.
        """
        self.ask(COUNT)
        rest(80)
        begun = time.perf_counter()
        self.reader.set_theme(theme)
        self.reader.set_look(look)
        while not (worn := self.ask("String(globalThis.worn)")) or worn == "0":
            rest(2)
        took_ms = (time.perf_counter() - begun) * 1000
        return took_ms, round(float(worn) / FRAME_MS)

    def ask(self, script: str) -> str:
        loop, said = QEventLoop(), []
        self.engine.runJavaScript(script, WORLD, lambda got: (said.append(got), loop.quit()))
        loop.exec()
        return str(said[0])


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
    sys.stdout.write("theme and size        at most ms  frames\n")
    for name, paragraphs in (("ordinary", 16), ("long", 110)):
        bench.open(page(9000 + paragraphs, paragraphs))
        looks = [(Look(size_px=19 + i % 5), ("light", "dark")[i % 2]) for i in range(RUNS)]
        worn = [bench.worn_frames(*look) for look in looks[1:]]
        took_ms, frames = (statistics.median(values) for values in zip(*worn, strict=True))
        sys.stdout.write(f"{name:20}  {took_ms:10.1f}  {frames:6.0f}\n")
    bench.bare.deleteLater()
    sizes = {}
    for i in range(OPENED):
        bench.open(page(20_000 + i, 40))
        if i + 1 in COUNTED:
            rest(1000)
            sizes[i + 1] = memory_mb()
    told = ", ".join(f"{count}: {size:.0f} MB" for count, size in sizes.items())
    ratio = sizes[OPENED] / sizes[COUNTED[1]]
    sys.stdout.write(f"memory after articles  {told}; last to second {ratio:.2f}\n")
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
