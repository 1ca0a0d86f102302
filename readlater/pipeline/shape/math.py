"""One form of each formula: its MathML stays, what draws it a second time goes."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from readlater.pipeline.blocks import BLOCK
from readlater.pipeline.shape import tree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DRAWN = tree.words(
    "katex", "katex-display", "mathjax", "mathjax_display", "mjx", "mwe-math-element", "math"
)
_NEAR = 8
_DISPLAY = tree.words("display", "katex-display", "block")


def is_formula(element: HtmlElement) -> bool:
    """Whether an element is a formula, or what a page's own typesetting of one stands in."""
    tag = element.tag
    return (
        tag == "math" or tag.startswith("mjx-") or (tag == "span" and tree.named(element, _DRAWN))
    )


def unhide(root: HtmlElement) -> None:
    """MathML that is hidden beside its picture takes the picture's place, before it goes."""
    for math in list(root.iter("math")):
        hiding = next((a for a in math.iterancestors() if "none" in a.get("style", "")), None)
        if hiding is None or hiding.tag != "span":
            continue
        beside = hiding.getnext()
        if beside is not None and beside.tag == "img" and beside.get("alt"):
            del hiding.attrib["style"]
            beside.tag = "span"
            for name in list(beside.attrib):
                del beside.attrib[name]


def rule(root: HtmlElement) -> None:
    """Leave of each formula the `math`, without its source."""
    for math in list(root.iter("math")):
        if next(math.iterdescendants(*BLOCK), None) is not None or tree.is_small(math, 0):
            tree.opened(math)
            continue
        for note in list(math.iter("annotation", "annotation-xml")):
            tree.gone(note)
        box = _box(math, root)
        if box is None:
            continue
        if _is_display(math, box):
            math.set("display", "block")
        tail, math.tail = math.tail, None
        tree.refill(box, (math, tail) if not tree.says_nothing(tail) and tail else (math,))
        tree.opened(box)
    tree.settle(root)


def _box(math: HtmlElement, root: HtmlElement) -> HtmlElement | None:
    """The outermost element around a formula that is named for it and holds no other one."""
    found = None
    for above in islice(math.iterancestors(), _NEAR):
        if above is root or above.tag in {"p", "td", "li", "article", "section", "body"}:
            break
        if is_formula(above) or tree.named(above, _DRAWN):
            if next(islice(above.iter("math"), 1, 2), None) is not None:
                break
            found = above
    return found


def _is_display(math: HtmlElement, box: HtmlElement) -> bool:
    if math.get("display") or box.get("display") == "true":
        return "block" in math.get("display", "") or "true" in box.get("display", "")
    return any(
        tree.named(above, _DISPLAY)
        for above in (box, *box.iterdescendants("span"), box.getparent())
        if above is not None
    )
