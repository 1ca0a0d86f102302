"""What the list costs with 100,000 rows, as a ratio to 1,000 rows of the same run.

Run as `PYTHONPATH=tests python tests/bench/bench_list.py`: CPU time, the median of runs.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable

from fakes.jobs import HeldJobs
from fakes.library import FakeLibrary, article
from PySide6.QtWidgets import QApplication

from readlater.article import Article, Changes, View
from readlater.ui.models.articles import ArticlesModel
from readlater.ui.models.thumbnails import Thumbnails
from readlater.ui.theme import Theme
from readlater.ui.views.article_list import ArticleList

RUNS = 15
TITLE = "Notes on repairing a four-hundred-year-old clock, and on those who did so before"
EXCERPT = "The second wheel had been filed by someone who knew better and did it anyway. " * 2


class Rows(FakeLibrary):
    """Any number of articles that are made when they are read: the library's cost is not ours."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.size = count

    def count(self, view: View) -> int:
        return self.size

    def cards(self, view: View, offset: int, limit: int) -> tuple[Article, ...]:
        last = min(offset + limit, self.size)
        return tuple(
            article(self.size - row, TITLE[: 20 + row % 60], excerpt=EXCERPT[: row % 90])
            for row in range(offset, last)
        )


class Bench:
    """A list of `count` rows, shown."""

    def __init__(self, count: int) -> None:
        self.library, self.jobs, self.theme = Rows(count), HeldJobs(), Theme("light")
        self.theme.apply()
        self.model = ArticlesModel(self.library.searching, self.jobs)
        self.cards = ArticleList(
            self.model, self.theme, Thumbnails(self.library.reading, self.jobs)
        )
        self.cards.resize(360, 752)
        self.cards.show()
        self.model.set_view(View())
        self.settle()

    def settle(self) -> None:
        for _ in range(3):
            self.jobs.settle()
            QApplication.processEvents()

    def reset(self) -> None:
        """One row more at the top: everything below moves."""
        self.library.size += 1
        self.model.on_changed(Changes(membership=True))
        self.settle()

    def scroll(self) -> None:
        """Forty pixels on, as a wheel does."""
        bar = self.cards.verticalScrollBar()
        bar.setValue(bar.value() + 40)
        self.settle()

    def jump(self) -> None:
        """To rows that are not known yet, as dragging the handle does."""
        bar = self.cards.verticalScrollBar()
        bar.setValue((bar.value() + bar.maximum() // 7) % max(1, bar.maximum()))
        self.settle()

    def step(self) -> None:
        """The next article, as J does."""
        self.cards.step(1)
        self.settle()

    def refresh(self) -> None:
        """One row in sight is read again."""
        self.model.on_changed(Changes(frozenset({self.cards.current_article().id})))
        self.settle()


def median_ms(deed: Callable[[], None]) -> float:
    """The median CPU time of a deed in milliseconds."""
    taken = []
    for _ in range(RUNS):
        begin = time.process_time()
        deed()
        taken.append((time.process_time() - begin) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Print a line for each deed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    small, large = Bench(1_000), Bench(100_000)
    lines = [f"{'deed':10}{'1,000 rows':>14}{'100,000 rows':>14}{'ratio':>8}"]
    for name in ("reset", "scroll", "jump", "step", "refresh"):
        few, many = (median_ms(getattr(bench, name)) for bench in (small, large))
        lines.append(f"{name:10}{few:11.2f} ms{many:11.2f} ms{many / few:8.2f}")
    sys.stdout.write("\n".join(lines) + "\n")
    del small, large, application


if __name__ == "__main__":
    main()
