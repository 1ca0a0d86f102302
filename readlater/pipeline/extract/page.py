"""What the elements of a page stand in, hold and are called: the measures its lines share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from readlater import resources
from readlater.pipeline import names
from readlater.pipeline.about.text import fold
from readlater.pipeline.blocks import HEADINGS
from readlater.pipeline.extract import container

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from readlater.pipeline.blocks import Blocks
    from readlater.pipeline.extract.anchors import Anchors
    from readlater.pipeline.extract.lexicon import Lexicon

# Text of this size with few links is prose.
_PROSE = 80
FAMILIES = (
    "comments", "related", "side", "foot", "head", "share", "promo", "author", "meta", "caption",
    "body", "thread",
)  # fmt: skip
_SAYING = ("class", "id", "itemprop", "role", "data-testid", "data-component")


@dataclass(frozen=True, slots=True)
class Line:
    """A block with text of its own: its number in the page and the text."""

    block: int
    text: str


def lines_of(blocks: Blocks) -> list[Line]:
    """The lines of a page that are not gone."""
    parts, gone = blocks.parts, blocks.gone
    return [
        Line(i, " ".join("".join(parts[i]).split()))
        for i, said in enumerate(blocks.own)
        if said and not gone[i]
    ]


def label_of(element: HtmlElement) -> str:
    """All that says what a page's makers take an element for."""
    get = element.get
    return " ".join([said for name in _SAYING if (said := get(name))])


@cache
def _families() -> dict[str, int]:
    """The bit of each word's family, from `resources/extract/families.txt`."""
    bits: dict[str, int] = {}
    for line in resources.text("extract/families.txt").splitlines():
        if line.startswith("["):
            family, _, words = line[1:].partition("]")
            for word in words.split():
                bits[word] = bits.get(word, 0) | 1 << FAMILIES.index(family)
    return bits


@lru_cache(maxsize=8192)
def _family(label: str) -> int:
    bits = _families()
    found = 0
    for word in names.words_of(label):
        found |= bits.get(word, 0)
    return found


class Page:
    """The measures of a page's elements that its lines share."""

    def __init__(self, blocks: Blocks, lexicon: Lexicon, about: Anchors) -> None:
        self.blocks = blocks
        self.lines = lines = lines_of(blocks)
        self.lexicon = lexicon
        count = len(blocks.nodes)
        self.prose = [
            0 if gone or own < _PROSE or linked * 2 > own else own
            for own, linked, gone in zip(blocks.own, blocks.linked, blocks.gone, strict=True)
        ]
        self.mass = list(self.prose)
        self.paragraphs = [1 if said else 0 for said in self.prose]
        parent = blocks.parent
        for i in range(count - 1, 0, -1):
            p = parent[i]
            self.mass[p] += self.mass[i]
            self.paragraphs[p] += self.paragraphs[i]
        self.inherit()
        self.home = self._home()
        self.titles = self._titles(about)
        self.title = lines[self.titles[0]].block if self.titles else 0
        found = [i for i, element in enumerate(blocks.nodes) if element.tag == "article"]
        self.article_at = {i: min(at, 20) for at, i in enumerate(found)}
        self.opinion, teasers = container.opinion(blocks, about)
        self.cards = len(teasers)
        self.chosen = sum(
            blocks.own[line.block] for line in lines if self.opinion[line.block] == container.INSIDE
        )

    def _titles(self, about: Anchors) -> list[int]:
        """The lines that are the headline, or the page's main headings where none is."""
        nodes = self.blocks.nodes
        heads = [k for k, line in enumerate(self.lines) if nodes[line.block].tag in HEADINGS]
        said = [k for k in heads if about.title and fold(self.lines[k].text[:300]) == about.title]
        return said or [k for k in heads if nodes[self.lines[k].block].tag == "h1"]

    def inherit(self) -> None:
        """Flags, depth and what the names say, from the root down."""
        blocks, odds = self.blocks, self.lexicon.name
        count = len(blocks.nodes)
        self.aside = bytearray(count)
        self.depth = [0] * count
        self.own_odds = [0.0] * count
        self.sum_odds = [0.0] * count
        self.least_odds = [0.0] * count
        self.most_odds = [0.0] * count
        self.kind = [0] * count
        kinds: dict[tuple[object, ...], int] = {}
        self.family = [0] * count
        self.families = [0] * count
        self.article = [-1] * count
        self.nested = [0] * count
        self.articles = 0
        block, end = blocks.block, blocks.end
        for i, element in enumerate(blocks.nodes):
            if block[i] != i and end[i] == i + 1:
                continue  # a word or a picture inside a line: nothing is asked of it
            tag = element.tag
            name = element.get("class") or ""
            p = blocks.parent[i]
            said = 0.0
            if tag == "article":
                self.articles += 1
            family = 0
            if tag not in {"body", "html"} and (label := label_of(element)):
                said = odds(label)
                family = _family(label)
            key: tuple[object, ...]
            if p < 0:
                key = (tag,)
            else:
                self.depth[i] = self.depth[p] + 1
                self.aside[i] = self.aside[p] or tag == "aside"
                self.own_odds[i] = said
                self.sum_odds[i] = self.sum_odds[p] + said
                self.least_odds[i] = min(self.least_odds[p], said)
                self.most_odds[i] = max(self.most_odds[p], said)
                key = (self.kind[p], tag, name)
                self.family[i] = family
                self.families[i] = self.families[p] | family
                self.article[i] = i if tag == "article" else self.article[p]
                self.nested[i] = self.nested[p] + (tag == "article")
            self.kind[i] = kinds.setdefault(key, len(kinds))

    def _home(self) -> int:
        """The element in which the prose parts: no child holds three quarters of it."""
        mass, parent = self.mass, self.blocks.parent
        home = 0
        best = mass[0] * 0.75
        if not best:
            return 0
        for i in range(1, len(mass)):
            if parent[i] == home and mass[i] >= best and self.paragraphs[i] > 1:
                home = i
        return home
