"""How the words of names and of short lines speak for or against an article: learned odds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from readlater.pipeline import names

# So many words at the start of a line are looked up.
FIRST = 25


class Lexicon:
    """Log odds by word: of classes and ids, and of the text of short lines."""

    def __init__(self, by_name: Mapping[str, float], by_text: Mapping[str, float]) -> None:
        self._by_text = by_text
        self._by_name = by_name
        self.name = lru_cache(maxsize=4096)(self._name)

    def _name(self, label: str) -> float:
        """The sum of what the words of a label say."""
        get = self._by_name.get
        return sum(get(word, 0.0) for word in names.words_of(label))

    def text(self, words: Sequence[str]) -> tuple[float, float, float]:
        """The mean, least and most of what the first words of a line say, single and in pairs."""
        said = [word.lower().strip(PUNCTUATION) for word in words[:FIRST]]
        get = self._by_text.get
        found = [get(word, 0.0) for word in said]
        found += [get(f"{a} {b}", 0.0) for a, b in pairwise(said)]
        known = [odds for odds in found if odds]
        if not known:
            return 0.0, 0.0, 0.0
        return sum(known) / len(known), min(known), max(known)


PUNCTUATION = " .,:;!?()[]{}\"'“”‘’«»„…–—-|·•"
