"""The address of the little picture that a page gives its site."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from readlater.pipeline.about.addresses import absolute

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from readlater.pipeline.about.page import Page

# What is drawn from it at most, in pixels: 20 on a screen of 3x.
_WANTED_PX: Final = 64
# https://html.spec.whatwg.org/multipage/links.html#rel-icon; Apple's are 180 where nothing is said.
_ASSUMED_PX: Final = {"icon": 32, "apple-touch-icon": 180, "apple-touch-icon-precomposed": 180}
_SIZE: Final = re.compile(r"(\d{1,4})x\d{1,4}", re.I)
_MOST_LINKS: Final = 300


def find(page: Page) -> str:
    """The http address of the icon that suits best; "" where the page wants none.

    The smallest that is large enough comes first, else the largest. A page that names none that
    can be shown has the one that browsers ask for by themselves: `/favicon.ico`.
    """
    base = absolute(page.base, page.url) or page.url
    found: list[tuple[bool, int, int, str]] = []
    is_empty = False
    for link in islice(page.root.iter("link"), _MOST_LINKS):
        size_px = _size_px(link)
        href = (link.get("href") or "").strip()
        if not size_px or _is_drawn(link, href):
            continue
        address = absolute(href, base)
        is_empty = is_empty or href.lower().startswith("data:")
        if address:
            found.append((size_px < _WANTED_PX, abs(size_px - _WANTED_PX), len(found), address))
    if found:
        return min(found)[3]
    return "" if is_empty else absolute("/favicon.ico", page.url)


def _size_px(link: HtmlElement) -> int:
    """How wide the icon of a link is said to be; 0 where it is for something else."""
    rels = (link.get("rel") or "").lower().split()
    assumed = max((_ASSUMED_PX.get(rel, 0) for rel in rels), default=0)
    if not assumed or "dark" in (link.get("media") or "").lower():
        return 0
    said = [int(width) for width in _SIZE.findall(link.get("sizes") or "")]
    # Of an .ico with many sizes the one that is wanted is in it.
    return min((one for one in said if one >= _WANTED_PX), default=max(said, default=assumed))


def _is_drawn(link: HtmlElement, href: str) -> bool:
    """Whether it is an SVG, which is a document and no picture of dots."""
    if "svg" in (link.get("type") or "").lower() or href.lower().startswith("data:image/svg"):
        return True
    try:
        return urlsplit(href).path.lower().endswith((".svg", ".svgz"))
    except ValueError:
        return True
