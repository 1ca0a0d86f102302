"""Blocks that a person put back: found on the page, and in the article whatever left them out."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

from readlater.article import fingerprint_of
from readlater.pipeline.blocks import NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from readlater.pipeline.blocks import Blocks

# Larger than any block that is ever taken out: what is larger need not be asked.
_MOST = 20_000
_INSIDE_ITS_OWN = frozenset({"li", "tr", "td", "th", "tbody", "thead", "tfoot", "dd", "dt"})
_SPACE = re.compile(r"\s+")


def find(blocks: Blocks, keep: frozenset[str]) -> list[tuple[int, str]]:
    """The outermost blocks whose fingerprint is in `keep`: number and text, in the page's order."""
    found: list[tuple[int, str]] = []
    i = 1
    while keep and i < len(blocks.nodes):
        fits = blocks.block[i] == i and 0 < blocks.total[i] <= _MOST
        text = blocks.text(i) if fits else ""
        if fits and fingerprint_of(text) in keep:
            found.append((i, text))
            i = blocks.end[i]
        else:
            i += 1
    return found


def bring_back(article: HtmlElement, blocks: Blocks, kept: Sequence[tuple[int, str]]) -> None:
    """Put kept blocks that the extraction left out into the article, where the page has them."""
    for number, text in kept:
        said = _SPACE.sub("", text)
        if said in _SPACE.sub("", article.text_content()):
            continue
        block = deepcopy(blocks.nodes[number])
        block.tail = None
        if block.tag in _INSIDE_ITS_OWN:
            block.tag = "div"
        _put(article, block, number)


def _put(article: HtmlElement, block: HtmlElement, number: int) -> None:
    before: HtmlElement | None = None
    for child in article.iter():
        at = child.get(NUMBER) if isinstance(child.tag, str) and child is not article else None
        if at is not None and int(at) < number:
            before = child
    if before is None:
        article.insert(0, block)
        return
    # Between blocks of the text, not inside a table, a list or a paragraph.
    while before.getparent() is not article and before.getparent() is not None:
        before = before.getparent()
    before.addnext(block)
