"""The content of a code block as the lines that a browser would show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from readlater.pipeline.blocks import BLOCK
from readlater.pipeline.shape import tree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_KEPT = frozenset(
    [
        *("a", "b", "strong", "em", "i", "mark", "sub", "sup", "kbd", "var", "samp", "ins"),
        *("del", "u", "s"),
    ]
)
_LINE = tree.words("line", "code-?line", "view-?line", "row", "ec-line", "token-line")
_LEADING = re.compile(r"\A(?:[ \t]*\n)+")


def rule(pre: HtmlElement) -> None:
    """Text as a browser would show it: a line for each box, a break for each `<br>`."""
    _Lines(pre).write()
    for element in list(pre.iterdescendants()):
        if element.tag == "br":
            element.text = element.text or "\n"
        if isinstance(element.tag, str) and not tree.is_gone(element) and element.tag not in _KEPT:
            tree.opened(element)
    tree.settle(pre)
    _trim(pre)


class _Lines:
    """One walk over a block, which writes a line break where a box begins or has ended."""

    def __init__(self, pre: HtmlElement) -> None:
        self._pre = pre
        self._fresh = True
        self._ended = False
        self._told = 0
        self._before: list[int] = []
        self._changes: list[tuple[HtmlElement, str, str]] = []
        text = "".join(pre.itertext()).strip("\n")
        self._broken = "\n" in text or next(pre.iter("br"), None) is not None

    def write(self) -> None:
        """Change the tree in place."""
        gone = 0
        for event, element in etree.iterwalk(self._pre, events=("start", "end")):
            if not isinstance(element.tag, str):
                continue
            if event == "start":
                gone += tree.is_gone(element)
                if not gone:
                    self._start(element)
                continue
            if not gone and self._is_box(element):
                told = self._told > self._before.pop()
                self._ended = self._ended or not (self._fresh and told)
            gone -= tree.is_gone(element)
            if not gone and element is not self._pre:
                self._say(element, "tail")
        for element, where, text in self._changes:
            setattr(element, where, text)

    def _is_box(self, element: HtmlElement) -> bool:
        if element is self._pre:
            return False
        if element.tag in BLOCK:
            return True
        if self._broken or element.tag not in {"span", "code"}:
            return False
        return bool(element.tag == "code") or tree.named(element, _LINE)

    def _start(self, element: HtmlElement) -> None:
        if element.tag == "br":
            if self._ended:
                self._changes.append((element, "text", "\n\n"))
            self._fresh, self._ended = True, False
            self._told += 1
            return
        box = self._is_box(element)
        if box:
            self._before.append(self._told)
        self._say(element, "text", parted=box and (self._ended or not self._fresh))

    def _say(self, element: HtmlElement, where: str, *, parted: bool = False) -> None:
        text = getattr(element, where) or ""
        if not text and not parted:
            return
        self._told += bool(text)
        if parted or (self._ended and not text.lstrip(" \t").startswith("\n")):
            text = f"\n{text}"
            self._changes.append((element, where, text))
        self._ended = False
        self._fresh = text.endswith("\n")


def _trim(pre: HtmlElement) -> None:
    if pre.text:
        pre.text = _LEADING.sub("", pre.text)
    if len(pre) == 0:
        pre.text = (pre.text or "").rstrip()
    elif pre[-1].tail:
        pre[-1].tail = pre[-1].tail.rstrip()
