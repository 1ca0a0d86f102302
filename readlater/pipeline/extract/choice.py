"""Choose the lines of the article by how likely each is, so that what is expected is the best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from readlater.pipeline.extract.features import measure
from readlater.pipeline.extract.page import FAMILIES, Line, Page

if TYPE_CHECKING:
    from readlater.pipeline.blocks import Blocks
    from readlater.pipeline.extract.anchors import Anchors
    from readlater.pipeline.extract.trees import Model

# Where a page is clear the line is drawn here; where it is not, no lower than _LEAST.
_MOST = 0.6
_LEAST = 0.2
COMMENTS = 1 << FAMILIES.index("comments")
_DOUBTS = (
    (COMMENTS, 0.5),
    (1 << FAMILIES.index("side"), 0.7),
    (1 << FAMILIES.index("foot"), 0.7),
    (1 << FAMILIES.index("promo"), 0.85),
)
_ASIDE = 0.8
# Shorter lines are said again on purpose; a longer one counts so much the second time.
_LONG = 60
_AGAIN = 0.3


@dataclass(frozen=True, slots=True)
class Likely:
    """The lines of a page, how likely each is of the article (0 to 1), and how much it says."""

    lines: tuple[Line, ...]
    odds: tuple[float, ...]
    sizes: tuple[int, ...]


def weigh(blocks: Blocks, about: Anchors, model: Model) -> Likely:
    """Every line of the page with its likelihood."""
    page = Page(blocks, model.lexicon, about)
    said = model.trees.likelihood
    odds = [
        said(row) * doubt(page, line.block, is_thread=about.thread > 0)
        for line, row in zip(page.lines, measure(page, about), strict=True)
    ]
    sizes = tuple(blocks.own[line.block] for line in page.lines)
    return once(Likely(tuple(page.lines), tuple(odds), sizes), blocks.parent)


def doubt(page: Page, i: int, *, is_thread: bool) -> float:
    """The factor for what a page's makers put beside an article by name; 1 for all else."""
    factor = 1.0
    for family, less in _DOUBTS:
        if page.families[i] & family and not (is_thread and family == COMMENTS):
            factor *= less
    return factor * _ASIDE if page.aside[i] else factor


def once(likely: Likely, parent: Sequence[int]) -> Likely:
    """Less of what a page says twice in different boxes: the less likely of the two.

    Pages give the same text for wide and narrow screens, and quote themselves. Verses that are
    repeated stand in one box.
    """
    odds = list(likely.odds)
    first: dict[str, int] = {}
    for k, line in enumerate(likely.lines):
        if len(line.text) < _LONG:
            continue
        before = first.setdefault(line.text, k)
        if parent[likely.lines[before].block] == parent[line.block]:
            continue
        less = k if odds[k] <= odds[before] else before
        odds[less] *= _AGAIN
        first[line.text] = before if less == k else k
    return replace(likely, odds=tuple(odds))


def choose(likely: Likely, parent: Sequence[int]) -> frozenset[int]:
    """The numbers of the blocks whose lines are the article's; `parent` of each element."""
    if not likely.odds:
        return frozenset()
    bar = max(_LEAST, min(_MOST, _best_bar(likely.odds, likely.sizes)))
    taken = [odds >= bar for odds in likely.odds]
    boxes = [parent[line.block] for line in likely.lines]
    for k in range(1, len(taken) - 1):
        # A short line between two of the article, in one box with them, is of it.
        between = taken[k - 1] and taken[k + 1] and boxes[k - 1] == boxes[k] == boxes[k + 1]
        taken[k] |= between and likely.odds[k] > _LEAST
    return frozenset(
        line.block for line, is_taken in zip(likely.lines, taken, strict=True) if is_taken
    )


def _best_bar(odds: Sequence[float], sizes: Sequence[int]) -> float:
    """The likelihood from which on lines are taken so that the expected F1 is the highest."""
    everything = sum(o * s for o, s in zip(odds, sizes, strict=True))
    ranked = sorted(zip(odds, sizes, strict=True), reverse=True)
    right = taken = 0.0
    best, bar = -1.0, _MOST
    for likely, size in ranked:
        right += likely * size
        taken += size
        expected = 2 * right / (taken + everything)
        if expected > best:
            best, bar = expected, likely
    return bar


def expected(likely: Likely, chosen: frozenset[int]) -> float:
    """The F1 to be expected of a choice, in characters; 0 for an empty one."""
    everything = right = taken = 0.0
    for line, odds, size in zip(likely.lines, likely.odds, likely.sizes, strict=True):
        everything += odds * size
        if line.block in chosen:
            right += odds * size
            taken += size
    return 2 * right / (taken + everything) if right else 0.0
