"""No spaces at the edges of blocks and none between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readlater.pipeline.blocks import BLOCK, HEADINGS
from readlater.pipeline.shape import tree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HOLDERS = (
    *("ul", "ol", "dl", "table", "tbody", "thead", "tfoot", "tr", "figure", "blockquote"),
    *("details", "div", "section", "article", "aside", "main"),
)
_LEAVES = ("p", *sorted(HEADINGS), "li", "dt", "dd", "td", "th", "figcaption", "summary", "caption")
_SPACES = " \t\r\n\f"


def rule(root: HtmlElement) -> None:
    """Trim the blocks of `root`; `pre` keeps its own."""
    for element in root.iter(*_HOLDERS):
        if element.text and tree.says_nothing(element.text):
            element.text = None
        for child in element:
            if child.tail and tree.says_nothing(child.tail):
                child.tail = None
    for element in root.iter(*_LEAVES):
        _trim(element)


def _trim(element: HtmlElement) -> None:
    text = element.text
    if text and text[0] in _SPACES:
        element.text = text.lstrip(_SPACES)
    if len(element) == 0:
        text = element.text
        if text and text[-1] in _SPACES:
            element.text = text.rstrip(_SPACES)
        return
    last = element[-1]
    if last.tail and last.tail[-1] in _SPACES:
        last.tail = last.tail.rstrip(_SPACES)
    for child in element.iterchildren(*BLOCK):
        if child.tail and tree.says_nothing(child.tail):
            child.tail = None
