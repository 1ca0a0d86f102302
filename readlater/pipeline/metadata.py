"""What a page says about its article: title, byline, date, site, language, address, picture."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from readlater.pipeline import bylines, dates, structured, titles
from readlater.pipeline.structured import Structured

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# ISO 639 codes of languages that are written from right to left.
_RTL = frozenset(
    [
        "ar",
        "arc",
        "ckb",
        "dv",
        "fa",
        "he",
        "iw",
        "ji",
        "ku-arab",
        "lrc",
        "mzn",
        "ps",
        "sd",
        "syr",
        "ug",
        "ur",
        "yi",
    ]
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """The article's own title, people, ISO 8601 date and so on; "" for what is not said."""

    title: str = ""
    byline: str = ""
    site_name: str = ""
    published: str = ""
    language: str = ""
    direction: str = "ltr"
    description: str = ""
    lead_image: str = ""
    canonical: str = ""
    body: str = ""
    word_count: int = 0
    free: bool | None = None


def read(root: HtmlElement, url: str, headers: Sequence[tuple[str, str]] = ()) -> Metadata:
    """Everything a page declares, from JSON-LD, OpenGraph, meta, microdata and visible elements."""
    data = structured.read(root)
    meta = meta_values(root)
    site = _site_name(data, meta, url)
    language = _language(root, meta, data, headers)
    article = data.article or {}
    return Metadata(
        title=titles.find(root, data, meta, site),
        byline=bylines.find(root, data, meta, site),
        site_name=site,
        published=dates.published(root, data, meta, url),
        language=language,
        direction=_direction(root, language),
        description=_description(meta, article),
        lead_image=_picture(root, meta, article, url),
        canonical=_canonical(root, meta, url),
        body=structured.text(article.get("articleBody")),
        word_count=_number(article.get("wordCount")),
        free=structured.accessible_for_free(data),
    )


def meta_values(root: HtmlElement) -> dict[str, list[str]]:
    """The contents of all `meta` elements by lower-case name or property, in order."""
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        value = " ".join((element.get("content") or "").split())
        if name and value:
            found.setdefault(name.strip().lower(), []).append(value)
    return found


def first(meta: Mapping[str, list[str]], *names: str) -> str:
    """The first value of the first of `names` that the page has, or ""."""
    return next((meta[name][0] for name in names if name in meta), "")


def _site_name(data: Structured, meta: Mapping[str, list[str]], url: str) -> str:
    said = first(meta, "og:site_name", "application-name", "al:android:app_name", "dc.publisher")
    if not said and data.article:
        said = structured.text(data.article.get("publisher"))
    if not said:
        said = next(
            (structured.text(t.get("name")) for t in data.things if t.get("@type") == "WebSite"), ""
        )
    said = said or first(meta, "twitter:site").lstrip("@")
    if said:
        return said
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _language(
    root: HtmlElement,
    meta: Mapping[str, list[str]],
    data: Structured,
    headers: Sequence[tuple[str, str]],
) -> str:
    tags = [root, *root.iter("body", "article", "main")][:4]
    said = [
        *(
            tag.get("lang")
            or tag.get("xml:lang")
            or tag.get("{http://www.w3.org/XML/1998/namespace}lang")
            or ""
            for tag in tags[:1]
        ),
        *(v for k, v in headers if k.lower() == "content-language"),
        first(meta, "og:locale"),
        first(meta, "content-language", "dc.language", "dcterms.language", "language"),
        structured.text((data.article or {}).get("inLanguage")),
        *(tag.get("lang") or "" for tag in tags[1:]),
        *(
            e.get("content") or ""
            for e in root.xpath("//meta[@http-equiv]")
            if e.get("http-equiv", "").lower() == "content-language"
        ),
    ]
    for one in said:
        code = one.split(",")[0].strip().replace("_", "-")
        if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", code):
            return code
    return ""


def _direction(root: HtmlElement, language: str) -> str:
    for element in (root, *root.iter("body")):
        said = (element.get("dir") or "").lower()
        if said in {"rtl", "ltr"}:
            return said
    return "rtl" if language.lower().split("-")[0] in _RTL else "ltr"


def _description(meta: Mapping[str, list[str]], article: Mapping[str, object]) -> str:
    said = first(meta, "description", "og:description", "twitter:description", "dc.description")
    return said or structured.text(article.get("description"))


def _picture(
    root: HtmlElement, meta: Mapping[str, list[str]], article: Mapping[str, object], url: str
) -> str:
    said = first(
        meta,
        "og:image",
        "og:image:url",
        "og:image:secure_url",
        "twitter:image",
        "twitter:image:src",
    )
    said = said or structured.address(article.get("image") or article.get("thumbnailUrl"))
    if not said:
        said = next(
            (e.get("href") or "" for e in root.iter("link") if e.get("rel") == "image_src"), ""
        )
    return absolute(said, url)


def _canonical(root: HtmlElement, meta: Mapping[str, list[str]], url: str) -> str:
    said = next(
        (
            e.get("href") or ""
            for e in root.iter("link")
            if "canonical" in (e.get("rel") or "").lower().split()
        ),
        "",
    )
    return absolute(said or first(meta, "og:url"), url)


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


def _number(value: object) -> int:
    digits = re.sub(r"\D", "", str(value)) if isinstance(value, int | str) else ""
    return int(digits) if digits and len(digits) < 7 else 0


def base_address(root: HtmlElement, url: str) -> str:
    """The address that relative ones are resolved against: that of `base`, else the page's."""
    said = next((e.get("href") or "" for e in root.iter("base")), "")
    return absolute(said, url) or url
