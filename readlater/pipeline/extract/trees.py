"""The model that says how surely a line is the article's: boosted trees, read from a data file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from typing import Any

from readlater import resources
from readlater.pipeline.extract.lexicon import Lexicon

# After so many trees a line that is below or above these sums is as good as decided, and the whole
# sum is about so many times that. Measured on the corpus: nine lines in ten end before the last,
# and none of them would have come out on the other side.
_STAGES = (
    (6, -1.2, 99.0, 4.0),
    (10, -1.5, 99.0, 3.5),
    (25, -2.5, 2.5, 2.2),
    (40, -2.5, 2.5, 2.0),
    (80, -3.0, 3.0, 1.5),
    (10_000, -99.0, 99.0, 1.0),
)
# A leaf is its value; a fork is (column, threshold, what is at most that, what is more).
Node = Any


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of trees over the columns of a row; `columns` name what each of them is."""

    columns: tuple[str, ...]
    roots: tuple[Node, ...]

    def likelihood(self, row: Sequence[float]) -> float:
        """How likely a line of these numbers is of the article, from 0 to 1."""
        total = 0.0
        start = 0
        for end, low, high, whole in _STAGES:
            for node in self.roots[start:end]:
                while node.__class__ is tuple:
                    column, threshold, less, more = node
                    node = less if row[column] <= threshold else more
                total += node
            if not low <= total <= high:
                total *= whole
                break
            start = end
        return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class Model:
    """All that was learned; `tests/quality/train.py` made it from pages with known articles."""

    trees: Trees
    lexicon: Lexicon


@cache
def load() -> Model:
    """The model in `resources/extract`."""
    learned = json.loads(resources.text("extract/model.json"))
    words = json.loads(resources.text("extract/words.json"))
    return Model(read(learned), Lexicon(words["names"], words["text"]))


def read(learned: Mapping[str, Any]) -> Trees:
    """Trees from their file: `columns`, and `trees` as nested lists with numbers for leaves."""
    return Trees(tuple(learned["columns"]), tuple(_node(tree) for tree in learned["trees"]))


def _node(value: Any) -> Node:
    if isinstance(value, list):
        column, threshold, low, high = value
        return column, threshold, _node(low), _node(high)
    return float(value)
