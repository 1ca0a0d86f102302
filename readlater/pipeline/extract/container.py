"""What simple rules take for the article: the element of the paragraphs without its clutter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readlater.pipeline.extract import cards
from readlater.pipeline.extract.clutter import is_clutter, is_foreign

if TYPE_CHECKING:
    from readlater.pipeline.blocks import Blocks
    from readlater.pipeline.extract.anchors import Anchors

OUTSIDE, INSIDE, CLUTTER = 0, 1, 2
_PARAGRAPH = frozenset(["p", "pre", "blockquote", "div", "section", "article", "td", "dd", "li"])
_LEAF = frozenset({"p", "pre", "li", "td", "blockquote", "figcaption", "figure"})
_BODY_NAMES = ("articlebody", "reviewbody", "blogpost")


def opinion(blocks: Blocks, about: Anchors) -> tuple[bytearray, list[int]]:
    """OUTSIDE, INSIDE or CLUTTER for each element, and the elements that are teasers.

    It is one sign of many for the model; `blocks` is left as it was.
    """
    gone, total, links = bytes(blocks.gone), blocks.total, blocks.links
    states = bytearray(len(blocks.nodes))
    teasers = cards.take_out(blocks, about.title, about.url)
    weight = _weights(blocks)
    if weight and weight[0]:
        _mark(blocks, weight, states)
    blocks.gone[:] = gone
    blocks.total, blocks.links = total, links
    return states, teasers


def _mark(blocks: Blocks, weight: list[int], states: bytearray) -> None:
    top = _descend(blocks, weight)
    whole = blocks.total[top]
    i = top + 1
    states[top : blocks.end[top]] = bytes([INSIDE]) * (blocks.end[top] - top)
    while i < blocks.end[top]:
        if blocks.gone[i] or is_clutter(blocks, i, weight[i], whole):
            states[i : blocks.end[i]] = bytes([CLUTTER]) * (blocks.end[i] - i)
            i = blocks.end[i]
        else:
            i += 1


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
