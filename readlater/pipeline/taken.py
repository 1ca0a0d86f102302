"""A block that was taken out of a page, and what tells it again in a later copy."""

from __future__ import annotations

from dataclasses import dataclass


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
