"""The name of a site, as it calls itself; else what its titles end with, or its domain's label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from readlater.pipeline.about import structured
from readlater.pipeline.about.text import fold, joined

if TYPE_CHECKING:
    from readlater.pipeline.about.page import Page

_META = ("og:site_name", "application-name", "apple-mobile-web-app-title", "al:android:app_name",
         "al:ios:app_name", "dc:publisher", "dcterms:publisher", "citation_journal_title",
         "cre", "source")  # fmt: skip
_SITE_THINGS = ("WebSite", "NewsMediaOrganization", "Organization", "Corporation", "Newspaper")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[\s\d,–-]*(?:copyright|by)?\s*([^\d\W][^.|,;©\n]{1,40})", re.I
)
_PARTS = re.compile(r"\s+[|\-–—:»«·•/]+\s+|\s*[|｜»«]\s*")
_SECOND_LEVEL = frozenset(
    ["co", "com", "org", "net", "gov", "ac", "edu", "or", "ne", "go", "gv", "gob"]
)
_PLATFORM = frozenset(
    ["www", "m", "mobile", "amp", "blog", "blogs", "news", "en", "de", "fr", "es", "web", "forum",
     "forums", "docs", "community"]
)  # fmt: skip


def host(url: str) -> str:
    """The host of an address without "www.", or ""."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def label(url: str) -> str:
    """The part of a host that names the site: "theguardian" of www.theguardian.co.uk."""
    parts = [part for part in host(url).split(".") if part]
    if len(parts) > 1:
        parts.pop()
    if len(parts) > 1 and parts[-1] in _SECOND_LEVEL:
        parts.pop()
    return parts[-1] if parts else ""


def names(page: Page) -> list[tuple[str, str]]:
    """All names that a page gives its site, with their source, the likeliest first."""
    found = [("meta:og:site_name", page.first("og:site_name"))]
    data = page.data
    for thing in data.things:
        if "WebSite" in structured.kinds(thing):
            found.append(("json-ld:WebSite", structured.text(thing.get("name"))))
    publisher = data.whole(data.get("publisher", "sourceOrganization", "provider"))
    found.append(("json-ld:publisher", structured.text(publisher)))
    found += [(f"meta:{name}", page.first(name)) for name in _META[1:]]
    for thing in data.things:
        if any(kind in _SITE_THINGS[1:] for kind in structured.kinds(thing)):
            found.append(("json-ld:Organization", structured.text(thing.get("name"))))
            break
    found.append(("meta:twitter:site", page.first("twitter:site").lstrip("@")))
    return [(source, name) for source, name in found if name]


def find(page: Page, title: str = "") -> tuple[str, str]:
    """(source, name): the site's own name; its host where it gives none.

    `title` is the article's own, so that what the page's title has beside it is the site's.
    """
    said = names(page)
    here = label(page.url)
    for source, name in said:
        if source == "meta:twitter:site":
            continue
        if 1 < len(name) <= 60 and not name.startswith("http"):
            return source, name
    shown = _in_title(page, [name for _, name in said] + [here], fold(title))
    if shown:
        return "title", shown
    logo = _logo(page, here)
    if logo:
        return "logo", logo
    if said:
        return said[0]
    word = next((w for w in re.findall(r"\w+", page.title) if here and w.lower() == here), "")
    if word and not word.islower():
        return "title", word
    whole = host(page.url)
    return ("address", whole) if whole else ("", "")


def _in_title(page: Page, known: list[str], title: str) -> str:
    """The part at an end of the page's title that is a name, or short beside the article's."""
    parts = [part.strip() for part in _PARTS.split(page.title) if part.strip()]
    if len(parts) < 2:
        return ""
    for part in (parts[-1], parts[0]):
        if any(alike(part, one) for one in known) and len(part) < 50:
            return part
    rest = len(fold(page.title)) - len(title)
    if title and fold(page.title) == f"{title} {fold(parts[-1])}" and 2 < rest < 30:
        return parts[-1] if len(parts[-1].split()) <= 4 else ""
    return ""


def _logo(page: Page, here: str) -> str:
    """What the picture that stands for the site is called, where that is its domain's label."""
    for spot in page.pictures[:6]:
        name = " ".join((spot.element.get("alt") or "").split())
        name = re.sub(r"\s*\b(?:logo|home|homepage)\b\s*", " ", name, flags=re.I).strip(" -–|")
        if name and alike(name, here) and len(name) < 40:
            return name
    for element in reversed(page.elements[-150:]):
        if element.tag in {"p", "div", "span", "small", "li"} and (element.text or "").strip():
            found = _COPYRIGHT.search(joined(element)[:300])
            if found and alike(found[1].strip(), here):
                return found[1].strip()
    return ""


def alike(one: str, other: str) -> bool:
    """Whether two names are one, written together or apart, or one holds the other."""
    return _alike(squash(one), squash(other))


def squash(name: str) -> str:
    """A name as it is compared: its letters and digits in lower case, in one word."""
    return fold(name).replace(" ", "")


def _alike(a: str, b: str) -> bool:
    return bool(a and b) and (a == b or (len(a) > 3 and len(b) > 3 and (a in b or b in a)))


class Known:
    """The names of a page's site, made ready for comparing."""

    def __init__(self, page: Page) -> None:
        said = [name for _, name in names(page)] + [label(page.url)]
        self.squashed = tuple({squash(name) for name in said} - {""})

    def alike(self, text: str) -> bool:
        """Whether a text is, holds or is part of a name of the site."""
        one = squash(text)
        return any(_alike(one, other) for other in self.squashed)

    def same(self, text: str) -> bool:
        """Whether a text is just a name of the site."""
        return squash(text) in self.squashed
