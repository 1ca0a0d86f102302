"""The one plain text of an article that highlights count in, the same here and in the page."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

# The page's walk (`resources/html/highlights.js`) is given these three and has none of its own.
_NAMES: Final = (
    "address article aside blockquote br caption col colgroup dd details div dl dt figcaption"
    " figure h1 h2 h3 h4 h5 h6 hr li main ol p pre section summary table tbody td tfoot th thead"
    " tr ul"
)
BLOCKS: Final = tuple(_NAMES.split())
SPACES: Final = (
    " \t\n\r\f\v\u00a0\u1680"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + ("\u2028\u2029\u202f\u205f\u3000")
)
# Marks that hyphenation and layout put in and take out.
UNSEEN: Final = "\u00ad\u200b\u2060\ufeff"

# What stands in place of a picture that is not there.
MISSING: Final = re.compile(r'<span class="rl-missing">[^<]*</span>')
_TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9-]*)(?:\s[^\s=>]+=\"[^\"]*\")*>")
_SPACE: Final = re.compile(f"[{SPACES}]")
_RUN: Final = re.compile("[ \n]+")
_BREAKS: Final = frozenset(BLOCKS)
_UNSEEN: Final = dict.fromkeys(map(ord, UNSEEN))
# Stands for a block's edge until the spaces are one each; text of a page never holds it.
_EDGE: Final = "\x00"


def shown_text(html: str) -> str:
    """The text of sanitised `html`: runs of spaces are one, and one line break parts blocks.

    Positions in it count code points from 0 (W3C Web Annotation, TextPositionSelector). Words in
    place of missing pictures are no text.
    """

    def edge(tag: re.Match[str]) -> str:
        return _EDGE if tag[2] in _BREAKS else ""

    bare = _TAG.sub(edge, MISSING.sub("", html.replace(_EDGE, "")))
    text = _SPACE.sub(" ", unescape(bare).translate(_UNSEEN)).replace(_EDGE, "\n")
    return _RUN.sub(lambda run: "\n" if "\n" in run[0] else " ", text).strip(" \n")
