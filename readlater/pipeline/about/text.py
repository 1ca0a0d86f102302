"""Small readings of text that the fields share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_WORD = re.compile(r"\w+")
_SILENT = frozenset(["script", "style", "template", "noscript", "svg", "button", "select"])


def fold(text: str) -> str:
    """A text as it is compared: letters and digits in lower case."""
    return " ".join(_WORD.findall(text.replace("\u00ad", "").casefold()))


def pieces(element: HtmlElement, most: int = 60) -> list[str]:
    """The texts of an element, one for each stretch between tags, scripts and buttons left out."""
    found: list[str] = []
    _collect(element, found, most, 12)
    return found


def _collect(element: HtmlElement, found: list[str], most: int, deep: int) -> None:
    if isinstance(element.tag, str) and element.tag not in _SILENT:
        if element.text and not element.text.isspace():
            found.append(" ".join(element.text.split()))
        for child in element:
            if len(found) >= most:
                return
            if deep:
                _collect(child, found, most, deep - 1)
            if child.tail and not child.tail.isspace():
                found.append(" ".join(child.tail.split()))


def joined(element: HtmlElement) -> str:
    """The text of an element in one line, as it reads."""
    return " ".join("".join(element.itertext()).split())
