"""Our own candidate: the element that holds the article's paragraphs, without its clutter."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readlater.pipeline.blocks import HEADINGS
from readlater.pipeline.extract import Proposal
from readlater.pipeline.extract.clutter import is_clutter, is_foreign
from readlater.pipeline.visible import drop

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from readlater.pipeline.blocks import Blocks

_PARAGRAPH = frozenset(["p", "pre", "blockquote", "div", "section", "article", "td", "dd", "li"])
_LEAF = frozenset({"p", "pre", "li", "td", "blockquote", "figcaption", "figure"})
_BODY_NAMES = ("articlebody", "reviewbody", "blogpost")


@dataclass(frozen=True, slots=True)
class Container:
    """The `Candidate` that follows the weight of the paragraphs from the body down."""

    name: str = "container"

    def propose(self, blocks: Blocks) -> Proposal | None:
        """The element in which the paragraphs part, with clutter taken out."""
        weight = _weights(blocks)
        if not weight or not weight[0]:
            return None
        top = _descend(blocks, weight)
        return Proposal(self.name, _without_clutter(blocks, weight, top))


def _weights(blocks: Blocks) -> list[int]:
    """The size of good paragraphs under each element: long, not links, not in clutter."""
    count = len(blocks.nodes)
    plain = [0] * count
    for i, element in enumerate(blocks.nodes):
        said = blocks.own[i]
        if said < 25 or blocks.gone[i] or element.tag not in _PARAGRAPH:
            continue
        if blocks.linked[i] * 2 > said:
            continue
        factor = 1.0 if element.tag in {"p", "pre", "blockquote"} else 0.5 if said < 80 else 0.8
        plain[i] = int((said if said >= 80 else said // 2) * factor)
    everything = sum(plain)
    below = list(plain)
    for i in range(count - 1, 0, -1):
        below[blocks.parent[i]] += below[i]
    own = _without_foreign(blocks, plain, below, everything)
    if sum(own) * 4 > everything:
        plain = own
    for i in range(count - 1, 0, -1):
        plain[blocks.parent[i]] += plain[i]
    return plain


def _without_foreign(
    blocks: Blocks, plain: list[int], below: list[int], everything: int
) -> list[int]:
    """The weights without those in elements that say they hold something else."""
    own = list(plain)
    i = 0
    while i < len(own):
        if 0 < below[i] < everything * 0.5 and is_foreign(blocks, i):
            own[i : blocks.end[i]] = [0] * (blocks.end[i] - i)
            i = blocks.end[i]
        else:
            i += 1
    return own


def _descend(blocks: Blocks, weight: list[int]) -> int:
    top = 0
    children: dict[int, list[int]] = {}
    for i in range(1, len(blocks.nodes)):
        if weight[i]:
            children.setdefault(blocks.parent[i], []).append(i)
    while True:
        best = max(children.get(top, ()), key=weight.__getitem__, default=-1)
        if best < 0 or blocks.nodes[best].tag in _LEAF:
            return top
        if weight[best] >= weight[top] * _share(blocks, best):
            top = best
            continue
        return _first_article(blocks, weight, children.get(top, [])) or top


def _share(blocks: Blocks, i: int) -> float:
    """How much of the weight a child must hold: less where the page itself calls it the body."""
    element = blocks.nodes[i]
    if "articlebody" in (element.get("itemprop") or "").lower():
        return 0.4
    name = blocks.name(i).lower().replace("-", "").replace("_", "")
    if element.tag in {"article", "main"} or any(n in name for n in _BODY_NAMES):
        return 0.55
    return 0.8


def _first_article(blocks: Blocks, weight: list[int], children: list[int]) -> int | None:
    """Of several articles side by side the one under the page's headline, else none."""
    articles = [i for i in children if blocks.nodes[i].tag == "article" and weight[i] > 300]
    if len(articles) < 2:
        return None
    for i in articles:
        for j in range(i, blocks.end[i]):
            if blocks.nodes[j].tag == "h1":
                return i
    return None


def _without_clutter(blocks: Blocks, weight: list[int], top: int) -> HtmlElement:
    whole = blocks.total[top]
    root = copy.deepcopy(blocks.nodes[top])
    root.tail = None
    copies = [e for e in root.iter() if isinstance(e.tag, str)]
    i = top + 1
    while i < blocks.end[top]:
        if blocks.gone[i] or is_clutter(blocks, i, weight[i], whole):
            drop(copies[i - top])
            i = blocks.end[i]
        else:
            i += 1
    _trim_end(root)
    return root


def _trim_end(root: HtmlElement) -> None:
    """Headings with nothing after them say nothing: they headed what was taken out."""
    for element in reversed(list(root.iter())):
        if element is root or not isinstance(element.tag, str):
            continue
        if element.tag in HEADINGS:
            element.getparent().remove(element)
        elif (element.text or "").strip() or (element.tail or "").strip() or element.tag == "img":
            return
