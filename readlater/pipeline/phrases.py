"""The words of prompts in many languages, from `resources/prompts`, found in a page's text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cache

from readlater import resources

WITHHELD = "wall"
REASONS = (
    WITHHELD, "subscribe", "register", "sign_in", "newsletter", "consent", "donate", "app",
    "notification", "adblock", "advert", "related", "share",
)  # fmt: skip
ROBOT = "robot"
ERROR = "error"
# A word is looked up by so many of its first characters: lists hold stems as well as words.
_STEM = 5
_BREAKS = str.maketrans(
    dict.fromkeys("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~“”„«»‹›‘…–—·•¿¡。、，：；？！「」（）", " ")
)
# Scripts without spaces between words: there two characters are looked up instead of a word.
_DENSE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2}")


class Force(Enum):
    """How much a phrase says: by itself, only beside other signs, or as a block's whole text."""

    STRONG = ""
    WEAK = "~"
    WHOLE = "="


@dataclass(frozen=True, slots=True)
class Phrase:
    """One line of a list.

    `rare` is its longest fixed part, which a quick search looks for, `stems` how the words of that
    part begin.
    """

    reason: str
    force: Force
    rare: str
    pattern: re.Pattern[str]
    stems: frozenset[str]


def fold(text: str) -> str:
    """A text as the lists are written: lower case, plain apostrophes, single spaces."""
    lower = text.lower().replace("’", "'").replace("\u00ad", "")
    return " ".join(lower.replace("i\u0307", "i").split())  # the lower case of the Turkish İ


@cache
def read(reason: str) -> tuple[Phrase, ...]:
    """The phrases of one list of `resources/prompts`."""
    found = []
    for raw in resources.text(f"prompts/{reason}.txt").splitlines():
        line = fold(raw)
        if not line or line.startswith("#"):
            continue
        force = {"~": Force.WEAK, "=": Force.WHOLE}.get(line[0], Force.STRONG)
        line = line.lstrip("~=").strip()
        parts = [part for part in line.split("*") if part.strip()]
        body = "[^\n]{0,40}?".join(re.escape(part) for part in parts)
        edge = r"(?<!\w)" if line[0].isascii() or (line[0].isalpha() and line[0] < "\u3000") else ""
        last = re.search(r"(?:^|\W)[a-z]{1,3}$", line)
        stop = r"(?!\w)" if last else ""  # "support us" is no beginning of "support using"
        rare = max(parts, key=len).strip()
        words = rare.translate(_BREAKS).split()
        stems = frozenset(w[:_STEM] for w in words if len(w) > 1 and not _DENSE.search(w))
        found.append(Phrase(reason, force, rare, re.compile(edge + body + stop), stems))
    return tuple(found)


@cache
def _labels() -> dict[str, str]:
    return {p.rare: p.reason for one in REASONS for p in read(one) if p.force is Force.WHOLE}


@cache
def _by_stem(reasons: tuple[str, ...]) -> dict[str, tuple[Phrase, ...]]:
    """The phrases under the stem of their longest word, "" for those that have no word."""
    found: dict[str, list[Phrase]] = {}
    for phrase in (p for one in reasons for p in read(one) if p.force is not Force.WHOLE):
        dense = _DENSE.search(phrase.rare)
        words = phrase.rare.translate(_BREAKS).split()
        stem = dense[0] if dense else max(words, key=len)[:_STEM] if words else ""
        found.setdefault(stem, []).append(phrase)
    return {stem: tuple(phrases) for stem, phrases in found.items()}


def _stems(folded: str) -> set[str]:
    words = set(" ".join(set(folded.split())).translate(_BREAKS).split())
    stems = {word[:size] for word in words for size in range(2, _STEM + 1)}
    for word in words:
        if not word.isascii() and _DENSE.search(word):
            stems |= {word[i : i + 2] for i in range(len(word) - 1)}
    stems.add("")
    return stems


def label(folded: str) -> str:
    """The reason when a whole folded text is a label such as "Advertisement", else ""."""
    whole = _labels()
    bare = folded.strip(" :.-–—[](){}|•*…»›>→▼▶▸")
    return whole.get(bare) or whole.get(folded, "")


@cache
def _asking() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words: dict[str, list[str]] = {"begins": [], "ends": []}
    section = ""
    for raw in resources.text("prompts/asking.txt").splitlines():
        line = fold(raw)
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            words[section].append(re.escape(line))
    begins = r"(?:^\W*|[.!?:;…–—。！？]\s*)(?:" + "|".join(words["begins"]) + ")"
    ends = "(?:" + "|".join(words["ends"]) + r")(?=\W*$|[.!?।。！？,，、])"
    return re.compile(begins), re.compile(ends)


def asks(folded: str) -> bool:
    """Whether a sentence of a folded text begins or ends as one that asks the reader to act."""
    return any(pattern.search(folded) for pattern in _asking())


class OnPage:
    """The phrases of some lists that a page holds at all: few are left to search in its blocks."""

    def __init__(self, folded: str, reasons: Iterable[str]) -> None:
        by_stem = _by_stem(tuple(reasons))
        stems = _stems(folded)
        self.left = [
            phrase
            for stem in by_stem.keys() & stems
            for phrase in by_stem[stem]
            if phrase.stems <= stems and phrase.rare in folded
        ]

    def find(self, folded: str) -> list[tuple[Phrase, re.Match[str]]]:
        """The phrases in a folded text, with where they stand."""
        return [
            (phrase, match)
            for phrase in self.left
            if phrase.rare in folded and (match := phrase.pattern.search(folded))
        ]
