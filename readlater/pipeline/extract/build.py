"""Make the article's tree of the chosen lines: what was not chosen goes, with its boxes."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from readlater.pipeline.blocks import BESIDE, HEADINGS, size
from readlater.pipeline.shape.math import is_formula
from readlater.pipeline.visible import drop

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from readlater.pipeline.blocks import Blocks

_CAPTION = 600
_CAPTIONED = re.compile(r"caption|credit|legend", re.I)
_FIGURES = frozenset(["figure", "figcaption"])
_LABEL = 20
_WHOLE = {"pre": 0.0001, "table": 0.5, "ul": 0.7, "ol": 0.7, "dl": 0.5}
_CELL = 60  # what a cell of data says at most, on average
_PICTURES = frozenset(["img", "picture", "figure"])


class Builder:
    """Cuts the copy of an element down to the chosen blocks and the pictures among them."""

    def __init__(self, blocks: Blocks, chosen: frozenset[int]) -> None:
        self.blocks = blocks
        self.chosen = chosen
        count = len(blocks.nodes)
        self.below = bytearray(count)
        self.lines = bytearray(count)
        self.images = bytearray(count)
        for i in range(count - 1, -1, -1):
            if i in chosen:
                self.below[i] = 1
            if blocks.own[i]:
                self.lines[i] = 1
            if blocks.nodes[i].tag == "img":
                self.images[i] = 1
            p = blocks.parent[i]
            if p >= 0:
                self.below[p] |= self.below[i]
                self.lines[p] |= self.lines[i]
                self.images[p] |= self.images[i]
        self.first, self.last = min(chosen), max(chosen)

    def build(self) -> HtmlElement:
        """The smallest element with all chosen lines, as a tree of its own."""
        home = self._home()
        root = copy.deepcopy(self.blocks.nodes[home])
        root.tail = None
        copies = [e for e in root.iter() if isinstance(e.tag, str)]
        i = home
        while i < self.blocks.end[home]:
            i = self._visit(i, copies[i - home], is_root=i == home)
        return root

    def _home(self) -> int:
        parent, end = self.blocks.parent, self.blocks.end
        i = self.first
        while i > 0 and not i <= self.last < end[i]:
            i = parent[i]
        # A list of which one row was chosen is still a list.
        while i > 0 and self.blocks.nodes[i].tag in _PARTS:
            i = parent[i]
        return i

    def _visit(self, i: int, element: HtmlElement, *, is_root: bool) -> int:
        """Deal with one element and say which is next."""
        blocks = self.blocks
        if blocks.gone[i]:
            drop(element)
            return blocks.end[i]
        if blocks.block[i] != i:
            return self._visit_inline(i, element)
        if self.below[i]:
            if i not in self.chosen and blocks.own[i]:
                _silence(element)
            return i + 1
        return i + 1 if is_root else self._visit_left(i, element)

    def _visit_left(self, i: int, element: HtmlElement) -> int:
        """Deal with a box of which no line was chosen."""
        end = self.blocks.end[i]
        if self._is_picture(i):
            for one in (element, *element.iter("img")):
                one.set(BESIDE, "")
        elif self._is_label(i):
            for control in list(element.iter("button")):
                drop(control)
        elif self.lines[i] or not self.first < i < self.last:
            drop(element)
        else:
            return i + 1
        return end

    def _visit_inline(self, i: int, element: HtmlElement) -> int:
        block = self.blocks.block[i]
        if block in self.chosen or self.below[i] or self.images[i]:
            return i + 1
        if element.tag in _PICTURES or not (element.text_content() or "").strip():
            return i + 1
        if self.first < i < self.last and is_formula(element):
            return self.blocks.end[i]  # between the lines, in no line of its own
        drop(element)
        return self.blocks.end[i]

    def _is_picture(self, i: int) -> bool:
        """A picture of the article with words that were not chosen: its caption."""
        blocks = self.blocks
        if not self.images[i] or not self.first < i < self.last:
            return False
        total = blocks.total[i]
        if total > _CAPTION or blocks.links[i] * 2 > total:
            return False
        inside = range(i, blocks.end[i])
        return any(
            blocks.nodes[j].tag in _FIGURES or _CAPTIONED.search(blocks.name(j)) for j in inside
        )

    def _is_label(self, i: int) -> bool:
        """The name of a language above a code block, which tells how to colour it."""
        blocks = self.blocks
        p = blocks.parent[i]
        return blocks.total[i] <= _LABEL and any(
            blocks.nodes[j].tag == "pre" and j in self.chosen | {blocks.block[j]}
            for j in range(blocks.end[i], blocks.end[p])
        )


_PARTS = frozenset(["li", "tr", "td", "th", "tbody", "dd", "dt", "thead"])


def _silence(element: HtmlElement) -> None:
    """Take out a block's own words and leave the blocks inside it."""
    element.text = None
    for child in element:
        child.tail = None


