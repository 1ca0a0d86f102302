"""Where words may be divided, by the language of the article: marks outside the text itself."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pyphen import Pyphen

# An element of its own: what is copied, searched and marked has no soft hyphens in it.
MARK: Final = '<i class="h"></i>'
_LEFT, _RIGHT, _SHORTEST = 3, 3, 6
_PARTS: Final = re.compile(r"<(/?)([a-z][a-z0-9-]*)([^>]*)>|&#?\w+;|([^\W\d_]{6,})")
_LANGUAGE: Final = re.compile(r'\slang="([A-Za-z]+)')
# Their words are taken as they are, or stand in lines of their own.
_LEFT_ALONE: Final = frozenset(
    {"address", "code", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"kbd", "math", "pre", "ruby", "samp", "table"}
)


def divided(html: str, language: str) -> str:
    """Sanitised `html` with MARK where its words may be divided; as it is for other languages."""
    divider = _divider(language) if language else None
    if divider is None:
        return html
    inside: list[str] = []
    own = re.split("[-_]", language.lower())[0]

    def is_left_alone(tag: str, attributes: str) -> bool:
        said = _LANGUAGE.search(attributes)
        return tag in _LEFT_ALONE or (said is not None and said[1].lower() != own)

    def mark(found: re.Match[str]) -> str:
        closes, tag, attributes, word = found.groups()
        if closes:
            if inside[-1:] == [tag]:
                inside.pop()
        elif tag and (inside[-1:] == [tag] or is_left_alone(tag, attributes)):
            inside.append(tag)
        if not word or inside:
            return found[0]
        return _divided(word, divider)

    return _PARTS.sub(mark, html)


def _divided(word: str, divider: Pyphen) -> str:
    made, last = [], 0
    for at in divider.positions(word.lower()):
        if at >= _LEFT and len(word) - at >= _RIGHT:
            made.append(word[last:at])
            last = at
    return MARK.join([*made, word[last:]]) if len(word) >= _SHORTEST else word


@cache
def _divider(language: str) -> Pyphen | None:
    import pyphen

    known = pyphen.language_fallback(language.replace("-", "_"))
    return pyphen.Pyphen(lang=known) if known else None
