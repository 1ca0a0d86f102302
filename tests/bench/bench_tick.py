"""How late the window's 5 ms tick is while pages come in, as a ratio to the same window when idle.

Run as `PYTHONPATH=tests python tests/bench/bench_tick.py [--pages 100] [--seconds 6]`: a real
library, worker process and window (offscreen), and a site here in a process of its own.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

TICK_MS = 5
GOAL = 3.0


def serve(pages: int) -> None:
    """Serve `pages` articles until standard input ends; the site's threads are not the window's."""
    from site_server import Site, article

    with Site() as site:
        for number in range(pages):
            words = f"Story {number} of the harbour."
            site.pages[f"/story-{number}"] = article(f"Story number {number}", words, paragraphs=40)
        sys.stdout.write(f"{site.base}\n")
        sys.stdout.flush()
        sys.stdin.read()


class Ticks:
    """A timer of the window's own thread that notes how late it comes, in ms."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.late_ms: list[float] = []
        self._due = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timeout)

    def start(self) -> None:
        """Begin anew."""
        self.late_ms = []
        self._next()

    def stop(self) -> None:
        """Take no more ticks."""
        self._timer.stop()

    def _next(self) -> None:
        self._due = time.perf_counter() + TICK_MS / 1000
        self._timer.start(TICK_MS)

    def _on_timeout(self) -> None:
        self.late_ms.append(max(0.0, (time.perf_counter() - self._due) * 1000))
        self._next()


def part(late_ms: list[float], share: float) -> float:
    """A percentile."""
    ordered = sorted(late_ms)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def turn(until: Callable[[], bool]) -> None:
    """Run the event loop as the app does until `until`, which is looked at four times a second."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    look = QTimer(interval=250)
    look.timeout.connect(lambda: loop.quit() if until() else None)
    look.start()
    loop.exec()


def measure(
    base: str, pages: int, seconds: float, *, bare: bool, profile: cProfile.Profile | None
) -> tuple[list[float], list[float], float]:
    """(idle, busy) latenesses in ms, and the seconds that all pages took."""
    from PySide6.QtCore import QCoreApplication, Qt
    from PySide6.QtWidgets import QApplication

    from readlater.article import Place, View
    from readlater.library import open_library
    from readlater.settings import Settings
    from readlater.ui.app import build
    from readlater.ui.jobs import FetchLane

    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(sys.argv[:1])
    settings = Settings(private_addresses=("127.0.0.0/8",), per_host=4)
    with tempfile.TemporaryDirectory() as folder:
        library = open_library(Path(folder), settings)
        parts = None if bare else build(library)
        lane = parts.lane if parts else FetchLane(library)
        if parts:
            parts.window.show()
        lane.start()
        ticks = Ticks()

        def for_s(length_s: float) -> Callable[[], bool]:
            end = time.monotonic() + length_s
            return lambda: not library.fetching.queued() and time.monotonic() > end

        library.saving.add([f"{base}/story-0"])
        lane.wake()
        turn(for_s(4))  # the window paints itself, its web engine and the worker process start
        ticks.start()
        turn(for_s(seconds))
        idle = ticks.late_ms
        begun = time.monotonic()
        library.saving.add([f"{base}/story-{n}" for n in range(1, pages)])
        ticks.start()
        lane.wake()
        if profile:
            profile.runcall(turn, for_s(0))
        else:
            turn(for_s(0))
        took_s = time.monotonic() - begun
        ticks.stop()
        came = library.searching.count(View(Place.ALL))
        failed = library.searching.count(View(Place.FAILED))
        if parts:
            parts.close()
        else:
            lane.close()
            library.close()
        app.quit()
        if (came, failed) != (pages, 0):
            raise SystemExit(f"{came} of {pages} pages came, {failed} failed")
    return idle, ticks.late_ms, took_s


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--switch-ms", type=float, help="sys.setswitchinterval, to try another")
    parser.add_argument("--profile", action="store_true", help="what the window's thread does")
    parser.add_argument("--bare", action="store_true", help="the fetch threads without a window")
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        serve(asked.serve)
        return 0
    profile = cProfile.Profile() if asked.profile else None
    if asked.switch_ms:
        sys.setswitchinterval(asked.switch_ms / 1000)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    site = subprocess.Popen(
        [sys.executable, __file__, "--serve", str(asked.pages)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert site.stdin is not None
    assert site.stdout is not None
    try:
        idle, busy, took_s = measure(
            site.stdout.readline().strip(),
            asked.pages,
            asked.seconds,
            bare=asked.bare,
            profile=profile,
        )
    finally:
        site.stdin.close()
        site.wait()
    sys.stdout.write(f"{asked.pages} pages in {took_s:.1f} s; lateness of a {TICK_MS} ms tick\n")
    sys.stdout.write(f"{'':6}{'idle ms':>10}{'busy ms':>10}{'ratio':>8}\n")
    for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)):
        quiet, loud = part(idle, share), part(busy, share)
        goal = f"   goal {GOAL:.0f}" if name == "p95" else ""
        sys.stdout.write(f"{name:6}{quiet:>10.2f}{loud:>10.2f}{loud / quiet:>8.1f}{goal}\n")
    sys.stdout.write(f"{'worst':6}{max(idle):>10.2f}{max(busy):>10.2f}\n")
    if profile:
        pstats.Stats(profile, stream=sys.stdout).sort_stats("cumulative").print_stats(
            "readlater", 25
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
