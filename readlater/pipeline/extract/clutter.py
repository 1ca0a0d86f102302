"""What in and around an article is not of it, by the page's own names, tags and links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readlater.pipeline import names
from readlater.pipeline.blocks import HEADINGS

if TYPE_CHECKING:
    from readlater.pipeline.blocks import Blocks

_NOT_TEXT = frozenset(["nav", "footer", "button", "input"])
_ASIDE_ROLES = frozenset(
    ["navigation", "complementary", "contentinfo", "search", "banner", "menu", "toolbar"]
)


def is_foreign(blocks: Blocks, i: int) -> bool:
    """Whether paragraphs under an element are surely of something else than the article."""
    element = blocks.nodes[i]
    if element.tag in {"nav", "footer", "aside"} or element.get("role") in _ASIDE_ROLES:
        return True
    if element.tag in {"body", "html", "article", "main", "p", "a"}:
        return False
    words = names.words_of(blocks.name(i))
    return bool(words & names.read("foreign")) and not words & {
        "article",
        "articlebody",
        "content",
        "body",
    }


def is_clutter(blocks: Blocks, i: int, weight: int, whole: int) -> bool:
    """Whether an element inside the article's container is to be left out.

    `weight` is the size of its good paragraphs, `whole` the size of all text in the container.
    """
    element = blocks.nodes[i]
    tag, total = element.tag, blocks.total[i]
    if tag in _NOT_TEXT:
        return True
    if tag in {"p", "img", "a", "pre", "code", "figcaption", "br", "em", "strong", "picture"}:
        return (
            tag == "p"
            and total < 200
            and _named(blocks, i)
            and blocks.nodes[i].find(".//img") is None
        )
    if total > whole * 0.4 and total > 200:
        return False
    if tag == "aside" or element.get("role") in _ASIDE_ROLES:
        return True
    if _named(blocks, i) and (weight < max(600, whole * 0.2)):
        return not _holds_figure(blocks, i) or weight > 0
    return tag not in HEADINGS and _is_link_list(blocks, i, total)


def _named(blocks: Blocks, i: int) -> bool:
    words = names.words_of(blocks.name(i))
    return bool(words & names.read("clutter"))


def _holds_figure(blocks: Blocks, i: int) -> bool:
    element = blocks.nodes[i]
    return element.tag == "figure" or element.find(".//figcaption") is not None


def _is_link_list(blocks: Blocks, i: int, total: int) -> bool:
    """A list, table or box that is more links than words."""
    tag = blocks.nodes[i].tag
    if tag not in {"ul", "ol", "div", "section", "table", "dl", "h2", "h3", "h4"} or not total:
        return False
    share = blocks.links[i] / total
    return share > (0.6 if tag in {"ul", "ol", "table"} else 0.75) and total > 20
