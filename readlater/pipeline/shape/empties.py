"""No empty blocks, no marks around nothing, one rule between two parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readlater.pipeline.shape import tree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_INLINE = (
    *("a", "b", "strong", "em", "i", "u", "s", "small", "sub", "sup", "mark", "cite", "q", "code"),
    *("span", "ins", "del", "abbr", "time", "kbd", "samp", "var", "dfn", "label", "strike"),
)
_BLOCKS = (
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "blockquote", "figcaption"),
    *("figure", "div", "section", "article", "aside", "pre", "details", "summary", "address"),
    *("caption", "dt", "dd"),
)


def marks(root: HtmlElement) -> None:
    """Take marks and links around nothing out of `root`."""
    for element in reversed(list(root.iter(*_INLINE))):
        if _is_empty(element):
            (tree.opened if element.text else tree.gone)(element)
    tree.settle(root)


def blocks(root: HtmlElement) -> None:
    """Take blocks that show nothing out of `root`, and rules that part nothing."""
    for element in reversed(list(root.iter(*_BLOCKS))):
        if element is not root and _is_empty(element) and not _answers(element):
            tree.gone(element)
    tree.settle(root)
    for figure in list(root.iter("figure")):
        if all(child.tag == "figcaption" for child in figure):
            for caption in list(figure.iter("figcaption")):
                caption.tag = "p"
            tree.opened(figure)
    tree.settle(root)
    for line in list(root.iter("hr")):
        after = line.getnext()
        parts = after is not None and after.tag != "hr" and line.getprevious() is not None
        if not parts and tree.says_nothing(line.tail) and line.getparent() is root:
            tree.gone(line)
    tree.settle(root)


def _is_empty(element: HtmlElement) -> bool:
    if element.get("id") or not tree.says_nothing(element.text):
        return False
    return all(
        (tree.is_gone(child) or child.tag == "br") and tree.says_nothing(child.tail)
        for child in element
    )


def _answers(element: HtmlElement) -> bool:
    """A term may stand without its definition, which then is an empty one."""
    before = element.getprevious()
    term = before is not None and before.tag == "dt"
    return bool(element.tag == "dd") and before is not None and term and not tree.is_blank(before)
