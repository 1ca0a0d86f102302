"""Trim what stands before the first paragraph and after the last and is not of the article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readlater.pipeline.about.text import fold
from readlater.pipeline.blocks import BLOCK, HEADINGS, size
from readlater.pipeline.visible import drop

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SENTENCE = re.compile(r"[.!?…。！？।۔؟»”\"’:;)）」』]\s*$")
_DATED = re.compile(r"\b(?:19|20)\d{2}\b|\d{1,2}[:.h]\d{2}|\d+\s*(?:min|分)", re.I)
_KEPT = frozenset(["figcaption", "td", "th", "pre", "code", "dt", "dd", "blockquote"])
_MOST = 25
# So many last letters of the text as data show where it ends in the page.
_ENDING = 40


def trim(root: HtmlElement, byline: str, body: str) -> None:
    """Take dates and names from the top; lists of links, and headings of nothing, from the end.

    Where the page's data says how its text ends (`body`), what follows that is not of it.
    """
    leaves = [e for e in root.iter() if e.tag in BLOCK and _own(e)]
    leaves = _until(leaves, fold(body))
    _trim_top(leaves, [fold(name) for name in byline.split(",") if name.strip()])
    _trim_tail(root, leaves)


def _until(leaves: list[HtmlElement], body: str) -> list[HtmlElement]:
    ending = body[-_ENDING:]
    if len(body) < 10 * _ENDING:
        return leaves
    for at in range(len(leaves) - 1, len(leaves) // 3, -1):
        if ending in fold("".join(leaves[at].itertext())):
            for element in leaves[at + 1 :]:
                if not any(above is leaves[at] for above in element.iterancestors()):
                    drop(element)
            return leaves[: at + 1]
    return leaves


def _own(element: HtmlElement) -> bool:
    if element.text and element.text.strip():
        return True
    for child in element:
        if child.tail and child.tail.strip():
            return True
        if (
            child.tag not in BLOCK
            and isinstance(child.tag, str)
            and (child.text_content() or "").strip()
        ):
            return True
    return False


def _trim_top(leaves: list[HtmlElement], names: list[str]) -> None:
    for element in leaves[:_MOST]:
        text = " ".join((element.text_content() or "").split())
        said = size(text)
        if said > 120 and element.tag not in HEADINGS:
            return
        if element.tag in HEADINGS or element.tag in _KEPT or _inside(element, _KEPT):
            continue
        folded = fold(text)
        named = any(name and name in folded and len(folded) < len(name) + 40 for name in names)
        if named or (said < 60 and _DATED.search(text) and not _SENTENCE.search(text)):
            drop(element)


def _trim_tail(root: HtmlElement, leaves: list[HtmlElement]) -> None:
    for element in reversed(leaves):
        if element is root or element.getparent() is None:
            return
        text = " ".join((element.text_content() or "").split())
        said = size(text)
        linked = sum(size(link.text_content()) for link in element.iter("a"))
        if element.getparent().tag == "a" or any(a.tag == "a" for a in element.iterancestors()):
            linked = said
        heading = element.tag in HEADINGS
        bare = said < 50 and not _SENTENCE.search(text) and element.tag not in _KEPT | {"li"}
        if not (heading or bare or linked > said * 0.6) or _inside(element, _KEPT):
            return
        if said > 25 and element.tag == "p" and not linked and not bare:
            return
        drop(element)


def _inside(element: HtmlElement, tags: frozenset[str]) -> bool:
    return any(above.tag in tags for above in element.iterancestors())
