"""Reads what a person typed as a query: any text is one, and none is an error."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from readlater.storage.tokens import fold, is_spaceless, pairs, pieces

MOST_CHARACTERS = 1_000  # of a query; a page pasted into the search field is no longer one
MOST_TERMS = 16
MOST_TOKENS = 32  # of one phrase or run without spaces

_FIELDS = {"tag": "tags", "site": "site", "title": "title", "by": "byline"}
_quotes = re.compile("[“”„‟«»＂]")
_typed = re.compile(
    r'(?P<no>(?<!\S)-(?!-))?(?:(?P<field>[^\W\d_]+):)?(?:"(?P<phrase>[^"]*)(?P<end>"?)|(?P<word>[^\s"]+)|(?P<rest>(?<=:)))'
)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing an article must have, or must not: words that stand side by side.

    `pieces` are folded words and runs of a script without spaces; `field` is a column of the title
    index or "" for anywhere; the last piece of a `prefix` may go on.
    """

    pieces: tuple[str, ...]
    field: str = ""
    prefix: bool = False
    excluded: bool = False

    @property
    def tokens(self) -> tuple[str, ...]:
        """The words of the index, side by side, that say this term; a long one by its start."""
        found: list[str] = []
        for piece in self.pieces[:-1]:
            found += pairs(piece) if is_spaceless(piece) else [piece]
        last = self.pieces[-1]
        # The index ends a run with its last character alone; this run may go on in the text.
        found += (pairs(last)[:-1] or [last]) if is_spaceless(last) else [last]
        return tuple(found[:MOST_TOKENS])

    @property
    def open_ended(self) -> bool:
        """Whether the last token may go on: one character without spaces begins pairs."""
        last = self.pieces[-1]
        return len(last) == 1 if is_spaceless(last) else self.prefix


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked for: `words` anywhere, `filters` in one field, and what is `excluded`."""

    words: tuple[Term, ...] = ()
    filters: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()


def parse(typed: str) -> Query:
    """Words are joined by AND, "phrases" stand together, -word excludes, field:word filters.

    The fields are tag, site, title and by. A word or quote that still may go on because the text
    ends there is a prefix, and so is word*. What holds no letter, digit or emoji asks for nothing.
    """
    text = _quotes.sub('"', typed[:MOST_CHARACTERS])
    terms: dict[Term, None] = {}
    for match in _typed.finditer(text):
        term = _term(match, last=match.end() == len(text))
        if term is not None:
            terms.setdefault(term)
        if len(terms) == MOST_TERMS:
            break
    return Query(
        words=tuple(term for term in terms if not term.excluded and not term.field),
        filters=tuple(term for term in terms if not term.excluded and term.field),
        excluded=tuple(term for term in terms if term.excluded),
    )


def _term(match: re.Match[str], *, last: bool) -> Term | None:
    name, phrase = match["field"], match["phrase"]
    field = _FIELDS.get(fold(name), "") if name else ""
    said = phrase if phrase is not None else match["word"] or ""
    if name and not field:
        said = f"{name} {said}"
    found = tuple(pieces(fold(said))[:MOST_TOKENS])
    if not found:
        return None
    excluded = match["no"] is not None
    going_on = last and not match["end"] and not excluded and not said[-1:].isspace()
    starred = phrase is None and said.endswith("*")
    return Term(found, field, going_on or starred, excluded)


def expression(terms: Iterable[Term], *, exact_first: bool = False) -> str:
    """The terms in FTS5's query language, all of them wanted.

    With `exact_first` a prefix also asks for itself as a whole word, which bm25 then puts higher.
    """
    return " AND ".join(_said(term, exact_first=exact_first) for term in terms)


def _said(term: Term, *, exact_first: bool) -> str:
    # Tokens hold no quote and no character that the language knows: all of those fold to a space.
    column = f"{term.field} : " if term.field else ""
    phrase = f'"{" ".join(term.tokens)}"'
    if not term.open_ended:
        return f"({column}{phrase})"
    if exact_first:
        return f"({column}({phrase} OR {phrase} *))"
    return f"({column}{phrase} *)"
