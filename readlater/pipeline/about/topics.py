"""What an article is about: its description, section and keywords."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from readlater.pipeline.about import structured
from readlater.pipeline.about.text import fold, joined

if TYPE_CHECKING:
    from readlater.pipeline.about.page import Page

_DESCRIPTION = ("description", "og:description", "twitter:description", "dc:description",
                "dcterms:abstract", "sailthru:description")  # fmt: skip
_SECTION = ("article:section", "parsely-section", "sailthru:section", "cxenseparse:section",
            "og:section", "section", "category", "bt:category")  # fmt: skip
_KEYWORDS = (
    "news_keywords",
    "keywords",
    "parsely-tags",
    "sailthru:tags",
    "dc:subject",
    "article:tag",
)
_MOST = 30


def description(page: Page) -> tuple[str, str]:
    """(source, text) of what the page says its article says."""
    for name in _DESCRIPTION:
        for value in page.meta.get(name, ())[:1]:
            return f"meta:{name}", value
    said = structured.text(page.data.get("description"))
    return ("json-ld", said) if said else ("", "")


def section(page: Page) -> tuple[str, str]:
    """(source, name) of the part of the site that the article stands in."""
    for name in _SECTION[:1]:
        for value in page.meta.get(name, ())[:1]:
            return f"meta:{name}", _short(value)
    said = structured.text(page.data.get("articleSection"))
    if said:
        return "json-ld", _short(said)
    for name in _SECTION[1:]:
        for value in page.meta.get(name, ())[:1]:
            return f"meta:{name}", _short(value)
    for name, spot in page.properties:
        if name == "articlesection":
            value = spot.element.get("content") or joined(spot.element)
            if value:
                return "microdata", _short(value)
    return "", ""


def _short(text: str) -> str:
    return text if len(text) <= 80 else ""


def keywords(page: Page) -> tuple[str, tuple[str, ...]]:
    """(source, words): those of the first source that has some, each once."""
    for source, values in _keywords(page):
        found: dict[str, str] = {}
        for value in values:
            parts = value.replace("，", ",").replace("、", ",").replace(";", ",").split(",")
            for part in parts:
                word = " ".join(part.split()).strip("#")
                if 1 < len(word) <= 60:
                    found.setdefault(fold(word) or word, word)
        if found:
            return source, tuple(found.values())[:_MOST]
    return "", ()


def _keywords(page: Page) -> Iterator[tuple[str, list[str]]]:
    said = [text for text in structured.texts(page.data.get("keywords")) if ":" not in text[:12]]
    yield "json-ld", said
    yield "meta:article:tag", page.meta.get("article:tag", [])
    for name in _KEYWORDS[:-1]:
        yield f"meta:{name}", page.meta.get(name, [])
    yield "rel=tag", [joined(spot.element) for spot in page.tags[:_MOST]]
