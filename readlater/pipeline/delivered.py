"""What a verdict on access rests on: the facts of one page, and a reason drawn from them."""

from __future__ import annotations

from dataclasses import dataclass

from readlater.article import Evidence
from readlater.pipeline.blocks import size


@dataclass(frozen=True, slots=True)
class Offer:
    """A block that asked for something: what it said and asked for, and where it stood.

    `inside` when it stood in the element that holds the article's paragraphs; `after` when it
    stood right after the last of them.
    """

    text: str
    reason: str
    hits: frozenset[str] = frozenset()
    after: bool = False
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Delivered:
    """All that a verdict on access rests on. Sizes are in words.

    `text` is the copy, a line for each paragraph. `challenge` is a mark of a robot check in the
    page's markup, `video` that one is shown. `paid_words` is how much stands in the part that the
    page's data calls paid, None where it names none.
    """

    status: int = 200
    title: str = ""
    description: str = ""
    words: int = 0
    last: str = ""
    text: str = ""
    page_text: str = ""
    page_words: int = 0
    free: bool | None = None
    says_words: int = 0
    data_words: int = 0
    hidden_words: int = 0
    paid_words: int | None = None
    password_field: bool = False
    challenge: str = ""
    video: bool = False
    offers: tuple[Offer, ...] = ()
    removed: int = 0

    @property
    def paragraphs(self) -> int:
        """How many lines of the copy are more than a label."""
        return sum(size(line) > 40 for line in self.text.split("\n"))


@dataclass(frozen=True, slots=True)
class Sign:
    """One reason: what it speaks for, how strongly (of about 3), and the evidence."""

    says: str
    weight: float
    evidence: Evidence


CUT = "cut"
WHOLE = "whole"
