"""What readability-lxml takes for the article, asked where our own model is unsure."""

from __future__ import annotations

import copy
import logging
from typing import TYPE_CHECKING

from readlater.pipeline.blocks import NUMBER
from readlater.pipeline.visible import drop

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from readlater.pipeline.blocks import Blocks

# Its time grows with nodes times depth: what is past this is left to the other candidate.
_MAX_NODES = 30_000
_MAX_DEPTH = 200


def blocks_of(blocks: Blocks) -> frozenset[int]:
    """The numbers of the elements that readability-lxml takes for the article; none if it fails."""
    if len(blocks.nodes) > _MAX_NODES or _depth(blocks) > _MAX_DEPTH:
        return frozenset()
    root = _summary(_standing(blocks))
    if root is None:
        return frozenset()
    return frozenset(int(e.get(NUMBER)) for e in root.iter() if e.get(NUMBER))


def _depth(blocks: Blocks) -> int:
    deepest = 0
    depth = [0] * len(blocks.nodes)
    for i in range(1, len(blocks.nodes)):
        depth[i] = depth[blocks.parent[i]] + 1
        deepest = max(deepest, depth[i])
    return deepest


def _standing(blocks: Blocks) -> HtmlElement:
    root = copy.deepcopy(blocks.nodes[0])
    nodes = [e for e in root.iter() if isinstance(e.tag, str)]
    i = 0
    while i < len(nodes):
        if blocks.gone[i] and i:
            drop(nodes[i])
            i = blocks.end[i]
        else:
            i += 1
    return root


def _summary(tree: HtmlElement) -> HtmlElement | None:
    from readability import Document
    from readability.readability import Unparseable

    class _Parsed(Document):  # type: ignore[misc]
        """A document that is parsed and cleaned already."""

        def _parse(self, input: HtmlElement) -> HtmlElement:  # noqa: A002
            return copy.deepcopy(input)

    logging.getLogger("readability").setLevel(logging.CRITICAL + 1)
    document = _Parsed(tree)
    try:
        document.summary(html_partial=True)
    except Unparseable:
        return None
    root: HtmlElement | None = document.html
    return root
