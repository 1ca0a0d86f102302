"""Find when an article was published and when it was changed, as ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from readlater.pipeline.about import datelines, structured, written
from readlater.pipeline.about.page import owner
from readlater.pipeline.about.text import joined

if TYPE_CHECKING:
    from readlater.pipeline.about.page import Page

_PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time",
    "article:published", "datepublished", "date:published", "rnews:datepublished", "og:pubdate",
    "og:publish_date", "dc:date:issued", "dcterms:issued", "dcterms:date", "dc:date",
    "dcterms:created", "dc:date:created", "dcterms:available", "parsely-pub-date",
    "sailthru:date", "cxenseparse:publishtime", "cxenseparse:recs:publishtime", "bt:pubdate",
    "originalpublicationdate", "article_date_original", "publishdate", "publish-date",
    "publish_date", "published-date", "published_date", "publication_date", "pubdate",
    "published_time", "published", "date", "timestamp", "date:release", "release_date", "created",
    "citation_publication_date", "citation_date", "citation_online_date", "vr:published_time",
    "displaydate", "video:release_date", "article:post_date", "article:create_time", "pub_date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:modified_time", "og:updated_time", "datemodified",
    "dcterms:modified", "dc:date:modified", "lastmod", "last-modified", "modified",
    "updated_time", "revised", "moddate", "last_updated",
)  # fmt: skip
_ANY_DATE = re.compile(
    r"(?:^|[:._-])(?:date|published|pubdate)$|^(?:publi|post|article|issue)\w*date"
)
_NOT_PUBLISHED = re.compile(r"modif|updat|expir|revis|valid|unavail|end|last|event|build|crawl")
_IN_PATH = re.compile(
    r"[/=_-](20\d{2}|199\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?:\D|$)"
)
_LOOSE_PATH = re.compile(r"/(20\d{2}|199\d)/(\d{1,2})/(\d{1,2})(?:\D|$)")
_PUBLISH_CLASS = re.compile(r"publish|entry-date|post-date|posted|pubdate|created|date", re.I)
_PROPERTIES = frozenset(["datepublished", "datecreated", "issued", "created", "date"])
_NOT_ARTICLES = ("Comment", "Answer", "Review", "UserReview")
_OTHERS = re.compile("comment|review", re.I)


def published(page: Page, headline: int, language: str) -> tuple[str, str]:
    """(source, date): with time and zone where they are given; ("", "") where none is said.

    In this order: what is declared, the date beside the headline, the one in the address, any
    that the page shows, and the day of the last change. `headline` is the number of the title's
    element, or -1.
    """
    source, found = _first(_declared(page), language)
    if found:
        return source, _local(found, page.url)
    first = datelines.first_time(page, headline, language)
    if first:
        return "time", first
    near = list(datelines.near(page, headline, language))
    first = next((date for date, changed in near if not changed), "")
    if first:
        return "text", first
    match = _IN_PATH.search(page.url) or _LOOSE_PATH.search(page.url)
    if match and (found := _day(match)):
        return "address", found
    shown = list(datelines.anywhere(page, language))
    first = next((date for date, changed in shown if not changed), "")
    if first:
        return "text", first
    source, found = modified(page, language)
    if found:
        return source, found
    return next((("text", date) for date, _ in near + shown), ("", ""))


def modified(page: Page, language: str) -> tuple[str, str]:
    """(source, date) of the last change that the page declares, or ("", "")."""
    return _first(_changed(page), language)


def _first(said: Iterator[tuple[str, str]], language: str) -> tuple[str, str]:
    for source, text in said:
        found = written.iso(text, language)
        if found:
            return source, found
    return "", ""


def _day(match: re.Match[str]) -> str:
    return written.day(*(int(part) for part in match.groups()))


def _local(said: str, url: str) -> str:
    """The day in the page's address, where a time in UTC is of the night before or after it.

    The site's own clock is in neither; the day is what the page shows.
    """
    if not said.endswith(("Z", "+00:00")):
        return said
    match = _IN_PATH.search(url)
    here = _day(match) if match else ""
    if not here or here == said[:10]:
        return said
    noon = datetime.fromisoformat(here + "T12:00:00+00:00")
    apart = datetime.fromisoformat(said.replace("Z", "+00:00")) - noon
    # Clocks 12 hours before UTC and 8 behind it: those of nearly all readers.
    return here if timedelta(hours=-24) < apart < timedelta(hours=20) else said


def _declared(page: Page) -> Iterator[tuple[str, str]]:
    data = page.data
    for key in ("datePublished", "dateCreated", "uploadDate"):
        yield "json-ld", structured.text(data.get(key))
    for name in _PUBLISHED:
        for value in page.meta.get(name, ())[:2]:
            yield f"meta:{name}", value
    for thing in data.things:
        kinds = structured.kinds(thing) if thing.get("datePublished") else ["Comment"]
        if not any(kind in _NOT_ARTICLES for kind in kinds):
            yield "json-ld", structured.text(thing["datePublished"])
    for name, values in page.meta.items():
        if _ANY_DATE.search(name) and not _NOT_PUBLISHED.search(name):
            yield f"meta:{name}", values[0]
    yield from _properties(page, _PROPERTIES)
    yield from _times(page)


def _times(page: Page) -> Iterator[tuple[str, str]]:
    for spot in page.times:
        element = spot.element
        named = element.get("class") or ""
        said = element.get("pubdate") is not None or _PUBLISH_CLASS.search(named)
        changed = "updated" in named and "published" not in named
        if said and not changed and not page.foreign(element):
            yield "time", element.get("datetime") or joined(element)


def _properties(page: Page, wanted: frozenset[str]) -> Iterator[tuple[str, str]]:
    for name, spot in page.properties:
        element = spot.element
        if name in wanted and not _OTHERS.search(owner(element)):
            said = element.get("content") or element.get("datetime") or joined(element)
            yield "microdata", said


def _changed(page: Page) -> Iterator[tuple[str, str]]:
    yield "json-ld", structured.text(page.data.get("dateModified"))
    for name in _MODIFIED:
        for value in page.meta.get(name, ())[:1]:
            yield f"meta:{name}", value
    yield from _properties(page, frozenset(["datemodified", "modified"]))
