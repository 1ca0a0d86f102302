"""Find the article in a page: several candidates propose, a pure judge chooses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from readlater.pipeline.blocks import Blocks


@dataclass(frozen=True, slots=True)
class Proposal:
    """An article that a candidate found: a tree of its own, and who found it."""

    source: str
    root: HtmlElement


class Candidate(Protocol):
    """A way to find the article. It changes neither `blocks` nor the tree under them."""

    @property
    def name(self) -> str:
        """What `Proposal.source` says of its proposals."""
        ...

    def propose(self, blocks: Blocks) -> Proposal | None:
        """The article as this candidate sees it, or None when it sees none."""
        ...
