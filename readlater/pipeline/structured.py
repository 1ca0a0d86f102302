"""Read what a page says about itself as data: JSON-LD and microdata, however broken."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE = re.compile(r"article|posting|report|review|recipe|howto|opinion|liveblog", re.I)
_CONTROL = re.compile("[\x00-\x1f]+")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_MOST_NODES = 2_000


@dataclass(frozen=True, slots=True)
class Structured:
    """The things of a page's JSON-LD in order, and the one that is its article."""

    things: tuple[Mapping[str, Any], ...] = ()
    article: Mapping[str, Any] | None = None


def read(root: HtmlElement) -> Structured:
    """All things in the page's `application/ld+json` scripts, nested ones and graphs included."""
    things: list[Mapping[str, Any]] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            for value in _load(script.text or ""):
                things.extend(_walk(value))
    things = things[:_MOST_NODES]
    articles = [t for t in things if is_article(t)]
    best = max(articles, key=_fullness, default=None)
    return Structured(tuple(things), best)


def is_article(thing: Mapping[str, Any]) -> bool:
    """Whether the type of a thing is schema.org's Article or one of its kin."""
    return any(_ARTICLE.search(kind) for kind in texts(thing.get("@type")))


def _fullness(thing: Mapping[str, Any]) -> int:
    keys = ("headline", "datePublished", "author", "articleBody", "mainEntityOfPage", "image")
    return sum(1 for key in keys if thing.get(key))


def _load(text: str) -> Iterator[Any]:
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = text.removeprefix("//<![CDATA[").removesuffix("//]]>").strip().rstrip(";")
    for attempt in (
        text,
        _CONTROL.sub(" ", text),
        _TRAILING_COMMA.sub(r"\1", _CONTROL.sub(" ", text)),
    ):
        try:
            yield json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
        return


def _walk(value: Any) -> Iterator[Mapping[str, Any]]:
    waiting = [value]
    seen = 0
    while waiting and seen < _MOST_NODES:
        seen += 1
        one = waiting.pop(0)
        if isinstance(one, dict):
            if "@type" in one:
                yield one
            waiting.extend(v for v in one.values() if isinstance(v, dict | list))
        elif isinstance(one, list):
            waiting.extend(v for v in one if isinstance(v, dict | list))


def texts(value: Any) -> list[str]:
    """The strings of a JSON-LD value: itself, those of a list, or a thing's `name` or `@value`."""
    if isinstance(value, str):
        clean = " ".join(html.unescape(value).split())
        return [clean] if clean else []
    if isinstance(value, list):
        return [text for one in value[:50] for text in texts(one)]
    if isinstance(value, dict):
        return texts(value.get("name") or value.get("@value"))
    return [str(value)] if isinstance(value, int | float) and not isinstance(value, bool) else []


def text(value: Any) -> str:
    """The first string of a value, or ""."""
    return next(iter(texts(value)), "")


def address(value: Any) -> str:
    """The address in a value such as an ImageObject, a list of them, or a string."""
    if isinstance(value, list):
        return next((found for one in value if (found := address(one))), "")
    if isinstance(value, dict):
        return address(value.get("url") or value.get("contentUrl") or value.get("@id"))
    return value.strip() if isinstance(value, str) else ""


def accessible_for_free(structured: Structured) -> bool | None:
    """schema.org `isAccessibleForFree` of the article or its parts; None when nothing is said."""
    said = []
    for thing in structured.things:
        if "isAccessibleForFree" in thing:
            value = str(thing["isAccessibleForFree"]).strip().lower().rsplit("/", 1)[-1]
            if value in {"true", "false", "1", "0", "yes", "no"}:
                said.append(value in {"true", "1", "yes"})
    if not said:
        return None
    return all(said)


def microdata(root: HtmlElement, name: str) -> list[str]:
    """The values of a microdata property: `content`, `datetime`, `href`, `src` or the text."""
    found = []
    for element in root.xpath("//*[@itemprop]"):
        if name in element.get("itemprop").split():
            value = element.get("content") or element.get("datetime")
            value = value or " ".join((element.text_content() or "").split())
            if value:
                found.append(value)
        if len(found) >= 10:
            break
    return found
