"""Two texts word by word: what both have, what only one has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# Words, and single characters of scripts that part no words; white space belongs to what follows.
_TOKEN = re.compile(r"\s*(?:[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]|\w+|[^\w\s])")
_MOST_CELLS = 4_000_000


@dataclass(frozen=True)
class Piece:
    """A run of text; `kind` is same, ours (not in the gold) or gold (not in ours)."""

    kind: str
    text: str


def pieces(ours: str, gold: str) -> list[Piece]:
    """Both texts in one sequence, lines compared before words so that long texts stay fast."""
    left, right = _lines(ours), _lines(gold)
    found: list[Piece] = []
    matcher = SequenceMatcher(None, [_key(x) for x in left], [_key(x) for x in right], False)
    for _, a, b, c, d in matcher.get_opcodes():
        mine, theirs = "\n".join(left[a:b]), "\n".join(right[c:d])
        if _key(mine) == _key(theirs):
            found.append(Piece("same", mine + "\n"))
        else:
            found += [*_words(mine, theirs), Piece("same", "\n")]
    return list(_joined(found))


def _lines(text: str) -> list[str]:
    return [line for line in (" ".join(x.split()) for x in text.split("\n")) if line]


def _key(text: str) -> str:
    """Letters and digits alone, as the scorers compare."""
    return " ".join(re.findall(r"\w+", text))


def _words(mine: str, theirs: str) -> Iterator[Piece]:
    left, right = _TOKEN.findall(mine), _TOKEN.findall(theirs)
    if not left or not right or len(left) * len(right) > _MOST_CELLS:
        yield from (Piece(k, t) for k, t in (("ours", mine), ("gold", theirs)) if t)
        return
    matcher = SequenceMatcher(None, [x.strip() for x in left], [x.strip() for x in right], False)
    codes = matcher.get_opcodes()
    if all(kind != "equal" for kind, *_ in codes):
        yield from (Piece("ours", mine), Piece("same", "\n"), Piece("gold", theirs))
        return
    for kind, a, b, c, d in codes:
        if kind == "equal":
            yield Piece("same", "".join(left[a:b]))
            continue
        yield from _one_sided("ours", left[a:b])
        yield from _one_sided("gold", right[c:d])


def _one_sided(kind: str, tokens: Sequence[str]) -> Iterator[Piece]:
    """Punctuation and spaces alone are no difference: the scorers do not see them."""
    text = "".join(tokens)
    if text:
        yield Piece(kind if re.search(r"\w", text) else "same" if kind == "ours" else "", text)


def _joined(found: Sequence[Piece]) -> Iterator[Piece]:
    kept = [p for p in found if p.kind and p.text]
    start = 0
    for i in range(1, len(kept) + 1):
        if i == len(kept) or kept[i].kind != kept[start].kind:
            yield Piece(kept[start].kind, "".join(p.text for p in kept[start:i]))
            start = i
