"""Gather the signs of prompts in a page: words, markup, links and fields, block by block."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from readlater.pipeline import phrases
from readlater.pipeline.phrases import Force, OnPage

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from readlater.pipeline.blocks import Blocks

_TEMPLATE = re.compile(
    r"\{\{[^{}\n]{1,60}\}\}|\[\[[^\[\]\n]{1,60}\]\]|%%[\w .-]{1,60}%%"
    r"|<%=?[^%\n]{1,60}%>|\$\{[\w.]{1,60}\}"
)
# What page makers call such boxes, whatever the language of the page; the reason for each.
_MARKS = {
    "subscribe": "paywall|regwall|piano|tinypass|subscri|abonn|upsell"
    "|meter(?:ed|ing)?[-_ ]|metering|premium|membership|offer",
    "newsletter": "newsletter|nwsltr|signup|sign-up|mailchimp|email-?(?:form|capture)|inbox",
    "sign_in": "login|log-in|signin|sign-in|regist(?:er|ration)",
    "consent": "cookie|consent|gdpr|cmp|privacy",
    "advert": "advert|sponsor|(?:^|[-_ ])ads?(?:$|[-_ ])|banner|promo|taboola|outbrain"
    "|commercial|adslot",
    "donate": "donat|patreon|fundrais|contribut(?:e|ion)",
    "related": "related|recommend|recirc|read-?(?:more|next|also)|more-?(?:on|from|stories)"
    "|also-?read|see-?also|trending|popular",
    "share": "share|social|sharing|toolbar",
}
_MARKED = [(reason, re.compile(pattern, re.I)) for reason, pattern in _MARKS.items()]
_ASKS = re.compile(
    r"subscri|sign-?(?:up|in)|log-?in|register|registr|newsletter|abonn|abbon|/abo\b|suscri|assin|"
    r"account|membership|"
    r"checkout|offer|/plans?\b|pricing|donat|patreon|trial|join|/sso|auth",
    re.I,
)
_CONTROLS = frozenset({"button", "input", "form"})
# What is larger is no prompt.
BOX = 900
_LEAST_PROSE = 60


@dataclass(slots=True)
class Signs:
    """What speaks for a block being a prompt.

    `strong` and `weak` are phrases by reason, `prose` the size of its text without any, `covered`
    how much of it phrases are (percent), `mark` the reason that its class or id names.
    """

    strong: Counter[str] = field(default_factory=Counter)
    weak: set[str] = field(default_factory=set)
    label: str = ""
    starts: str = ""
    covered: int = 0
    prose: int = 0
    leaves: int = 0
    mark: str = ""
    control: bool = False
    template: bool = False
    headline: bool = False

    def add(self, leaf: Signs) -> None:
        """Count a block inside; label, start and share are those of the first."""
        self.leaves += 1
        self.strong.update(leaf.strong)
        self.weak |= leaf.weak
        self.template |= leaf.template
        self.prose += leaf.prose
        if self.leaves == 1:
            self.label, self.starts, self.covered = leaf.label, leaf.starts, leaf.covered


class Gathered:
    """The signs of all blocks of a page that are small enough, and of any element from them."""

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks
        small = [i for i, parts in enumerate(blocks.parts) if parts and blocks.own[i] <= BOX]
        page = OnPage("\n".join("".join(blocks.parts[i]) for i in small), phrases.REASONS)
        self._leaves = [_leaf(blocks, page, i) for i in small]
        self._numbers = small
        self._controls = [0, *accumulate(_is_control(e) for e in blocks.nodes)]
        self._headlines = [0, *accumulate(e.tag == "h1" for e in blocks.nodes)]

    def under(self, i: int) -> Signs:
        """The signs of an element and of all blocks inside it."""
        end = self._blocks.end[i]
        signs = Signs(mark=mark(self._blocks.name(i)))
        signs.control = self._controls[end] > self._controls[i]
        signs.headline = self._headlines[end] > self._headlines[i]
        hit = 0
        for at in range(bisect_left(self._numbers, i), bisect_left(self._numbers, end)):
            leaf = self._leaves[at]
            signs.add(leaf)
            if leaf.strong or leaf.label:
                hit += self._blocks.own[self._numbers[at]]
        if signs.leaves > 1:
            signs.covered = hit * 100 // max(1, self._blocks.total[i])
        return signs


def _leaf(blocks: Blocks, page: OnPage, i: int) -> Signs:
    raw = "".join(blocks.parts[i])
    folded = phrases.fold(raw)
    signs = Signs(leaves=1, template=bool(_TEMPLATE.search(raw)))
    signs.label = page.label(folded)
    spans = 0
    for phrase, match in page.find(folded):
        if phrase.reason == "related" and match.start() > 2:
            continue
        if phrase.force is Force.WEAK:
            signs.weak.add(phrase.reason)
            continue
        signs.strong[phrase.reason] += 1
        spans = max(spans, match.end() - match.start())
        if match.start() < 3:
            signs.starts = phrase.reason
    signs.covered = spans * 100 // max(1, len(folded))
    if not signs.strong and not signs.label and blocks.links_of(i) < 0.3:
        signs.prose = blocks.own[i] if blocks.own[i] > _LEAST_PROSE else 0
    return signs


def _is_control(element: HtmlElement) -> bool:
    if element.tag == "a":
        return bool(_ASKS.search(element.get("href") or ""))
    return element.tag in _CONTROLS


@lru_cache(maxsize=4096)
def mark(name: str) -> str:
    """The reason that a class or id names, such as "newsletter", or ""."""
    if len(name) < 3:
        return ""
    return next((reason for reason, pattern in _MARKED if pattern.search(name)), "")
