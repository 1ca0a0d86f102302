"""Keep the nesting of tags within what browsers allow, in one pass over the text."""

from __future__ import annotations

import re
from collections import Counter

DEPTH = 500
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)(?:\"[^\"]*\"|'[^']*'|[^'\">])*>")
_VOID = "area base br col embed hr img input link meta param source track wbr"
_IMPLIED = "p li dt dd tr td th thead tbody tfoot option optgroup rt rp html head body"
_CLOSES_ITSELF = frozenset((_VOID + " " + _IMPLIED).split())
# An HTML5 parser opens these anew in each paragraph while they stay open.
_FORMATTING = "a b big code em font i nobr s small strike strong tt u"
_REOPENED = frozenset(_FORMATTING.split())
_REOPENED_DEPTH = 12


def limit(html: str) -> str:
    """`html` without the tags (not the text) of elements nested deeper than `DEPTH`.

    Blink stops at 512 levels, libxml2 drops all that follows level 2,048, and html5ever takes
    quadratic time.
    """
    if html.count("<") <= _REOPENED_DEPTH:
        return html
    return _TAG.sub(_Depth().keep, html)


class _Depth:
    def __init__(self) -> None:
        self._open: Counter[str] = Counter()
        self._dropped: Counter[str] = Counter()
        self._depth = 0
        self._reopened = 0

    def keep(self, tag: re.Match[str]) -> str:
        name = tag[2].lower()
        if name in _CLOSES_ITSELF or tag[0].endswith("/>"):
            return tag[0]
        return self._closed(tag[0], name) if tag[1] else self._opened(tag[0], name)

    def _opened(self, tag: str, name: str) -> str:
        reopened = name in _REOPENED
        if self._depth >= DEPTH or (reopened and self._reopened >= _REOPENED_DEPTH):
            self._dropped[name] += 1
            return " "
        self._depth += 1
        self._reopened += reopened
        self._open[name] += 1
        return tag

    def _closed(self, tag: str, name: str) -> str:
        if self._dropped[name]:
            self._dropped[name] -= 1
            return " "
        if self._open[name]:
            self._open[name] -= 1
            self._depth -= 1
            self._reopened -= name in _REOPENED
        return tag
