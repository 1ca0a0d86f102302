"""Take out prompts that are no block of their own: loose text of a box, a label in a line."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from readlater.article import fingerprint_of
from readlater.pipeline import phrases
from readlater.pipeline.blocks import BLOCK, size
from readlater.pipeline.prompt_signs import mark
from readlater.pipeline.taken import Taken

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from readlater.pipeline.blocks import Blocks
    from readlater.pipeline.prompt_signs import Gathered, Signs

_INLINE = frozenset({"span", "small", "a", "em", "strong", "b", "i", "ins", "font", "label"})
_LONGEST = 120
# What is more than loose text.
_SEEN = ("img", "picture", *BLOCK)
_NEVER = frozenset({"html", "pre", "blockquote", "figcaption", "p", "h1", "td", "li", "code"})


def take_out(blocks: Blocks, gathered: Gathered, keep: frozenset[str]) -> list[Taken]:
    """What was taken; the text is gone from the tree as well as from the blocks."""
    taken = []
    for i in gathered.speaking():
        element = blocks.nodes[i]
        if blocks.gone[i] or element.tag == "code":
            continue
        if _is_box(blocks, i):
            found = _loose_text(blocks, gathered, i, keep)
        else:
            found = _label_inside(blocks, i, keep)
        if found is not None:
            taken.append(found)
    return taken


def _is_box(blocks: Blocks, i: int) -> bool:
    return blocks.nodes[i].tag not in _NEVER and any(
        child.tag in BLOCK for child in blocks.nodes[i]
    )


def _loose_text(blocks: Blocks, gathered: Gathered, i: int, keep: frozenset[str]) -> Taken | None:
    signs = gathered.leaf(i)
    if signs is None or blocks.own[i] > _LONGEST:
        return None
    reason = _loose_reason(signs, linked=blocks.links_of(i) > 0.5)
    text = " ".join("".join(blocks.parts[i]).split())
    if not reason or fingerprint_of(text) in keep:
        return None
    for child in blocks.nodes[i]:
        number = blocks.number.get(child)
        if number is not None and next(child.iter(*_SEEN), None) is None:
            blocks.take(number)
        child.tail = None
    blocks.nodes[i].text = None
    blocks.parts[i].clear()
    blocks.own[i] = blocks.linked[i] = 0
    return _made(i, reason, text, signs)


def _loose_reason(signs: Signs, *, linked: bool) -> str:
    if signs.label and signs.label != "related":
        return signs.label
    reason = max(signs.strong, key=lambda one: signs.strong[one], default="")
    if not reason or reason in {"related", "share"}:
        return ""
    sure = signs.covered >= 40 and (linked or signs.repeated or signs.covered >= 60)
    return {phrases.WITHHELD: "subscribe"}.get(reason, reason) if sure else ""


def _label_inside(blocks: Blocks, i: int, keep: frozenset[str]) -> Taken | None:
    """A label such as "Advertisement" in the midst of a line, where its name says so too."""
    for j in range(i + 1, blocks.end[i]):
        element = blocks.nodes[j]
        text = element.text
        if element.tag not in _INLINE or not text or len(element) or len(text) > 60:
            continue
        if phrases.label(phrases.fold(text)) != "advert" or not _named(element):
            continue
        if fingerprint_of(text) in keep or text not in blocks.parts[i]:
            continue
        blocks.parts[i].remove(text)
        blocks.own[i] = max(0, blocks.own[i] - size(text))
        blocks.take(j)
        element.text = None
        return Taken(
            j,
            "advert",
            text.strip(),
            html.escape(text.strip()),
            frozenset({"advert"}),
            fingerprint_of(text),
        )
    return None


def _named(element: HtmlElement) -> bool:
    above = element.getparent()
    names = [f"{e.get('class', '')} {e.get('id', '')}" for e in (element, above) if e is not None]
    return any(mark(name) == "advert" for name in names)


def _made(i: int, reason: str, text: str, signs: Signs) -> Taken:
    return Taken(i, reason, text, html.escape(text), frozenset(signs.strong), fingerprint_of(text))
