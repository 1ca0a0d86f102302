"""Where a highlight stands in a text that has changed: found again, or said to be lost; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, TypeAlias

from readlater.article import Selector

# Characters of context on each side.
CONTEXT: Final = 32
# A place is believed when so many times its edits, and some more, are fewer than to any other.
TIMES: Final = 3
MARGIN: Final = 6
# A quote of which more than a fifth has changed is another one.
CHANGED: Final = 5
# A shorter quote says too little by itself: both of its contexts must be there.
SHORT: Final = 12
# Of a longer quote only the two ends are looked for.
LONGEST: Final = 1_200
_END: Final = 600
# A text is looked through so far around the old place: linear, but in Python.
REACH: Final = 60_000

Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A piece of the old text: what stands `before` the quote (or its end), it, and `after` it."""

    before: str
    quote: str
    after: str
    exact: bool = False

    @property
    def text(self) -> str:
        return self.before + self.quote + self.after


def describe(text: str, start: int, end: int) -> Selector:
    """The selector of `text[start:end]`, with how near the most similar other places are.

    The ends may not be spaces. `rivals` are edit distances, one for each pattern of `place`.
    """
    quote = text[start:end]
    prefix, suffix = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    bare = Selector(quote, prefix, suffix, start, end)
    rivals = []
    for pattern, past in _patterns(bare):
        near, at = _around(text, past)
        found = distances(pattern.text, near)
        rivals.append(_elsewhere(found, past - at, len(pattern.text)))
    return Selector(quote, prefix, suffix, start, end, tuple(rivals))


def trace(text: str, start: int, end: int) -> str:
    """What tells whether the text up to the end of a place, or from its start on, is the same."""
    return f"{_digest(text[:end])} {_digest(text[start:])} {len(text)}"


def follow(traced: str, start: int, end: int, text: str) -> Span | None:
    """Where a traced place stands in `text`, when all before or all behind it is unchanged.

    This holds for words that stand in many places too, as in verse and tables.
    """
    head, _, rest = traced.partition(" ")
    tail, _, length = rest.partition(" ")
    if not length.isdecimal():
        return None
    if _digest(text[:end]) == head:
        return start, end
    moved = len(text) - int(length)
    if start + moved >= 0 and _digest(text[start + moved :]) == tail:
        return start + moved, end + moved
    return None


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def place(selector: Selector, text: str) -> Span | None:
    """Where the quote stands in `text` now; None when that cannot be said for sure.

    A place is believed when it is nearer than a third of the way to the most similar other place,
    in the text the quote was taken from and in this one (unique decoding asks for half). The quote
    is looked for with both its contexts, and letter for letter with one and alone; places found so
    that share too little are none.
    """
    patterns = list(_patterns(selector))
    if len(selector.rivals) != len(patterns):
        return None
    found = [
        _find(pattern, past, rival, text)
        for (pattern, past), rival in zip(patterns, selector.rivals, strict=True)
    ]
    if len(selector.quote) > LONGEST:
        return _joined(found, len(selector.quote))
    believed = [span for span in found if span is not None]
    if not believed:
        return None
    first = believed[0]
    changed = distance(selector.quote, text[slice(*first)])
    alone = selector.rivals[-1] if len(patterns) > 1 else 0
    if TIMES * changed > alone:  # other words of the old text are as like it: refrains, rows
        return None
    return first if all(_agree(first, other) for other in believed) else None


