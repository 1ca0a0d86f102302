"""A block that was taken out of a page, and what tells it again in a later copy."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Taken:
    """A block that was taken out: its number in the page, why, and what it said.

    `hits` are the reasons that its words name, `fingerprint` is that of its text.
    """

    number: int
    reason: str
    text: str
    html: str
    hits: frozenset[str] = frozenset()
    fingerprint: str = ""


def fingerprint(text: str) -> str:
    """What tells a block's text again in another copy of the page: 16 hex digits.

    Only letters and digits count, so a change of case, spaces or markup changes nothing.
    """
    folded = "".join(_WORDS.findall(text.casefold())) or " ".join(text.split())
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:16]
