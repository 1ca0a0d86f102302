"""What hostile sizes cost: how extraction grows when a page doubles, and how the worker ends.

bench_pages.py [--mib 20] [--only WORD] [--profile]

Growth is the CPU time of a page over that of one half as large: 2 is linear, 4 quadratic. Then each
page goes through the worker process with the limits that the app has.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from readlater.article import Response
from readlater.errors import ExtractionError
from readlater.pipeline import extract_page
from readlater.worker import Worker

WORDS = "The harbour wall was never handsome, and nobody in the town had claimed that it was. "
NESTED = 200_000
LINE_BYTES = 10_000_000
_PERSON = '{"@type":"Person","name":"A"},'
URL = "https://example.org/story"


def _page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><title>Story</title>{head}</head><body>{body}</body></html>"


def _many(piece: str, size: int) -> str:
    return piece * max(1, size // len(piece))


def _nest(tag: str, count: int) -> str:
    return _page(f"<{tag}>" * count + f"<p>{WORDS * 20}</p>")


def shapes(mib: int) -> dict[str, tuple[int, Callable[[int], str]]]:
    """name: (full size, the page of a size); size is bytes or elements."""
    whole = mib << 20
    article = f"<article><h1>Story</h1>{f'<p>{WORDS * 5}</p>' * 8}</article>"
    return {
        "paragraphs": (whole, lambda n: _page(_many(f"<p>{WORDS * 6}</p>", n))),
        "one paragraph": (whole, lambda n: _page(f"<p>{_many(WORDS, n)}</p>")),
        "links": (whole, lambda n: _page(article + _many("<a href=/story/1>A story</a> ", n))),
        "list of links": (whole, lambda n: _page(_many("<li><a href=/s/1>A story</a></li>", n))),
        "table cells": (whole, lambda n: _page(f"<table>{_many('<tr><td>One<td>Two', n)}")),
        "line breaks": (whole, lambda n: _page(f"<div>{_many('A line of it.<br><br>', n)}</div>")),
        "comments": (whole, lambda n: _page(article + _many("<!-- nothing -->", n))),
        "script": (whole, lambda n: _page(article + f"<script>{_many('var a=1;', n)}</script>")),
        "pictures": (whole, lambda n: _page(article + _many("<img src=/a.png alt=a>", n))),
        "prompts": (whole, lambda n: _page(article + _many("<p>Subscribe to read on</p>", n))),
        "nested div": (NESTED, lambda n: _nest("div", n)),
        "nested span": (NESTED, lambda n: _nest("span", n)),
        "nested ul": (NESTED, lambda n: _nest("ul><li", n)),
        "nested table": (NESTED, lambda n: _nest("table><tr><td", n)),
        "nested b": (NESTED, lambda n: _page(f"<p>{'<b>' * n}{WORDS * 20}")),
        "nested blockquote": (NESTED, lambda n: _nest("blockquote", n)),
        "line of words": (LINE_BYTES, lambda n: _page(_many(WORDS, n))),
        "line without spaces": (LINE_BYTES, lambda n: _page(f"<p>{'x' * n}</p>")),
        "line of <": (LINE_BYTES, lambda n: _page("<" * n)),
        "line of entities": (LINE_BYTES, lambda n: _page(f"<p>{_many('&amp;', n)}</p>")),
        "long attribute": (LINE_BYTES, lambda n: _page(f"<div class='{_many('ad box ', n)}'>")),
        "long title": (LINE_BYTES, lambda n: _page(article, f"<title>{_many('a | b - ', n)}")),
        "long byline": (LINE_BYTES, lambda n: _page(
            article, f"<meta name=author content='{_many('By Ann and ', n)}'>")),
        "long srcset": (LINE_BYTES, lambda n: _page(
            f"{article}<img srcset='{_many('/a.png 1x, ', n)}'>")),
        "long style": (LINE_BYTES, lambda n: _page(
            f"{article}<p style='{_many('color: red; ', n)}'>A</p>")),
        "long date": (LINE_BYTES, lambda n: _page(
            article, f"<meta property='article:published_time' content='{'2' * n}'>")),
        "json-ld, deep": (NESTED, lambda n: _page(article, _data("[" * n + "]" * n))),
        "json-ld, wide": (LINE_BYTES, lambda n: _page(article, _data(
            "[" + _many(_PERSON, n) + "{}]"))),
        "json-ld, broken": (LINE_BYTES, lambda n: _page(article, _data(_many('{"a":"b",', n)))),
        "signs without spaces": (LINE_BYTES // 3, lambda n: _page(f"<p>{'港' * n}</p>")),
    }  # fmt: skip


def _data(json_text: str) -> str:
    return f"<script type='application/ld+json'>{json_text}</script>"


def measure(name: str, size: int, mib: int) -> None:
    """In a process of its own: CPU seconds and peak memory of one page, as JSON."""
    page = shapes(mib)[name][1](size).encode()
    extract_page(WORDS, URL)
    begun = time.process_time()
    extract_page(page, URL, "text/html; charset=utf-8")
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stdout.write(json.dumps([time.process_time() - begun, peak_kb / 1024, len(page)]))


def measured(name: str, size: int, mib: int) -> tuple[float, float, int] | None:
    """CPU seconds, peak MB and bytes; None for what did not end in two minutes or died."""
    command = [sys.executable, __file__, "--mib", str(mib), "--measure", name, str(size)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        cpu_s, peak_mb, page_bytes = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return None
    return cpu_s, peak_mb, page_bytes


def ending(worker: Worker, page: bytes) -> str:
    """How the worker ends with a page: its words, or the code of the error, and after how long."""
    begun = time.monotonic()
    try:
        found = worker.extract(Response(URL, 200, (), page, "text/html; charset=utf-8"))
        told = f"{found.word_count} words, {found.access}"
    except ExtractionError as error:
        told = error.code
    return f"{told}, {time.monotonic() - begun:.1f} s"


def profiled(page: bytes) -> str:
    """The functions of ours that a page spends its time in."""
    profile = cProfile.Profile()
    profile.runcall(extract_page, page, URL, "text/html; charset=utf-8")
    told = pstats.Stats(profile)
    rows = sorted(
        ((own, calls, f"{Path(file).name}:{line}({function})")
         for (file, line, function), (calls, _, own, _, _) in told.stats.items()),  # type: ignore[attr-defined]
        reverse=True,
    )  # fmt: skip
    return "; ".join(f"{name} {own:.1f} s in {calls}" for own, calls, name in rows[:5])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mib", type=int, default=20)
    parser.add_argument("--only", default="")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        measure(asked.measure[0], int(asked.measure[1]), asked.mib)
        return 0
    worker = Worker()
    sys.stdout.write(f"{'':22}{'MB':>6}{'growth':>8}{'CPU s':>8}{'peak MB':>9}   in the worker\n")
    for name, (size, make) in shapes(asked.mib).items():
        if asked.only not in name:
            continue
        half, whole = measured(name, size // 2, asked.mib), measured(name, size, asked.mib)
        page = make(size).encode()
        growth = f"{whole[0] / half[0]:.1f}" if half and whole else "-"
        cost = f"{whole[0]:>8.1f}{whole[1]:>9.0f}" if whole else f"{'-':>8}{'-':>9}"
        sys.stdout.write(
            f"{name:22}{len(page) / 1e6:>6.1f}{growth:>8}{cost}   {ending(worker, page)}\n"
        )
        if asked.profile:
            sys.stdout.write(f"{'':22}{profiled(page)}\n")
        sys.stdout.flush()
    worker.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
