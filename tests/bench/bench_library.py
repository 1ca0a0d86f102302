"""What lists and counts cost with many articles, as ratios to a small library in the same run.

bench_library.py [--articles 100000]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from readlater.article import Place, Sort, View
from readlater.library import Library, open_library
from readlater.storage.connection import Store

SMALL = 1_000
ROUNDS = 15


def fill(folder: Path, count: int) -> None:
    """Rows as a long-kept library holds them: most archived, some tagged, few failed."""
    open_library(folder).close()
    store = Store(folder)
    with store.write() as connection:
        connection.executemany(
            "INSERT INTO tag(id, name, folded) VALUES(?, ?, ?)",
            [(n, f"tag {n}", f"tag {n}") for n in range(1, 41)],
        )
    for start in range(0, count, 5_000):
        with store.write() as connection:
            connection.executemany(
                "INSERT INTO article(url, key, host, saved_at, title, sort_title, site_name,"
                " excerpt, word_count, status, access, archived_at, favourite)"
                " VALUES(?, ?, ?, ?, ?, ?, 'Site', ?, ?, ?, ?, ?, ?)",
                [_row(n) for n in range(start, min(start + 5_000, count))],
            )
            connection.executemany(
                "INSERT INTO article_tag(article, tag) VALUES(?, ?)",
                [(n + 1, n % 40 + 1) for n in range(start, min(start + 5_000, count), 3)],
            )
    store.close()


def _row(n: int) -> tuple[object, ...]:
    title = f"Title {n * 7919 % 100_003} of a long-kept article"
    return (
        f"https://site{n % 997}.example/{n}", f"site{n % 997}.example/{n}",
        f"site{n % 997}.example", 1e9 + n, title, title.lower(), "An excerpt. " * 12,
        n * 31 % 4000, "failed" if n % 500 == 0 else "ready",
        "preview" if n % 50 == 0 else "full", 1e9 if n % 5 else None, n % 20 == 0,
    )  # fmt: skip


def cost_ms(work: Callable[[], object]) -> float:
    """The median CPU time of a call in ms, after one to warm up."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def tasks(library: Library, count: int) -> dict[str, Callable[[], object]]:
    look = library.searching
    found: dict[str, Callable[[], object]] = {
        "all the sidebar's numbers": look.counts,
        "how many rows a place has": lambda: look.count(View(Place.ALL)),
        "one tag, first page": lambda: look.cards(View(Place.TAG, tag="tag 7"), 0, 64),
    }
    for place in (Place.UNREAD, Place.ALL, Place.ARCHIVE, Place.FAVOURITES):
        found[f"{place}, first page"] = lambda p=place: look.cards(View(p), 0, 64)
    for sort in Sort:
        found[f"all by {sort}, last page"] = lambda s=sort: look.cards(
            View(Place.ALL, sort=s), count - 64, 64
        )
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    count = parser.parse_args().articles
    with tempfile.TemporaryDirectory() as root:
        measured = {}
        for size in (SMALL, count):
            folder = Path(root) / str(size)
            fill(folder, size)
            library = open_library(folder)
            measured[size] = {name: cost_ms(do) for name, do in tasks(library, size).items()}
            library.close()
    sys.stdout.write(f"{'':32}{SMALL:>10}{count:>10}   ratio\n")
    for name, small in measured[SMALL].items():
        large = measured[count][name]
        sys.stdout.write(f"{name:32}{small:>10.2f}{large:>10.2f}{large / small:>8.1f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
