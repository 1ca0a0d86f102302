"""Whether a page may hold a part of its article of which nobody can say that it was shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readlater.pipeline import prompts
from readlater.pipeline.blocks import NUMBER, Blocks

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from readlater.pipeline.raw.unseen import Known

_LONG = 90
_LINKED = 0.4
_SENTENCE = re.compile(r"[.!?…。！？।؟][\"'”’»」』)\]]*\s*$")
_LEAST = 40
_FURNITURE = frozenset(["footer", "nav", "form", "button", "label"])
_ROLES = frozenset(["contentinfo", "navigation", "search", "dialog", "alertdialog", "banner"])


def has_foreign_sheets(root: HtmlElement) -> bool:
    """Whether the page is styled, or may be changed, by files that did not come with it."""
    for link in root.iter("link"):
        if "stylesheet" in (link.get("rel") or "").lower().split():
            return True
        if "style" in (link.get("as") or "").lower():
            return True
    return next(root.iter("script"), None) is not None


def loose_prose(body: HtmlElement, known: Known) -> list[str]:
    """The sentences and paragraphs that could be of the article and are not in the clean copy.

    What else stands on the page are links, labels, forms, feet, and what asks for something.
    """
    blocks = Blocks(body)
    prompts.take_out(blocks)
    found = []
    furniture = -1
    for i, element in enumerate(blocks.nodes):
        if i < furniture or blocks.gone[i]:
            continue
        if element.tag in _FURNITURE or (element.get("role") or "").lower() in _ROLES:
            furniture = blocks.end[i]
        elif blocks.own[i]:
            text = " ".join("".join(blocks.parts[i]).split())
            is_prose = _is_prose(text, blocks.own[i], blocks.links_of(i))
            if is_prose and text not in known:
                found.append(text)
    for element in blocks.nodes:
        element.attrib.pop(NUMBER, None)
    return found


def _is_prose(text: str, said: int, linked: float) -> bool:
    if linked > _LINKED or "©" in text:
        return False
    return said >= _LONG or (said >= _LEAST and bool(_SENTENCE.search(text)))
