"""A page as it came, made inert: its structure and words, each block coloured by where it went."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from lxml.html import HtmlElement

from readlater.pipeline import decode

_DROPPED = {
    "script", "style", "template", "link", "meta", "base", "iframe", "object", "embed", "frame",
    "frameset", "applet", "svg", "canvas", "audio", "video", "source", "track", "head", "title",
    "portal", "noscript",
}  # fmt: skip
_KEPT = {
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr",
    "td", "th", "tbody", "thead", "tfoot", "caption", "blockquote", "pre", "code", "em", "strong",
    "b", "i", "u", "s", "sub", "sup", "br", "hr", "figure", "figcaption", "article", "section",
    "main", "nav", "aside", "header", "footer", "address", "small", "mark", "span", "div",
}  # fmt: skip
_BLOCKS = {
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "dt", "dd", "td", "th", "blockquote", "pre",
    "figcaption", "div", "section", "article", "main", "nav", "aside", "header", "footer", "form",
    "address", "ul", "ol", "dl", "table", "tr", "tbody", "thead", "figure", "body",
}  # fmt: skip
_SHORT = 3
_DEEPEST = 200


def words(text: str) -> str:
    """A text as words with a space around each, to look for runs of words in it."""
    found = re.findall(r"[^\W_]+", text.casefold())
    return f" {' '.join(found)} "


def view(source: str, ours: str, gold: str) -> str:
    """The body of `source` as inert markup without any address.

    A block has class "both", "ours" (kept against the gold), "gold" (missed) or "out"; what was
    not to be seen is "unseen"; `title` says its tag, id and classes.
    """
    root = decode.parse(source)
    body = root.find("body")
    mine, theirs = words(ours), words(gold)
    return "".join(_markup(root if body is None else body, mine, theirs, 0))


def _markup(element: HtmlElement, mine: str, theirs: str, depth: int) -> Iterator[str]:
    tag = element.tag if isinstance(element.tag, str) else ""
    if not tag or tag in _DROPPED:
        return
    if tag == "img":
        yield f"<span class=picture>picture {escape(element.get('alt') or '')}</span>"
        return
    name = tag if tag in _KEPT else "div" if tag in _BLOCKS else "span"
    yield f"<{name}{_attributes(element, tag, mine, theirs)}>"
    if name in ("br", "hr"):
        return
    yield escape(element.text or "")
    if depth >= _DEEPEST:
        yield escape(" ".join("".join(element.itertext()).split()))
    else:
        for child in element:
            yield from _markup(child, mine, theirs, depth + 1)
            yield escape(child.tail or "")
    yield f"</{name}>"


def _attributes(element: HtmlElement, tag: str, mine: str, theirs: str) -> str:
    marks = [_where(element, mine, theirs)] if _is_leaf(element, tag) else []
    if element.get("hidden") is not None or "display:none" in re.sub(
        r"\s", "", (element.get("style") or "").lower()
    ):
        marks.append("unseen")
    path = tag + "".join(f"#{x}" for x in (element.get("id") or "").split())
    path += "".join(f".{x}" for x in (element.get("class") or "").split())
    spans = "".join(
        f' {name}="{int(value)}"'
        for name in ("colspan", "rowspan")
        if (value := element.get(name) or "").isascii() and value.isdigit()
    )
    return f' class="{" ".join(marks)}" title="{escape(path)}"{spans}'


def _is_leaf(element: HtmlElement, tag: str) -> bool:
    return tag in _BLOCKS and not any(
        isinstance(child.tag, str) and child.tag in _BLOCKS for child in element.iterdescendants()
    )


def _where(element: HtmlElement, mine: str, theirs: str) -> str:
    said = words("".join(element.itertext()))
    if not said.strip():
        return "out"
    if len(said.split()) < _SHORT:
        return "short"
    kept, wanted = said in mine, said in theirs
    return "both" if kept and wanted else "ours" if kept else "gold" if wanted else "out"
