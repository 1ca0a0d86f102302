"""Keep in the tree only what a reader of the page can see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

NEVER = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "svg",
        "iframe",
        "object",
        "embed",
        "canvas",
        "map",
        "datalist",
        "select",
        "textarea",
        "link",
        "meta",
        "base",
        "param",
        "audio",
        "video",
        "dialog",
        "title",
        "progress",
        "meter",
    ]
)
_NOT_SHOWN = re.compile(r"(?:^|[;\s])display\s*:\s*none", re.I)
_UNSEEN = re.compile(r"(?:^|[;\s])visibility\s*:\s*hidden", re.I)
# Names that stylesheets of all sorts give to what only a screen reader says.
_SPOKEN_ONLY = re.compile(
    r"(?:^|\s)(?:(?:visually|visuallly|u)[-_]?hidden|sr[-_]?only|screen[-_]?reader(?:[-_]?text|[-_]?only)?"
    r"|hide[-_]?visually|assistive[-_]?text|a11y[-_]?hidden|print[-_]?only)(?:\s|$)",
    re.I,
)


# A page's own words for readers without scripts are longer than a plea to switch them on.
_UNSCRIPTED = 600


def drop(element: HtmlElement) -> None:
    """Take an element out and leave the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
        element.tail = None
    parent.remove(element)


def is_hidden(element: HtmlElement) -> bool:
    """Whether the element's own attributes keep it out of sight, or say it to nobody's eyes."""
    if element.tag in {"html", "body"}:  # hidden until scripts have run: the whole page is meant
        return False
    get = element.get
    style = get("style")
    if get("hidden") is not None or (style and _NOT_SHOWN.search(style)):
        return True
    if style and _UNSEEN.search(style):
        # What holds much text is the article itself, unseen until a script has set the page.
        return _length(element) < _UNSCRIPTED
    if element.tag == "input":
        return bool(get("type", "").lower() == "hidden")
    if get("aria-hidden") == "true" and element.tag not in {"figure", "picture", "img", "p"}:
        return len(element) == 0 and len(element.text or "") < 40
    name = get("class")
    return bool(name and _SPOKEN_ONLY.search(name))


def keep_visible(root: HtmlElement) -> str:
    """Take out of the tree what is not shown; the text that the publisher hid is returned.

    That text says something about access and is never part of a copy.
    """
    open_body(root)
    out = []
    hidden = []
    for element in root.iter():
        tag = element.tag
        if not isinstance(tag, str) or tag in NEVER or ":" in tag:
            out.append(element)
        elif is_hidden(element):
            out.append(element)
            hidden.append(element)
    words = " ".join(" ".join(_texts(element)) for element in hidden)
    for element in out:
        drop(element)
    return " ".join(words.split())


def open_body(root: HtmlElement) -> None:
    """Have what a reader without scripts sees stand in the body, before anything is taken out.

    Where a page says nothing but in `noscript`, that is its text; where it has no `body`, the
    parser has put all of it into the head.
    """
    head, body = root.find("head"), root.find("body")
    if body is None:
        if head is None:
            return
        head.tag, body = "body", head
    said = {e: _length(e) for e in body.iter("noscript")}
    most = max(said.values(), default=0)
    if most >= _UNSCRIPTED and _length(body) - sum(said.values()) < most * 0.3:
        for element in said:
            element.tag = "div"


def _length(element: HtmlElement) -> int:
    return sum(len(" ".join(part.split())) for part in _texts(element))


def _texts(element: HtmlElement) -> list[str]:
    return [
        part
        for inner in element.iter()
        if isinstance(inner.tag, str) and inner.tag not in NEVER
        for part in ((inner.text or ""), (inner.tail or "") if inner is not element else "")
        if part
    ]


def asks_password(root: HtmlElement) -> bool:
    """Whether a field for a password can be seen."""
    return any((e.get("type") or "").lower() == "password" for e in root.iter("input"))
