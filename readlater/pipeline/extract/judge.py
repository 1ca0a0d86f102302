"""Decide which lines are the article's; readability-lxml is heard where the model is unsure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from readlater.pipeline.extract import choice, readability, trees

if TYPE_CHECKING:
    from readlater.pipeline.blocks import Blocks
    from readlater.pipeline.extract.anchors import Anchors

# Below this expected F1 the other candidate is asked, and counts for so much.
_SURE = 0.75
_SHARE = 0.35


@dataclass(frozen=True, slots=True)
class Verdict:
    """The chosen blocks, the F1 to be expected of the choice, and which candidates were heard."""

    chosen: frozenset[int]
    sure: float
    heard: tuple[str, ...]


def decide(blocks: Blocks, about: Anchors) -> Verdict:
    """Which blocks of the page are its article; none where the page has no text."""
    likely = choice.weigh(blocks, about, trees.load())
    chosen = choice.choose(likely, blocks.parent)
    sure = choice.expected(likely, chosen)
    if sure >= _SURE or not likely.odds:
        return Verdict(chosen, sure, ("model",))
    heard = mixed(likely, readability.blocks_of(blocks))
    chosen = choice.choose(heard, blocks.parent)
    return Verdict(chosen, choice.expected(heard, chosen), ("model", "readability"))


def mixed(likely: choice.Likely, other: frozenset[int]) -> choice.Likely:
    """The likelihoods with another candidate's yes and no counted in; as they are without one."""
    if not other:
        return likely
    odds = tuple(
        (1 - _SHARE) * odds + _SHARE * (line.block in other)
        for line, odds in zip(likely.lines, likely.odds, strict=True)
    )
    return replace(likely, odds=odds)
