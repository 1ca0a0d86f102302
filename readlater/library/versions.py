"""Which of two copies is the better one, and whether two texts are one article: pure."""

from __future__ import annotations

import re
from dataclasses import replace

from readlater.article import Access, Extracted

# A wall has no article; what is not sure may have one.
_RANK = {
    Access.FULL: 3,
    Access.PREVIEW: 2,
    Access.REGISTRATION: 2,
    Access.UNKNOWN: 2,
    Access.SIGN_IN: 1,
    Access.CONSENT_WALL: 0,
    Access.BOT_WALL: 0,
}
# Less than this share of the held words is a lesser copy of the same rank, not an edit.
LESSER = 0.7
# Pages of one article share nearly all of their shingles; others of one site next to none.
AGREE = 0.6
_SHINGLE = 5


# A copy made anew that loses more than this share of the words is not taken silently.
_MOST_LOST = 0.5
_WALLS = frozenset({Access.SIGN_IN, Access.CONSENT_WALL, Access.BOT_WALL})


def holds_on(said: Access | None, held: Extracted | None, new: Extracted) -> Access | None:
    """What is left of the reader's word when another fetch brings `new` in place of `held`.

    The word was about the text that the reader saw: it goes on while the texts agree, and ends
    with its copy when another text takes its place. A wall is no text at all.
    """
    if said is None or held is None or held.html == new.html:
        return said
    return said if agree(held.text, new.text) else None


def takes_its_place(new: Extracted, held: Extracted | None, said: Access | None) -> bool:
    """`is_better`, with the reader's word on the held copy in place of the page's signs."""
    if held is None or said is None:
        return is_better(new, held)
    holds = holds_on(said, held, new)
    was, now = replace(held, access=said), replace(new, access=holds or new.access)
    # "Only a preview" lowers the bar for a whole text, and for nothing shorter than the preview.
    return is_better(now, was) and new.word_count >= LESSER * held.word_count


def is_loss(made: Extracted, held: Extracted | None) -> bool:
    """Whether making a copy anew would lose its text, more than half of it, or end in a wall."""
    if held is None or not held.word_count:
        return False
    if made.word_count < _MOST_LOST * held.word_count:
        return True
    return made.access in _WALLS and held.access not in _WALLS


def is_better(new: Extracted, held: Extracted | None) -> bool:
    """Whether `new` should be shown in place of `held`: never a lesser copy or a wall."""
    if held is None:
        return True
    if bool(new.word_count) != bool(held.word_count):
        return new.word_count > 0
    ranks = _RANK[new.access], _RANK[held.access]
    if ranks[0] != ranks[1]:
        return ranks[0] > ranks[1]
    return new.word_count >= LESSER * held.word_count


def agree(first: str, second: str) -> bool:
    """Whether two texts are the same article (share of common word shingles of the shorter)."""
    a, b = _shingles(first), _shingles(second)
    if not a or not b:
        return False
    return len(a & b) >= AGREE * max(len(a), len(b))


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    if len(words) < 40:  # Chinese and Japanese write no spaces: take characters
        words = [c for c in text if c.isalnum()]
    return {tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)}
