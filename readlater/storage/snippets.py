"""Marks what a query matched in a title, and cuts the best piece out of a body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from readlater.article import Span
from readlater.storage.query import Term, parse
from readlater.storage.tokens import LONGEST, SPACELESS, Folded, is_spaceless

FARTHEST = 200_000  # characters of a body that are looked through
_MOST_MATCHES = 60  # of one term
_SLACK = 24  # characters a cut may move to stand between two words
_LETTER = f"[^ {SPACELESS}]"
_space = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    term: int


def marked(text: str, query: str) -> tuple[Span, ...]:
    """`text` in pieces, those that `query` matched marked; joined they are `text`."""
    return _spans(text, 0, len(text), _matches(text, query))


def snippet(text: str, query: str, *, length: int = 160) -> tuple[Span, ...]:
    """About `length` characters of `text` that hold the most of `query`, the matches marked.

    It begins and ends between words, with an ellipsis where text was left out, and white space is
    made one space. Without a match it is the beginning of the text.
    """
    text = text[:FARTHEST]
    matches = _matches(text, query)
    first, last = _window(text, matches, length)
    spans = [
        Span(_space.sub(" ", span.text), span.marked) for span in _spans(text, first, last, matches)
    ]
    if text[:first].strip():
        spans.insert(0, Span("…"))
    if text[last:].strip():
        spans.append(Span("…"))
    return _joined(spans)


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].marked == span.marked:
            joined[-1] = Span(joined[-1].text + span.text, span.marked)
        elif span.text:
            joined.append(span)
    return tuple(joined)


def _matches(text: str, query: str) -> list[_Match]:
    """Where the words of the query stand in `text`, in order, without overlaps."""
    folded = Folded(text)
    found = [
        _Match(*folded.place(*match.span()), number)
        for number, pattern in enumerate(_patterns(query))
        for match in islice(pattern.finditer(folded.text), _MOST_MATCHES)
    ]
    found.sort(key=lambda match: (match.start, -match.end))
    apart: list[_Match] = []
    for match in found:
        if not apart or match.start >= apart[-1].end:
            apart.append(match)
    return apart


@lru_cache(maxsize=16)
def _patterns(query: str) -> tuple[re.Pattern[str], ...]:
    parsed = parse(query)
    return tuple(_pattern(term) for term in (*parsed.words, *parsed.filters))


def _pattern(term: Term) -> re.Pattern[str]:
    """What the index finds for `term`, as an expression over a folded text."""
    first, last = term.pieces[0], term.pieces[-1]
    # The literal stands before the look behind it, so that `re` looks for it by memchr.
    parts = [re.escape(first)]
    if not is_spaceless(first):
        parts.append(f"(?<!{_LETTER}{re.escape(first)})")
    before = first
    for piece in term.pieces[1:]:
        parts.append(" *" if is_spaceless(before) or is_spaceless(piece) else " +")
        parts.append(re.escape(piece))
        before = piece
    if not is_spaceless(last):
        cut = len(last) == LONGEST
        parts.append(f"{_LETTER}*" if term.prefix or cut else f"(?!{_LETTER})")
    return re.compile("".join(parts))


def _window(text: str, matches: list[_Match], length: int) -> tuple[int, int]:
    """The offsets of the piece of `text` to show: most different terms, then most matches."""
    best, most, end = 0, (0, 0), 0
    before = length // 4
    for at, match in enumerate(matches):
        while end < len(matches) and matches[end].end <= match.start + length - before:
            end += 1
        inside = matches[at:end]
        if (held := (len({other.term for other in inside}), len(inside))) > most:
            best, most = match.start, held
    first = _word_start(text, max(0, min(best - before, len(text) - length)), best)
    if first >= len(text) - length:
        return first, len(text)
    return first, _word_end(text, first + length, first)


def _word_start(text: str, at: int, latest: int) -> int:
    """The first start of a word from `at` on, or `at` in a script without spaces."""
    if at == 0:
        return len(text) - len(text.lstrip())
    gap = _space.search(text, at - 1, min(at + _SLACK, len(text)))
    return min(gap.end(), max(at, latest)) if gap else at


def _word_end(text: str, at: int, earliest: int) -> int:
    """The last end of a word up to `at`, or `at` in a script without spaces."""
    last = at
    for gap in _space.finditer(text, max(earliest + 1, at - _SLACK), at + 1):
        last = gap.start()
    return last


def _spans(text: str, first: int, last: int, matches: list[_Match]) -> tuple[Span, ...]:
    spans: list[Span] = []
    at = first
    for match in matches:
        if at <= match.start < last:
            end = min(match.end, last)
            spans += [Span(text[at : match.start]), Span(text[match.start : end], marked=True)]
            at = end
    spans.append(Span(text[at:last]))
    return _joined(spans)