def _agree(one: Span, other: Span) -> bool:
    """Whether two spans share half of the longer one."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared * 2 >= max(one[1] - one[0], other[1] - other[0])


def distances(pattern: str, text: str, *, from_start: bool = False) -> list[int]:
    """For each end in `text` (0 to its length) the least edits from `pattern` to what ends there.

    What ends there begins anywhere, or at the start of `text`. One step a character over bit
    vectors: Hyyrö, A Bit-Vector Algorithm for Computing Levenshtein and Damerau Edit Distances
    (2003), after Myers (1999).
    """
    length = len(pattern)
    if not length:
        return list(range(len(text) + 1)) if from_start else [0] * (len(text) + 1)
    where: dict[str, int] = {}
    for at, character in enumerate(pattern):
        where[character] = where.get(character, 0) | 1 << at
    mask, high, carry = (1 << length) - 1, 1 << (length - 1), int(from_start)
    up, down, score = mask, 0, length
    found = [score]
    for character in text:
        same = where.get(character, 0)
        rows = same | down
        columns = (((same & up) + up) ^ up) | same
        rises = down | (mask & ~(columns | up))
        falls = up & columns
        if rises & high:
            score += 1
        elif falls & high:
            score -= 1
        rises = (rises << 1) | carry
        up = ((falls << 1) | ~(rows | rises)) & mask
        down = rises & rows & mask
        found.append(score)
    return found


def _patterns(selector: Selector) -> Iterator[tuple[_Pattern, int]]:
    """What is looked for, the surest first, each with its end in the old text."""
    prefix, quote, suffix = selector.prefix, selector.quote, selector.suffix
    if len(quote) > LONGEST:
        yield _Pattern(prefix, quote[:_END], ""), selector.start + _END
        yield _Pattern("", quote[-_END:], suffix), selector.end + len(suffix)
        return
    yield _Pattern(prefix, quote, suffix), selector.end + len(suffix)
    if len(quote) >= SHORT:
        yield _Pattern(prefix, quote, "", exact=True), selector.end
        yield _Pattern("", quote, suffix, exact=True), selector.end + len(suffix)
        yield _Pattern("", quote, "", exact=True), selector.end


def _find(pattern: _Pattern, past: int, rival: int, text: str) -> Span | None:
    if rival < MARGIN:
        return None
    near, at = _around(text, past)
    whole = pattern.text
    first = near.find(whole)
    # Another place would have had to change by all of its distance to be as near.
    if first >= 0 and rival >= 2 * MARGIN and near.find(whole, first + 1) < 0:
        start = at + first + len(pattern.before)
        return start, start + len(pattern.quote)
    if first < 0 and pattern.exact:
        return None
    found = distances(whole, near)
    best = min(found)
    end = found.index(best)
    if TIMES * best + MARGIN > min(rival, _elsewhere(found, end, len(whole))):
        return None
    span = _quote_in(pattern, near, end, best)
    return (span[0] + at, span[1] + at) if span else None


def _around(text: str, past: int) -> tuple[str, int]:
    """The part of `text` that is looked through for what ended at `past`, and where it begins."""
    at = max(0, min(past, len(text)) - REACH)
    return text[at : at + 2 * REACH], at


def _elsewhere(found: list[int], end: int, length: int) -> int:
    """The least distance of a place that is not the one ending at `end`; `length` for none.

    Beside the place itself each step away costs one edit; what costs fewer is a repetition, and
    another place.
    """
    half = length // 2
    first, past = max(0, end - half), end + half + 1
    near = (found[at] for at in range(first, min(past, len(found))) if found[at] < abs(at - end))
    return min(min(found[:first] + found[past:], default=length), min(near, default=length))


def _quote_in(pattern: _Pattern, text: str, end: int, best: int) -> Span | None:
    """The quote's own part of the piece of `text` that ends at `end`, `best` edits away."""
    window = text[max(0, end - len(pattern.text) - best) : end]
    back = distances(pattern.text[::-1], window[::-1], from_start=True)
    window = window[len(window) - back.index(min(back)) :]
    begin = end - len(window)
    start = _split(pattern.before, pattern.quote + pattern.after, window, max)
    stop = _split(pattern.before + pattern.quote, pattern.after, window, min)
    kept = window[start:stop]
    if distance(pattern.quote, kept) * CHANGED > len(pattern.quote):
        return None
    if best and _slips(pattern, text, begin + stop, best):
        return None
    trimmed = kept.strip(" \n")
    start += begin + len(kept) - len(kept.lstrip(" \n"))
    return _verbatim(pattern.quote, text, start, start + len(trimmed)) if trimmed else None


def _verbatim(quote: str, text: str, start: int, end: int) -> Span:
    """The quote letter for letter where it shares half of a place found by edits, or that place.

    Edits beside a quote that is whole may be counted to its ends as well as to its context.
    """
    slack = len(quote) // 2
    at = text.find(quote, max(0, start - slack), end + slack)
    exact = (at, at + len(quote))
    return exact if at >= 0 and _agree(exact, (start, end)) else (start, end)


def _slips(pattern: _Pattern, text: str, stop: int, best: int) -> bool:
    """Whether the quote could as well end elsewhere near `stop`, by other edits of its context."""
    length = len(pattern.text)
    at = max(0, stop - length)
    window = text[at : stop + length]
    ahead = distances(pattern.before + pattern.quote, window)
    behind = distances(pattern.after[::-1], window[::-1])[::-1]
    apart = len(pattern.quote) // 2
    return any(
        a + b <= 2 * best
        for end, (a, b) in enumerate(zip(ahead, behind, strict=True))
        if abs(at + end - stop) > apart
    )


def _split(left: str, right: str, window: str, choose: Callable[[list[int]], int]) -> int:
    """Where `window` parts into what was `left` and what was `right` with the fewest edits."""
    if not left:
        return 0
    if not right:
        return len(window)
    ahead = distances(left, window, from_start=True)
    behind = distances(right[::-1], window[::-1], from_start=True)[::-1]
    sums = [a + b for a, b in zip(ahead, behind, strict=True)]
    least = min(sums)
    return choose([at for at, edits in enumerate(sums) if edits == least])


def distance(one: str, other: str) -> int:
    """The edits from one text to the other (Levenshtein)."""
    return distances(one, other, from_start=True)[-1]


def _joined(ends: list[Span | None], length: int) -> Span | None:
    """A long quote from its two ends, when they stand about as far apart as they did."""
    head, tail = ends
    if head is None or tail is None:
        return None
    start, end = head[0], tail[1]
    return (start, end) if abs((end - start) - length) * 10 <= length * 3 else None
