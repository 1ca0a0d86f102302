"""Folds text of any language into the words the index holds, the same for articles and queries."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

# Marks that a reader may leave out: Latin, Greek and Cyrillic accents, Hebrew points, Arabic
# vowels, variation selectors, skin tones. Vowel signs and tones of Indic and Thai are letters.
_OPTIONAL = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0711\u0730-\u074a\u180b-\u180d\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    "\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef"
)
_optional = re.compile(f"[{_OPTIONAL}]+")
# Scripts written without spaces (Unicode UAX #14, classes ID and SA), Hangul because its words
# are joined, and emoji: their words are found by pairs of characters.
SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf"
    "\u2600-\u27bf\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b"
    "\u3041-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\ua9e0-\ua9ff"
    "\uaa60-\uaa7f\uac00-\ud7ff\uf900-\ufaff\U00016fe0-\U00018aff\U0001aff0-\U0001b2ff"
    "\U0001f000-\U0001faff\U00020000-\U0003ffff"
)
_spaceless_run = re.compile(f"[{SPACELESS}]+")
_piece = re.compile(f"[{SPACELESS}]+|[^\\s{SPACELESS}]+")
_emoji = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]")
# A character with what NFC may join to it: marks, half-width voicing, Hangul vowels and finals.
_unit = re.compile(f"(?s).[{_OPTIONAL}\u3099\u309a\uff9e\uff9f\u1160-\u11ff\ud7b0-\ud7ff]*")
_half_width = re.compile("[\uff66-\uff9f]+")
_long = re.compile(r"\S{65,}")
LONGEST = 64  # characters of a word that count: base64 and addresses would bloat the index

# Letters that Unicode does not decompose, and that people type without stroke, hook or dot;
# Arabic alef, yeh, kaf and heh in the forms that Arabic, Persian and Urdu keyboards give.
_ALIKE = {
    "ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "ð": "d", "ŋ": "n",
    "æ": "ae", "œ": "oe", "þ": "th",
    "\u0671": "\u0627", "\u0649": "\u064a", "\u06cc": "\u064a", "\u06d2": "\u064a",
    "\u06a9": "\u0643", "\u0629": "\u0647", "\u06c1": "\u0647", "\u06be": "\u0647",
}  # fmt: skip


class _Folds(dict[int, str]):
    """What each code point folds to, worked out the first time it is met."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()  # characters that do not fold to exactly one

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = _fold_character(character)
        if len(folded) != 1:
            self.uneven.add(character)
        self[code] = folded
        return folded


def _fold_character(character: str) -> str:
    """A letter, digit, mark or emoji without case and accent, "" for what joins, else a space."""
    if _optional.match(character) or unicodedata.category(character) == "Cf":
        return ""
    plain = character
    for _ in range(2):  # case folding can bring compatibility characters back, and they it
        bare = _optional.sub("", unicodedata.normalize("NFKD", plain))
        plain = unicodedata.normalize("NFC", bare).casefold()
    return "".join(map(_letter, plain))


def _letter(character: str) -> str:
    alike = _ALIKE.get(character)
    if alike is not None:
        return alike
    if _optional.match(character):
        return ""
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return character if category[0] in "LNM" or _emoji.match(character) else " "


_folds = _Folds()


def _composed(text: str) -> str:
    """Canonical composition, so that decomposed Hangul and kana are the letters they stand for."""
    if text.isascii():
        return text
    if _half_width.search(text):
        text = _half_width.sub(lambda kana: unicodedata.normalize("NFKC", kana[0]), text)
    if unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", _optional.sub("", text))


def fold(text: str) -> str:
    """`text` without case, accents and width; every character that is no part of a word a space.

    NFKD and full case folding (Unicode 3.13) without the optional marks. Folding twice is folding
    once. NUL and lone surrogates become spaces, so the result is always UTF-8.
    """
    folded = _composed(text).translate(_folds)
    if unicodedata.is_normalized("NFC", folded):
        return folded
    return _composed(folded).translate(_folds)


class Folded:
    """A folded text that knows where each of its characters stood in the text as it was."""

    def __init__(self, original: str) -> None:
        composed = _composed(original)
        self.text = composed.translate(_folds)
        self._even = composed == original and _folds.uneven.isdisjoint(original)
        if self._even:
            return
        parts: list[str]
        if composed == original:
            parts = list(map(_folds.__getitem__, map(ord, original)))
            self._starts: Sequence[int] = range(len(original) + 1)
        else:
            units = _unit.findall(original)
            parts = [_composed(unit).translate(_folds) for unit in units]
            self.text = "".join(parts)
            self._starts = list(accumulate(map(len, units), initial=0))
        self._ends = list(accumulate(map(len, parts)))

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The original offsets of `text[start:end]`, not empty, in whole characters and marks."""
        if self._even:
            return start, end
        first = bisect_right(self._ends, start)
        last = max(bisect_left(self._ends, end), bisect_right(self._ends, end) - 1)
        return self._starts[first], self._starts[last + 1]


def pieces(folded: str) -> list[str]:
    """The words of a folded text, cut to `LONGEST`, and its runs written without spaces."""
    return [run if is_spaceless(run) else run[:LONGEST] for run in _piece.findall(folded)]


def is_spaceless(piece: str) -> bool:
    """Whether a piece is a run of characters that its script writes without spaces."""
    return _spaceless_run.match(piece) is not None


def pairs(run: str) -> list[str]:
    """The pairs of a run at each of its characters; the last character stands alone."""
    return [run[at : at + 2] for at in range(len(run))]


def indexed(text: str) -> str:
    """What the index is given for `text`: its words, and pairs where its script has no spaces."""
    folded = fold(text)
    if _spaceless_run.search(folded):
        folded = _spaceless_run.sub(lambda run: f" {' '.join(pairs(run[0]))} ", folded)
    return _long.sub(lambda word: word[0][:LONGEST], folded)
