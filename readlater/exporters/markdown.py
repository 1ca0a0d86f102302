"""An article as Markdown, with its title, its source and what the copy is above it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Protocol

from readlater import words
from readlater.article import Access, Article, Extracted
from readlater.exporters.highlights import linked

_LANGUAGE: Final = re.compile(r"language-(\S+)")


class _Element(Protocol):
    def find_all(self, name: str) -> list[_Element]: ...
    def get(self, name: str) -> list[str] | str | None: ...


def export(
    article: Article,
    extracted: Extracted,
    pictures: Mapping[str, tuple[bytes, str]],  # noqa: ARG001
) -> str:
    """CommonMark with tables; pictures keep their address.

    A copy that is not the whole article says so under its source.
    """
    body = _converted(extracted.html).strip()
    cut = article.access not in (None, Access.FULL)
    verdict = words.ACCESS_SENTENCES[article.access] if cut and article.access else ""
    said = f"*{verdict}*" if verdict else ""
    title = f"# {linked(article.title or article.url, '')}"
    return "\n\n".join(part for part in (title, _source(article), said, body) if part) + "\n"


def _converted(html: str) -> str:
    from markdownify import MarkdownConverter

    class Converter(MarkdownConverter):
        """A cell's own bars do not end it (GFM, 4.10)."""

        def convert_td(self, el: _Element, text: str, parent_tags: set[str]) -> str:
            cell = text.replace("|", r"\|")
            made: str = super().convert_td(el, cell, parent_tags)  # type: ignore[misc]  # untyped
            return made

        def convert_th(self, el: _Element, text: str, parent_tags: set[str]) -> str:
            cell = text.replace("|", r"\|")
            made: str = super().convert_th(el, cell, parent_tags)  # type: ignore[misc]  # untyped
            return made

    converter = Converter(heading_style="ATX", bullets="-", code_language_callback=_language)
    return str(converter.convert(html))


def _source(article: Article) -> str:
    site = "" if article.site_name == article.byline else article.site_name
    names = [linked(name, "") for name in (article.byline, site) if name]
    address = [f"<{article.url}>"] if article.url else []
    return " · ".join([*names, *filter(None, [article.published[:10]]), *address])


def _language(pre: _Element) -> str:
    """The language of a block of code, as its class says it (HTML, the element code)."""
    for element in (pre, *pre.find_all("code")):
        named = _LANGUAGE.search(" ".join(element.get("class") or ()))
        if named:
            return named[1]
    return ""
