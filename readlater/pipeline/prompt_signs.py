"""Gather the signs of prompts in a page: words, markup, links and fields, block by block."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from readlater.pipeline import phrases
from readlater.pipeline.phrases import Force, OnPage, Phrase

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
    "|meter(?:ed|ing)?[-_ ]|metering|premium|membership|(?:^|[-_ ])offers?(?:$|[-_ ])",
    "newsletter": "newsletter|nwsltr|signup|sign-up|mailchimp|email-?(?:form|capture)",
    "sign_in": r"log-?in(?![a-z])|signin|sign-in|regist(?:er|ration)(?![a-z])",
    "consent": "cookie|consent|gdpr|onetrust|didomi|usercentrics|cmp-?(?:box|banner|container|wrap)"
    "|privacy",
    "app": "(?:^|[-_ ])app-?(?:banner|promo|download|install)|smart-?banner|appstore",
    "notification": "push-?notif|web-?push|notif(?:y|ication)s?-?(?:box|prompt|banner|optin)",
    "adblock": "ad-?block",
    "advert": "advert|sponsor|(?:^|[-_ ])ads?(?:$|[-_ ])|banner|promo|taboola|outbrain"
    "|commercial|adslot",
    "donate": "donat|patreon|fundrais|(?:^|[-_ ])contribut(?:e|ion)s?(?:$|[-_ ])",
    "related": "related|recommend|recirc|read-?(?:more|next|also)|more-?(?:on|from|stories)"
    "|also-?read|see-?also|trending|popular",
    "share": "share|social|sharing|toolbar",
}
_MARKED = [(reason, re.compile(pattern)) for reason, pattern in _MARKS.items()]
_ASKS = re.compile(
    r"subscri|sign-?(?:up|in)\b|log-?in\b|/register\b|registr|newsletter|nieuwsbrief|nyhetsbrev"
    r"|abonn|abbon|/abo\b|suscri|assin|/accounts?\b|membership|prenum|abone"
    r"|checkout|[/=]offers?\b|/ofertas?\b|/offres?\b|/offerte\b|/angebote?\b|/planos\b|/plans?\b|pricing|donat|spenden|patreon|\btrial\b|/join\b|/sso\b"
    r"|[/.]auth[/.]|apps\.apple\.com|play\.google\.com|wa\.me/|whatsapp\.com/channel"
    r"|t\.me/|/apps?/?$|/cart\b"
)
# One of these stands in what the patterns above find: twenty times quicker to look for.
_MARK_HINTS = (
    "paywall", "regwall", "piano", "tinypass", "subscri", "abonn", "upsell", "meter", "premium",
    "membership", "offer", "letter", "nwsltr", "signup", "sign-up", "mailchimp", "email", "log",
    "sign", "regist", "cookie", "consent", "gdpr", "onetrust", "didomi", "usercentrics", "cmp",
    "privacy", "app", "banner", "notif", "push", "block", "ad", "sponsor", "promo", "taboola",
    "outbrain", "commercial", "patreon", "fundrais", "contribut", "donat", "related", "recommend",
    "recirc", "read", "more", "see", "trending", "popular", "share", "social", "sharing", "toolbar",
)  # fmt: skip
_ASK_HINTS = (
    "subscri", "sign", "log", "regist", "letter", "nieuwsbrief", "nyhetsbrev", "abon", "abbon",
    "/abo", "suscri", "assin", "account", "membership", "prenum", "checkout", "off",
    "ofert", "angebot", "plan", "pricing", "donat", "spenden", "patreon", "trial", "/join", "/sso",
    "auth", "apps.apple",
    "play.google", "wa.me", "whatsapp", "t.me", "/app", "/cart",
)  # fmt: skip
_CONTROLS = frozenset({"button", "input", "form"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_OPENING = '“„«‹「『"‚'
_ADDRESSED = re.compile(
    r"(?<!\w)(?:you|your|you're|sie|ihnen|ihre[nmr]?|dich|dir|deine[nmr]?|du|vous|votre|vos|usted|"
    r"te|tu|tus|ti|tua|tuo|vuoi|hai|tienes|você|seu|sua|u|uw|je|jouw|twój|twoj\w+|cię|ci|masz|вы|вам|вас|ваш\w*|"
    r"size|sizi|hakkınız|sizin|siz|لك|आप\w*|du|dig|din)(?!\w)|あなた|您|你|여러분|ください|करें|하세요"
)
# What is larger is no prompt.
BOX = 900
_LEAST_PROSE = 60
# So much text of small blocks is searched: what is more is no article.
_MOST = 3_000_000


@dataclass(slots=True)
class Signs:
    """What speaks for a block being a prompt.

    `strong` and `weak` are phrases by reason, `prose` the size of its text without any, `covered`
    how much of it phrases are (percent), `mark` the reason that its class or id names, `control` a
    button, field or form inside, `asks` a link to where one subscribes or signs in, `addressed`
    that it says "you", `asked` that a sentence asks to act, `repeated` that the page says it twice.
    """

    strong: Counter[str] = field(default_factory=Counter)
    weak: set[str] = field(default_factory=set)
    label: str = ""
    starts: str = ""
    covered: int = 0
    template: int = 0
    prose: int = 0
    leaves: int = 0
    mark: str = ""
    control: bool = False
    asks: bool = False
    addressed: bool = False
    asked: bool = False
    repeated: bool = False
    headline: bool = False

    def add(self, leaf: Signs) -> None:
        """Count a block inside; label, start and share are those of the first."""
        self.leaves += 1
        if leaf.strong:
            self.strong.update(leaf.strong)
        self.weak |= leaf.weak
        self.template = max(self.template, leaf.template)
        self.prose += leaf.prose
        self.addressed |= leaf.addressed
        self.asked |= leaf.asked
        if self.leaves == 1:
            self.label, self.starts, self.covered = leaf.label, leaf.starts, leaf.covered
            self.repeated = leaf.repeated
        else:
            self.repeated = False

    @property
    def says(self) -> bool:
        """Whether any word speaks for a prompt."""
        return bool(self.strong or self.weak or self.label or self.starts or self.template)


class Gathered:
    """The signs of all blocks of a page that are small enough, and of any element from them."""

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks
        small = [i for i, parts in enumerate(blocks.parts) if parts and blocks.own[i] <= BOX]
        folded = []
        length = 0
        for i in small:
            folded.append(phrases.fold("".join(blocks.parts[i])))
            length += len(folded[-1])
            if length > _MOST:
                break
        self._numbers = small[: len(folded)]
        hits = _hits(folded)
        said = Counter(folded)
        self._leaves = [
            _leaf(blocks, i, text, hits.get(at, ()), repeated=said[text] > 1)
            for at, (i, text) in enumerate(zip(self._numbers, folded, strict=True))
        ]
        self.about = _about(self._leaves, [blocks.own[i] for i in self._numbers])
        self._said = [0, *accumulate(leaf.says for leaf in self._leaves)]
        nodes = blocks.nodes
        self._controls = [0, *accumulate(e.tag in _CONTROLS for e in nodes)]
        self._asking = [0, *accumulate(e.tag == "a" and _asks(e.get("href")) for e in nodes)]
        self._headlines = [0, *accumulate(e.tag == "h1" for e in nodes)]
        self._own = [0, *accumulate(e.tag in {"pre", "blockquote", "math"} for e in nodes)]
        self.code = sum(e.tag in {"code", "pre", "kbd", "samp"} for e in nodes)

    def quiet(self, i: int) -> bool:
        """Whether neither a word nor a name speaks for a prompt here."""
        first, last = self._range(i)
        if self._own[self._blocks.end[i]] > self._own[i]:
            return True  # code or a quotation inside: only what is beside it may go
        return self._said[first] == self._said[last] and not mark(own_name(self._blocks, i))

    def under(self, i: int) -> Signs:
        """The signs of an element and of all blocks inside it."""
        end = self._blocks.end[i]
        signs = Signs(mark=mark(own_name(self._blocks, i)))
        signs.control = self._controls[end] > self._controls[i]
        signs.asks = self._asking[end] > self._asking[i] or self._in_asking(i)
        signs.headline = self._headlines[end] > self._headlines[i]
        hit = 0
        first, last = self._range(i)
        for at in range(first, last):
            leaf = self._leaves[at]
            signs.add(leaf)
            if leaf.strong or leaf.label:
                hit += self._blocks.own[self._numbers[at]]
        if signs.leaves > 1:
            signs.covered = hit * 100 // max(1, self._blocks.total[i])
        return signs

    def leaf(self, i: int) -> Signs | None:
        """The signs of a block's own text alone."""
        at = bisect_left(self._numbers, i)
        found = at < len(self._numbers) and self._numbers[at] == i
        return self._leaves[at] if found else None

    def speaking(self) -> list[int]:
        """The numbers of the blocks whose own words speak for a prompt."""
        pairs = zip(self._numbers, self._leaves, strict=True)
        return [i for i, leaf in pairs if leaf.label or leaf.strong or "advert" in leaf.weak]

    def _range(self, i: int) -> tuple[int, int]:
        return bisect_left(self._numbers, i), bisect_left(self._numbers, self._blocks.end[i])

    def _in_asking(self, i: int) -> bool:
        above = self._blocks.nodes[i].getparent()
        return above is not None and above.tag == "a" and _asks(above.get("href"))


