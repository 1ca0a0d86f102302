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
    WITHHELD, "subscribe", "register", "sign_in", "newsletter", "consent", "donate", "advert",
    "related", "share",
)  # fmt: skip
ROBOT = "robot"
ERROR = "error"


class Force(Enum):
    """How much a phrase says: by itself, only beside other signs, or as a block's whole text."""

    STRONG = ""
    WEAK = "~"
    WHOLE = "="


@dataclass(frozen=True, slots=True)
class Phrase:
    """One line of a list. `rare` is its longest fixed part, which a quick search looks for."""

    reason: str
    force: Force
    rare: str
    pattern: re.Pattern[str]


def fold(text: str) -> str:
    """A text as the lists are written: lower case, plain apostrophes, single spaces."""
    return " ".join(text.lower().replace("’", "'").replace("\u00ad", "").split())


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
        found.append(Phrase(reason, force, max(parts, key=len).strip(), re.compile(edge + body)))
    return tuple(found)


class OnPage:
    """The phrases of some lists that a page holds at all: few are left to search in its blocks."""

    def __init__(self, text: str, reasons: Iterable[str]) -> None:
        folded = fold(text)
        self.whole: dict[str, str] = {}
        self.left: list[Phrase] = []
        for reason in reasons:
            for phrase in read(reason):
                if phrase.rare not in folded:
                    continue
                if phrase.force is Force.WHOLE:
                    self.whole[phrase.rare] = phrase.reason
                else:
                    self.left.append(phrase)

    def label(self, folded: str) -> str:
        """The reason when the whole block is a label such as "Advertisement", else ""."""
        bare = folded.strip(" :.-–—[](){}|•*…»›>→▼")
        return self.whole.get(bare) or self.whole.get(folded, "")

    def find(self, folded: str) -> list[tuple[Phrase, re.Match[str]]]:
        """The phrases in a folded text, with where they stand."""
        return [
            (phrase, match)
            for phrase in self.left
            if phrase.rare in folded and (match := phrase.pattern.search(folded))
        ]
