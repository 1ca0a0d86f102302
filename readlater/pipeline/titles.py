"""Find the article's own headline, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from readlater.pipeline import structured
from readlater.pipeline.structured import Structured

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SEPARATOR = re.compile(r"\s+[|\-–—:»·•/]+\s+|\s*[|｜»]\s*")


def fold(text: str) -> str:
    """A text as it is compared: letters and digits in lower case."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def find(root: HtmlElement, data: Structured, meta: Mapping[str, list[str]], site_name: str) -> str:
    """The headline that the page shows where it agrees with what it declares."""
    declared = _declared(root, data, meta)
    shown = _shown(root)
    folded = [fold(one) for one in declared]
    for heading in shown:
        said = fold(heading)
        if said and any(said == one for one in folded):
            return heading
    for heading in shown:
        said = fold(heading)
        if len(said) >= 12 and any(
            said in one or (len(one) > 12 and one in said) for one in folded
        ):
            return heading
    if len(shown) == 1 and len(shown[0]) > 15 and not _alike(shown[0], site_name):
        return shown[0]
    for one in declared:
        bare = without_site(one, site_name)
        if bare:
            return bare
    return shown[0] if shown else ""


def _declared(root: HtmlElement, data: Structured, meta: Mapping[str, list[str]]) -> list[str]:
    names = (
        "og:title",
        "twitter:title",
        "title",
        "dc.title",
        "dcterms.title",
        "parsely-title",
        "sailthru.title",
        "headline",
        "citation_title",
    )
    said = [value for name in names for value in meta.get(name, ())[:1]]
    if data.article:
        said.insert(0, structured.text(data.article.get("headline")))
        said.append(structured.text(data.article.get("name")))
    said += structured.microdata(root, "headline")[:1]
    title = root.find(".//head/title")
    if title is None:
        title = root.find(".//title")
    if title is not None:
        said.append(" ".join((title.text or "").split()))
    return [one for one in said if one]


def _shown(root: HtmlElement) -> list[str]:
    found = []
    for heading in root.iter("h1"):
        text = " ".join("".join(heading.itertext()).split())
        if 2 < len(text) < 400:
            found.append(text)
    return found[:8]


def _alike(one: str, other: str) -> bool:
    a, b = fold(one).replace(" ", ""), fold(other).replace(" ", "")
    return bool(a and b) and (a == b or (len(a) > 3 and len(b) > 3 and (a in b or b in a)))


def without_site(title: str, site_name: str) -> str:
    """A title without the parts at its ends that name the site."""
    parts = _SEPARATOR.split(title)
    marks = _SEPARATOR.findall(title)
    if len(parts) < 2:
        return title
    kept = list(range(len(parts)))
    while len(kept) > 1 and _alike(parts[kept[-1]], site_name):
        kept.pop()
    while len(kept) > 1 and _alike(parts[kept[0]], site_name):
        kept.pop(0)
    if len(kept) == len(parts) and len(parts[-1].split()) <= 4 < len(" ".join(parts[:-1]).split()):
        kept.pop()
    text = parts[kept[0]]
    for i in kept[1:]:
        text += marks[i - 1] + parts[i]
    return text.strip()
