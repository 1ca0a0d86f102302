"""Weigh the signs of one block: signs of more than one kind must meet before it goes."""

from __future__ import annotations

from dataclasses import dataclass

from readlater.pipeline import phrases
from readlater.pipeline.prompt_signs import Signs

_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_ASKING = (
    phrases.WITHHELD, "subscribe", "register", "sign_in", "newsletter", "consent", "donate", "app",
    "notification", "adblock",
)  # fmt: skip
_PROSE = 220
_SHORT = 600


@dataclass(frozen=True, slots=True)
class Block:
    """A block as the rules see it: sizes in Latin characters, `linked` the share in links.

    `follows` when a prompt of the same parent went right before it; `code` how many elements of
    the page hold code; `about` the reasons that the page's own paragraphs speak of.
    """

    tag: str
    total: int
    linked: float
    follows: bool = False
    code: int = 0
    about: frozenset[str] = frozenset()


def verdict(signs: Signs, block: Block) -> str:
    """The reason to take a block out, or ""."""
    return (
        _template(signs, block)
        or _label(signs, block)
        or _asking(signs, block)
        or _marked(signs, block)
    )


def _template(signs: Signs, block: Block) -> str:
    if not signs.template or block.total >= 400 or signs.prose >= _PROSE:
        return ""
    if signs.leaves > 2 and not (signs.strong or signs.mark):
        return ""
    wholly = signs.template >= 50 and block.code < 3
    beside = block.code == 0 and (signs.template >= 12 or signs.strong or block.total < 60)
    return "template" if wholly or beside else ""


def _label(signs: Signs, block: Block) -> str:
    label = signs.label
    if not label:
        return ""
    heading = block.tag in _HEADINGS
    if label in {"share", "related"} and heading and not (signs.mark or signs.control):
        return "" if block.linked < 0.5 or label == "share" else label
    if signs.leaves == 1 and (label != "related" or signs.mark or not heading):
        return label
    if label == "related" and block.linked > 0.5 and block.total < 600:
        return label
    if label == "advert" and block.total < 300 and signs.mark:
        return label
    return ""


def _asking(signs: Signs, block: Block) -> str:
    if signs.prose > (_PROSE if signs.mark or signs.leaves == 1 else 90):
        return ""
    if signs.starts == "related" and block.total < 300 and (block.linked > 0.3 or signs.mark):
        return "related"
    asking = [reason for reason in _ASKING if signs.strong[reason]]
    if not asking:
        return _hinted(signs, block)
    reason = max(asking, key=lambda one: (one != phrases.WITHHELD, signs.strong[one]))
    count = sum(signs.strong[one] for one in asking)
    if block.total > _SHORT or _points(signs, block, count, frozenset(asking)) < 2:
        return ""
    return "subscribe" if reason == phrases.WITHHELD else reason


def _points(signs: Signs, block: Block, count: int, asking: frozenset[str]) -> float:
    """How many kinds of signs meet; words must be among them."""
    alone = signs.leaves == 1
    enough = 12 if alone and block.total > 120 and not (signs.asks and signs.addressed) else 5
    said = signs.covered >= enough
    if not (said or count >= 2 or signs.starts in asking or signs.mark in asking):
        return 0
    points = 2.0 if signs.covered >= 40 else 1.0
    points += (count >= 2 and signs.covered >= 10) + (count >= 3 and signs.covered >= 15)
    points += bool(signs.mark) + signs.control + signs.asks
    points += block.linked > 0.5
    points += signs.starts in asking and block.total < 160
    points += signs.asked and block.total < 160 and signs.covered >= 10
    points += signs.addressed and block.total < 120 and signs.covered >= 20
    points += block.follows and block.total < 160
    points += signs.repeated and signs.covered >= 20
    if asking & block.about and signs.mark not in asking:
        points -= 1
    if block.tag in _HEADINGS and signs.covered < 60:
        points -= 1
    if alone and block.total >= _PROSE:
        points -= 1
    return points


def _hinted(signs: Signs, block: Block) -> str:
    """Words that prose uses too, in a short line to the reader that leads to where one signs up."""
    hint = next((r for r in _ASKING if r in signs.weak), "")
    if not hint or block.total > _PROSE or block.tag in _HEADINGS or hint in block.about:
        return ""
    if signs.asked and block.total < 160 and block.tag != "li":
        return hint
    if not (signs.asks or signs.control or signs.mark):
        return ""
    kinds = signs.asks + signs.control + bool(signs.mark) + block.follows + (block.linked > 0.5)
    needed = 1 if signs.addressed and signs.asks and block.total < 160 else 2
    return hint if kinds >= needed else ""


def _marked(signs: Signs, block: Block) -> str:
    advert = signs.strong["advert"]
    if not signs.mark or (block.tag in {"p", "li"} and not (signs.control or signs.asks)):
        told = signs.covered >= 40 or block.linked > 0.5
        return "advert" if advert and block.total < 200 and told else ""
    if signs.prose > _PROSE:
        return ""
    if advert and block.total < 400:
        return "advert"
    if signs.mark in _ASKING:
        return signs.mark if (signs.weak or signs.control) and block.total < 500 else ""
    if signs.mark in {"related", "share"} and block.linked > 0.6:
        return signs.mark
    return ""
