"""The plain text of an article's tree: a line for each paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readlater.pipeline.blocks import BESIDE, BLOCK

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_UNSAID = frozenset(["button", "input", "select", "textarea", "script", "style", "svg", "rt", "rp"])


def lines(root: HtmlElement) -> list[str]:
    """The lines of a tree, spaces collapsed except in `pre`; cells of a row share a line."""
    from lxml import etree

    parts: list[str] = []
    silent = 0
    kept = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if not isinstance(tag, str):
            if event == "end":
                parts.append(element.tail or "")
            continue
        start = event == "start"
        silent += (1 if start else -1) if tag in _UNSAID or _beside(element) else 0
        kept += (1 if start else -1) if tag == "pre" else 0
        parts.append(_gap(tag))
        piece = element.text if start else (element.tail if element is not root else "")
        if piece and not silent:
            parts.append(piece if kept else piece.replace("\n", " "))
    joined = "".join(parts).replace("\u00ad", "").split("\n")
    return [line for raw in joined if (line := " ".join(raw.split()))]


def _beside(element: HtmlElement) -> bool:
    """Whether an element is a picture with its words, not those of the article."""
    if element.tag == "figure":
        picture = next(element.iter("img"), None)
        return picture is not None and picture.get(BESIDE) is not None
    return element.get(BESIDE) is not None


def _gap(tag: str) -> str:
    if tag in {"td", "th"}:
        return " "
    return "\n" if tag in BLOCK or tag == "br" else ""
