"""Which of two copies is the better one, and whether two texts are one article: pure."""

from __future__ import annotations

import re

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
