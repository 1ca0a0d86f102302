"""The headings of a page as titles, with where each stands."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from readlater.pipeline.about.page import Mark
from readlater.pipeline.about.text import joined, pieces

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from readlater.pipeline.about.page import Page, Spot
    from readlater.pipeline.about.texts import Texts

_MOST = {"h1": 8, "h2": 5, "h3": 2}


def gather(page: Page, texts: Texts) -> None:
    """Add the first headings of each level."""
    counts = dict.fromkeys(_MOST, 0)
    for spot in page.headings:
        tag = str(spot.element.tag)
        counts[tag] += 1
        if counts[tag] > _MOST[tag]:
            continue
        text = _read(spot.element)
        for sign in _signs(page, spot, first=counts[tag] == 1):
            texts.add(text, f"{tag}:{sign}", tag)
        parts = pieces(spot.element, 8)
        if 1 < len(parts) < 8:  # a kicker before, or a date behind, in the same heading
            texts.add(" ".join(parts[1:]), f"{tag}:without first", tag)
            texts.add(" ".join(parts[:-1]), f"{tag}:without last", tag)
            texts.add(" ".join(parts), f"{tag}:spaced", tag)
        if tag == "h1":
            texts.cut(text, tag)


def _read(heading: HtmlElement) -> str:
    """Its text, without that of buttons and drawings."""
    if heading.find(".//button") is not None or heading.find(".//svg") is not None:
        return " ".join(pieces(heading, 20))
    return joined(heading)


def _signs(page: Page, spot: Spot, *, first: bool) -> list[str]:
    above = list(islice(spot.element.iterancestors(), 12))
    inner = spot.element.find(".//a")
    links = [a for a in above[:3] if a.tag == "a"]
    links += [inner] if inner is not None else []
    signs = ["first" if first else "later"]
    signs.append("foreign" if page.foreign(spot.element) else "own")
    signs += ["home"] * any(_leads_home(link) for link in links)
    signs += ["named"] * bool(spot.mark & Mark.TITLE)
    signs += ["header"] * any(a.tag == "header" for a in above[:4])
    signs += ["article"] * any(a.tag in {"article", "main"} for a in above)
    signs += ["link"] * bool(links)
    return signs


def _leads_home(link: HtmlElement) -> bool:
    """Whether a link leads to where a site begins, as that around the site's name does."""
    href = (link.get("href") or "").strip()
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    bare = not parts.path.strip("/") and not parts.query and not parts.fragment
    return (bool(href) and bare) or link.get("rel") == "home"