def build(blocks: Blocks, chosen: frozenset[int]) -> HtmlElement | None:
    """The article's tree by the numbers of its blocks; None for none."""
    return Builder(blocks, whole(blocks, chosen)).build() if chosen else None


def whole(blocks: Blocks, chosen: frozenset[int]) -> frozenset[int]:
    """The chosen blocks, and what belongs to them whatever its words look like.

    That is the rest of tables and lists of which most was chosen; and tables of data, code and
    formulas among chosen paragraphs, with their headings.
    """
    first, last = min(chosen), max(chosen)
    found = {*chosen, *_formulas(blocks, chosen)}
    for i, element in enumerate(blocks.nodes):
        share = _WHOLE.get(element.tag)
        if share is None or not blocks.total[i]:
            continue
        inside = [j for j in range(i, blocks.end[i]) if blocks.own[j] and not blocks.gone[j]]
        taken = sum(blocks.own[j] for j in inside if j in found)
        if element.tag == "pre" and first < i < last:
            taken += _is_beside(blocks, i, chosen)
        if element.tag == "table" and _is_data(blocks, i) and _belongs(blocks, i, chosen):
            share = 0.0
            found.update(_headings_round(blocks, i, chosen))
        if taken >= blocks.total[i] * share:
            found.update(inside)
    return frozenset(found)


def _formulas(blocks: Blocks, chosen: frozenset[int]) -> Iterator[int]:
    """The blocks among the chosen ones that say little but formulas, with or without their source,
    and their headings."""
    first, last = min(chosen), max(chosen)
    said: Counter[int] = Counter()
    inside = 0
    for i, element in enumerate(blocks.nodes):
        block = blocks.block[i]
        if not first < block < last or i < inside:
            continue
        if is_formula(element) or (element.tag == "code" and said[block]):
            said[block] += size("".join(element.itertext()))
            inside = blocks.end[i]
    for block, amount in said.items():
        if block in chosen or blocks.gone[block] or amount * 2 < blocks.own[block]:
            continue
        top = block
        while blocks.nodes[top].tag in _PARTS and blocks.parent[top] >= 0:
            top = blocks.parent[top]
        if _is_beside(blocks, top, chosen):
            yield block
            yield from _headings_round(blocks, top, chosen)


def _is_data(blocks: Blocks, i: int) -> bool:
    """Whether a table holds short values in rows, rather than the parts of a page."""
    table = blocks.nodes[i]
    rows = sum(1 for _ in table.iter("tr"))
    cells = sum(1 for _ in table.iter("td", "th"))
    if rows < 2 or cells < 2 * rows - 1 or blocks.links[i] * 2 > blocks.total[i]:
        return False
    if next(table.iterdescendants("table", "form", "input", "button"), None) is not None:
        return False
    return blocks.total[i] <= _CELL * cells


def _belongs(blocks: Blocks, i: int, chosen: frozenset[int]) -> bool:
    """Whether chosen lines stand before and after an element, in its own box or, where one of its
    own was chosen, in the box around that."""
    up = blocks.parent[i]
    if up >= 0 and any(j in chosen for j in range(i, blocks.end[i])):
        up = blocks.parent[up]
    box = max(up, 0)
    is_before = any(j in chosen for j in range(box, i))
    return is_before and any(j in chosen for j in range(blocks.end[i], blocks.end[box]))


def _headings_round(blocks: Blocks, i: int, chosen: frozenset[int]) -> Iterator[int]:
    """The heading above an element, and the one under it when a chosen line follows.

    When lines were chosen, they did not stand between two of the article.
    """
    above, below = blocks.nodes[i].getprevious(), blocks.nodes[i].getnext()
    if above is not None and above.tag in HEADINGS:
        yield blocks.number[above]
    if below is not None and below.tag in HEADINGS:
        after = below.getnext()
        if after is not None and blocks.number.get(after) in chosen:
            yield blocks.number[below]


def _is_beside(blocks: Blocks, i: int, chosen: Set[int]) -> bool:
    """Whether something in the box around an element's box was chosen."""
    box = max(blocks.parent[max(blocks.parent[i], 0)], 0)
    return any(j in chosen for j in range(box, blocks.end[box]))
