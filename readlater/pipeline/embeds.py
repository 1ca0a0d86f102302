"""Players and frames of a page -> links with their name and, where there is one, their picture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PLAYERS = ("video", "audio", "amp-video", "amp-audio")
_FRAMES = ("iframe", "amp-iframe", "embed", "object")
# A frame of advertising, consent or counting has neither a full screen nor such an address.
_EMBED_PATH = re.compile(r"/(?:embed|player|video)s?(?:[/.?_-]|$)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def link(root: HtmlElement) -> None:
    """Change the tree in place; `pictures.resolve` has made the addresses absolute.

    A player or an embedding frame becomes a paragraph of its poster and its name, both links to
    it; other frames go.
    """
    for element in list(root.iter(*_PLAYERS, *_FRAMES)):
        if element.getparent() is None:
            continue
        address, poster = _address(element), element.get("poster", "")
        if element.tag in _PLAYERS or (address and _is_content(element, address)):
            _replace(element, address, poster)
        else:
            _unwrap(element)


def _address(element: HtmlElement) -> str:
    for name in ("src", "data-src", "data-lazy-src", "data"):
        if (value := str(element.get(name, ""))).startswith(("http://", "https://")):
            return value
    for source in element.iter("source"):
        if (value := str(source.get("src", ""))).startswith(("http://", "https://")):
            return value
    return ""


def _is_content(element: HtmlElement, address: str) -> bool:
    if _HIDDEN.search(element.get("style", "")) or element.get("hidden") is not None:
        return False
    if any(element.get(name, "") in ("0", "1", "2", "0px", "1px") for name in ("width", "height")):
        return False
    full = element.get("allowfullscreen") is not None
    return full or bool(_EMBED_PATH.search(urlsplit(address).path))


def _replace(element: HtmlElement, address: str, poster: str) -> None:
    """By its link; a player that a script fills leaves its picture, or nothing."""
    name = " ".join((element.get("title") or element.get("aria-label") or "").split())
    place = element.makeelement("p")
    if address and poster:
        picture = _child(place, "a", href=address)
        _child(picture, "img", src=poster, alt=name)
        picture.tail = " "
    elif poster:
        _child(place, "img", src=poster, alt=name)
    if address:
        _child(place, "a", href=address).text = name or urlsplit(address).netloc
    if len(place):
        element.addprevious(place)
    element.drop_tree()


def _unwrap(element: HtmlElement) -> None:
    """Take a frame out; what an <object> holds in its stead is content, and stays."""
    if element.tag == "object":
        element.drop_tag()
    else:
        element.drop_tree()


def _child(parent: HtmlElement, tag: str, **attributes: str) -> HtmlElement:
    child = parent.makeelement(tag, attributes)
    parent.append(child)
    return child
