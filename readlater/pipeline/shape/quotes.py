"""Quotations by name become `blockquote`; who said it stands in `cite`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readlater.pipeline.blocks import BLOCK, HEADINGS
from readlater.pipeline.shape import tree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_QUOTE = tree.words("pull-?quote", "block-?quote", "quote", "quotation")
_SAID_BY = tree.words("attribution", "author", "source", "cite", "byline", "speaker", "credit")
_BOXES = ("aside", "div", "section", "p", "figure", "q")
_SHORTEST, _LONGEST = 20, 1_500
_LONGEST_NAME = 160


def rule(root: HtmlElement) -> None:
    """Mark the quotations of `root`, and in each one its source."""
    for element in list(root.iter(*_BOXES)):
        if element.get("class") and tree.named(element, _QUOTE):
            _quote(element)
    for element in list(root.iter("footer", "p", "div", "span")):
        if element.tag != "footer" and not (element.get("class") and tree.named(element, _SAID_BY)):
            continue
        quoted = next(element.iterancestors("blockquote"), None) is not None
        if quoted and tree.is_small(element, _LONGEST_NAME):
            _cite(element)


def _quote(element: HtmlElement) -> None:
    if not tree.is_small(element, _LONGEST) or len(tree.text_of(element)) < _SHORTEST:
        return
    if next(element.iterancestors("blockquote", "a"), None) is not None:
        return
    if next(element.iterdescendants("blockquote", "img", "table", *HEADINGS), None) is not None:
        return
    if element.tag == "q" or (element.tag == "div" and _in_text(element)):
        return
    element.tag = "blockquote"


def _in_text(element: HtmlElement) -> bool:
    above = element.getparent()
    return above is not None and above.tag == "p"


def _cite(element: HtmlElement) -> None:
    """`cite` around the whole of an element, which is a paragraph or stays inline."""
    if next(element.iter("cite"), None) is None and not tree.is_blank(element):
        content = tree.tokens(element)
        if any(not isinstance(one, str) and one.tag in BLOCK for one in content):
            return
        cite = tree.fill(element.makeelement("cite"), content)
        tree.refill(element, ())
        element.append(cite)
    if element.tag != "span":
        element.tag = "p"
