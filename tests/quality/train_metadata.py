"""Learn what the signs of titles and bylines weigh, from the golds beside the checkout.

    python tests/quality/train_metadata.py [--write]

Needs numpy, which the program does not. Prints how often the first choice is right on sites that
the weights were not learned from (five parts, no site in two), a line a data set; `--write`
learns from all and writes `resources/about/<field>.tsv`. A conditional softmax over the
candidates of a page, with a quadratic penalty.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
sys.path[:0] = [str(ROOT), str(SHARED / "tools")]

import extraction_score as scorer  # noqa: E402

from readlater.pipeline import decode  # noqa: E402
from readlater.pipeline.about import bylines, sites, titles  # noqa: E402
from readlater.pipeline.about.page import look  # noqa: E402

PARTS, ROUNDS, PENALTY, RATE = 5, 200, 0.01, 0.15
RARE = 8
POSTED = frozenset(["json-ld", "meta:author", "microdata", "marked", "rel=author"])
# Golds that are a tool's own answers say less.
LIGHT = {"mozilla": 0.3, "defuddle": 0.3}


@dataclass
class Group:
    """One page: the signs of its candidates, which of them are right, and its site's part."""

    dataset: str
    site: str
    signs: list[Mapping[str, float]]
    right: list[bool]
    weight: float
    x: np.ndarray
    y: np.ndarray
    nobody: bool = False

    @property
    def part(self) -> int:
        """Pages of one site are in one part."""
        return int(hashlib.sha1(self.site.encode(), usedforsecurity=False).hexdigest(), 16) % PARTS


def gather() -> dict[str, list[Group]]:
    """The groups of all pages with gold, by field."""
    corpus = SHARED / "corpus" / "extraction"
    found: dict[str, list[Group]] = {"title": [], "byline": []}
    for dataset, golds in scorer.load(corpus).items():
        for gold in golds:
            nobody = dataset in {"wcxb", "wcxbdoc"} and not gold.get("byline")
            if not gold.get("title") and not gold.get("byline"):
                continue
            url = gold.get("url") or "https://example.org/"
            page = look(decode.parse(scorer.page(corpus, dataset, gold["id"])), url)
            known = sites.Known(page)
            site = ".".join(
                (urlsplit(gold.get("url") or "").hostname or gold["id"]).split(".")[-2:]
            )
            weight = LIGHT.get(dataset, 1.0)
            if gold.get("title"):
                texts = titles.candidates(page, known)
                right = [scorer.meta_ok("title", gold["title"], one.text) for one in texts]
                found["title"].append(group(dataset, site, [t.signs for t in texts], right, weight))
            if gold.get("byline") or nobody:
                headline = titles.shown_at(page, titles.find(page, known)[1])
                people = bylines.candidates(page, headline, known)
                if (
                    nobody
                    and dataset == "wcxbdoc"
                    and any(POSTED & one.signs.keys() for one in people)
                ):
                    continue  # a thread has a first writer, whom that set's golds leave out
                right = [
                    not nobody and scorer.meta_ok("byline", gold["byline"], ", ".join(one.names))
                    for one in people
                ]
                signs = [one.signs for one in people] + [{"nothing": 1.0}]
                weight = 0.3 if nobody else weight
                one = group(dataset, site, signs, [*right, nobody], weight)
                found["byline"].append(replace(one, nobody=nobody))
    return found


def group(
    dataset: str,
    site: str,
    signs: Sequence[Mapping[str, float]],
    right: Sequence[bool],
    weight: float,
) -> Group:
    """A group without its matrix, which needs the names of all signs."""
    empty = np.zeros(0)
    return Group(dataset, site, list(signs), list(right), weight, empty, empty)


def number(groups: Sequence[Group]) -> list[str]:
    """Give each group its matrix; the names of the signs that are not rare."""
    counts = Counter(name for one in groups for signs in one.signs for name in signs)
    names = sorted(name for name, count in counts.items() if count >= RARE)
    place = {name: i for i, name in enumerate(names)}
    for one in groups:
        one.x = np.zeros((len(one.signs), len(names)))
        for row, signs in enumerate(one.signs):
            for name, amount in signs.items():
                if name in place:
                    one.x[row, place[name]] = amount
        one.y = np.array(one.right, float)
    return names


def learn(groups: Sequence[Group], size: int) -> np.ndarray:
    """The weights; Adam on the log share of the right candidates."""
    usable = [one for one in groups if one.y.any()]
    weights, mean, spread = np.zeros(size), np.zeros(size), np.zeros(size)
    for turn in range(1, ROUNDS + 1):
        slope = np.zeros(size)
        for one in usable:
            score = one.x @ weights
            share = np.exp(score - score.max())
            share /= share.sum()
            wanted = share * one.y
            slope += one.weight * (one.x.T @ (wanted / wanted.sum() - share))
        slope = slope / len(usable) - PENALTY * weights
        mean = 0.9 * mean + 0.1 * slope
        spread = 0.999 * spread + 0.001 * slope * slope
        step = mean / (1 - 0.9**turn) / (np.sqrt(spread / (1 - 0.999**turn)) + 1e-8)
        weights = weights + RATE * step * (1.0 if turn < ROUNDS * 0.6 else 0.3)
    return weights


def check(groups: Sequence[Group], size: int) -> dict[str, list[bool]]:
    """By data set, whether the first choice was right where the site was left out."""
    found: dict[str, list[bool]] = defaultdict(list)
    for part in range(PARTS):
        weights = learn([one for one in groups if one.part != part], size)
        for one in groups:
            if one.part != part:
                continue
            right = bool(len(one.y)) and bool(one.y[int(np.argmax(one.x @ weights))])
            found[f"{one.dataset}, nobody named" if one.nobody else one.dataset].append(right)
            if one.dataset not in LIGHT and not one.nobody:
                found["all but mozilla, defuddle"].append(right)
    return found


def write(field: str, names: Sequence[str], weights: np.ndarray) -> None:
    """The weights as lines of a sign, a tab and an amount."""
    lines = [f"# What each sign of a {field} weighs; learned by tests/quality/train_metadata.py."]
    lines += [f"{n}\t{w:.2f}" for n, w in zip(names, weights, strict=True) if abs(w) >= 0.02]
    path = ROOT / "resources" / "about" / f"{field}.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Check each field, and write what was learned when asked to."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--write", action="store_true", help="write resources/about/<field>.tsv")
    asked = ask.parse_args()
    for field, groups in gather().items():
        names = number(groups)
        out = sys.stdout.write
        out(f"{field}: {len(groups)} pages, {len(names)} signs\n")
        for dataset, right in check(groups, len(names)).items():
            out(f"  {dataset:26} {sum(right) / len(right):.3f} ({len(right)})\n")
        if asked.write:
            write(field, names, learn(groups, len(names)))


if __name__ == "__main__":
    main()
