"""Texts that may be a title, whole and cut at what separates a headline from a site's name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readlater.pipeline.about.text import fold

if TYPE_CHECKING:
    from readlater.pipeline.about.sites import Known

_SEPARATOR = re.compile(r"\s+[|\-–—:»«·•/~]+\s+|\s*[|｜»«]\s*|:\s+|\s+[-–—]|[-–—]\s+|[_：]")
_STRONG = re.compile(r"[|｜»«·•]|\s[-–—/]+\s")
_LONGEST = 400


@dataclass
class Candidate:
    """One text, the source that gave it first, and the signs, each with its amount."""

    text: str
    folded: str
    source: str = ""
    signs: dict[str, float] = field(default_factory=dict)


class Texts:
    """Candidates by their letters and digits."""

    def __init__(self, site: Known) -> None:
        self._site = site
        self._found: dict[str, Candidate] = {}

    def add(self, text: str, sign: str, source: str) -> None:
        """Note that a source gives a text."""
        text = text.strip(" \t|·•»«")
        folded = fold(text)
        if folded and len(text) <= _LONGEST:
            one = self._found.setdefault(folded, Candidate(text, folded, source))
            one.signs[sign] = 1.0

    def cut(self, text: str, source: str) -> None:
        """Note what is left of a text without parts at its ends, by what those parts are."""
        marks = list(_SEPARATOR.finditer(text[: 2 * _LONGEST]))
        if not marks or len(marks) > 12:
            return
        for mark in marks[-3:]:
            kind = self._kind(text[mark.end() :], mark[0])
            self.add(text[: mark.start()], f"{source}<{kind}", source)
        for mark in marks[:2]:
            kind = self._kind(text[: mark.start()], mark[0])
            self.add(text[mark.end() :], f"{source}>{kind}", source)
        if len(marks) > 1:
            self.add(text[marks[0].end() : marks[-1].start()], f"{source}<>", source)

    def _kind(self, rest: str, mark: str) -> str:
        strength = "|" if _STRONG.search(mark) else ":"
        if self._site.alike(rest):
            return "site" + strength
        return ("few" if len(rest.split()) <= 3 else "other") + strength

    def candidates(self) -> list[Candidate]:
        """All of them, in the order they came."""
        return list(self._found.values())
