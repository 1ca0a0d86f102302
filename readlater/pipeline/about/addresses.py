"""Addresses that a page gives: its canonical one and its lead picture, both absolute."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from readlater.pipeline.about import structured

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from readlater.pipeline.about.page import Page

_IMAGE = (
    "og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src",
)  # fmt: skip
_SPARE_IMAGE = ("parsely-image-url", "sailthru:image:full", "thumbnail", "image")
# Names of pictures that stand for a site or for nothing, not for an article.
_NO_LEAD = re.compile(
    r"logo|placeholder|sprite|blank\.|spacer|avatar|favicon|gravatar|pixel|1x1|transparent|loading"
    r"|badge|icon[-_.]|[-_/]icon|apple-touch|default[-_]?(?:image|share|og|social)|fallback",
    re.I,
)


def absolute(address: str, url: str) -> str:
    """An address against the page's own; "" where that gives no http address."""
    if not address.strip():
        return ""
    try:
        whole = urljoin(url, address.strip())
        parts = urlsplit(whole)
    except ValueError:
        return ""
    return whole if parts.scheme in {"http", "https"} and parts.netloc else ""


def base_address(root: HtmlElement, url: str) -> str:
    """The address that relative ones are resolved against: that of `base`, else the page's."""
    said = next((e.get("href") or "" for e in root.iter("base")), "")
    return absolute(said, url) or url


def canonical(page: Page) -> tuple[str, str]:
    """(source, address) that the page calls its own."""
    for rel, href in page.links:
        if rel == "canonical":
            found = absolute(href, page.url)
            if found:
                return "link", found
    found = absolute(page.first("og:url"), page.url)
    return ("meta:og:url", found) if found else ("", "")


def lead_image(page: Page, headline: int) -> tuple[str, str]:
    """(source, address) of the picture that stands for the article."""
    spare = ("", "")
    base = absolute(page.base, page.url) or page.url
    for source, said in _declared(page):
        found = absolute(said, base)
        if found and not _NO_LEAD.search(_tail(found)):
            return source, found
        if found and not spare[1]:
            spare = (source, found)
    shown = _shown(page, headline)
    if shown:
        return "picture", shown
    return spare


def _declared(page: Page) -> Iterator[tuple[str, str]]:
    for name in _IMAGE:
        for value in page.meta.get(name, ())[:2]:
            yield f"meta:{name}", value
    yield "json-ld", structured.address(page.data.whole(page.data.get("image")))
    yield "json-ld", structured.address(page.data.get("thumbnailUrl", "primaryImageOfPage"))
    for rel, href in page.links:
        if rel == "image_src":
            yield "link", href
    for name in _SPARE_IMAGE:
        for value in page.meta.get(name, ())[:1]:
            yield f"meta:{name}", value
    for name, spot in page.properties:
        if name in {"image", "thumbnailurl"}:
            element = spot.element
            said = element.get("content") or element.get("src") or element.get("href") or ""
            yield "microdata", said


def _tail(address: str) -> str:
    try:
        return urlsplit(address).path.rsplit("/", 1)[-1]
    except ValueError:
        return ""


def _shown(page: Page, headline: int) -> str:
    """The first picture behind the headline that is large, or not said to be small."""
    base = absolute(page.base, page.url) or page.url
    likely = ""
    for spot in page.pictures:
        element = spot.element
        if spot.at < headline - 30 or page.foreign(element):
            continue
        said = element.get("data-src") or element.get("data-original") or element.get("src") or ""
        found = absolute(said, base)
        if not found or _NO_LEAD.search(found) or found.endswith(".svg"):
            continue
        width, height = _size(element.get("width")), _size(element.get("height"))
        if width >= 300 and (not height or height >= 150):
            return found
        if not likely and (not width or width >= 200) and (not height or height >= 120):
            likely = found
    return likely


def _size(said: str | None) -> int:
    digits = re.match(r"\d{1,5}", said or "")
    return int(digits[0]) if digits else 0
