"""What a page says about its article: title, people, dates, site, language, addresses, topics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readlater.pipeline.about import (
    addresses,
    bylines,
    dates,
    languages,
    site_icons,
    sites,
    structured,
    titles,
    topics,
)
from readlater.pipeline.about.addresses import absolute, base_address
from readlater.pipeline.about.page import look

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Metadata", "absolute", "base_address", "read"]


@dataclass(frozen=True, slots=True)
class Metadata:
    """The article's own title, people, ISO 8601 dates and so on; "" for what is not said.

    `sources` says of each field that has a value where it was found: ("byline", "json-ld"),
    ("published", "meta:article:published_time"), ("title", "h1"), ("language", "text").
    """

    title: str = ""
    byline: str = ""
    site_name: str = ""
    published: str = ""
    modified: str = ""
    language: str = ""
    direction: str = "ltr"
    description: str = ""
    section: str = ""
    keywords: tuple[str, ...] = ()
    lead_image: str = ""
    icon: str = ""
    canonical: str = ""
    body: str = ""
    word_count: int = 0
    free: bool | None = None
    sources: tuple[tuple[str, str], ...] = ()


def read(root: HtmlElement, url: str, headers: Sequence[tuple[str, str]] = ()) -> Metadata:
    """All that a page declares and shows of its article; whatever it holds, this does not raise."""
    page = look(root, url, headers)
    site = sites.Known(page)
    title = titles.find(page, site)
    headline = titles.shown_at(page, title[1])
    language = languages.find(page)
    told = {
        "title": title,
        "byline": bylines.find(page, headline, site),
        "site_name": sites.find(page, title[1]),
        "published": dates.published(page, headline, language[1]),
        "modified": dates.modified(page, language[1]),
        "language": language,
        "description": topics.description(page),
        "section": topics.section(page),
        "lead_image": addresses.lead_image(page, headline),
        "canonical": addresses.canonical(page),
    }
    source, keywords = topics.keywords(page)
    sources = [(field, source) for field, (source, value) in told.items() if value]
    return Metadata(
        **{field: value for field, (_, value) in told.items()},
        direction=languages.direction(page, language[1]),
        keywords=keywords,
        icon=site_icons.find(page),
        body=structured.text(page.data.get("articleBody")),
        word_count=_number(page.data.get("wordCount")),
        free=structured.accessible_for_free(page.data),
        sources=(*sources, *[("keywords", source)] * bool(keywords)),
    )


def _number(value: object) -> int:
    digits = re.sub(r"\D", "", str(value)) if isinstance(value, int | str) else ""
    return int(digits) if digits and len(digits) < 7 else 0
