"""Headings in order: the first is h2, each step down is one level, an empty one is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readlater.pipeline.about.text import fold
from readlater.pipeline.blocks import HEADINGS
from readlater.pipeline.shape import tree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TOP, _LOWEST = 2, 6
# Some pages set whole paragraphs as headings, for their size.
_LONGEST = 300


def rule(root: HtmlElement, title: str) -> None:
    """Level the headings of `root`; one that says the title again, before all text, goes."""
    _drop_title(root, title)
    above: list[int] = []
    for element in list(root.iter(*sorted(HEADINGS))):
        said = tree.text_of(element)
        if not said or len(said) > _LONGEST:
            element.tag = "p"
            continue
        level = int(element.tag[1])
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        element.tag = f"h{min(_TOP + len(above) - 1, _LOWEST)}"


def _drop_title(root: HtmlElement, title: str) -> None:
    wanted = fold(title)
    if not wanted:
        return
    for element in root.iter(*sorted(HEADINGS), "p", "div", "li", "td"):
        if element is root or (element.tag in {"div", "li", "td"} and len(element)):
            continue
        said = fold(tree.text_of(element))
        if not said:
            continue
        if said == wanted:
            tree.gone(element)
        elif len(said) > 80:
            break
    tree.settle(root)
