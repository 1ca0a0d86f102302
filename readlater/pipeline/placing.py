"""Say where the blocks that were taken out stood in the article, and which followed its end."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from readlater.article import Removed
from readlater.pipeline.blocks import NUMBER
from readlater.pipeline.delivered import Offer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from readlater.pipeline.blocks import Blocks
    from readlater.pipeline.taken import Taken

# Between the last paragraph and an offer right after it there stand at most this many characters.
_NEAR = 200


def place(
    taken: Sequence[Taken], article: HtmlElement | None, blocks: Blocks
) -> tuple[tuple[Removed, ...], tuple[Offer, ...]]:
    """The blocks in or next to the article with their places, and all of them as offers."""
    numbers = [] if article is None else _paragraphs(article)
    last = numbers[-1] if numbers else -1
    home = _home(blocks, numbers)
    reach = _reach(blocks, last)
    removed = []
    offers = []
    for one in taken:
        inside = home <= one.number < blocks.end[home]
        after = last < one.number < reach
        at = bisect_right(numbers, one.number)
        offers.append(Offer(one.text, one.reason, one.hits, after=after, inside=inside and after))
        if article is not None and (inside or after):
            where = f"after paragraph {at}" if at else "before the text"
            removed.append(Removed(one.reason, where, one.text, one.html, one.fingerprint))
    return tuple(removed), tuple(offers)


def _paragraphs(article: HtmlElement) -> list[int]:
    found = [
        int(e.get(NUMBER, "0"))
        for e in article.iter("p", "li", "blockquote", "pre", "td", "div")
        if e.get(NUMBER) and (e.text_content() if e.tag == "p" else e.text or "").strip()
    ]
    return sorted(set(found))


def _home(blocks: Blocks, numbers: list[int]) -> int:
    """The innermost element that holds the article's first and last paragraph."""
    if not numbers:
        return 0
    i = numbers[-1]
    first = numbers[0] if len(numbers) > 1 else i
    i = blocks.parent[i] if i else 0
    while i > 0 and not i <= first < blocks.end[i]:
        i = blocks.parent[i]
    return max(i, 0)


def _reach(blocks: Blocks, last: int) -> int:
    """The first element that has more than a line or two, or the page's foot, between it and the
    last paragraph; all of them when there is no paragraph.
    """
    count = len(blocks.nodes)
    said = 0
    for j in range(blocks.end[last] if last >= 0 else count, count):
        element = blocks.nodes[j]
        if element.tag == "footer" or element.get("role") == "contentinfo":
            return j
        if not blocks.gone[j]:
            said += blocks.own[j]
        if said > _NEAR:
            return j
    return count
