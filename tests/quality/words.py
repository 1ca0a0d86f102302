"""Learn what the words of names and of short lines say, with any one site left out."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from quality.corpus import Page

from readlater.pipeline import names
from readlater.pipeline.extract.lexicon import FIRST, PUNCTUATION, Lexicon
from readlater.pipeline.extract.page import label_of, lines_of

# (sites that must have the word, the share of lines that are the article's anyhow)
_NAMES = (4, 0.4)
_TEXT = (6, 0.35)
_ABOVE = 5
_DOUBT = 2.0
_LEAST = 0.35


class Table:
    """For each word and site the share of its lines that are the article's."""

    def __init__(self, sites: int, prior: float) -> None:
        self._sites = sites
        self._prior = prior
        self._count: dict[str, dict[str, list[float]]] = defaultdict(
            lambda: defaultdict(lambda: [0.0, 0.0])
        )
        self._by_site: dict[str, set[str]] = defaultdict(set)

    def add(self, word: str, site: str, label: float, weight: float) -> None:
        if word and len(word) <= 30:
            entry = self._count[word][site]
            entry[0] += label * weight
            entry[1] += weight
            self._by_site[site].add(word)

    def finish(self) -> dict[str, float]:
        """The log odds of all words that say something."""
        self._sums = {
            word: (sum(a / b for a, b in sites.values()), len(sites))
            for word, sites in self._count.items()
        }
        self.all = {word: o for word, (a, n) in self._sums.items() if (o := self._odds(a, n))}
        return self.all

    def without(self, site: str) -> dict[str, float]:
        """The same as if the site were not there."""
        odds = dict(self.all)
        for word in self._by_site.get(site, ()):
            share, count = self._sums[word]
            mine = self._count[word][site]
            left = self._odds(share - mine[0] / mine[1], count - 1)
            if left:
                odds[word] = left
            else:
                odds.pop(word, None)
        return odds

    def _odds(self, shares: float, count: int) -> float:
        if count < self._sites:
            return 0.0
        share = (shares + _DOUBT * self._prior) / (count + _DOUBT)
        share = min(0.995, max(0.005, share))
        odds = math.log(share / (1 - share)) - math.log(self._prior / (1 - self._prior))
        return round(odds, 2) if abs(odds) > _LEAST else 0.0


class Words:
    """The lexicon of all pages, and that of all pages but one site's."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._names = Table(*_NAMES)
        self._text = Table(*_TEXT)
        for page in pages:
            self._add(page)
        self.names = self._names.finish()
        self.text = self._text.finish()

    def _add(self, page: Page) -> None:
        known: dict[int, frozenset[str]] = {}
        blocks = page.blocks
        for line, label, count in zip(lines_of(blocks), page.labels, page.words, strict=True):
            if label < 0:
                continue
            yes = 1.0 if label >= 0.5 else 0.0
            i, said = line.block, set[str]()
            for _ in range(_ABOVE):
                if i <= 0:
                    break
                if i not in known:
                    known[i] = names.words_of(label_of(blocks.nodes[i]))
                said |= known[i]
                i = blocks.parent[i]
            for word in said:
                self._names.add(word, page.site, yes, math.sqrt(max(1, count)))
            words = [word.lower().strip(PUNCTUATION) for word in line.text.split(" ")]
            if len(words) <= FIRST:
                pairs = {f"{a} {b}" for a, b in pairwise(words)}
                for word in set(words) | pairs:
                    self._text.add(word, page.site, yes, 1.0)

    def without(self, site: str) -> Lexicon:
        """The lexicon that knows nothing of one site."""
        return Lexicon(self._names.without(site), self._text.without(site))