def _hits(folded: list[str]) -> dict[int, list[tuple[Phrase, re.Match[str]]]]:
    """The phrases in each text, by its place in the list: one search a phrase over all of them."""
    joined = "\n".join(folded)
    starts = [0, *accumulate(len(text) + 1 for text in folded)]
    found: dict[int, list[tuple[Phrase, re.Match[str]]]] = {}
    for phrase in OnPage(joined, phrases.REASONS).left:
        at = joined.find(phrase.rare)
        while at >= 0:
            number = bisect_right(starts, at) - 1
            match = phrase.pattern.search(folded[number])
            if match:
                found.setdefault(number, []).append((phrase, match))
            at = joined.find(phrase.rare, starts[number + 1])
    return found


def _leaf(
    blocks: Blocks,
    i: int,
    folded: str,
    hits: list[tuple[Phrase, re.Match[str]]] | tuple[()],
    *,
    repeated: bool,
) -> Signs:
    label = phrases.label(folded) if len(folded) < 80 else ""
    marked = "{" in folded or "[[" in folded or "%" in folded
    if not (hits or label or marked):
        prose = blocks.own[i] > _LEAST_PROSE and blocks.links_of(i) < 0.3
        return _quiet(blocks.own[i] if prose else 0)
    signs = Signs(leaves=1, repeated=repeated, label=label)
    if marked and not _coded(blocks.nodes[i]):
        placed = sum(len(match[0]) for match in _TEMPLATE.finditer(folded))
        signs.template = placed * 100 // max(1, len(folded))
        signs.template += placed > 0
    spans = 0
    quoted = folded[:1] in _OPENING
    for phrase, match in hits:
        if phrase.reason == "related" and match.start() > 2:
            continue
        if phrase.force is Force.WEAK or quoted or _is_quoted(folded, match.start()):
            signs.weak.add(phrase.reason)
            continue
        signs.strong[phrase.reason] += 1
        spans += match.end() - match.start()
        if match.start() < 3:
            signs.starts = phrase.reason
    signs.covered = min(100, spans * 100 // max(1, len(folded)))
    own = blocks.own[i]
    if hits:
        signs.addressed = bool(_ADDRESSED.search(folded))
        signs.asked = own < 300 and not quoted and phrases.asks(folded)
    said = signs.strong or signs.label
    if (not said and blocks.links_of(i) < 0.3) or (signs.covered < 10 and own > 200):
        signs.prose = own if own > _LEAST_PROSE else 0
    return signs


@lru_cache(maxsize=1024)
def _quiet(prose: int) -> Signs:
    """The signs of a text that says nothing of a prompt; shared, never changed."""
    return Signs(leaves=1, prose=prose)


def _is_quoted(folded: str, at: int) -> bool:
    return at > 0 and folded[at - 1] in _OPENING


def _about(leaves: list[Signs], sizes: list[int]) -> frozenset[str]:
    """What the paragraphs of a page speak of again and again: there a word alone says little."""
    spoken: Counter[str] = Counter()
    for leaf, size in zip(leaves, sizes, strict=True):
        if size > 150 and leaf.covered < 20:
            spoken.update(set(leaf.strong) | leaf.weak)
    return frozenset(reason for reason, count in spoken.items() if count >= 4)


def _coded(element: HtmlElement) -> bool:
    if next(element.iter("code", "kbd", "samp", "pre", "tt"), None) is not None:
        return True
    return any(above.tag in {"code", "pre"} for above in element.iterancestors())


@lru_cache(maxsize=4096)
def _asks(address: str | None) -> bool:
    if not address or len(address) > 2000:
        return False
    lower = address.lower()
    return any(map(lower.__contains__, _ASK_HINTS)) and bool(_ASKS.search(lower))


def own_name(blocks: Blocks, i: int) -> str:
    """The class and id of a block; not the id of a heading, which repeats its words."""
    element = blocks.nodes[i]
    if element.tag in _HEADINGS or element.tag in {"li", "section", "dt"}:
        return element.get("class") or ""
    return blocks.name(i)


@lru_cache(maxsize=4096)
def mark(name: str) -> str:
    """The reason that a class or id names, such as "newsletter", or ""."""
    lower = name[:400].lower()
    if len(lower) < 3 or not any(map(lower.__contains__, _MARK_HINTS)):
        return ""
    return next((reason for reason, pattern in _MARKED if pattern.search(lower)), "")
