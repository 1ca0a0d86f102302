"""Find the people who wrote an article: their names alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from readlater.pipeline import structured
from readlater.pipeline.structured import Structured

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BY = re.compile(
    r"^(?:(?:written|posted|reported|reviewed|published|story|words|text|article|a post|updated) )?"
    r"(?:by|von|par|por|di|door|av|af|autor|autorin|author|authors|przez|od|автор|作者|文|記者|from"
    r"|texte|texto|testo)[:\s：]+",
    re.I,
)
_TAIL = re.compile(
    r"\s*(?:[|•·–—/]|,? (?:on|am|le|el|il) \d|\d{1,2}[./:]\d|\bupdated\b|\bpublished\b|"
    r"\b(?:staff )?(?:writer|reporter|correspondent|editor|contributor)\b|@).*$",
    re.I,
)
_AND = re.compile(r"\s*(?:,|;|&|\band\b|\bund\b|\bet\b|\be\b|\by\b|\bi\b|、|・)\s+")
_NOBODY = re.compile(
    r"^(?:admin|administrator|editor|editors|editorial|editorial team|redaktion|redacci[oó]n"
    r"|redazione|r[eé]daction|staff|"
    r"guest|author|unknown|anonymous|none|null|user|webmaster|posted|comments?)$",
    re.I,
)
_HTTP = re.compile(r"https?://|www\.|/")


def find(root: HtmlElement, data: Structured, meta: Mapping[str, list[str]], site_name: str) -> str:
    """The names, joined by ", "; "" where the page names nobody."""
    del site_name
    sources = (
        _from_data(data),
        [
            v
            for n in (
                "author",
                "dc.creator",
                "dcterms.creator",
                "parsely-author",
                "sailthru.author",
                "citation_author",
                "byl",
                "article:author_name",
                "cxenseparse:author",
                "dc.contributor",
                "twitter:data1",
            )
            for v in meta.get(n, ())
            if n != "twitter:data1" or "written" in " ".join(meta.get("twitter:label1", ())).lower()
        ],
        _shown(root),
        meta.get("article:author", []),
    )
    for names in sources:
        clean = _people(names)
        if clean:
            return ", ".join(clean)
    return ""


def _from_data(data: Structured) -> list[str]:
    if not data.article:
        return []
    names = []
    value = data.article.get("author") or data.article.get("creator")
    by_id = {t.get("@id"): t for t in data.things if t.get("@id") and t.get("name")}
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict) and not one.get("name") and one.get("@id") in by_id:
            one = by_id[one["@id"]]
        names += structured.texts(one)
    return names


def _people(names: list[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        if _HTTP.match(name.strip()):
            continue
        bare = _TAIL.sub("", _BY.sub("", " ".join(name.split())).strip()).strip(" ,.;:|-–—")
        if not 2 < len(bare) < 120 or _HTTP.search(bare) or not re.search(r"[^\W\d_]{2}", bare):
            continue
        for one in _AND.split(bare) if len(bare.split()) > 3 or "," in bare else [bare]:
            person = one.strip(" ,.;:")
            if 1 < len(person) < 60 and not _NOBODY.match(person) and person not in found:
                found.append(person)
    return found[:12]


def _shown(root: HtmlElement) -> list[str]:
    paths = (
        "//*[@itemprop='author']//*[@itemprop='name']",
        "//*[@itemprop='author']",
        "//a[contains(concat(' ', @rel, ' '), ' author ')]",
        "//*[contains(@class, 'author-name') or contains(@class, 'author_name') or "
        "contains(@class, 'authorName') or contains(@class,'byline-name') or "
        "contains(@class,'byline__name')]",
        "//*[contains(@class, 'byline') or contains(@class, 'Byline') or "
        "contains(@class,'post-author') or contains(@class,'entry-author') or "
        "contains(@class,'article-author')]",
        "//*[@class='author' or @id='author' or contains(@class,'article__author')]",
    )
    for path in paths:
        names = []
        for element in root.xpath(path)[:4]:
            text = element.get("content") or " ".join("".join(element.itertext()).split())
            if 2 < len(text) < 100 and text not in names:
                names.append(text)
        if _people(names):
            return names
    return []
