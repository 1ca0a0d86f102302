"""Learn the model of the article's lines from the corpus, and try it with whole sites left out.

    pip install lightgbm
    PYTHONPATH=tests:. python tests/quality/train.py [--try] [--write]

`--try` prints the F1 of each data set where no page of a site was learned from (five parts);
`--write` learns from all pages and writes `resources/extract/{model,words}.json`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import lightgbm
import numpy
from quality import corpus
from quality.words import Words

from readlater.pipeline.extract import choice, features, trees
from readlater.pipeline.extract.page import Page as Measures
from readlater.pipeline.extract.page import lines_of

_PARTS = 5
_ROUNDS = 200
_RATE = 0.12
_PLACES = 4
_PARAMETERS = {
    "objective": "cross_entropy", "learning_rate": _RATE, "num_leaves": 24, "extra_trees": True,
    "min_child_samples": 60, "min_sum_hessian_in_leaf": 1e-3, "feature_fraction": 0.7,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "max_bin": 63, "seed": 1,
    "force_col_wise": True, "deterministic": True, "num_threads": 1, "verbose": -1,
}  # fmt: skip


class Training:
    """All lines of the corpus as one table, with labels and weights."""

    def __init__(self) -> None:
        score = corpus.scorer()
        self.pages = [corpus.read(dataset, gold, score) for dataset, gold in corpus.golds()]
        self.pages = [page for page in self.pages if page.labels]
        self.words = Words(self.pages)
        by_site: dict[str, list[int]] = defaultdict(list)
        for at, page in enumerate(self.pages):
            by_site[page.site].append(at)
        rows: list[Any] = [None] * len(self.pages)
        self.doubts: list[list[float]] = [[]] * len(self.pages)
        for site, numbers in by_site.items():
            lexicon = self.words.without(site)
            for at in numbers:
                page = self.pages[at]
                measures = Measures(page.blocks, lexicon, page.about)
                rows[at] = features.measure(measures, page.about)
                thread = page.about.thread > 0
                self.doubts[at] = [
                    choice.doubt(measures, line.block, is_thread=thread) for line in measures.lines
                ]
        self.rows = numpy.vstack(rows)
        self.labels = numpy.clip([x for page in self.pages for x in page.labels], 0, 1)
        self.weights = numpy.array(corpus.weights(self.pages))
        parts = [_part(page.site) for page in self.pages for _ in page.labels]
        self.parts = numpy.array(parts)

    def fit(self, chosen: Any) -> lightgbm.Booster:
        """The trees of some lines."""
        used = chosen & (self.weights > 0)
        weight = self.weights[used] / self.weights[used].mean()
        data = lightgbm.Dataset(self.rows[used], self.labels[used], weight=weight)
        return lightgbm.train(_PARAMETERS, data, _ROUNDS)

    def left_out(self, part: int) -> Any:
        """What trees that know nothing of a part's sites say of its lines."""
        booster = self.fit(self.parts != part)
        return booster.predict(self.rows[self.parts == part])


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _part(site: str) -> int:
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % _PARTS


def try_out(training: Training) -> None:
    """Print the F1 of each data set over pages of sites that were not learned from."""
    global _training
    _training = training
    odds = numpy.zeros(len(training.labels))
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork")) as pool:
        for part, found in enumerate(pool.map(_left_out, range(_PARTS))):
            odds[training.parts == part] = found
    score = corpus.scorer()
    pages: dict[str, list[Any]] = defaultdict(list)
    segments: dict[str, list[Any]] = defaultdict(list)
    at = 0
    for page, doubts in zip(training.pages, training.doubts, strict=True):
        lines = lines_of(page.blocks)
        said = tuple(float(x) for x in odds[at : at + len(lines)] * doubts)
        at += len(lines)
        sizes = tuple(page.blocks.own[line.block] for line in lines)
        likely = choice.once(choice.Likely(tuple(lines), said, sizes), page.blocks.parent)
        chosen = choice.choose(likely, page.blocks.parent)
        text = "\n".join(line.text for line in lines if line.block in chosen)
        result = score.score_text(page.gold, text)
        if "seg" in result:
            segments[page.dataset].append(result["seg"])
        elif "pr" in result:
            pages[page.dataset].append(result["pr"])
    figures = {name: score.zyte_f1(found) for name, found in pages.items()}
    figures |= {name: score.segment_f1(found) for name, found in segments.items()}
    for name, (f1, precision, recall) in figures.items():
        say(f"{name:12} {f1:.4f}  precision {precision:.4f}  recall {recall:.4f}")
    say(f"overall      {sum(figures[name][0] for name in score.OVERALL) / 6:.4f}")


_training: Training


def _left_out(part: int) -> Any:
    return _training.left_out(part)


def write(training: Training) -> None:
    """Learn from all lines and write the model where the app reads it."""
    booster = training.fit(training.weights > 0)
    dumped = booster.dump_model()
    learned = {
        "columns": features.NAMES,
        "trees": [_tree(one["tree_structure"]) for one in dumped["tree_info"]],
    }
    folder = Path(__file__).resolve().parents[2] / "resources" / "extract"
    _dump(folder / "model.json", learned)
    _dump(folder / "words.json", {"names": training.words.names, "text": training.words.text})
    told = trees.read(learned)
    mine = [told.likelihood(row) for row in training.rows[:2000]]
    theirs = booster.predict(training.rows[:2000])
    say(f"largest difference to lightgbm: {numpy.abs(numpy.array(mine) - theirs).max():.5f}")


def _tree(node: dict[str, Any]) -> Any:
    if "split_feature" not in node:
        return round(node["leaf_value"], _PLACES)
    threshold = float(f"{node['threshold']:.6g}")
    low, high = _tree(node["left_child"]), _tree(node["right_child"])
    return [node["split_feature"], threshold, low, high]


def _dump(path: Path, value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Read the corpus once, then do what was asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--try", dest="tried", action="store_true")
    parser.add_argument("--write", action="store_true")
    wanted = parser.parse_args()
    training = Training()
    if wanted.tried:
        try_out(training)
    if wanted.write:
        write(training)


if __name__ == "__main__":
    main()
