"""Choose between what the candidates propose, by how much prose they hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from readlater.pipeline.blocks import size
from readlater.pipeline.extract import Candidate, Proposal
from readlater.pipeline.text import lines

if TYPE_CHECKING:
    from readlater.pipeline.blocks import Blocks

# A first proposal with as much prose as this, and most of the page's, is not weighed any further.
_ENOUGH = 1500
_MOST = 0.6


def choose(candidates: Sequence[Candidate], blocks: Blocks) -> Proposal | None:
    """The first proposal that is surely the article, else the one with the most of it."""
    best: Proposal | None = None
    best_prose = 0
    for candidate in candidates:
        proposal = candidate.propose(blocks)
        if proposal is None:
            continue
        prose = _prose(proposal)
        if best is None or prose > best_prose * 1.5 + 100:
            best, best_prose = proposal, prose
        if best_prose > _ENOUGH:
            break
    return best


def _prose(proposal: Proposal) -> int:
    return sum(said for line in lines(proposal.root) if (said := size(line)) > 60)
