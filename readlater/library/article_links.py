"""The links of an article's text, in order; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final

from readlater.library.shown_text import shown_text

_LINK: Final = re.compile(
    r'<a(?=\s)(?:\s[^\s=>]+="[^"]*")*?\shref="(https?://[^"]+)"(?:\s[^\s=>]+="[^"]*")*>(.*?)</a>',
    re.DOTALL,
)
_ALT: Final = re.compile(r'<img\b[^>]*\salt="([^"]+)"')


@dataclass(frozen=True, slots=True)
class ArticleLink:
    """A link with its words ("" where it is a bare picture), and the row one has of it, 0 for none.

    `url` is the address in full, as it would be opened.
    """

    url: str
    text: str
    held: int = 0


def links_of(html: str) -> tuple[ArticleLink, ...]:
    """The web links of sanitised `html`, each once, with the first words that lead there."""
    words: dict[str, str] = {}
    for url, text in _found(html):
        words[url] = words.get(url) or text
    return tuple(ArticleLink(url, text) for url, text in words.items())


def _found(html: str) -> Iterator[tuple[str, str]]:
    for link in _LINK.finditer(html):
        inner = link[2]
        alt = _ALT.search(inner)
        text = shown_text(inner).replace("\n", " ") or (unescape(alt[1]) if alt else "")
        yield unescape(link[1]), text
