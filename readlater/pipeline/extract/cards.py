"""Find teasers of other articles: cards whose heading or picture links elsewhere on the site."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from readlater.pipeline.about.text import fold
from readlater.pipeline.blocks import HEADINGS

if TYPE_CHECKING:
    from readlater.pipeline.blocks import Blocks

_CARD = 700
_STOP = frozenset(["body", "main", "html"])


def take_out(blocks: Blocks, title: str, url: str) -> list[int]:
    """Mark the teasers as gone: two or more cards of one kind in the page; `title` is folded."""
    found = _cards(blocks, title, url)
    kinds = Counter(_kind(blocks, i) for i in found)
    several = [i for i in found if kinds[_kind(blocks, i)] > 1]
    text = sum(blocks.total[i] for i in several)
    if not several or text > blocks.total[0] * 0.9:
        return []
    for i in several:
        blocks.take(i)
    blocks.sum_up()
    return several


def _kind(blocks: Blocks, i: int) -> tuple[str, str]:
    element = blocks.nodes[i]
    return str(element.tag), " ".join((element.get("class") or "").split()[:1])


def _cards(blocks: Blocks, title: str, url: str) -> list[int]:
    """The largest element around each linked heading that holds no other and little text."""
    heads = [
        i
        for i, e in enumerate(blocks.nodes)
        if e.tag in HEADINGS and _leads_away(blocks, i, title, url)
    ]
    count = [0] * len(blocks.nodes)
    for i in heads:
        count[i] = 1
    for i in range(len(count) - 1, 0, -1):
        count[blocks.parent[i]] += count[i]
    cards = []
    for i in heads:
        top = i
        while (p := blocks.parent[top]) > 0:
            if count[p] != 1 or blocks.total[p] > _CARD or blocks.nodes[p].tag in _STOP:
                break
            top = p
        cards.append(top)
    return cards


def _leads_away(blocks: Blocks, i: int, title: str, url: str) -> bool:
    """Whether all of a heading is a link to another page of the same site."""
    total = blocks.total[i]
    if total < 15 or blocks.gone[i]:
        return False
    element = blocks.nodes[i]
    link = element.find(".//a")
    above = element.getparent()
    if link is None and above is not None and above.tag == "a":
        link = above
    if link is None or (link is not above and blocks.links[i] < total * 0.8):
        return False
    href = (link.get("href") or "").strip()
    if (
        not href
        or href.startswith(("#", "javascript:", "mailto:"))
        or fold(blocks.text(i)) == title
    ):
        return False
    try:
        there, here = urlsplit(urljoin(url, href)), urlsplit(url)
    except ValueError:
        return False
    same = (there.hostname or "").split(".")[-2:] == (here.hostname or "").split(".")[-2:]
    return same and there.path.rstrip("/") != here.path.rstrip("/")
