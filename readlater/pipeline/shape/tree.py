"""Moves within an article's tree that stay linear on any tree: mark first, take out together."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from readlater.pipeline.blocks import BLOCK, NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

_GONE = "readlater-gone"
_OPEN = "readlater-open"
# A wrapper whose content are blocks stands among blocks until all wrappers go.
_SHELL = "readlater-shell"
_FEW = 120
# These show something without a word.
MEDIA = frozenset(["img", "math", "hr", "br", "video", "audio", "iframe", "object", "embed"])
_SHOWN = MEDIA - {"br"}
_SEEN = re.compile("[^\\s\u200b\u200c\u200d\u2060\ufeff\u00ad]")


def as_box(root: HtmlElement) -> None:
    """Make the root a plain box; what an article of one list or table was is in it."""
    if root.tag in {"ul", "ol", "dl", "table", "blockquote", "pre", "figure", "details", "p"}:
        inside = fill(root.makeelement(root.tag, dict(root.attrib)), tokens(root))
        root.text = None
        root.append(inside)
    root.tag = "div"


def gone(element: HtmlElement) -> None:
    """Mark an element to be taken out with all in it; what follows it stays."""
    element.tag = _GONE


def opened(element: HtmlElement) -> None:
    """Mark an element to be taken out, its content stays."""
    element.tag = _OPEN


def shell(element: HtmlElement) -> None:
    """Mark an element of blocks to be taken out, the blocks stay."""
    element.tag = _SHELL


def is_block(element: HtmlElement) -> bool:
    """Whether it stands in the flow as a block."""
    return element.tag in BLOCK or bool(element.tag == _SHELL)


def is_shell(element: HtmlElement) -> bool:
    """Whether `shell` marked it."""
    return bool(element.tag == _SHELL)


def first_block(element: HtmlElement) -> HtmlElement:
    """The block itself, or the first one in a shell."""
    while element.tag == _SHELL and len(element):
        element = element[0]
    return element


def settle(root: HtmlElement) -> None:
    """Take out what is marked."""
    etree.strip_elements(root, _GONE, with_tail=False)
    etree.strip_tags(root, _OPEN, _SHELL)


def is_gone(element: HtmlElement) -> bool:
    """Whether `gone` marked it."""
    return bool(element.tag == _GONE)


def named(element: HtmlElement, pattern: re.Pattern[str]) -> bool:
    """Whether the class or the id of an element says so."""
    name = element.get("class")
    if name and pattern.search(name):
        return True
    name = element.get("id")
    return bool(name and pattern.search(name))


def words(*names: str) -> re.Pattern[str]:
    """Any of `names` as words of a class: "a-b_c d" and "aB" have the words a, b, c and d."""
    each = "|".join(names)
    return re.compile(
        rf"(?i:(?:^|[\s_-])(?:{each})(?:$|[\s_-]))|[a-z](?:{each.title()})(?:$|[\s_A-Z-])"
    )


def says_nothing(text: str | None) -> bool:
    """Whether a text is spaces, or nothing that is seen."""
    return not text or _SEEN.search(text) is None


def text_of(element: HtmlElement) -> str:
    """All text of an element, spaces collapsed."""
    return " ".join("".join(element.itertext()).split())


def is_small(element: HtmlElement, chars: int) -> bool:
    """Whether at most `chars` characters are said in an element of few parts; ends early."""
    said = 0
    for at, one in enumerate(element.iter()):
        if one.text and isinstance(one.tag, str):
            said += len(" ".join(one.text.split()))
        if one.tail and one is not element:
            said += len(" ".join(one.tail.split()))
        if said > chars or at > _FEW:
            return False
    return True


def has_more(element: HtmlElement, count: int) -> bool:
    """Whether an element has more than `count` children; `len` counts them all."""
    return next(islice(element.iterchildren(), count, None), None) is not None


def is_blank(element: HtmlElement) -> bool:
    """Whether an element shows neither a word nor a picture."""
    if element.tag in _SHOWN or not says_nothing(element.text):
        return False
    return all(
        one.tag not in _SHOWN
        and says_nothing(one.text if isinstance(one.tag, str) else "")
        and says_nothing(one.tail)
        for one in element.iterdescendants()
    )


def has_picture(element: HtmlElement) -> bool:
    """Whether a picture stands in an element."""
    return element.tag == "img" or next(element.iter("img"), None) is not None


def made(near: HtmlElement, tag: str) -> HtmlElement:
    """A new element that has the number of `near` in the page."""
    element: HtmlElement = near.makeelement(tag)
    if number := near.get(NUMBER):
        element.set(NUMBER, number)
    return element


def tokens(element: HtmlElement) -> list[HtmlElement | str]:
    """The texts and children of an element in order, without empty texts."""
    found: list[HtmlElement | str] = [element.text] if element.text else []
    for child in element:
        found.append(child)
        if child.tail:
            found.append(child.tail)
    return found


def fill(
    element: HtmlElement, content: Iterable[HtmlElement | str], *, move: bool = True
) -> HtmlElement:
    """Give an empty element its content; nodes are moved, and leave what followed them behind."""
    last: HtmlElement | None = None
    texts: list[str] = []

    def write() -> None:
        if texts:
            if last is None:
                element.text = "".join(texts)
            else:
                last.tail = "".join(texts)
            texts.clear()

    for one in content:
        if isinstance(one, str):
            texts.append(one)
            continue
        write()
        one.tail = None
        if move:
            element.append(one)
        last = one
    write()
    return element


def refill(element: HtmlElement, content: Iterable[HtmlElement | str]) -> None:
    """Put `content` in the place of all that an element holds."""
    content = list(content)
    nodes = [one for one in content if not isinstance(one, str)]
    kept = set(nodes)
    element.text = None
    for child in list(element):
        child.tail = None
        if child not in kept:
            element.remove(child)
    # lxml walks all that is in a node when the node moves.
    fill(element, content, move=list(element) != nodes)


def holders(root: HtmlElement, *, of: Iterable[str] = BLOCK) -> set[HtmlElement]:
    """The elements between `root` and its blocks that are no blocks, and have some in them."""
    found: set[HtmlElement] = set()
    for element in root.iter(*of):
        above = element.getparent()
        while above is not None and above.tag not in BLOCK and above not in found:
            found.add(above)
            above = above.getparent()
    return found
