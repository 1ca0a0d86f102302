"""Lists hold items and nothing else; a list in a list stands in an item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readlater.pipeline.blocks import BLOCK
from readlater.pipeline.shape import tree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LISTS = frozenset(["ul", "ol"])


def rule(root: HtmlElement) -> None:
    """Mend the lists of `root`."""
    for element in list(root.iter("menu", "dir")):
        element.tag = "ul"
    for element in reversed(list(root.iter("ul", "ol"))):
        _items_only(element)
    tree.settle(root)
    for item in list(root.iter("li")):
        above = item.getparent()
        if above is not None and above.tag not in _LISTS:
            _gather(item, "ul", frozenset(["li"]))
    for item in list(root.iter("dt", "dd")):
        above = item.getparent()
        if above is not None and above.tag != "dl" and not _in_division(item):
            _gather(item, "dl", frozenset(["dt", "dd"]))
    for division in root.iterfind(".//dl/div"):
        tree.shell(division)
    tree.settle(root)


def _in_division(item: HtmlElement) -> bool:
    above = item.getparent()
    top = None if above is None else above.getparent()
    return top is not None and above is not None and above.tag == "div" and top.tag == "dl"


def _items_only(element: HtmlElement) -> None:
    last: HtmlElement | None = None
    if tree.says_nothing(element.text):
        element.text = None
    else:
        last = element.makeelement("li")
        last.text, element.text = element.text, None
        element.insert(0, last)
    for child in list(element):
        if not isinstance(child.tag, str) or child is last:
            continue
        tail, child.tail = child.tail, None
        if child.tag == "li":
            last = child
        elif child.tag in _LISTS and last is not None:
            last.append(child)
        elif child.tag in BLOCK and not tree.is_blank(child) and _holds_items(child):
            tree.shell(child)
        elif tree.is_blank(child):
            tree.opened(child)
        else:
            last = element.makeelement("li")
            child.addprevious(last)
            last.append(child)
        if not tree.says_nothing(tail):
            last = element.makeelement("li")
            last.text = tail
            child.addnext(last)


def _holds_items(child: HtmlElement) -> bool:
    return child.tag in {"div", "section", "span"} and any(one.tag == "li" for one in child)


def _gather(item: HtmlElement, tag: str, kin: frozenset[str]) -> None:
    """An item without a list gets one, together with those that follow it."""
    above = item.getparent()
    if above is None:
        return
    found = item.makeelement(tag)
    item.addprevious(found)
    one: HtmlElement | None = item
    while one is not None and one.tag in kin:
        following = one.getnext()
        loose = not tree.says_nothing(one.tail)
        if loose:
            found.tail, one.tail = one.tail, None
        found.append(one)
        one = None if loose else following
