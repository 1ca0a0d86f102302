"""Blocks that a person put back: found on the page, and in the article whatever left them out."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readlater.article import fingerprint_of
from readlater.pipeline.blocks import NUMBER
from readlater.pipeline.text import lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from readlater.pipeline.blocks import Blocks

# Larger than any block that is ever taken out: what is larger need not be asked.
_MOST = 20_000
# What means nothing outside a list or a table, or would lose its words to the sanitiser.
_OF_LISTS_AND_TABLES = ("li", "tr", "td", "th", "tbody", "thead", "tfoot", "dd", "dt")
_ALONE = frozenset([*_OF_LISTS_AND_TABLES, "button", "label", "summary", "legend"])
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Kept:
    """A block that stays: its number, that of the first element after it, and what it says."""

    number: int
    end: int
    text: str


def find(blocks: Blocks, keep: frozenset[str]) -> list[Kept]:
    """The outermost blocks whose fingerprint is in `keep`, in the page's order."""
    found: list[Kept] = []
    i = 1
    while keep and i < len(blocks.nodes):
        fits = blocks.block[i] == i and 0 < blocks.total[i] <= _MOST
        text = blocks.text(i) if fits else ""
        if fits and fingerprint_of(text) in keep:
            found.append(Kept(i, blocks.end[i], text))
            i = blocks.end[i]
        else:
            i += 1
    return found


def bring_back(article: HtmlElement, blocks: Blocks, kept: Sequence[Kept]) -> None:
    """Put what the extraction left out of kept blocks into the article, where the page has it."""
    for block in kept:
        remnants = _remnants(article, block)
        said = _flat("".join("".join(lines(remnant)) for remnant in remnants))
        if len(said) >= len(_flat(block.text)):
            continue
        made = _plain(deepcopy(blocks.nodes[block.number]))
        if remnants:
            remnants[0].addprevious(made)
        else:
            _put(article, made, block.number)
        for remnant in remnants:
            remnant.drop_tree()


def _flat(text: str) -> str:
    return _SPACE.sub("", text)


def _remnants(article: HtmlElement, block: Kept) -> list[HtmlElement]:
    """The outermost elements of the article that come from a block."""
    found: list[HtmlElement] = []
    for element in article.iter():
        at = element.get(NUMBER) if isinstance(element.tag, str) else None
        if element is article or at is None or not block.number <= int(at) < block.end:
            continue
        if not any(above in found for above in element.iterancestors()):
            found.append(element)
    return found


def _plain(block: HtmlElement) -> HtmlElement:
    """The block as text: a button is a word of it, and works no more in any case."""
    block.tail = None
    for element in block.iter("button"):
        if element is not block:
            element.tag = "span"
            element.tail = f" {element.tail or ''}"
    if block.tag in _ALONE:
        block.tag = "div"
    return block


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
