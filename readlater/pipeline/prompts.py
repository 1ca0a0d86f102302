"""Take out what asks the reader for something or is not of the article, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readlater.article import fingerprint_of
from readlater.pipeline import phrases
from readlater.pipeline.prompt_signs import BOX, Gathered, Signs

if TYPE_CHECKING:
    from readlater.pipeline.blocks import Blocks

# Never a prompt as a whole, though something inside may be.
_WHOLE = frozenset({"html", "body", "main", "h1", "td", "tr", "tbody"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
# The article's own words, whatever they say.
_QUOTED = frozenset({"pre", "code", "blockquote", "figcaption", "math", "q"})
_ASKING = (phrases.WITHHELD, "subscribe", "register", "sign_in", "newsletter", "consent", "donate")
_PROSE = 220


@dataclass(frozen=True, slots=True)
class Taken:
    """A block that was taken out: its number in the page, why, and what it said."""

    number: int
    reason: str
    text: str
    html: str
    hits: frozenset[str] = frozenset()


def take_out(blocks: Blocks, keep: frozenset[str] = frozenset()) -> list[Taken]:
    """Mark the prompts of a page as gone and say what they were, in the page's order.

    Blocks whose fingerprint is in `keep` stay.
    """
    gathered = Gathered(blocks)
    taken: list[Taken] = []
    i = 1
    while i < len(blocks.nodes):
        total = blocks.total[i]
        tag = blocks.nodes[i].tag
        if tag in _QUOTED:
            i = blocks.end[i]
            continue
        if blocks.block[i] != i or not 0 < total <= BOX or tag in _WHOLE:
            i += 1
            continue
        signs = gathered.under(i)
        if signs.headline:
            i += 1
            continue
        after = (
            bool(taken)
            and blocks.nodes[taken[-1].number].getparent() is blocks.nodes[i].getparent()
        )
        reason = _verdict(signs, total, blocks.links[i], tag, follows_prompt=after)
        if reason and keep and fingerprint_of(blocks.text(i)) in keep:
            i = blocks.end[i]
        elif reason:
            taken.append(_taken(blocks, i, reason, signs))
            blocks.take(i)
            i = blocks.end[i]
        else:
            i += 1
    if taken:
        blocks.sum_up()
    return taken


def _taken(blocks: Blocks, i: int, reason: str, signs: Signs) -> Taken:
    from lxml.html import tostring

    markup = tostring(blocks.nodes[i], encoding="unicode", with_tail=False)
    return Taken(i, reason, blocks.text(i), markup, frozenset(signs.strong))


def _verdict(signs: Signs, total: int, links: int, tag: str, *, follows_prompt: bool) -> str:
    """The reason to take a block out, or ""."""
    if signs.template and total < 400 and signs.prose < _PROSE:
        return "template"
    linked = links / total
    if signs.label == "share" and tag in _HEADINGS and not (signs.mark or signs.control or links):
        return ""  # "Save" is the name of a button and of many a chapter
    if signs.label and (signs.leaves == 1 or (linked > 0.5 and signs.label == "related")):
        return signs.label
    if signs.label == "advert" and total < 300 and signs.mark:
        return "advert"
    if signs.prose > (_PROSE if signs.mark or signs.leaves == 1 else 90):
        return ""
    if signs.starts == "related" and total < 300 and (linked > 0.3 or signs.mark):
        return "related"
    asking = [reason for reason in _ASKING if signs.strong[reason]]
    return _asking_verdict(
        signs, asking, total, linked, follows_prompt=follows_prompt
    ) or _mark_verdict(signs, total, linked, tag)


def _asking_verdict(
    signs: Signs, asking: list[str], total: int, linked: float, *, follows_prompt: bool
) -> str:
    if not asking:
        return ""
    count = sum(signs.strong[reason] for reason in asking)
    reason = max(asking, key=lambda one: (one != phrases.WITHHELD, signs.strong[one]))
    reason = "subscribe" if reason == phrases.WITHHELD else reason
    short = total < (_PROSE if signs.leaves == 1 else 600)
    sure = (
        (signs.mark and (short or signs.control))
        or (signs.control and short)
        or (count >= 2 and short and signs.covered >= 15)
        or (signs.covered >= 40 and short)
        or (follows_prompt and total < 120)
        or (linked > 0.5 and short)
        or (signs.starts in _ASKING and signs.control)
    )
    return reason if sure else ""


def _mark_verdict(signs: Signs, total: int, linked: float, tag: str) -> str:
    if not signs.mark or (tag in {"p", "li"} and not signs.control):
        if signs.strong["advert"] and total < 200 and (signs.covered >= 40 or linked > 0.5):
            return "advert"
        return ""
    if signs.strong["advert"] and total < 400:
        return "advert"
    if signs.mark in {"newsletter", "sign_in", "subscribe", "consent", "donate"}:
        if (signs.weak or signs.control) and total < 500:
            return signs.mark
        return ""
    if signs.mark in {"related", "share"} and linked > 0.6:
        return signs.mark
    return ""
