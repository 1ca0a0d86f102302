"""Places that links of the article lead to, and no others, so that notes find their way back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def rule(root: HtmlElement, page: str) -> None:
    """Keep the ids of `root` that its links name; `page` is the address of the page.

    A link to a place that the article has not leads to the page; a place named twice is the first.
    """
    wanted = set()
    for link in root.iter("a"):
        address, mark, fragment = link.get("href", "").strip().partition("#")
        if not mark or not fragment:
            continue
        if not address or address == page:
            wanted.add(fragment)
            wanted.add(unquote(fragment))
    for link in root.iter("a"):
        if (name := link.get("name")) and not link.get("id") and name in wanted:
            link.set("id", name)
    found = set()
    for element in root.xpath("descendant-or-self::*[@id]"):
        name = element.get("id")
        if name not in wanted or name in found or not _can_stay(name):
            del element.attrib["id"]
        found.add(name)


def _can_stay(name: str) -> bool:
    """What the sanitiser lets through."""
    return len(name) <= 200 and "%" not in name and len(name.split()) == 1
