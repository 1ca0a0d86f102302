"""One pass over the tree: where its text stands, block by block, and how much of it are links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# The number of an element in the page, in the order of the page; a candidate keeps it.
NUMBER = "data-readlater"
# On a picture with a caption: kept in the copy, and its words are not counted as the text.
BESIDE = "data-readlater-beside"

BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
# Scripts that are written without spaces: one character says about as much as 2.5 Latin ones.
_DENSE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def size(text: str | None) -> int:
    """How much a text says, in Latin characters, spaces collapsed."""
    if not text or text.isspace():
        return 0
    length = len(" ".join(text.split()))
    if text.isascii():
        return length
    return length + int(1.5 * len(_DENSE.findall(text)))


class Blocks:
    """The elements of a tree by number, with the sizes of their text.

    `own` is the text of a block that stands in no block inside it, `linked` the part of it in
    links; `total` and `links` count everything under an element. Gone elements count nothing.
    """

    def __init__(self, root: HtmlElement) -> None:
        self.nodes: list[HtmlElement] = [e for e in root.iter() if isinstance(e.tag, str)]
        count = len(self.nodes)
        self.number = {e: i for i, e in enumerate(self.nodes)}
        self.parent = [-1] * count
        self.end = [0] * count
        self.block = [0] * count
        self.own = [0] * count
        self.linked = [0] * count
        self.gone = bytearray(count)
        self.parts: list[list[str]] = [[] for _ in range(count)]
        self._last = 0
        self._measure()
        self.sum_up()

    def _measure(self) -> None:
        from lxml import etree

        number, block, parts = self.number, self.block, self.parts
        in_link = bytearray(len(self.nodes))
        for event, element in etree.iterwalk(self.nodes[0], events=("start", "end")):
            i = number.get(element, -1)
            if i < 0:
                continue
            if event == "start":
                element.set(NUMBER, str(i))
                p = number.get(element.getparent(), -1) if i else -1
                self.parent[i] = p
                block[i] = i if p < 0 or element.tag in BLOCK else block[p]
                in_link[i] = element.tag == "a" or (p >= 0 and in_link[p])
                at, text = i, element.text
                if element.tag == "br":
                    parts[block[i]].append(" ")
            else:
                self.end[i] = self._last + 1
                at, text = self.parent[i], element.tail
                if at < 0:
                    continue
            self._last = max(self._last, i)
            said = size(text)
            if said:
                parts[block[at]].append(text or "")
                self.own[block[at]] += said
                if in_link[at]:
                    self.linked[block[at]] += said

    def text(self, i: int) -> str:
        """The text under an element that is not gone, a line for each block."""
        lines = []
        for j in range(i, self.end[i]):
            if self.parts[j] and not self.gone[j]:
                lines.append(" ".join("".join(self.parts[j]).split()))
        return "\n".join(lines)

    def sum_up(self) -> None:
        """Count anew what stands under each element, without what is gone."""
        self.total = [0 if g else o for o, g in zip(self.own, self.gone, strict=True)]
        self.links = [0 if g else o for o, g in zip(self.linked, self.gone, strict=True)]
        for i in range(len(self.nodes) - 1, 0, -1):
            self.total[self.parent[i]] += self.total[i]
            self.links[self.parent[i]] += self.links[i]

    def take(self, i: int) -> None:
        """Mark an element and all under it as gone."""
        for j in range(i, self.end[i]):
            self.gone[j] = 1

    def links_of(self, i: int) -> float:
        """The share of a block's own text that stands in links."""
        return self.linked[i] / self.own[i] if self.own[i] else 0.0

    def name(self, i: int) -> str:
        """The class and id of an element, which say what a page's makers take it for."""
        element = self.nodes[i]
        return f"{element.get('class', '')} {element.get('id', '')}"
