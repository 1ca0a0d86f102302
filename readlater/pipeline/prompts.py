"""Take out what asks the reader for something or is not of the article, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readlater.article import fingerprint_of
from readlater.pipeline import icons, loose, prompt_rules
from readlater.pipeline.prompt_signs import BOX, Gathered, Signs
from readlater.pipeline.taken import Taken

if TYPE_CHECKING:
    from readlater.pipeline.blocks import Blocks

# Never a prompt as a whole, though something inside may be.
_WHOLE = frozenset({"html", "body", "main", "h1", "td", "tr", "tbody"})
# The article's own words, whatever they say.
_QUOTED = frozenset({"pre", "code", "blockquote", "figcaption", "math", "q"})


def take_out(blocks: Blocks, keep: frozenset[str] = frozenset()) -> list[Taken]:
    """Mark the prompts of a page as gone and say what they were, in the page's order.

    A block whose fingerprint is in `keep` stays: a person put it back.
    """
    icons.take_out(blocks)
    gathered = Gathered(blocks)
    taken: list[Taken] = []
    i = 1
    while i < len(blocks.nodes):
        tag = blocks.nodes[i].tag
        if tag in _QUOTED:
            i = blocks.end[i]
            continue
        found = _look(blocks, gathered, i, taken) if blocks.block[i] == i else None
        if found is None:
            i += 1
            continue
        if found.fingerprint not in keep:
            taken.append(found)
            blocks.take(i)
        i = blocks.end[i]
    taken += loose.take_out(blocks, gathered, keep)
    if taken:
        blocks.sum_up()
    return sorted(taken, key=lambda one: one.number)


def _look(blocks: Blocks, gathered: Gathered, i: int, taken: list[Taken]) -> Taken | None:
    total, tag = blocks.total[i], blocks.nodes[i].tag
    if not 0 < total <= BOX or tag in _WHOLE or gathered.quiet(i):
        return None
    signs = gathered.under(i)
    if signs.headline:
        return None
    block = prompt_rules.Block(
        tag,
        total,
        blocks.links[i] / total,
        follows=_follows(blocks, i, taken),
        code=gathered.code,
        about=gathered.about,
    )
    reason = prompt_rules.verdict(signs, block)
    return _taken(blocks, i, reason, signs) if reason else None


def _follows(blocks: Blocks, i: int, taken: list[Taken]) -> bool:
    """Whether the block before it, under the same parent, was a prompt."""
    if not taken:
        return False
    last = taken[-1].number
    return blocks.parent[last] == blocks.parent[i]


def _taken(blocks: Blocks, i: int, reason: str, signs: Signs) -> Taken:
    from lxml.html import tostring

    markup = tostring(blocks.nodes[i], encoding="unicode", with_tail=False)
    text = blocks.text(i)
    return Taken(i, reason, text, markup, frozenset(signs.strong), fingerprint_of(text))
