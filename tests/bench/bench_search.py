"""Times search on made libraries, each against a plain page of rows of the same library = 1.00."""

from __future__ import annotations

import argparse
import itertools
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import apsw

from readlater.storage import search

ONSETS = ("", *"bcdfghlmnprstv", "tr", "st", "pr", "con", "re", "un", "in")
SYLLABLES = [a + b + c for a in ONSETS for b in "aeiou" for c in ("", "", *"nrsl")]
WORDS = 60_000
Search = Callable[[apsw.Connection, str, str, Sequence[object], int], tuple[int, ...]]
PLAIN = "SELECT * FROM article WHERE trashed_at IS NULL ORDER BY saved_at DESC, id DESC LIMIT 30"
UNREAD = "a.trashed_at IS NULL"
FAVOURITES = "a.trashed_at IS NULL AND a.favourite = 1"


def vocabulary(rng: random.Random) -> tuple[list[str], list[float]]:
    """Words of one to four syllables, the commonest short, and their summed Zipf weights."""
    words: dict[str, None] = {}
    while len(words) < WORDS:
        syllables = 1 if len(words) < 200 else rng.choice((2, 2, 3, 3, 4))
        words.setdefault("".join(rng.choices(SYLLABLES, k=syllables)))
    weights = (1 / (rank + 2.7) for rank in range(WORDS))
    return list(words), list(itertools.accumulate(weights))


class Made:
    """A made library: `articles` rows whose bodies hold `words` words in the middle."""

    def __init__(self, path: Path, articles: int, words: int, rng: random.Random) -> None:
        self.words, self.weights = vocabulary(rng)
        self.rng = rng
        self.connection = apsw.Connection(str(path))
        self.connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF")
        self.connection.execute("PRAGMA cache_size = -16000")
        self.connection.execute(
            "CREATE TABLE article(id INTEGER PRIMARY KEY, saved_at REAL, title TEXT, excerpt TEXT,"
            " favourite INTEGER, trashed_at REAL);"
            "CREATE INDEX article_all ON article(saved_at, id) WHERE trashed_at IS NULL;"
            "CREATE INDEX article_favourites ON article(saved_at, id)"
            " WHERE trashed_at IS NULL AND favourite = 1"
        )
        for statement in search.SCHEMA:
            self.connection.execute(statement)
        started = time.process_time()
        for first in range(1, articles + 1, 1_000):
            self._fill(range(first, min(first + 1_000, articles + 1)), words)
        self.index_ms = (time.process_time() - started) * 1_000 / articles
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.size_bytes = path.stat().st_size

    def _some(self, count: int) -> str:
        return " ".join(self.rng.choices(self.words, cum_weights=self.weights, k=count))

    def _fill(self, ids: Sequence[int], words: int) -> None:
        with self.connection:
            for number in ids:
                body = self._some(max(20, int(self.rng.lognormvariate(0, 0.6) * words)))
                title = self._some(self.rng.randint(4, 11))
                self.connection.execute(
                    "INSERT INTO article VALUES(?, ?, ?, ?, ?, NULL)",
                    (number, float(number), title, body[:300], number % 1_000 == 7),
                )
                search.index_title(
                    self.connection,
                    number,
                    title=title,
                    byline=self._some(2),
                    site=self._some(1),
                    tags=[self._some(1)],
                )
                search.index_body(self.connection, number, body)

    def typed(self, count: int) -> Iterator[tuple[str, bool]]:
        """What people type, key by key: one word or two, common or rare; and when they pause."""
        for number in range(count):
            words = self._some(1 + number % 2).split()
            if number % 3 == 0:
                words[-1] = self.rng.choice(self.words)
            whole = " ".join(words)
            for end in range(1, len(whole) + 1):
                yield whole[:end], end == len(whole)


def spread(times_ms: list[float]) -> tuple[float, float]:
    """The median and the 95th percentile."""
    ordered = sorted(times_ms)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]


def say(line: str) -> None:
    """Write one line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def timed(work: Callable[[], object]) -> float:
    """CPU milliseconds of one call."""
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1_000


def measure(made: Made, queries: int) -> dict[str, list[float]]:
    """CPU milliseconds of each kind of search, and of the plain page of rows."""
    times = {
        "plain": [timed(lambda: made.connection.execute(PLAIN).fetchall()) for _ in range(200)]
    }
    kinds: tuple[tuple[str, Search], ...] = (("quick", search.quick), ("ranked", search.ranked))
    for typed, paused in made.typed(queries):
        for place, where in (("all", UNREAD), ("favourites", FAVOURITES)):
            for name, ask in kinds:
                if name == "quick" or paused:
                    work = partial(ask, made.connection, typed, where, (), 30)
                    times.setdefault(f"{name} in {place}", []).append(timed(work))
    return times


def main() -> None:
    """Print the times at a fifth of the size and at the size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--words", type=int, default=300, help="median words of a body")
    parser.add_argument("--queries", type=int, default=60)
    chosen = parser.parse_args()
    for articles in (max(1, chosen.articles // 5), chosen.articles):
        with tempfile.TemporaryDirectory() as folder:
            made = Made(Path(folder) / "made.sqlite3", articles, chosen.words, random.Random(1))
            say(
                f"{articles} articles: {made.size_bytes / 1e6:.0f} MB,"
                f" {made.index_ms:.2f} CPU ms to index one"
            )
            times = measure(made, chosen.queries)
            plain = spread(times["plain"])
            for name, taken in times.items():
                median, p95 = spread(taken)
                say(
                    f"  {name:22} p50 {median:7.3f} ms {median / plain[0]:7.2f}"
                    f"   p95 {p95:7.3f} ms {p95 / plain[1]:7.2f}   max {max(taken):7.2f} ms"
                )
            made.connection.close()


if __name__ == "__main__":
    main()
