"""Between a sentence that is spoken and a place of the text that is read: both ways."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import Final

from readlater.article import Spot
from readlater.library.spoken import Speech

_AROUND: Final = 40
# As `resources/html/place.js`: fewer characters may stand anywhere.
_FEWEST: Final = 8
_BLANK: Final = re.compile(r"\s")


def spot_at(speech: Speech, at: int) -> Spot | None:
    """The place of sentence `at` as `place.js` finds it again; None for the title.

    Its words are of one block, as the page's own text has nothing between two; a block of very
    few words gives its place to the next.
    """
    text = speech.text
    for sentence in speech.sentences[at:]:
        if not sentence.end:
            return None
        start = sentence.start
        line = text.rfind("\n", 0, start) + 1
        end = text.find("\n", start)
        suffix = text[start : min(start + _AROUND, end if end >= 0 else len(text))]
        if len(suffix.strip()) >= _FEWEST:
            return Spot(start, text[max(line, start - _AROUND) : start], suffix)
    return None


def progress_at(speech: Speech, at: int) -> float:
    """How much of the text stands before sentence `at`: 0 to 1, and 1 only past the last."""
    if at >= len(speech.sentences):
        return 1.0
    return min(0.99, speech.sentences[at].start / max(1, len(speech.text)))


def index_from(speech: Speech, position: int, *, within: bool) -> int:
    """The sentence that holds `position` of the text, or else the first after it.

    Without `within` only one that begins there or later counts, while there is one.
    """
    starts = [sentence.start if sentence.end else -1 for sentence in speech.sentences]
    after = bisect_left(starts, position)
    holding = bisect_right(starts, position) - 1
    if within and holding >= 0 and speech.sentences[holding].end > position:
        return holding
    return min(after, len(starts) - 1)


def index_of(speech: Speech, spot: Spot | None) -> int:
    """The sentence that a place of the text is in or before; 0 where its words are not there."""
    if spot is None or not speech.sentences:
        return 0
    kept = [i for i, character in enumerate(speech.text) if not character.isspace()]
    bare = _BLANK.sub("", speech.text)
    prefix, suffix = _BLANK.sub("", spot.prefix), _BLANK.sub("", spot.suffix)
    near = bisect_left(kept, spot.offset)
    for words, shift in ((prefix + suffix, len(prefix)), (suffix, 0), (prefix, len(prefix))):
        if len(words) >= _FEWEST and (hits := _hits(bare, words)):
            hit = min(hits, key=lambda hit: abs(hit + shift - near)) + shift
            position = kept[hit] if hit < len(kept) else len(speech.text)
            return index_from(speech, position, within=False)
    return 0


def _hits(text: str, words: str) -> list[int]:
    found, hit = [], text.find(words)
    while hit >= 0:
        found.append(hit)
        hit = text.find(words, hit + 1)
    return found
